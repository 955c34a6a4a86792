"""Scores of attribution spans on an invented article, checked against figures counted by hand."""

from __future__ import annotations

from onrecord.evaluation.attributions import Line, chunks, score
from onrecord.terms import Attribution, Span

TEXT = "The mayor said “we will mend the cranes” on Monday. Critics doubt that it will happen."


def span(words: str) -> tuple[Span, ...]:
    start = TEXT.index(words)
    return (Span(start, start + len(words)),)


MAYOR = Attribution(span("The mayor"), span("said"), span("“we will mend the cranes”"))
CRITICS = Attribution(span("Critics"), span("doubt"), span("that it will happen"))
ROW = {"id": "dray", "text": TEXT, "published": None, "attributions": [MAYOR.to_dict(), CRITICS.to_dict()]}
LINES = [
    Line(
        "dray_ab12",
        ("The", "mayor", "said", "``", "we", "will", "mend", "the", "cranes", "''", "on", "Monday", "."),
        tuple("B-source I-source B-cue B-content".split() + ["I-content"] * 6 + ["O"] * 3),
    ),
    Line(
        "dray_ab12",
        ("Critics", "doubt", "that", "it", "will", "happen", "."),
        ("B-source", "B-cue", "B-content", "I-content", "I-content", "I-content", "O"),
    ),
]


def figures(*found: Attribution) -> dict[str, tuple[float, float | None, float | None]]:
    report = score(LINES, [ROW], predict=lambda articles: [found for _ in articles])
    return {m.name: (round(m.value, 1), _rounded(m.precision), _rounded(m.recall)) for m in report.measures}


def _rounded(rate: float | None) -> float | None:
    return None if rate is None else round(rate, 1)


def test_finding_exactly_the_gold_scores_a_hundred_everywhere() -> None:
    assert {value for value, *_ in figures(MAYOR, CRITICS).values()} == {100.0}


def test_finding_nothing_scores_zero_everywhere() -> None:
    assert {value for value, *_ in figures().values()} == {0.0}


def test_a_span_that_is_a_word_short_counts_for_the_lenient_measure_only() -> None:
    short = Attribution(MAYOR.source, MAYOR.cue, span("we will mend the cranes"))
    found = figures(short, CRITICS)
    assert found["source exact"][0] == 100.0
    assert found["content exact"] == (50.0, 50.0, 50.0)
    assert found["attribution lenient"][0] == 100.0
    assert found["attribution strict"][0] == 50.0


def test_a_wrong_source_fails_the_attribution_and_the_quotation() -> None:
    wrong = Attribution(CRITICS.source, MAYOR.cue, MAYOR.content)
    found = figures(wrong, CRITICS)
    assert found["attribution lenient"][0] == 50.0
    assert found["right source, quoted content"][0] == 0.0
    assert found["source exact"] == (66.7, 100.0, 50.0)


def test_an_extra_attribution_costs_precision() -> None:
    extra = Attribution((), span("will happen"), span("on Monday"))
    assert figures(MAYOR, CRITICS, extra)["attribution lenient"] == (80.0, 66.7, 100.0)


def test_an_attribution_without_source_matches_only_one_without_source() -> None:
    nameless = Attribution((), MAYOR.cue, MAYOR.content)
    assert figures(nameless)["attribution lenient"][0] == 0.0


def test_an_inside_label_without_a_beginning_begins_a_chunk() -> None:
    labels = ["I-cue", "I-cue", "O", "B-cue", "B-cue", "I-content"]
    assert list(chunks(labels)) == [("cue", 0, 1), ("cue", 3, 3), ("cue", 4, 4), ("content", 5, 5)]
