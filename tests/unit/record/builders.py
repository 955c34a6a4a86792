"""Records made by hand, about an invented harbour town: no model is needed to fill a store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from onrecord.terms import Act, Article, Denial, Page, Record, Span, Speaker, SpeakerType, Statement

HARBOUR = (
    "Transport Minister Ada Quill denied on Monday that the port of Varrow would be sold, telling reporters that "
    "reports of a buyer were “pure fiction.”\n\n"
    "“Nobody has made an offer,” she said. “Nobody will.”\n\n"
    "Opposition leader Tomas Brandt accused the government of secret talks. “The tankers are already for sale,” he "
    "said."
)


def article(text: str = HARBOUR, **fields: Any) -> Article:
    known: dict[str, Any] = {
        "id": "harbour",
        "url": "https://post.example/2021/03/10/harbour",
        "title": "Harbour talks stall",
        "outlet": "Varrow Post",
        "published": "2021-03-10T08:30:00+02:00",
        "tags": ("harbour",),
        "categories": ("politics",),
    }
    return Article(text=text, **{**known, **fields})


def said(
    text: str,
    content: str | Sequence[str],
    speaker: str | None,
    n: int = 1,
    *,
    source: str | None = None,
    cue: str | None = None,
    act: Act = "say",
    role: str | None = None,
    kind: SpeakerType = "person",
    **fields: Any,
) -> Statement:
    """A statement whose spans are found by their words."""
    pieces = [content] if isinstance(content, str) else content
    return Statement(
        n=n,
        content=tuple(span(text, piece) for piece in pieces),
        cue=span(text, cue) if cue else None,
        speaker_span=span(text, source) if source else None,
        act=act,
        speaker=Speaker(speaker, kind, role),
        denies=fields.pop("denies", Denial() if act == "deny" else None),
        confidence=fields.pop("confidence", 0.9),
        **fields,
    )


def span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def harbour(**fields: Any) -> Record:
    """An article with four statements: a denial, one going on, an accusation and one by its speaker."""
    made = article(**fields)
    text = made.text
    quill: dict[str, Any] = {"role": "Transport Minister", "said_on": "2021-03-08"}
    return Record(
        made,
        (
            said(
                text, "that the port of Varrow would be sold", "Ada Quill", 1, source="Transport Minister Ada Quill",
                cue="denied", act="deny", denies=Denial(span(text, "the port of Varrow would be sold"), None),
                said_on_basis=span(text, "on Monday"), **quill,
            ),
            said(
                text, ["“Nobody has made an offer,”", "“Nobody will.”"], "Ada Quill", 2, source="she", cue="said",
                act="deny", kind="person", said_on_basis="inherited", **quill,
            ),
            said(
                text, "the government of secret talks", "Tomas Brandt", 3, source="Opposition leader Tomas Brandt",
                cue="accused", act="accuse", role="Opposition leader",
            ),
            said(
                text, "“The tankers are already for sale,”", "Tomas Brandt", 4, source="he said", cue=None,
                role="Opposition leader", confidence=0.4,
            ),
        ),
        model="hand-made-1",
    )  # fmt: skip


def numbered(n: int, **fields: Any) -> Record:
    """The n-th of many short articles of different words."""
    text = f"Harbour master Cato Lund said the pier number {n} of Varrow would open in spring."
    made = article(
        text,
        id=f"pier-{n}",
        url=f"https://post.example/pier/{n}",
        title=f"Pier {n} to open",
        published=f"2021-{n % 12 + 1:02}-{n % 28 + 1:02}",
        **fields,
    )
    statement = said(
        text, f"the pier number {n} of Varrow would open in spring", "Cato Lund", source="Harbour master Cato Lund",
        cue="said", role="Harbour master",
    )  # fmt: skip
    return Record(made, (statement,), model="hand-made-1")


def page(record: Record, body: bytes | None = None, **fields: Any) -> Page:
    made = record.article
    return replace(
        Page(
            body if body is not None else f"<html><title>{made.title}</title><p>{made.text}</html>".encode(),
            name=made.url or made.id,
            url=made.url,
            fetched=datetime(2021, 3, 11, 12, 0, tzinfo=UTC),
        ),
        **fields,
    )
