"""The pages that speed and memory are measured on."""

from __future__ import annotations

import time
from pathlib import Path

from onrecord.pages import open_sources
from onrecord.terms import Page

SAMPLES = Path(__file__).parents[1] / "examples"
FOLDERS = (str(SAMPLES / "pages"),)


def sources(data: Path) -> tuple[tuple[str, ...], str]:
    """Sources to read and what they are: real pages where the corpora are at hand, else the samples."""
    real = data / "data/pages/html"
    return ((str(real),), "real news pages") if real.exists() else (FOLDERS, "sample pages")


def load(data: Path) -> tuple[list[Page], str, float]:
    """The pages, what they are, and the seconds that opening them took."""
    paths, what = sources(data)
    start = time.perf_counter()
    pages = [page for page in open_sources(paths) if isinstance(page, Page)]
    return pages, what, time.perf_counter() - start
