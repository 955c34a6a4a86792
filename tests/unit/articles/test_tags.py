"""Tags, categories and section."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from onrecord.terms import Article

Read = Callable[..., Article]


@pytest.mark.parametrize(
    ("parts", "tags", "where"),
    [
        (
            {
                "foot": '<p class="tags"><a rel="tag" href="/tag/ferry">Ferry</a>, <a rel="tag" href="/tag/ostrel">'
                "Ostrel</a></p>"
            },
            ("Ferry", "Ostrel"),
            "tag links",
        ),
        (
            {
                "foot": '<section class="related-topics"><h3>Related Topics:</h3><a href="/topic/ferry">Ferry</a> '
                '<a href="/topic/sea">Sea</a></section>'
            },
            ("Ferry", "Sea"),
            "tag links",
        ),
        ({"foot": '<p>Filed under: <a href="/x/ferry">Ferry</a></p>'}, ("Ferry",), "tag links"),
        (
            {"head": '<meta name="news_keywords" content="Ferry, Ostrel, ferry, @desk-routing">'},
            ("Ferry", "Ostrel"),
            "meta",
        ),
        (
            {"head": '<meta property="article:tag" content="Ferry"><meta property="article:tag" content="Sund, Mira">'},
            ("Ferry", "Sund, Mira"),
            "meta",
        ),
        (
            {
                "head": '<script type="application/ld+json">{"@type":"NewsArticle","headline":"x",'
                '"keywords":["Ferry","Category: News"]}</script>'
            },
            ("Ferry",),
            "json-ld",
        ),
        ({"head": '<meta name="keywords" content="football, politics, music, recipes, horoscope, cinema">'}, (), None),
        ({"head": '<meta name="keywords" content="Ostrel keeps its ferry through the winter">'}, (), None),
        ({"foot": '<div class="widget_tag_cloud"><a href="/tag/cooking">cooking</a></div>'}, (), None),
    ],
)
def test_tags(read: Read, parts: dict[str, str], tags: tuple[str, ...], where: str | None) -> None:
    article = read(**parts)
    assert article.tags == tags
    assert article.evidence.get("tags") == where


def test_categories_are_kept_apart_from_tags(read: Read) -> None:
    article = read(
        foot='<p class="postinfo"><a rel="category tag" href="/category/harbour">Harbour</a> | <a '
        'rel="tag" href="/tag/ferry">Ferry</a></p>'
    )
    assert article.categories == ("Harbour",)
    assert article.tags == ("Ferry",)
    assert article.section == "Harbour"


def test_section_from_meta(read: Read) -> None:
    article = read(head='<meta property="article:section" content="Harbour">')
    assert (article.section, article.evidence["section"]) == ("Harbour", "meta")
