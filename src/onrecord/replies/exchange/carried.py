"""A reply on its way in or out, whatever the format. It has no place for an IP address."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from html.parser import HTMLParser

import nh3
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email

from onrecord.record.storable import moment_of, storable
from onrecord.replies.forms import one_line
from onrecord.replies.models.threads import NAME_LENGTH, TEXT_LENGTH, URL_LENGTH

STATES = frozenset({"held", "published", "spam", "removed"})
_ID = re.compile(r"[a-z0-9]{12}\Z")
_LONGEST_HTML = 20 * TEXT_LENGTH
"""More than the longest reply can need, however it is marked up."""
_SILENT = {"script", "style", "template", "iframe", "noscript", "object"}
"""Elements that are left out with what they hold."""
_MANY_BREAKS = re.compile(r"\n{3,}")
_valid_url = URLValidator(schemes=["http", "https"])


@dataclass(frozen=True, slots=True)
class Carried:
    """One reply. Made by :func:`carry`, which checks every field."""

    source_id: str
    """Its id where it comes from."""
    kind: str
    """``article`` with a ``url``, or a kind of thread with its ``key``."""
    key: str
    url: str
    parent: str
    """``source_id`` of the reply it answers, empty for none."""
    name: str
    email: str
    website: str
    text: str
    state: str
    created: datetime
    language: str = ""
    edited: datetime | None = None
    published: datetime | None = None
    """When it first appeared; where the format does not say, when it was written."""
    public_id: str = ""
    """Kept where the format carries it, so that links to the reply live on."""


def carry(
    *,
    source_id: str,
    url: str = "",
    kind: str = "article",
    key: str = "",
    parent: str = "",
    name: str = "",
    email: str = "",
    website: str = "",
    text: str = "",
    state: str = "held",
    language: str = "",
    created: datetime | None = None,
    edited: datetime | None = None,
    published: datetime | None = None,
    public_id: str = "",
) -> Carried:
    """Check and cut every field as the form for readers would.

    Raises:
        ValueError: it has no text, no date or no id.
    """
    text = storable(text.replace("\r\n", "\n").replace("\x00", "")).strip()
    if not source_id or created is None:
        raise ValueError("it has no id or no date")
    if not text and state != "removed":
        raise ValueError("it has no text")
    return Carried(
        source_id=storable(source_id[:200]),
        kind=kind,
        key=storable(key[:100]),
        url=storable(url[:2_000]),
        parent=storable(parent[:200]),
        name=one_line(storable(name))[:NAME_LENGTH] or ("" if state == "removed" else "Anonymous"),
        email=_email(email),
        website=_website(storable(website)),
        text=text[:TEXT_LENGTH],
        state=state if state in STATES else "held",
        created=created,
        language=storable(language[:10]),
        edited=edited,
        published=published or (created if state == "published" else None),
        public_id=public_id if _ID.match(public_id) else "",
    )


def _email(email: str) -> str:
    try:
        validate_email(email)
    except ValidationError:
        return ""
    return email[:254]


def _website(website: str) -> str:
    website = one_line(website)
    try:
        _valid_url(website)
    except ValidationError:
        return ""
    return website if len(website) <= URL_LENGTH else ""


def moment(words: str) -> datetime | None:
    """An ISO 8601 or ``YYYY-MM-DD HH:MM:SS`` time; UTC where it does not say. ``None`` for anything else."""
    return moment_of(words.strip())


def text_of_html(html: str) -> str:
    """HTML of another system as text with a little Markdown. What is not text, link or emphasis is dropped.

    nh3 reads it first: its time grows with the length only, and what it returns is well-formed, which the reader below
    needs to be as quick.
    """
    clean = nh3.clean(
        html[:_LONGEST_HTML],
        tags=_Reader.TAGS,
        clean_content_tags=_SILENT,
        attributes={"a": {"href"}},
        url_schemes={"http", "https"},
        link_rel=None,
    )
    reader = _Reader()
    reader.feed(clean)
    reader.close()
    return _MANY_BREAKS.sub("\n\n", "".join(reader.out)).strip()


class _Reader(HTMLParser):
    """Collects text."""

    MARKS = {"em": "*", "i": "*", "strong": "**", "b": "**", "code": "`"}  # noqa: RUF012
    BLOCKS = frozenset({"p", "div", "blockquote", "ul", "ol", "pre", "h1", "h2", "h3"})
    TAGS = {*MARKS, *BLOCKS, "a", "br", "li"}  # noqa: RUF012

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self._link = ""
        self._link_at = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.out.append("\n")
        elif tag in self.BLOCKS:
            self.out.append("\n\n> " if tag == "blockquote" else "\n\n")
        elif tag == "li":
            self.out.append("\n- ")
        elif tag in self.MARKS:
            self.out.append(self.MARKS[tag])
        elif tag == "a":
            self._link, self._link_at = dict(attrs).get("href") or "", len(self.out)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.BLOCKS:
            self.out.append("\n\n")
        elif tag in self.MARKS:
            self.out.append(self.MARKS[tag])
        elif tag == "a" and self._link:
            shown = "".join(self.out[self._link_at :]).strip()
            if self._link.startswith(("http://", "https://")) and self._link != shown:
                self.out.append(f" ({self._link})")
            self._link = ""

    def handle_data(self, data: str) -> None:
        self.out.append(data)
