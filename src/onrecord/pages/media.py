"""Media types: which of them may hold a page."""

from __future__ import annotations

from email.message import Message

HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
# What servers say when they do not know; the bytes decide.
UNTOLD_TYPES = frozenset({"", "application/octet-stream", "binary/octet-stream", "unk", "unknown/unknown"})


def parse_content_type(value: str) -> tuple[str, str | None]:
    """Media type and character set of a ``Content-Type`` header; the type is empty where the header names none."""
    message = Message()
    message["content-type"] = value.replace("\r", " ").replace("\n", " ")
    media_type = message.get_content_type() if "/" in value else ""
    charset = message.get_content_charset()
    return media_type, charset
