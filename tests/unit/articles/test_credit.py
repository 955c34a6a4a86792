"""Whose report a page republishes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from onrecord.articles.credit import credit_line
from onrecord.terms import Article

from .conftest import BODY, PROSE

Read = Callable[..., Article]


@pytest.mark.parametrize(
    ("parts", "outlet", "day"),
    [
        ({"body": f"<p>OSTREL (Reuters) - {PROSE[0]}</p>{BODY}"}, "Reuters", None),
        ({"body": f"<p>OSTREL, Valm. (AP) — {PROSE[0]}</p>{BODY}"}, "Associated Press", None),
        (
            {
                "body": f"{BODY}<p>This article was originally published by Valmorel Courier. Read the original "
                "article.</p>"
            },
            "Valmorel Courier",
            None,
        ),
        (
            {"body": f"{BODY}<p>This story first appeared in The Valmorel Courier on July 12, 2019.</p>"},
            "The Valmorel Courier",
            "2019-07-12",
        ),
        ({"body": f"{BODY}<p>Provided by Gulf Space Agency</p>"}, "Gulf Space Agency", None),
        ({"body": f"{BODY}<p>The vote is open until Friday. PTI</p>"}, "Press Trust of India", None),
        ({"body": f"{BODY}<p>© 2019 Associated Press. All Rights Reserved.</p>"}, "Associated Press", None),
        ({"below": "<p>Gulf TV – July 14, 2019</p>"}, "Gulf TV", "2019-07-14"),
        (
            {"head": '<link rel="canonical" href="https://www.valmorelcourier.example/ferry">'},
            "valmorelcourier.example",
            None,
        ),
        (
            {"below": '<div class="byline"><b>Mira Sund and Ole Brandt</b> <i>Valmorel Falls Leader</i></div>'},
            "Valmorel Falls Leader",
            None,
        ),
    ],
)
def test_credit(read: Read, parts: dict[str, str], outlet: str, day: str | None) -> None:
    article = read(**parts)
    assert (article.credited_outlet, article.credited_date) == (outlet, day)


@pytest.mark.parametrize(
    "parts",
    [
        {},
        {"body": f"{BODY}<p>Originally published on Quay News.</p>"},
        {"body": f"{BODY}<p>The agency Reuters had reported the sale on Friday.</p>"},
        {"body": f"{BODY}<p>The play first appeared in West Ostrel years ago.</p>"},
        {"below": '<div class="byline">Quay News Staff</div>'},
        {"below": '<div class="byline">By Mira Sund</div><p>Photo: Ole Brandt, AP</p>'},
        {"head": '<link rel="canonical" href="https://amp.quaynews.example/ferry">'},
    ],
)
def test_no_credit_where_the_report_is_the_outlets_own(read: Read, parts: dict[str, str]) -> None:
    assert read(**parts).credited_outlet is None


@pytest.mark.parametrize(
    "line", ["Mira Sund said so – July 14, 2019 was late.", "July 14, 2019 – July 15, 2019", "x", "", "–" * 500]
)
def test_credit_line_is_a_name_and_a_date_only(line: str) -> None:
    assert credit_line(line, None) is None


def test_who_posts_a_report_has_not_written_it(read: Read) -> None:
    article = read(
        below="<p>Gulf TV – July 14, 2019</p>",
        foot='<p class="postmetadata">July 15, 2019 - Posted by <a>Mira Sund</a> | Quay News</p>',
    )
    assert article.posted_by == "Mira Sund"
    assert article.byline == ()
    assert article.credited_outlet == "Gulf TV"
