"""PAGE -> ARTICLE: body, metadata, credit, dates, readers' replies."""

from __future__ import annotations

from onrecord.terms import Article, Page

__all__ = ["read_article"]


def read_article(page: Page) -> Article:
    """Read the article out of a page; see :func:`onrecord.articles.read.read_article`.

    Raises:
        PageError: bytes that are no readable page.
        NoArticle: a page without an article on it.
    """
    from onrecord.articles.read import read_article as read  # importing it takes the HTML libraries along

    return read(page)
