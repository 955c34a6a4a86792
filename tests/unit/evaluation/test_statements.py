"""Scores of statements on an invented article, checked against figures counted by hand."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from onrecord.errors import SpanMismatch
from onrecord.evaluation.statements import name_key, score
from onrecord.settings import load

TEXT = (
    "Ada Quill, the transport minister, denied on Monday that the port would be sold.\n\n"
    "Reports of a buyer were “pure fiction,” she said. The Dray Courier had reported that a buyer was found.\n\n"
    "The company declined to comment."
)


def span(words: str) -> list[int]:
    start = TEXT.index(words)
    return [start, start + len(words)]


def statement(n: int, cue: str, content: list[str], **fields: Any) -> dict[str, Any]:
    defaults: dict[str, Any] = {
        "kind": "indirect",
        "act": "say",
        "speaker": {"name": "Ada Quill", "type": "person", "role": None},
        "said_on": None,
        "within": None,
        "denies": None,
    }
    return {"n": n, "cue": span(cue), "content": [span(words) for words in content], **defaults, **fields}


def gold() -> list[dict[str, Any]]:
    claim = {"claim": span("the port would be sold"), "claimed_by": None}
    courier = {"name": "Dray Courier", "type": "media", "role": None}
    company = {"name": None, "type": "organization", "role": None}
    return [
        statement(1, "denied", ["that the port would be sold"], act="deny", said_on="2031-03-10", denies=claim),
        statement(2, "said", ["Reports of a buyer were “pure fiction,”"], act="deny", kind="mixed"),
        statement(3, "had reported", ["that a buyer was found"], act="report", speaker=courier, within=2),
        statement(4, "declined", [], act="decline", speaker=company),
    ]


def rows(statements: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"id": "quill", "text": TEXT, "statements": statements}]


def values(found: list[dict[str, Any]]) -> dict[str, float]:
    return {measure.name: round(measure.value, 1) for measure in score(rows(gold()), rows(found)).measures}


def test_the_gold_itself_scores_a_hundred_everywhere() -> None:
    assert set(values(gold()).values()) == {100.0}


def test_nothing_found_scores_zero_and_divides_by_nothing() -> None:
    assert set(values([]).values()) == {0.0}


def test_each_wrong_field_costs_its_own_measure_and_completeness() -> None:
    found = gold()
    found[0]["said_on"] = "2031-03-11"
    found[1]["act"] = "say"
    found[2]["within"] = None
    found[3]["speaker"]["name"] = "Dray Harbour Company"
    assert values(found) == {
        "found": 100.0,
        "speaker": 75.0,
        "speaker named": 100.0,
        "speaker type": 100.0,
        "act": 75.0,
        "kind": 100.0,
        "said_on": 75.0,
        "dated": 0.0,
        "nested": 0.0,
        "denial": 66.7,
        "denied claim": 100.0,
        "complete": 25.0,
    }


def test_content_with_less_than_half_in_common_is_another_statement() -> None:
    found = gold()
    found[0]["content"] = [span("port")]
    assert score(rows(gold()), rows(found))["found"].right == 3


def test_a_refusal_without_content_is_found_by_its_cue() -> None:
    found = gold()
    found[3]["content"] = [span("to comment")]
    assert score(rows(gold()), rows(found))["found"].right == 4
    found[3]["cue"] = span("The company")
    assert score(rows(gold()), rows(found))["found"].right == 3


def test_another_text_than_the_gold_is_refused() -> None:
    with pytest.raises(SpanMismatch, match="quill"):
        score(rows(gold()), [{"id": "quill", "text": TEXT + " More.", "statements": []}])


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ada Quill", "Minister Ada Quill"), ("José M. Brandt", "jose brandt"), ("Quill’s", "Quill"), (None, "")],
)
def test_titles_accents_case_and_initials_do_not_make_another_name(one: str | None, other: str | None) -> None:
    assert name_key(one) == name_key(other)


def test_another_surname_is_another_name() -> None:
    assert name_key("Ada Quill") != name_key("Ada Quist")


def test_the_figures_are_those_of_the_script_that_came_with_the_gold(tmp_path: Path) -> None:
    folder = load().data / "gold"
    if not (folder / "score_gold.py").exists():
        pytest.skip(f"{folder}/score_gold.py is not there; set ONRECORD_DATA to the corpora")
    wanted = [json.loads(line) for line in (folder / "dev.jsonl").read_text(encoding="utf-8").splitlines()]
    found = [{**row, "statements": spoiled(row["statements"])} for row in wanted]
    path = tmp_path / "found.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in found), encoding="utf-8")
    command = [sys.executable, str(folder / "score_gold.py"), str(folder / "dev.jsonl"), str(path), "--json"]
    theirs = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    for measure in score(wanted, found).measures:
        other = theirs[measure.name]
        assert measure.value == pytest.approx(100 * (other["f1"] if isinstance(other, dict) else other)), measure.name


def spoiled(statements: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Statements with every third act, fifth date, fourth span and seventh nesting changed, every ninth left out."""
    kept = []
    for n, row in enumerate(statements):
        row = {**row}
        if n % 3 == 0:
            row["act"] = "claim"
        if n % 5 == 0:
            row["said_on"] = "1999"
        if n % 4 == 0 and row["content"]:
            row["content"] = [[start, start + (end - start) // 2 + 3] for start, end in row["content"]]
        if n % 7 == 0:
            row["within"] = 1
        if n % 9:
            kept.append(row)
    return kept
