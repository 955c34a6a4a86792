"""Searches as they stand in an address: the fields of the search form, put into the query language.

The page, its feeds, the API and saved topics all go through :func:`query_text`, so they find the same.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from onrecord.record.search import ORDERS, Order

VALUE_FIELDS = ("person", "role", "outlet", "tag", "act", "kind")
RANGES = {"said": ("said_from", "said_to"), "published": ("published_from", "published_to")}
FIELDS = ("q", *VALUE_FIELDS, *(name for pair in RANGES.values() for name in pair), "denies")


_ONE_WORD = re.compile(r"[\w.-]+")


def query_text(fields: Mapping[str, str]) -> str:
    """The search in the query language, such as ``tanker act:deny said:2019-05..2019-07``."""
    parts = [fields.get("q", "").strip()]
    parts += [f"{name}:{_written(value)}" for name in VALUE_FIELDS if (value := _plain(fields.get(name, "")))]
    for name, (first, last) in RANGES.items():
        start, end = _plain(fields.get(first, "")), _plain(fields.get(last, ""))
        if start or end:
            parts.append(f"{name}:{_written(f'{start}..{end}')}")
    if denies := _plain(fields.get("denies", "")):
        parts.append(f"denies:{_written(denies)}")
    return " ".join(part for part in parts if part)


def read_order(fields: Mapping[str, str]) -> Order:
    """The order asked for; without being asked, the newest first."""
    wanted = fields.get("order", "")
    return next((order for order in ORDERS if order == wanted), "newest")


def read_page(words: str | None) -> int:
    """A page number as it stands in the address; 1 for anything else."""
    return int(words) if words and words.isascii() and words.isdigit() and len(words) < 6 else 1


def _written(value: str) -> str:
    return value if _ONE_WORD.fullmatch(value) else f'"{value}"'


def _plain(value: str) -> str:
    # A value stands in quotation marks in the query language, so it can hold none.
    return " ".join(value.translate({ord(mark): " " for mark in '"“”'}).split())
