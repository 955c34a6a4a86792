"""Sources of every kind: what they are told to be, what order they come in, what is set aside and why."""

from __future__ import annotations

import gzip
import io
import json
import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.pages import Form, Options, open_bytes, open_source, open_sources
from onrecord.pages.forms import detect
from onrecord.terms import Page, Reject

HTML = b"<!DOCTYPE html><html><body><p>The mayor of Ostrel denied it.</p></body></html>"
TEXT = "Mayor denies it\n\nThe mayor of Ostrel “denied” it.\n".encode()
ARTICLE = json.dumps({"id": "a", "url": "https://quay.example/a", "text": "The mayor denied it."}).encode()
RSS = b'<?xml version="1.0"?><rss version="2.0"><channel></channel></rss>'
WXR = b'<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"><channel></channel></rss>'


@pytest.mark.parametrize(
    ("head", "form"),
    [
        (HTML, "html"),
        (b"\xef\xbb\xbf  \n<html lang=en>", "html"),
        (b"<?xml version='1.0'?><!DOCTYPE html PUBLIC 'x'><html xmlns='y'>", "html"),
        (b"<!-- saved --><div>words</div>", "html"),
        (b"junk before <!doctype html><p>x", "html"),
        ("<html><p>words".encode("utf-16"), "html"),
        (TEXT, "text"),
        (b"[Editor's note] The mayor denied it.", "text"),
        (b"{ not json", "text"),
        (b"RIFF went the drum, and GIF89 was a format", "text"),
        ("Министр отрицал".encode("cp1251"), "text"),
        (TEXT.decode().encode("utf-16-le"), "text"),
        (ARTICLE, "articles"),
        (RSS, "feed"),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'>", "feed"),
        (b"<rdf:RDF xmlns:rdf='x'>", "feed"),
        (b"<urlset xmlns='x'>", "feed"),
        (b"<sitemapindex>", "feed"),
        (b'{"version": "https:\\/\\/jsonfeed.org\\/version\\/1.1", "items": []}', "feed"),
        (b"<?xml version='1.0'?>\n<!-- WordPress eXtended RSS -->\n" + WXR, "wxr"),
        (b"WARC/1.0\r\n", "warc"),
    ],
)
def test_form_is_told_by_content(head: bytes, form: Form) -> None:
    assert detect(head) == form


def test_name_decides_only_what_content_leaves_open() -> None:
    assert detect(b"words without any markup", "page.html.gz") == "html"
    assert detect(HTML, "page.txt") == "html"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"%PDF-1.7 words", "not_text"),
        (b"PK\x03\x04\x14\0\0\0\x08\0", "not_text"),
        (b"\x89PNG\r\n\x1a\n", "not_text"),
        (bytes(range(256)), "not_text"),
        (gzip.compress(gzip.compress(HTML, mtime=0), mtime=0), "not_text"),
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (gzip.compress(HTML, mtime=0)[:10], "truncated"),
        (gzip.compress(HTML, mtime=0)[:10] + b"\xff" * 20, "damaged"),
        (gzip.compress(b"", mtime=0), "empty"),
        (b"<?xml version='1.0'?><svg></svg>", "unknown_xml"),
        (b'[{"text": "x"}]', "not_lines"),
        (b'{\n  "text": "x"\n}', "not_lines"),
    ],
)
def test_what_holds_no_page_is_set_aside_with_its_reason(body: bytes, code: str) -> None:
    (reject,) = open_bytes(body, name="it")
    assert isinstance(reject, Reject)
    assert (reject.name, reject.code) == ("it", code)
    assert len(reject.reason) > 5


@pytest.mark.parametrize(
    ("body", "media_type"), [(HTML, "text/html"), (TEXT, "text/plain"), (ARTICLE, "application/json")]
)
def test_gzip_is_undone_everywhere(body: bytes, media_type: str) -> None:
    for given_bytes in (body, gzip.compress(body)):
        (page,) = open_bytes(given_bytes)
        assert isinstance(page, Page)
        assert (page.body, page.media_type) == (body, media_type)


def test_form_may_be_forced() -> None:
    (page,) = open_bytes(HTML, "text")
    assert isinstance(page, Page)
    assert page.media_type == "text/plain"


def test_bad_lines_cost_only_themselves() -> None:
    long = b'{"text": "' + b"x" * 2_000 + b'"}'
    deep = b'{"text":' + b"[" * 900 + b"]" * 900 + b"}"
    body = b"\n".join([ARTICLE, b"", b"{broken", long, deep, b'{"text": " "}', b"[1]", b'{"text": 3}', ARTICLE])
    found = list(open_bytes(body, name="lines", options=Options(max_page_bytes=2_000)))
    assert [getattr(item, "code", "page") for item in found] == [
        "page", "not_json", "too_large", "no_text", "no_text", "not_json", "no_text", "page",
    ]  # fmt: skip
    assert [item.name for item in found] == [f"lines:{n}" for n in (1, 3, 4, 5, 6, 7, 8, 9)]
    assert found[0].url == "https://quay.example/a"


def test_cut_off_lines_are_told_once() -> None:
    body = gzip.compress(b"\n".join(json.dumps({"text": os.urandom(3_000).hex()}).encode() for _ in range(50)))
    found = list(open_bytes(body[:-5_000]))
    assert {type(item) for item in found[:-1]} == {Page}
    assert isinstance(found[-1], Reject)
    assert found[-1].code == "truncated"


def test_json_lines_are_not_read_whole(tmp_path: Path) -> None:
    class Endless(io.RawIOBase):
        taken = 0

        def readable(self) -> bool:
            return True

        def read(self, size: int = -1) -> bytes:
            self.taken += size
            return (ARTICLE + b"\n") * (size // (len(ARTICLE) + 1))

    from onrecord.pages.options import Reading
    from onrecord.pages.ready import read_articles
    from onrecord.pages.streams import Stream

    raw = Endless()
    pages = read_articles(Stream(raw), Page(b"", "endless"), Reading())  # type: ignore[arg-type]
    for _ in range(10):
        next(pages)
    assert raw.taken < 2_000_000


def test_folder_is_read_in_order_of_names_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b/2.html", "b/10.html.gz", "a.txt", "c.jsonl", ".git/config", "b/.DS_Store"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes({".gz": gzip.compress(HTML), ".html": HTML, ".jsonl": ARTICLE}.get(path.suffix, TEXT))
    names = [item.name for item in open_source(tmp_path)]
    assert names == [str(tmp_path / name) for name in ("a.txt",)] + [f"{tmp_path}/c.jsonl:1"] + [
        str(tmp_path / name) for name in ("b/10.html.gz", "b/2.html")
    ]


def test_links_out_of_a_folder_and_pipes_are_set_aside(tmp_path: Path) -> None:
    outside = tmp_path / "secret.txt"
    outside.write_bytes(TEXT)
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "good.html").write_bytes(HTML)
    (folder / "alias.html").symlink_to(folder / "good.html")
    (folder / "link.txt").symlink_to(outside)
    (folder / "dangling.txt").symlink_to(folder / "nowhere")
    (folder / "loop").symlink_to(folder)
    os.mkfifo(folder / "pipe")
    found = {Path(item.name).name: getattr(item, "code", "page") for item in open_source(folder)}
    assert found == {
        "alias.html": "page",
        "good.html": "page",
        "link.txt": "outside",
        "dangling.txt": "not_found",
        "pipe": "not_a_file",
    }


@pytest.mark.parametrize("source", ["no/such/file", "\0", "x" * 5_000])
def test_missing_source_is_a_reject(source: str) -> None:
    (reject,) = open_source(source)
    assert isinstance(reject, Reject)


def test_one_bad_source_stops_no_other(tmp_path: Path) -> None:
    good = tmp_path / "good.html"
    good.write_bytes(HTML)
    found = list(open_sources([tmp_path / "none", good]))
    assert [type(item) for item in found] == [Reject, Page]


def test_standard_input_is_read_and_stays_open(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO(gzip.compress(HTML))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(raw))
    (page,) = open_source("-")
    assert isinstance(page, Page)
    assert (page.name, page.body) == ("standard input", HTML)
    assert not raw.closed


@given(st.binary(max_size=400), st.sampled_from(["auto", "html", "text", "articles", "warc", "wxr"]))
def test_any_bytes_give_pages_or_reasons(body: bytes, form: Form) -> None:
    for item in open_bytes(body, form):
        assert isinstance(item, Page) or item.reason
