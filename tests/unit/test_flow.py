"""The path from pages to records: a fault in one page takes no other with it."""

from __future__ import annotations

import pytest

from onrecord import flow
from onrecord.terms import Article, Page, Reject

PAGES = [Page(b"<p>one</p>", name="one"), Page(b"<p>two</p>", name="two"), Page(b"<p>three</p>", name="three")]


def test_a_page_that_meets_a_fault_is_set_aside_and_the_others_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def read_article(page: Page) -> Article:
        if page.name == "two":
            raise ZeroDivisionError("of something")
        return Article(id=page.name, text=page.body.decode())

    monkeypatch.setattr(flow, "read_article", read_article)
    monkeypatch.setattr(flow, "open_sources", lambda *_, **__: iter(PAGES))
    one, two, three = flow.read_sources(["anything"])
    assert isinstance(one, Article)
    assert isinstance(three, Article)
    assert isinstance(two, Reject)
    assert (two.name, two.code, two.can_retry) == ("two", "fault", True)
    assert "ZeroDivisionError" in two.reason
    assert "report it" in two.reason
