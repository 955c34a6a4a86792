"""The name a site goes by."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from onrecord.articles.outlets import host_in, same_outlet, site_of
from onrecord.terms import Article

Read = Callable[..., Article]


@pytest.mark.parametrize(
    ("head", "outlet"),
    [
        ('<meta property="og:site_name" content="Quay News">', "Quay News"),
        ('<meta property="og:site_name" content="QuayNews.com">', "Quay News"),
        ('<meta property="og:site_name" content="https://www.quaynews.example">', "Quay News"),
        ('<meta property="og:site_name" content="Quay News | All about the sea">', "Quay News"),
        ('<meta property="og:site_name" content="Quay News International">', "Quay News"),
        (
            '<script type="application/ld+json">{"@type":"NewsArticle","headline":"x",'
            '"publisher":{"@type":"Organization","name":"The Quay News"}}</script>',
            "The Quay News",
        ),
        ("", "Quay News"),
    ],
)
def test_outlet(read: Read, head: str, outlet: str) -> None:
    assert read(head=head).outlet == outlet


def test_a_slogan_loses_to_the_name_that_fits_the_address(read: Read) -> None:
    article = read(
        head='<meta property="og:site_name" content="All about the sea"><meta name="publisher" content="Quay News">'
    )
    assert article.outlet == "Quay News"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("The Quay News", "Quay News", True),
        ("Quay", "Quay Business", True),
        ("CNN", "CNN Business", True),
        ("Reuters", "Quay News", False),
        ("", "Quay News", False),
    ],
)
def test_same_outlet(one: str, other: str, same: bool) -> None:
    assert same_outlet(one, other) is same


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://www.a.example/x", "a.example"),
        ("javascript:alert(1)", ""),
        ("http://[::1", ""),
        (None, ""),
        ("//a.example", ""),
    ],
)
def test_host_in(address: str | None, host: str) -> None:
    assert host_in(address) == host


def test_site_of() -> None:
    assert site_of("news.quay.co.uk") == "quay.co.uk"
    assert site_of("news.quay.example") == "quay.example"
