"""The measures of time expressions and of dated statements."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from onrecord.errors import PageError
from onrecord.evaluation.dates import (
    edtf_of_timex,
    evaluate,
    is_held_out,
    match_times,
    read_gold,
    read_timeml,
    statement_measures,
    time_measures,
)
from onrecord.evaluation.report import CorpusMissing
from onrecord.terms import Span, TimeExpression

# Invented.
TIMEML = """<?xml version="1.0"?><TimeML><DCT><TIMEX3 type="DATE" value="2021-03-10">10 March 2021</TIMEX3></DCT>
<TEXT>The port <EVENT>closed</EVENT> <TIMEX3 type="DATE" value="2021-03-08">Monday</TIMEX3> for
<TIMEX3 type="DURATION" value="P2D">two days</TIMEX3>, <TIMEX3 type="DATE" value="PRESENT_REF">now</TIMEX3> and in
<TIMEX3 type="DATE" value="2019">2018</TIMEX3>.</TEXT></TimeML>"""


@pytest.mark.parametrize(
    ("timex", "edtf"),
    [
        ("2021-03-08TNI", "2021-03-08"),
        ("2021-03-08T17:30", "2021-03-08"),
        ("1998-10-XX", "1998-10"),
        ("1989-Q3", "1989-07/1989-09"),
        ("1989-H2", "1989-07/1989-12"),
        ("1994-WI", "1994-12/1995-02"),
        ("1998-W02", "1998-01-05/1998-01-11"),
        ("1990-W32-WE", "1990-08-11/1990-08-12"),
        ("199", "199X"),
        ("19XX", "19XX"),
        ("1989-WXX", None),
        ("1989-QX", None),
        ("PRESENT_REF", None),
        ("P1D", None),
        ("1998-W60", None),
    ],
)
def test_timex_values_in_edtf(timex: str, edtf: str | None) -> None:
    assert edtf_of_timex(timex) == edtf


def test_timeml_gives_text_times_and_what_is_no_time(tmp_path: Path) -> None:
    (tmp_path / "port.tml").write_text(TIMEML, encoding="utf-8")
    timed = read_timeml(tmp_path / "port.tml")
    assert timed is not None
    assert timed.published == "2021-03-10"
    assert [(time.span.of(timed.text), time.value) for time in timed.times] == [
        ("Monday", "2021-03-08"),
        ("2018", "2019"),
    ]
    assert [span.of(timed.text) for span in timed.others] == ["two days", "now"]
    measures = {measure.name: measure for measure in time_measures([timed])}
    assert measures["extent strict"].value == 100
    assert measures["value"].value == 50


def test_a_broken_file_is_named_with_its_cure(tmp_path: Path) -> None:
    (tmp_path / "port.tml").write_text("<TimeML>", encoding="utf-8")
    with pytest.raises(PageError, match=r"port\.tml.*repair"):
        read_timeml(tmp_path / "port.tml")


def test_an_expression_is_matched_once() -> None:
    gold = [TimeExpression(Span(0, 10), "2019")]
    found = [TimeExpression(Span(0, 2), "2018"), TimeExpression(Span(3, 10), "2019")]
    assert match_times(gold, found) == [(gold[0], found[1])]


def test_about_a_tenth_is_held_out() -> None:
    assert 60 < sum(is_held_out(f"document {number}") for number in range(1000)) < 140


def test_gold_statements_lose_their_dates_before_they_are_dated(tmp_path: Path) -> None:
    text = "Ada Quill said on Monday that the port would close."
    statement = {
        "n": 1, "speaker_span": [0, 9], "cue": [10, 14], "content": [[25, 50]], "kind": "indirect", "act": "say",
        "speaker": {"name": "Ada Quill", "type": "person", "role": None}, "said_on": "2021-03-08",
        "said_on_basis": [15, 24], "within": None,
    }  # fmt: skip
    row = {"id": "a", "text": text, "published": "2021-03-10", "statements": [statement]}
    (tmp_path / "gold.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    [dated] = read_gold(tmp_path / "gold.jsonl")
    assert dated.skeletons[0].said_on is None
    assert dated.said_on == ("2021-03-08",)
    assert [measure.value for measure in statement_measures([dated], "")] == [100, 100]


def test_without_the_corpora_the_setting_is_named(tmp_path: Path) -> None:
    with pytest.raises(CorpusMissing, match="ONRECORD_DATA"):
        evaluate(tmp_path)
