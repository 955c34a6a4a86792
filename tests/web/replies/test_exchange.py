"""Replies in from other systems and out again. The blog and its readers are made up."""

from __future__ import annotations

import io
import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from onrecord.errors import InputError
from onrecord.record.models import Article
from onrecord.replies.exchange.exporting import export_json, export_wxr
from onrecord.replies.exchange.importing import import_replies
from onrecord.replies.exchange.reading import read_disqus, read_isso, read_json, read_wxr
from onrecord.replies.models import Reply, Thread
from onrecord.terms import Reject

pytestmark = pytest.mark.django_db

WXR = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"><channel><item><link>{url}</link>
{comments}</item></channel></rss>"""
COMMENT = """<wp:comment><wp:comment_id>{id}</wp:comment_id><wp:comment_author><![CDATA[{name}]]></wp:comment_author>
<wp:comment_author_email>ada@example.org</wp:comment_author_email><wp:comment_author_url>{url}</wp:comment_author_url>
<wp:comment_author_IP>203.0.113.77</wp:comment_author_IP>
<wp:comment_date_gmt>2031-07-14 08:00:0{id}</wp:comment_date_gmt>
<wp:comment_content><![CDATA[{text}]]></wp:comment_content><wp:comment_approved>{state}</wp:comment_approved>
<wp:comment_type>{type}</wp:comment_type><wp:comment_parent>{parent}</wp:comment_parent></wp:comment>"""


def comment(number: int, **fields: Any) -> str:
    given = {"name": "Ada", "url": "", "text": "Nine days.", "state": "1", "type": "comment", "parent": 0}
    return COMMENT.format(id=number, **{**given, **fields})


@pytest.fixture
def wxr(tmp_path: Path, article: Article) -> Any:
    def write(*comments: str, url: str = "") -> Path:
        path = tmp_path / "export.xml"
        path.write_text(WXR.format(url=url or article.url, comments="\n".join(comments)), "utf-8")
        return path

    return write


def test_a_wordpress_export_comes_in_with_its_threads(wxr: Any) -> None:
    path = wxr(
        comment(2, parent=1, text="<p>I <em>counted</em> ten.</p><a href='https://log.example/'>log</a>"),
        comment(1),
        comment(3, state="spam"),
        comment(4, type="pingback"),
    )
    result = import_replies(read_wxr(path), "wxr")
    assert (result.added, dict(result.by_state)) == (3, {"published": 2, "spam": 1})
    answer = Reply.objects.get(source_id__endswith="#2")
    assert answer.parent == Reply.objects.get(source_id__endswith="#1")
    assert answer.text == "I *counted* ten.\n\nlog (https://log.example/)"


def test_addresses_of_connections_are_dropped(wxr: Any) -> None:
    import_replies(read_wxr(wxr(comment(1))), "wxr")
    out = io.StringIO()
    export_json(out)
    assert "203.0.113" not in out.getvalue()
    assert Reply.objects.get().network == ""


def test_a_second_import_adds_nothing_and_a_dry_run_keeps_nothing(wxr: Any) -> None:
    path = wxr(comment(1), comment(2))
    assert import_replies(read_wxr(path), "wxr", dry_run=True).added == 2
    assert not Reply.objects.exists()
    assert not Thread.objects.exists()
    import_replies(read_wxr(path), "wxr")
    again = import_replies(read_wxr(path), "wxr")
    assert (again.added, again.known, Reply.objects.count()) == (0, 2, 2)


def test_one_bad_reply_loses_no_other(wxr: Any) -> None:
    result = import_replies(read_wxr(wxr(comment(1, text=""), comment(2))), "wxr")
    assert result.added == 1
    assert [reject.code for reject in result.rejects] == ["bad_reply"]


def test_replies_to_an_unknown_article_are_set_aside_with_the_cure(wxr: Any) -> None:
    result = import_replies(read_wxr(wxr(comment(1), url="https://blog.example/unknown/")), "wxr")
    assert result.added == 0
    assert "onrecord add" in result.rejects[0].reason


def test_scripts_in_an_import_are_text_or_gone(wxr: Any, client: Client, article: Article) -> None:
    nasty = "<p>hello</p><script>alert(1)</script><img src=x onerror=alert(2)>&lt;script&gt;alert(3)&lt;/script&gt;"
    import_replies(read_wxr(wxr(comment(1, text=nasty, name="<b>x</b>", url="javascript:alert(4)"))), "wxr")
    section = client.get(article.get_absolute_url()).content.decode().partition('id="replies"')[2]
    assert "hello" in section
    assert "<script>" not in section
    assert "<img" not in section
    assert "javascript:alert" not in section


def test_entities_and_broken_xml_are_refused(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.xml"
    bomb.write_text('<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><rss><item>&b;</item></rss>', "utf-8")
    outside = tmp_path / "outside.xml"
    outside.write_text('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss><item>&a;</item></rss>', "utf-8")
    broken = tmp_path / "broken.xml"
    broken.write_text("<rss><item>", "utf-8")
    for path in (bomb, outside, broken):
        with pytest.raises(InputError):
            list(read_wxr(path))


def test_a_disqus_export_comes_in(tmp_path: Path, article: Article) -> None:
    path = tmp_path / "disqus.xml"
    path.write_text(
        f"""<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">
<thread dsq:id="7"><link>{article.url}</link></thread>
<post dsq:id="1"><message><![CDATA[<p>Nine days.</p>]]></message><createdAt>2031-07-14T08:00:00Z</createdAt>
<isDeleted>false</isDeleted><isSpam>false</isSpam><author><name>Ada</name></author><ipAddress>203.0.113.9</ipAddress>
<thread dsq:id="7"/></post>
<post dsq:id="2"><message>Ten.</message><createdAt>2031-07-14T09:00:00Z</createdAt><isDeleted>false</isDeleted>
<isSpam>true</isSpam><author><name>Bo</name></author><thread dsq:id="7"/><parent dsq:id="1"/></post></disqus>""",
        "utf-8",
    )
    assert import_replies(read_disqus(path), "disqus").added == 2
    assert list(Reply.objects.values_list("name", "state")) == [("Ada", "published"), ("Bo", "spam")]
    assert Reply.objects.get(name="Bo").parent == Reply.objects.get(name="Ada")


def test_an_isso_database_comes_in(tmp_path: Path, article: Article) -> None:
    path = tmp_path / "comments.db"
    with closing(sqlite3.connect(path)) as base, base:
        base.execute("create table threads (id integer, uri text, title text)")
        base.execute(
            "create table comments (tid integer, id integer, parent integer, created float, modified float,"
            " mode integer, remote_addr text, text text, author text, email text, website text)"
        )
        base.execute("insert into threads values (1, ?, 'x')", [article.url.removeprefix("https://news.example")])
        row = "insert into comments values (1, ?, ?, 1941782400, null, ?, '203.0.113.9', ?, 'Ada', null, null)"
        base.executemany(row, [(1, None, 1, "Nine days."), (2, 1, 2, "Ten."), (3, None, 4, "")])
    assert import_replies(read_isso(path, "https://news.example"), "isso").added == 3
    assert sorted(Reply.objects.values_list("state", flat=True)) == ["held", "published", "removed"]


def test_what_is_no_isso_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "comments.db"
    path.write_bytes(b"not a database, and long enough to be looked at as one" * 20)
    with pytest.raises(InputError):
        list(read_isso(path))


def test_bad_json_lines_are_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "replies.jsonl"
    path.write_text('{"id": 5}\n[1]\nnot json\n{"id": "abc", "text": "x"}\n', "utf-8")
    assert all(isinstance(item, Reject) for item in read_json(path))


def stored() -> list[dict[str, Any]]:
    """Everything about every reply that is not of this one database."""
    ours = {"id", "thread_id", "parent_id", "source", "source_id", "vector", "probability", "reasons", "text_key"}
    return [
        {name: value for name, value in row.items() if name not in ours}
        | {"thread": f"{row['thread__kind']}/{row['thread__key']}", "parent": row["parent__public_id"]}
        for row in Reply.objects.order_by("public_id").values(
            *(field.attname for field in Reply._meta.concrete_fields),
            "thread__kind",
            "thread__key",
            "parent__public_id",
        )
    ]


@pytest.mark.parametrize(
    ("export", "read", "source"), [(export_json, read_json, "json"), (export_wxr, read_wxr, "wxr")]
)
def test_the_round_trip_is_equal(tmp_path: Path, make_reply: Any, export: Any, read: Any, source: str) -> None:
    """Times to the microsecond, threads, states, every character that may be written."""
    first = make_reply(
        name="Ada",
        email="ada@example.org",
        website="https://ada.example/",
        text="a *b* <c> & d\n\ne “f” ]]> &amp; \U0001f642\tz",
        language="fa",
        published_at=timezone.now(),
    )
    make_reply(parent=first, text="گزارش دقیقی بود", state="held")
    make_reply(state="spam", edited_at=first.created_at)
    make_reply(state="removed", text="", name="")
    before, rows = io.StringIO(), stored()
    assert export(before) == 4
    assert any(row["created_at"].microsecond for row in rows)
    path = tmp_path / "out"
    path.write_text(before.getvalue(), "utf-8")
    Thread.objects.all().delete()
    assert import_replies(read(path), source).added == 4
    after = io.StringIO()
    export(after)
    assert after.getvalue() == before.getvalue()
    assert stored() == rows


def test_two_exports_of_ours_come_in_whole(tmp_path: Path, make_reply: Any) -> None:
    """Replies are numbered anew in each export; none is taken for another because of its number."""
    make_reply(text="Written on the second day.", created_at=timezone.now())
    paths = []
    for n in range(2):
        paths.append(tmp_path / f"{n}.xml")
        out = io.StringIO()
        export_wxr(out)
        paths[-1].write_text(out.getvalue(), "utf-8")
        make_reply(text="Written before it.", created_at=timezone.now() - timedelta(days=1))
    out = io.StringIO()
    export_wxr(out)
    paths[-1].write_text(out.getvalue(), "utf-8")
    Thread.objects.all().delete()
    for path in paths:
        import_replies(read_wxr(path), "wxr")
    assert Reply.objects.count() == 3


def test_other_programs_read_the_export_as_wordpress(tmp_path: Path, make_reply: Any) -> None:
    """What is ours stands beside the fields of the format, not in them."""
    make_reply(created_at=datetime(2031, 7, 14, 8, 0, 5, 250_000, UTC))
    out = io.StringIO()
    export_wxr(out)
    assert "<wp:comment_date_gmt>2031-07-14 08:00:05</wp:comment_date_gmt>" in out.getvalue()
    assert "<onrecord:created>2031-07-14T08:00:05.250000+00:00</onrecord:created>" in out.getvalue()


@pytest.mark.parametrize("bad", ["\\u0000", "\\ud800", "\\uffff"])
def test_characters_no_database_takes_lose_no_other_reply(tmp_path: Path, article: Article, bad: str) -> None:
    path = tmp_path / "replies.jsonl"
    fields = ("id", "name", "email", "website", "text", "parent", "key", "url", "language", "kind")
    line = dict.fromkeys(fields, "x") | {"created": "2031-07-14T08:00:00", "url": article.url}
    nasty = [json.dumps(line | {"id": f"n{n}", field: "a{bad}b"}) for n, field in enumerate(fields)]
    lines = [one.replace("{bad}", bad) for one in nasty] + [json.dumps(line | {"id": "good", "kind": "", "key": ""})]
    path.write_text("\n".join(lines), "utf-8")
    result = import_replies(read_json(path), "json")
    assert Reply.objects.filter(source_id="good").exists()
    assert result.added + len(result.rejects) == len(lines)
    out = io.StringIO()
    export_wxr(out)
    (tmp_path / "out.xml").write_text(out.getvalue(), "utf-8")
    assert not [item for item in read_wxr(tmp_path / "out.xml") if isinstance(item, Reject)]
