"""Pages whose markup is gone."""

from __future__ import annotations

import pytest

from onrecord.articles import read_article
from onrecord.errors import NoArticle
from onrecord.terms import Article, Page

from .conftest import PROSE, TITLE

BODY = "\n\n".join(PROSE)
STRIPPED = f"""Quay News


{TITLE}

Gulf TV – July 14, 2019

{BODY}

July 15, 2019 - Posted by | Quay News | , ,

No comments yet.

Leave a Reply

Fill in your details below or click an icon to log in: Logo

This site uses Akismet to reduce spam. Learn how your comment data is processed.
"""


def read(text: str) -> Article:
    return read_article(Page(text.encode(), "page.txt", media_type="text/plain"))


def test_a_stripped_page_gives_up_its_parts() -> None:
    article = read(STRIPPED)
    assert article.outlet == "Quay News"
    assert article.title == TITLE
    assert (article.credited_outlet, article.credited_date) == ("Gulf TV", "2019-07-14")
    assert article.published == "2019-07-15"
    assert article.posted_by == "Quay News"
    assert article.text == BODY
    assert article.replies == ()


def test_the_credit_dates_a_page_that_has_no_date_of_its_own() -> None:
    assert read(STRIPPED.split("July 15")[0]).published == "2019-07-14"


def test_a_named_poster() -> None:
    article = read(STRIPPED.replace("Posted by |", "Posted by Mira Sund |"))
    assert article.posted_by == "Mira Sund"


def test_a_byline_of_its_own() -> None:
    article = read(f"{TITLE}\n\nBy Mira Sund\n\n14 July 2019\n\n{BODY}")
    assert (article.title, article.byline, article.published, article.text) == (
        TITLE,
        ("Mira Sund",),
        "2019-07-14",
        BODY,
    )


def test_prose_alone_is_all_body() -> None:
    article = read(BODY)
    assert (article.text, article.title, article.outlet) == (BODY, None, None)


def test_a_first_short_line_is_the_headline() -> None:
    assert read(f"{TITLE}\n\n{BODY}").title == TITLE


def test_line_breaks_inside_paragraphs_are_layout() -> None:
    assert read(f"{TITLE}\n\n{PROSE[0][:40]}\n{PROSE[0][40:]}\n\n{PROSE[1]}").text.count("\n\n") == 1


def test_a_dateline_in_the_body_is_kept() -> None:
    article = read(f"{TITLE}\n\nOSTREL (Reuters) - {BODY}")
    assert article.credited_outlet == "Reuters"
    assert article.text.startswith("OSTREL (Reuters) - The harbour")


@pytest.mark.parametrize("text", ["", " \n\n \n", "\0\0"])
def test_nothing_in_it(text: str) -> None:
    with pytest.raises(NoArticle, match="give the text itself"):
        read(text)
