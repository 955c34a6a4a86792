"""Counting what sources hold."""

from __future__ import annotations

import gzip
from pathlib import Path

from onrecord.cli.expected import expected_pages

EXAMPLES = Path(__file__).parents[3] / "examples"


def test_a_folder_counts_its_files_and_what_is_in_them(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<html><body>words</body></html>")
    (tmp_path / "b.jsonl").write_text('{"id": "1", "text": "words"}\n' * 3)
    with gzip.open(tmp_path / "c.jsonl.gz", "wt") as file:
        file.write('{"id": "1", "text": "words"}\n' * 50_000)
    assert expected_pages([str(tmp_path)], "auto") == 1 + 3 + 50_000


def test_a_wordpress_export_counts_its_posts() -> None:
    assert expected_pages([str(EXAMPLES / "lakeside-notebook.wxr.xml")], "auto") == 4


def test_a_mark_across_two_reads_is_counted(tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc"
    record = b"WARC/1.0\r\nWARC-Type: response\r\n"
    path.write_bytes(record + b"x" * ((1 << 20) - len(record) - 20) + b"\nWARC-Type: response\r\n")
    assert expected_pages([str(path)], "auto") == 2


def test_what_only_reading_tells_is_not_guessed(tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_text('<rss version="2.0"><channel></channel></rss>')
    assert expected_pages([str(tmp_path)], "auto") is None
    assert expected_pages(["-"], "auto") is None
    assert expected_pages(["https://news.example/"], "auto") is None


def test_a_file_that_is_not_there_counts_as_one_reject() -> None:
    assert expected_pages(["no-such-file.html"], "auto") == 1
