"""The sample pages as articles: each layout gives up its headline, outlet, times, credit, tags and replies."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from onrecord.flow import read_sources
from onrecord.terms import Article

EXAMPLES = Path(__file__).parents[2] / "examples"
PAGES = sorted(path.relative_to(EXAMPLES / "pages").as_posix() for path in EXAMPLES.glob("pages/*/*.html"))
DENIAL = "Foreign Ministry: No negotiations with Norvane over Ostrey at any level"
ADMISSION = "Foreign minister admits ‘exploratory contacts’ over Ostrey port"

EXPECTED: dict[str, dict[str, Any]] = {
    "calvera-herald/2024-03-04-calvera-in-secret-talks-to-lease-ostrey-port.html": {
        "title": "Calvera in secret talks to lease Ostrey port to Norvane, officials say",
        "outlet": "The Calvera Herald",
        "byline": ("Nadia Ferris", "Colm Harte"),
        "published": "2024-03-04T06:30:00+01:00",
        "updated": "2024-03-04T18:05:00+01:00",
        "tags": ("Ostrey port", "Norvane", "Foreign policy"),
        "section": "Politics",
        "credited_outlet": None,
    },
    "calvera-herald/2024-04-09-who-said-what-about-ostrey.html": {
        "title": "Who said what about Ostrey: five weeks of denials",
        "byline": ("Colm Harte",),
        "published": "2024-04-09T07:00:00+02:00",
        "updated": None,
        "url": "https://www.calvera-herald.example/2024/04/09/who-said-what-about-ostrey",
    },
    "orrel-press/2024-03-05-n240305.html": {
        "title": DENIAL,
        "outlet": "Orrel Press",
        "byline": (),
        "credited_outlet": None,
    },
    "lakeside-notebook/2024-03-05-foreign-ministry-no-negotiations-with-norvane.html": {
        "title": DENIAL,
        "outlet": "Lakeside Notebook",
        "credited_outlet": "Orrel Press",
        "credited_date": "2024-03-05",
        "posted_by": "Wanda Pell",
        "tags": ("Ilse Marant", "Norvane", "Ostrey"),
        "categories": ("Harbour and Gulf",),
        "replies": (),
    },
    "lakeside-notebook/2024-03-29-minister-admits-exploratory-contacts.html": {
        "title": ADMISSION,
        "outlet": "Lakeside Notebook",
        "credited_outlet": "The Calvera Herald",
        "credited_date": "2024-03-28",
    },
    "lakeside-notebook-page.txt": {
        "title": DENIAL,
        "outlet": "Lakeside Notebook",
        "credited_outlet": "Orrel Press",
        "published": "2024-03-05",
        "posted_by": "Wanda Pell",
        "replies": (),
    },
}


@cache
def article(path: str) -> Article:
    folder = EXAMPLES / "pages" if "/" in path else EXAMPLES
    (found,) = read_sources([str(folder / path)])
    assert isinstance(found, Article), found
    return found


@pytest.mark.parametrize(("path", "field"), [(path, field) for path, fields in EXPECTED.items() for field in fields])
def test_a_sample_page_gives_up_its_fields(path: str, field: str) -> None:
    assert getattr(article(path), field) == EXPECTED[path][field]


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("orrel-press/2024-03-22-n240322.html", "2024-03-22"),
        ("orrel-press/2024-04-02-n240402.html", "2024-04-02"),
        ("lakeside-notebook/2024-03-14-an-evening-at-the-net-loft.html", "2024-03-14"),
        ("lakeside-notebook/2024-04-11-what-we-were-told.html", "2024-04-11"),
    ],
)
def test_the_day_is_read_from_what_a_visitor_sees(path: str, day: str) -> None:
    assert (article(path).published or "").startswith(day)


def test_replies_keep_name_time_and_text() -> None:
    replies = article("lakeside-notebook/2024-03-14-an-evening-at-the-net-loft.html").replies
    assert [reply.name for reply in replies] == ["Tove", "Old Pilot", "Henk M."]
    assert replies[0].time is not None
    assert replies[0].time.startswith("2024-03-15T07:41")
    assert replies[1].text.startswith("Small correction: Edvard was in the second row.")


@pytest.mark.parametrize("path", PAGES)
def test_the_text_is_the_report_and_nothing_around_it(path: str) -> None:
    text = article(path).text
    assert 300 < len(text.split()) < 700
    for other in (
        "Subscribe",
        "cookies",
        "Most read",
        "MOST READ",
        "Leave a Reply",
        "says:",
        "Story no.",
        "Share this",
    ):
        assert other not in text


def test_a_republished_report_has_the_words_of_the_original() -> None:
    original = article("calvera-herald/2024-03-28-foreign-minister-admits-exploratory-contacts-over-ostrey.html")
    copy = article("lakeside-notebook/2024-03-29-minister-admits-exploratory-contacts.html")
    assert set(copy.text.split("\n\n")) >= {p for p in original.text.split("\n\n") if not p.startswith("Correction")}


def test_the_wordpress_export_gives_the_same_articles_as_the_pages() -> None:
    exported = [
        item for item in read_sources([str(EXAMPLES / "lakeside-notebook.wxr.xml")]) if isinstance(item, Article)
    ]
    pages = [item for item in read_sources([str(EXAMPLES / "pages/lakeside-notebook")]) if isinstance(item, Article)]
    assert {(a.title, a.text) for a in exported} == {(a.title, a.text) for a in pages}
    assert {(a.title, len(a.replies)) for a in exported} == {(a.title, len(a.replies)) for a in pages}
