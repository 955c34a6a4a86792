"""What the tests in a browser share: Chromium, a fresh profile, and what is wrong with a page."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

CHROMIUM = Path(os.environ.get("ONRECORD_CHROMIUM", "/usr/bin/chromium"))
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
)
DESKTOP, PHONE = (1280, 900), (390, 844)
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def open_page(browser: Browser, size: tuple[int, int] = DESKTOP, scheme: str = "light", **options: Any) -> Page:
    """A fresh browser profile; what the console complains of fails the test."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme=scheme,  # type: ignore[arg-type]
        **options,
    )
    page = context.new_page()
    page.on("console", lambda message: complaints(page).append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints(page).append(str(error)))
    page.on("request", lambda request: requests(page).append(request.url))
    return page


def complaints(page: Page) -> list[str]:
    return page.__dict__.setdefault("complaints", [])  # type: ignore[no-any-return]


def requests(page: Page) -> list[str]:
    return page.__dict__.setdefault("requests", [])  # type: ignore[no-any-return]


def problems(page: Page, name: str) -> list[str]:
    """What axe finds, what is wider than the screen, what was asked of anyone else, what the console complained of."""
    axe = Axe().run(page, options=RULES)
    found = [axe.generate_report()] if axe.violations_count else []
    width = page.viewport_size["width"] if page.viewport_size else 0
    if page.evaluate("document.documentElement.scrollWidth") > width:
        found.append("wider than the screen")
    found += [url for url in requests(page) if not re.match(r"https?://(localhost|127\.0\.0\.1)[:/]", url)]
    found += [words for words in complaints(page) if "Failed to load resource" not in words]
    return [f"{name}: {problem}" for problem in found]


def picture(page: Page, name: str) -> None:
    """A picture of the whole page for people to look at, where ``ONRECORD_SCREENSHOTS`` names a folder for them."""
    if folder := os.environ.get("ONRECORD_SCREENSHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
