"""What a visitor of the demo does, in a real Chromium, on the sample pages as the real pipeline read them.

Where ``ONRECORD_SCREENSHOTS`` names a folder, pictures of the pages go there.
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from web.browsing import DESKTOP, PHONE, complaints, open_page, picture, problems

ROOT = Path(__file__).parents[2]
STOPS_WITHIN = 30
"""Seconds."""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.model,
    pytest.mark.slow,
]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address that ``onrecord demo`` prints last, while it serves."""
    home = tmp_path_factory.mktemp("demo")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", "from onrecord.cli import main; main()", "demo"]
    options = ["--pages", str(ROOT / "examples" / "pages"), "--home", str(home), "--port", str(port)]
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ONRECORD_", "DJANGO_"))}
    log = home / "stderr"
    with (
        log.open("w") as stderr,
        subprocess.Popen(
            [*command, *options], stdout=subprocess.PIPE, stderr=stderr, text=True, env=kept, cwd=home
        ) as process,
    ):
        assert process.stdout
        lines = iter(process.stdout.readline, "")
        address = next((line.strip() for line in lines if line.startswith("http://")), None)
        assert address, log.read_text()
        yield address
        process.terminate()
        process.wait(STOPS_WITHIN)


@pytest.mark.parametrize(
    ("size", "scheme"), [(DESKTOP, "light"), (DESKTOP, "dark"), (PHONE, "light"), (PHONE, "dark")], ids=str
)
def test_from_the_front_page_to_the_words_of_a_denial(
    browser: Browser, demo: str, size: tuple[int, int], scheme: str
) -> None:
    page = open_page(browser, size, scheme)
    found: list[str] = []

    def look(name: str) -> None:
        found.extend(problems(page, name))
        picture(page, f"demo-{name}-{size[0]}-{scheme}")

    page.goto(demo)
    look("front")

    page.get_by_label("Search the record").fill("talks denies:yes")
    page.get_by_role("button", name="Search").click()
    results = page.locator(".results-list .entry")
    expect(results.first).to_be_visible()
    expect(results.locator("mark.found").first).to_have_text(re.compile("talks", re.IGNORECASE))
    expect(results.locator(".act-deny")).to_have_count(results.count())
    look("search")

    denial = results.filter(has=page.locator(".entry-who a")).first
    name = denial.locator(".entry-who a").inner_text()
    denial.locator(".entry-who a").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    look("person")

    page.locator(".chart-scroll a[href*='when=']").last.click()
    expect(page).to_have_url(re.compile("when="))
    expect(page.get_by_role("heading", name=re.compile("What they said, "))).to_be_visible()
    listed = page.locator("#over-time .entries .entry")
    expect(listed.first).to_be_visible()
    words = listed.first.locator(".entry-words a")
    words.click()
    expect(page.locator(".passage mark.mark-content").first).to_be_visible()
    said = page.locator(".statement-words").inner_text()
    look("statement")

    page.get_by_role("link", name="Read it in the article").click()
    assert_landed(page, said)
    look("article")
    assert found == []
    assert complaints(page) == []


def assert_landed(page: Page, said: str) -> None:
    """The words of the statement are on the screen, and marked as what was looked for."""
    reference = re.search(r"#(ref-\d+)$", page.url)
    assert reference, page.url
    mark = page.locator(f".ref:has(#{reference[1]}) + mark")
    expect(mark).to_be_in_viewport()
    assert mark.inner_text().strip(" “”,.") in said
    assert page.locator(".ref:has(a:target) + mark").count() == 1, "the page's style marks them"


def test_every_list_of_the_demo_reads_well(browser: Browser, demo: str) -> None:
    page = open_page(browser, PHONE)
    found: list[str] = []
    for name, path in {
        "people": "/people/",
        "outlets": "/outlets/",
        "outlet": "/outlets/the-calvera-herald/",
        "topic": "/topics/everything-denied/",
        "tags": "/tags/",
        "archive": "/archive/",
        "denials": "/search/?denies=yes",
        "about": "/about/",
    }.items():
        page.goto(demo + path)
        found += problems(page, name)
        picture(page, f"demo-{name}-phone")
    assert found == []


def test_no_denial_is_shown_as_a_bare_pronoun(browser: Browser, demo: str) -> None:
    page = open_page(browser)
    page.goto(f"{demo}/search/?denies=yes")
    shown = page.locator(".results-list .entry-words").all_inner_texts()
    assert shown
    assert [words for words in shown if len(words.split()) < 3] == []
