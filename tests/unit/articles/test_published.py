"""Publication and update, where a page dates itself in several ways."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from onrecord.terms import Article

Read = Callable[..., Article]


def data(**dates: str) -> str:
    pairs = "".join(f',"{name}":"{value}"' for name, value in dates.items())
    return f'<script type="application/ld+json">{{"@type":"NewsArticle","headline":"x"{pairs}}}</script>'


def meta(name: str, value: str) -> str:
    return f'<meta property="{name}" content="{value}">'


CASES: dict[str, tuple[dict[str, str], str | None, str | None]] = {
    "json-ld": (
        {"head": data(datePublished="2019-07-14T10:00:00+02:00", dateModified="2019-07-14T12:00:00+02:00")},
        "2019-07-14T10:00:00+02:00",
        "2019-07-14T12:00:00+02:00",
    ),
    "meta": ({"head": meta("article:published_time", "2019-07-14T10:00:00Z")}, "2019-07-14T10:00:00Z", None),
    "microdata": (
        {"below": '<time itemprop="datePublished" datetime="2019-07-14T10:00:00Z">today</time>'},
        "2019-07-14T10:00:00Z",
        None,
    ),
    "h-entry": (
        {"below": '<time class="dt-published" datetime="2019-07-14T10:00:00Z">today</time>'},
        "2019-07-14T10:00:00Z",
        None,
    ),
    "visible line": (
        {"below": "<p>By Mira Sund on Sunday, July 14th, 2019 at 11:04 a.m.</p>"},
        "2019-07-14T11:04",
        None,
    ),
    "visible update": (
        {"below": '<div class="date">Published July 14, 2019 9:00 am EST | Updated July 14, 2019 11:00 am EST</div>'},
        "2019-07-14T09:00-05:00",
        "2019-07-14T11:00-05:00",
    ),
    "a day gets its clock from another statement": (
        {"head": data(datePublished="2019-07-14") + meta("article:published_time", "2019-07-14T10:00:00Z")},
        "2019-07-14T10:00:00Z",
        None,
    ),
    "the visible zone puts the markup right": (
        {
            "head": data(datePublished="2019-11-20T04:31:13-06:00")
            + meta("article:published_time", "2019-11-20T04:31:13+00:00"),
            "below": '<div class="date">Nov 19, 2019, 10:31 pm CST</div>',
        },
        "2019-11-20T04:31:13Z",
        None,
    ),
    "a UTC clock with the local offset": (
        {
            "head": data(datePublished="2018-10-09T15:46:39-05:00"),
            "below": '<time class="entry-date updated" datetime="2018-10-09T10:46:39-05:00">October 9, 2018</time>',
        },
        "2018-10-09T10:46:39-05:00",
        None,
    ),
    "publication repeats the update": (
        {
            "head": data(datePublished="2019-07-14T12:00:00Z", dateModified="2019-07-14T12:00:00Z")
            + meta("article:published_time", "2019-07-14T09:30:00Z")
        },
        "2019-07-14T09:30:00Z",
        "2019-07-14T12:00:00Z",
    ),
    "published after it was modified": (
        {
            "head": data(datePublished="2019-11-19T02:46:42Z", dateModified="2019-11-19T01:48:03Z"),
            "below": '<span class="timestamp">November 18, 2019 at 2:26 PM HST - Updated November 18 at 4:46 PM</span>',
        },
        "2019-11-18T14:26-10:00",
        "2019-11-19T02:46:42Z",
    ),
    "a change in the same second is none": (
        {"head": data(datePublished="2019-07-14T10:00:00.100Z", dateModified="2019-07-14T10:00:00.700Z")},
        "2019-07-14T10:00:00Z",
        None,
    ),
    "an update before publication is none": (
        {"head": data(datePublished="2019-07-14T10:00:00Z", dateModified="2019-07-13T10:00:00Z")},
        "2019-07-14T10:00:00Z",
        None,
    ),
    "no date": ({}, None, None),
    "a date of the year one is none": ({"head": data(datePublished="0001-01-01T00:00:00Z")}, None, None),
}


@pytest.mark.parametrize("name", CASES)
def test_publication_and_update(read: Read, name: str) -> None:
    parts, published, updated = CASES[name]
    article = read(**parts)
    assert (article.published, article.updated) == (published, updated)


def test_dates_of_other_stories_and_replies_do_not_count(read: Read) -> None:
    article = read(
        foot='<aside><time datetime="2020-01-01T00:00:00Z">1 January 2020</time></aside>'
        '<ol class="commentlist"><li class="comment"><time datetime="2020-01-02T00:00:00Z">2 '
        "January 2020</time></li></ol>"
    )
    assert article.published is None
