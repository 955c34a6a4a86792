"""Names in bylines."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from onrecord.articles.names import agency_named, names_in
from onrecord.terms import Article

Read = Callable[..., Article]


@pytest.mark.parametrize(
    ("line", "people", "organizations"),
    [
        ("By Mira Sund", ["Mira Sund"], []),
        ("By MIRA SUND and OLE BRANDT, AP Sports Writer", ["MIRA SUND", "OLE BRANDT"], ["Associated Press"]),
        ("Mira Sund, Ap Auto Writer", ["Mira Sund"], ["Associated Press"]),
        ("By Mira Sund | Special to the Quay News", ["Mira Sund"], []),
        ("Written by Mira Sund, MS, RD on November 14, 2019", ["Mira Sund"], []),
        ("Mira Sund. Quay International", ["Mira Sund"], ["Quay International"]),
        ("By Mira Sund, Staff Writer", ["Mira Sund"], []),
        ("Mira B. Sund & Ole van der Brandt", ["Mira B. Sund", "Ole van der Brandt"], []),
        ("Автор: Венера Лодина", ["Венера Лодина"], []),
        ("Reuters", [], ["Reuters"]),
        ("by admin", [], []),
        ("Staff Reports", [], []),
        ("Monday November 18, 2019 7:45 am PST by Mira Sund", ["Mira Sund"], []),
        ("Mira Sund | Quay Advance Media for quaynews.example", ["Mira Sund"], []),
        ("View More Articles", [], []),
        ("mira@quaynews.example", [], []),
    ],
)
def test_names_in(line: str, people: list[str], organizations: list[str]) -> None:
    assert names_in(line) == (people, organizations)


@pytest.mark.parametrize(
    ("words", "name"),
    [("AP", "Associated Press"), ("The Associated Press", "Associated Press"), ("Apple", None), (None, None)],
)
def test_agency_named(words: str | None, name: str | None) -> None:
    assert agency_named(words) == name


def test_json_ld_author(read: Read) -> None:
    article = read(
        head='<script type="application/ld+json">{"@type":"NewsArticle","headline":"x",'
        '"author":{"@type":"Person","name":"Mira Sund"}}</script>'
    )
    assert article.byline == ("Mira Sund",)
    assert article.evidence["byline"] == "json-ld"


def test_what_readers_see_goes_before_the_account_in_the_markup(read: Read) -> None:
    article = read(
        head='<meta name="author" content="Ole Brandt">',
        below='<div class="byline">By <a rel="author" href="/mira">Mira Sund</a></div>',
    )
    assert article.byline == ("Mira Sund",)


def test_several_authors_marked_one_by_one(read: Read) -> None:
    article = read(below='<p><a itemprop="author">Mira Sund</a>, <a itemprop="author">Ole Brandt</a></p>')
    assert article.byline == ("Mira Sund", "Ole Brandt")


def test_a_name_that_runs_into_its_handle_is_cut_off_it(read: Read) -> None:
    article = read(below='<div class="byline">By <a>Mira Sund</a><a>@mirasund</a> <span>July 14, 2019</span></div>')
    assert article.byline == ("Mira Sund",)


def test_bylines_of_other_stories_do_not_count(read: Read) -> None:
    article = read(foot='<div class="related"><span class="byline">By Ole Brandt</span></div>')
    assert article.byline == ()


def test_an_agency_is_no_person(read: Read) -> None:
    article = read(
        head='<script type="application/ld+json">{"@type":"NewsArticle","headline":"x",'
        '"author":{"@type":"Person","name":"Reuters"}}</script>'
    )
    assert article.byline == ()
    assert article.credited_outlet == "Reuters"
