"""The whole path on the sample pages: what everyone should find there, and that the way of running changes nothing."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from onrecord.evaluation.statements import name_key
from onrecord.flow import extract_sources
from onrecord.terms import Record, Statement

pytestmark = pytest.mark.model

EXAMPLES = Path(__file__).parents[2] / "examples"
PAGES = sorted(EXAMPLES.glob("pages/*/*.html"))


@cache
def record(path: Path) -> Record:
    (found,) = extract_sources([str(path)])
    assert isinstance(found, Record), found
    return found


def words(found: Record, statement: Statement) -> str:
    return " … ".join(span.of(found.article.text) for span in statement.content)


# Speaker, words that the content holds, day it was said: what nobody who reads the page would miss.
SAID = [
    ("Ilse Marant", "The Republic of Calvera is engaged in no negotiations with Norvane", "2024-03-05"),
    ("Adela Corvin", "Ostrey is not for sale, not for rent and not for lending", "2024-02-21"),
    ("Oskar Brill", "Norvane has no interest in being our partner", None),
]


@pytest.mark.parametrize("path", [EXAMPLES / "lakeside-notebook-page.txt", PAGES[-4]], ids=lambda path: path.name)
@pytest.mark.parametrize(("speaker", "quoted", "day"), SAID, ids=[name for name, _, _ in SAID])
def test_a_republished_denial_and_the_earlier_statements_it_recalls(
    path: Path, speaker: str, quoted: str, day: str | None
) -> None:
    found = record(path)
    matching = [statement for statement in found.statements if quoted in words(found, statement)]
    assert len(matching) == 1
    assert name_key(matching[0].speaker.name) == name_key(speaker)
    assert matching[0].kind == "direct"
    if day:
        assert matching[0].said_on == day


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_statements_are_whole_and_in_order(path: Path) -> None:
    found = record(path)
    text = found.article.text
    assert len(found.statements) >= 8
    assert [statement.n for statement in found.statements] == list(range(1, len(found.statements) + 1))
    starts = [statement.extent.start for statement in found.statements]
    assert starts == sorted(starts)
    for statement in found.statements:
        for span in (*statement.content, statement.cue, statement.speaker_span):
            if span is not None:
                assert 0 <= span.start < span.end <= len(text)
                assert span.of(text) == span.of(text).strip()
        assert statement.within is None or 1 <= statement.within <= len(found.statements)


# The third paragraph of a quotation stands too far from its cue for the model; strict, so that its mending is noticed.
@pytest.mark.xfail(reason="the last paragraph of a quotation over three is lost", strict=True)
def test_a_quotation_over_three_paragraphs_is_one_statement() -> None:
    (page,) = (path for path in PAGES if "net-loft" in path.name)
    found = record(page)
    (statement,) = (item for item in found.statements if "My grandfather moored here" in words(found, item))
    assert "I am not saying that it would be like that again" in words(found, statement)
    assert "But a berth is a berth" in words(found, statement)
    assert name_key(statement.speaker.name) == name_key("Anselm Brand")


def extract(*arguments: str) -> bytes:
    """What the command writes, run as a process."""
    command = [sys.executable, "-c", "from onrecord.cli import main; main()", "extract", *arguments]
    return subprocess.run(command, check=True, capture_output=True).stdout


@pytest.mark.slow
def test_neither_processes_nor_order_nor_company_change_a_byte() -> None:
    folder = str(EXAMPLES / "pages")
    alone = extract(folder, "--to", "articles", "--jobs", "1")
    assert extract(folder, "--to", "articles", "--jobs", "2") == alone
    backwards = extract(*map(str, reversed(PAGES)), "--to", "articles", "--jobs", "2")
    assert sorted(backwards.splitlines()) == sorted(alone.splitlines())
    assert extract(str(PAGES[3]), "--to", "articles", "--jobs", "1") in alone


def test_what_it_writes_can_be_read_again_with_the_same_result(tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    first = extract(str(PAGES[0]), "--to", "articles", "--jobs", "1")
    path.write_bytes(first)
    again = json.loads(extract(str(path), "--from", "articles", "--to", "articles", "--jobs", "1"))
    assert again["text"] == json.loads(first)["text"]
    assert again["statements"] == json.loads(first)["statements"]
