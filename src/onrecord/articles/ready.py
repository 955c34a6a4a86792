"""Articles that come ready, as one JSON object: their text is taken to the letter, so that spans into it stay true."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from onrecord.errors import PageError
from onrecord.terms import Article, Page, PageReply

_LINES = (
    "url",
    "title",
    "outlet",
    "credited_outlet",
    "credited_date",
    "posted_by",
    "published",
    "updated",
    "language",
    "section",
)
_LISTS = ("byline", "tags", "categories")


def read_ready(page: Page, default_id: str) -> Article:
    """An article from ``{"id", "url", "outlet", "title", "published", "text", ...}``; all but ``text`` may be missing.

    Raises:
        PageError: no JSON object, or a field of the wrong type.
    """
    try:
        value = json.loads(page.body.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise PageError(
            f"{page.name} is no JSON: {error}. Write one object for each line, in UTF-8.", code="not_json"
        ) from error
    if not isinstance(value, Mapping):
        raise PageError(
            f"{page.name} is a JSON {_kind(value)}, not an object with a text; see `onrecord extract --help`.",
            code="not_article",
        )
    text = value.get("text")
    if not isinstance(text, str):
        raise _wrong(page, "text", "a text", text)
    if not _is_encodable(text):
        raise PageError(
            f"{page.name}: its text holds half a surrogate pair; write the whole character.", code="wrong_field"
        )
    fields: dict[str, Any] = {name: _line(page, value, name) for name in _LINES}
    fields |= {name: _lines(page, value, name) for name in _LISTS}
    given = [name for name in (*_LINES, *_LISTS) if fields[name]]
    identity = value.get("id")
    if identity is not None and not isinstance(identity, str | int):
        raise _wrong(page, "id", "a text", identity)
    return Article(
        id=str(identity) if identity not in (None, "") else default_id,
        text=text,
        replies=_replies(page, value),
        evidence=dict.fromkeys(given, "given"),
        **fields,
    )


def _line(page: Page, value: Mapping[str, Any], name: str) -> str | None:
    found = value.get(name)
    if found is None or found == "":
        return None
    if not isinstance(found, str):
        raise _wrong(page, name, "a text or null", found)
    return found


def _lines(page: Page, value: Mapping[str, Any], name: str) -> tuple[str, ...]:
    found = value.get(name)
    if found is None:
        return ()
    if isinstance(found, str):
        return (found,) if found else ()
    if not isinstance(found, list) or not all(isinstance(item, str) for item in found):
        raise _wrong(page, name, "a list of texts", found)
    return tuple(found)


def _replies(page: Page, value: Mapping[str, Any]) -> tuple[PageReply, ...]:
    found = value.get("replies")
    if found is None:
        return ()
    if not isinstance(found, list) or not all(
        isinstance(item, Mapping) and isinstance(item.get("text"), str) for item in found
    ):
        raise _wrong(page, "replies", 'a list of {"name", "time", "text"}', found)
    return tuple(
        PageReply(name=_line(page, item, "name"), text=item["text"], time=_line(page, item, "time")) for item in found
    )


def _is_encodable(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _wrong(page: Page, name: str, wanted: str, found: object) -> PageError:
    return PageError(f'{page.name}: "{name}" is {_kind(found)}; write {wanted}.', code="wrong_field")


def _kind(value: object) -> str:
    kinds: dict[type, str] = {
        dict: "object",
        list: "list",
        str: "text",
        bool: "true or false",
        int: "number",
        float: "number",
    }
    return "missing" if value is None else kinds.get(type(value), type(value).__name__)
