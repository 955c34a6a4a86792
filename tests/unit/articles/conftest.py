"""A page in the style of a news site, about invented places and people, that tests change in one point."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from onrecord.articles import read_article
from onrecord.articles.markup import Markup, parse
from onrecord.terms import Article, Page

PROSE = (
    "The harbour council of Ostrel said on Sunday that the ferry to Valmorel would go on sailing through the winter.",
    "“Nobody has offered us a price, and nobody will,” the council's head, Mira Sund, told "
    "reporters in the old customs house.",
    "A ship owner from Valmorel had been reported to want the line, which carries some forty thousand people a year.",
    "The council meets again in two weeks, when it is to vote on a new pier and on the fares for the coming summer.",
)
BODY = "".join(f"<p>{paragraph}</p>" for paragraph in PROSE)
TITLE = "Ostrel keeps its ferry through the winter"
ADDRESS = "https://www.quaynews.example/2019/07/14/ostrel-keeps-its-ferry"


def html(
    *,
    head: str = "",
    above: str = "",
    below: str = "",
    foot: str = "",
    title: str = TITLE,
    body: str = BODY,
    lang: str = "en-GB",
) -> str:
    """A page with a headline and a body; the other parts go into its head and around the body."""
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8"><title>{title} - Quay '
        f"News</title>{head}</head>"
        "<body><nav><a href='/'>Quay News</a> <a href='/sport'>Sport</a></nav><main><article>"
        f"{above}<h1>{title}</h1>{below}"
        f'<div class="article-body">{body}</div>{foot}</article></main></body></html>'
    )


@pytest.fixture
def read() -> Callable[..., Article]:
    """Read the article of such a page."""

    def read_page(**parts: str) -> Article:
        return read_article(Page(html(**parts).encode(), "page.html", url=ADDRESS))

    return read_page


@pytest.fixture
def markup() -> Callable[[str], Markup]:
    """Parse a page."""

    def parse_page(source: str) -> Markup:
        return parse(Page(source.encode(), "page.html", url=ADDRESS))

    return parse_page
