"""``onrecord dates``, from a file of articles to lines of JSON."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from onrecord.cli import main


def test_one_line_an_article_with_offsets_into_its_text(tmp_path: Path) -> None:
    # Invented.
    rows = [
        {"id": "a", "text": "The port of Varna closed on Monday.", "published": "2021-03-10"},
        {"id": "b", "text": "The port of Varna closed.", "published": None},
    ]
    source = tmp_path / "articles.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    result = CliRunner().invoke(main, ["dates", "--from", "articles", "--jobs", "1", str(source)])
    assert result.exit_code == 0, result.output
    assert [json.loads(line) for line in result.stdout.splitlines()] == [
        {"id": "a", "dates": [{"start": 28, "end": 34, "value": "2021-03-08"}]},
        {"id": "b", "dates": []},
    ]


def test_a_line_that_is_no_article_is_set_aside_and_the_rest_is_written(tmp_path: Path) -> None:
    source = tmp_path / "articles.jsonl"
    source.write_text('{"id": "a"\n{"id": "b", "text": "Closed in 2019."}\n', encoding="utf-8")
    result = CliRunner().invoke(main, ["dates", "--from", "articles", "--jobs", "1", str(source)])
    assert result.exit_code == 1
    assert json.loads(result.stdout)["dates"] == [{"start": 10, "end": 14, "value": "2019"}]
