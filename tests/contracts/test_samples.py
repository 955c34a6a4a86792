"""The sample pages say that they are invented, and there are enough of them to show what the program is for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"
PAGES = sorted(EXAMPLES.glob("pages/*/*.html"))


def test_there_are_at_least_twelve_pages_of_three_outlets() -> None:
    assert len(PAGES) >= 12
    assert len({page.parent for page in PAGES}) == 3


@pytest.mark.parametrize("page", [*PAGES, *EXAMPLES.glob("*.xml")], ids=lambda page: page.name)
def test_each_says_that_it_is_invented(page: Path) -> None:
    assert b"<!-- Invented for the onrecord project" in page.read_bytes()[:2000]


@pytest.mark.parametrize("page", [*PAGES, *EXAMPLES.glob("*.xml")], ids=lambda page: page.name)
def test_each_names_hosts_that_cannot_exist_only(page: Path) -> None:
    hosts = {host.decode() for host in re.findall(rb"https?://([^/\"'\s<]+)", page.read_bytes())}
    vocabularies = {"schema.org", "gmpg.org", "wordpress.org", "purl.org", "wellformedweb.org"}
    assert {host for host in hosts - vocabularies if not host.endswith(".example")} == set()
