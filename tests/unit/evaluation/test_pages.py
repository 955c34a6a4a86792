"""Scores of pages, on invented articles; and on the corpora where they are."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

import pytest

from onrecord.evaluation.pages import evaluate, score_bodies, score_fields, shingle_rates
from onrecord.evaluation.report import CorpusMissing

TEXT = "The harbour council of Ostrel said on Sunday that the ferry would go on sailing through the winter."
GOLD = {
    "id": "a",
    "title": "Ostrel keeps “its” ferry",
    "byline": ["Mira Sund"],
    "outlet": "The Quay News",
    "is_article": True,
    "credited_outlet": "AP",
    "published": "2019-07-14T10:00:00+02:00",
    "updated": "2019-07-14T12:00:00Z",
    "tags": ["Ferry", "Ostrel"],
}
FOUND = {
    "id": "a",
    "title": 'Ostrel keeps "its"  ferry',
    "byline": ["MIRA SUND"],
    "outlet": "quaynews.com",
    "credited_outlet": "Associated Press",
    "published": "2019-07-14T08:00:30Z",
    "updated": "2019-07-14T12:05:00Z",
    "tags": ["ferry", "Sea"],
}


def test_shingles_of_equal_texts_and_of_none() -> None:
    assert shingle_rates(TEXT, TEXT) == (1.0, 1.0)
    assert shingle_rates("", "") == (1.0, 1.0)
    assert shingle_rates(TEXT, "") == (0.0, 0.0)
    assert shingle_rates(TEXT, "Something else that was never said by anybody there.") == (0.0, 0.0)


def test_shingles_count_how_often() -> None:
    precision, recall = shingle_rates("a b c d", "a b c d a b c d")
    assert precision == pytest.approx(1 / 5)
    assert recall == 1.0


def test_body_averages_pages_before_f1() -> None:
    measure = score_bodies([(TEXT, TEXT), (TEXT, "")])
    assert (measure.precision, measure.recall, measure.value) == (50.0, 50.0, 50.0)


def test_fields_are_compared_as_readers_would() -> None:
    measures = {measure.name: measure for measure in score_fields([GOLD], {"a": FOUND})}
    assert {name: measure.value for name, measure in measures.items()} == {
        "title": 100.0, "byline": 100.0, "outlet": 100.0, "credited": 100.0, "published day": 100.0,
        "published minute": 100.0, "updated": 0.0, "tags": 50.0,
    }  # fmt: skip


def test_a_page_that_was_not_read_counts_as_wrong() -> None:
    measures = {measure.name: measure for measure in score_fields([GOLD], {})}
    assert measures["title"].value == 0.0
    assert measures["credited"].recall == 0.0


def test_evaluate_reads_the_pages_of_a_corpus(tmp_path: Path) -> None:
    pages = tmp_path / "data/pages"
    (pages / "html").mkdir(parents=True)
    (tmp_path / "gold").mkdir()
    paragraphs = [f"{TEXT} And {number} more were said to be on their way." for number in range(4)]
    page = (
        f"<html><head><title>{GOLD['title']}</title></head><body><h1>{GOLD['title']}</h1>"
        f"{''.join(f'<p>{p}</p>' for p in paragraphs)}"
    )
    (pages / "html/a.html.gz").write_bytes(gzip.compress(page.encode()))
    (pages / "html/b.html.gz").write_bytes(gzip.compress(b"%PDF-1.4"))
    truth = {"a": {"articleBody": "\n\n".join(paragraphs)}, "b": {"articleBody": TEXT}}
    (pages / "ground-truth.json").write_text(json.dumps(truth))
    (tmp_path / "gold/pages-meta.jsonl").write_text(
        json.dumps(GOLD) + "\n" + json.dumps({**GOLD, "id": "b", "is_article": False})
    )
    report = evaluate(tmp_path)
    assert report["title"].value == 100.0
    assert report["body"].value == 50.0


def test_a_missing_corpus_names_the_cure(tmp_path: Path) -> None:
    with pytest.raises(CorpusMissing, match="ONRECORD_DATA"):
        evaluate(tmp_path)


@pytest.mark.slow
@pytest.mark.skipif("ONRECORD_DATA" not in os.environ, reason="ONRECORD_DATA does not say where the corpora are")
def test_pages_of_the_corpus() -> None:
    report = evaluate(Path(os.environ["ONRECORD_DATA"]))
    assert report["body"].value >= 96.5
    assert report["title"].value >= 93
    assert report["byline"].value >= 85
    assert report["outlet"].value >= 92
    assert report["credited"].value >= 70
    assert report["published day"].value >= 97
    assert report["published minute"].value >= 88
    assert report["updated"].value >= 75
    assert report["tags"].value >= 65
