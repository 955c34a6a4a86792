"""Headlines, without the site's name."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from onrecord.articles.titles import find_title, without_site
from onrecord.terms import Article

from .conftest import BODY, TITLE

Read = Callable[..., Article]


def test_the_shown_headline_goes_before_the_one_for_search_engines(read: Read) -> None:
    article = read(head='<meta property="og:title" content="Ferry, Ostrel: what to know about the winter">')
    assert article.title == TITLE
    assert article.evidence["title"] == "visible headline"


def test_headings_of_dialogs_and_other_stories_are_no_headlines(read: Read) -> None:
    article = read(
        above='<div class="modal"><h1>Create a new password</h1></div>',
        foot='<div class="related"><h1>Ten other ferries that still sail</h1></div>',
    )
    assert article.title == TITLE


def test_a_site_name_in_a_first_heading_is_no_headline(read: Read) -> None:
    article = read(head='<meta property="og:site_name" content="Quay News">', above="<h1>Quay News</h1>")
    assert article.title == TITLE


def test_a_headline_in_a_second_level_heading(markup: Callable[..., object]) -> None:
    source = (
        f'<html><head><title>x</title><meta property="og:title" content="{TITLE}"></head><body><div '
        'class="latest"><h1>Another story of '
        f"today</h1></div><h2>{TITLE}</h2>{BODY}</body></html>"
    )
    found = find_title(markup(source))  # type: ignore[arg-type]
    assert found is not None
    assert found.value == TITLE


def test_a_headline_in_an_old_layout_without_headings(markup: Callable[..., object]) -> None:
    source = (
        f'<html><head><title>Quay News - {TITLE}</title></head><body><div class="headline"><b>'
        f"{TITLE}</b></div>{BODY}</body></html>"
    )
    found = find_title(markup(source))  # type: ignore[arg-type]
    assert found is not None
    assert found.value == TITLE


@pytest.mark.parametrize(
    ("title", "names", "bare"),
    [
        ("Ferry stays - Quay News", {"Quay News"}, "Ferry stays"),
        ("Ferry stays | QUAY NEWS", {"Quay News"}, "Ferry stays"),
        ("Quay News: Ferry stays", {"Quay News"}, "Quay News: Ferry stays"),
        ("Quay News | Ferry stays", {"Quay News"}, "Ferry stays"),
        ("Design week | A light for Ostrel", {"Quay News"}, "Design week | A light for Ostrel"),
        ("Ferry stays", set(), "Ferry stays"),
    ],
)
def test_without_site(title: str, names: set[str], bare: str) -> None:
    assert without_site(title, names) == bare
