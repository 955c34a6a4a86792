from __future__ import annotations

import pytest

from onrecord.record.actions.articles import store_record
from onrecord.record.copies import MIN_SHINGLES, bands, shingles
from onrecord.record.models import Article
from onrecord.record.queries import listed_articles, outlets_quoting, shown_statements
from onrecord.record.search import search
from onrecord.terms import Record
from unit.record.builders import HARBOUR, article, harbour, numbered

pytestmark = pytest.mark.django_db

CRANES = " ".join(
    f"The {n}th crane of the old harbour stood idle while gull number {n * 7} watched." for n in range(12)
)
LONG = f"{HARBOUR}\n\n{CRANES}"


def republished(**fields: object) -> Record:
    given = {"url": "https://relay.example/x", "outlet": "Relay News", "text": LONG, "title": "From the Post"}
    return harbour(**{**given, **fields})


def test_a_republished_article_is_a_copy_and_counts_once() -> None:
    store_record(harbour(text=LONG))
    store_record(republished(published="2021-03-12", credited_outlet="Varrow Post"))
    original, copy = Article.objects.order_by("id")
    assert copy.original == original
    assert copy.original_why == "credits Varrow Post, same text"
    assert copy.canonical == original
    assert list(original.copies.all()) == [copy]
    assert shown_statements().count() == search("").total == 4
    assert list(listed_articles()) == [original]
    speaker = original.statements.get(n=1).person
    assert speaker
    assert [count.outlet.name for count in outlets_quoting(speaker)] == ["Varrow Post"]


def test_the_original_may_come_later() -> None:
    store_record(republished(published="2021-03-12", credited_outlet="Varrow Post"))
    assert search("").total == 4
    store_record(harbour(text=LONG))
    assert Article.objects.get(outlet__name="Relay News").original == Article.objects.get(outlet__name="Varrow Post")
    assert search("").total == 4
    assert search("outlet:relay-news").total == 0


def test_without_a_credit_the_earlier_is_the_original() -> None:
    store_record(republished(published="2021-03-12"))
    store_record(harbour(text=LONG))
    assert Article.objects.get(outlet__name="Relay News").original_why == "same text, published later"


def test_a_credit_line_makes_half_the_text_enough() -> None:
    added = " ".join(f"Our reader number {n} in Gullmouth wrote to us about ferry {n * 3}." for n in range(20))
    text = LONG[: len(LONG) * 2 // 3] + "\n\n" + added
    mine, theirs = shingles(text), shingles(LONG)
    assert 0.5 < len(mine & theirs) / min(len(mine), len(theirs)) < 0.8
    store_record(harbour(text=LONG))
    credited = store_record(republished(text=text, published="2021-03-12", credited_outlet="Varrow Post")).article
    assert credited
    assert Article.objects.get(pk=credited.pk).original == Article.objects.get(outlet__name="Varrow Post")


def test_another_report_of_the_same_event_is_no_copy() -> None:
    store_record(harbour(text=LONG))
    ferries = " ".join(f"Ferry {n} left pier {n + 4} with {n * 11} people and came back late." for n in range(30))
    text = f"{HARBOUR}\n\n{ferries}"
    store_record(republished(text=text, published="2021-03-12"))
    short = [numbered(n) for n in (1, 2, 3)]
    for record in short:
        store_record(record)
    assert not Article.objects.filter(original__isnull=False).exists()


def test_a_short_text_is_never_a_copy() -> None:
    assert len(shingles(numbered(1).article.text)) < MIN_SHINGLES
    store_record(Record(article("All quiet in the harbour.", url="https://a.example/1"), ()))
    store_record(Record(article("All quiet in the harbour.", url="https://b.example/1"), ()))
    assert not Article.objects.filter(original__isnull=False).exists()


def test_bands_are_the_same_in_every_process() -> None:
    assert bands({"a b c d", "b c d e"}) == bands(["b c d e", "a b c d"])
    assert all(-(2**63) <= number < 2**63 for number in bands(shingles(LONG)))
