"""A statement's columns from what the model read, and the editors' corrections on top.

The columns can always be made again from ``Statement.reading`` and the log of changes; :func:`refresh` does so after
every reading, correction and undo. So a newer model never undoes an editor, and an undo brings back what was there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from onrecord import terms
from onrecord.errors import InputError
from onrecord.record import edtf
from onrecord.record.models import ArticleVersion, Person, Statement, StatementChange
from onrecord.record.people.join import join_speakers
from onrecord.terms import ACTS, KINDS, PARAGRAPH_BREAK, SPEAKER_TYPES, Span

CONTENT_GAP = " … "
SPAN_FIELDS = {
    "speaker_words": "speaker_span",
    "cue": "cue_span",
    "addressee": "addressee_span",
    "venue": "venue_span",
    "denied_claim": "denied_claim_span",
    "denied_claim_by": "denied_claim_by_span",
}
"""Field with words -> field with their span."""
CORRECTABLE = (
    "act", "kind", "content", "speaker_name", "speaker_type", "speaker_role", "person", "said_on", "within",
    *SPAN_FIELDS,
)  # fmt: skip
"""Fields an editor may correct. ``content`` and the span fields take words of the article, or their spans."""
_NAMES = {"speaker_name": 200, "speaker_role": 300}


class CorrectionError(InputError):
    """A correction that the statement cannot take; the message says what it could."""

    code = "correction"


def as_dict(reading: terms.Statement) -> dict[str, Any]:
    """The form a reading is kept in."""
    return reading.to_dict()


def set_reading(statement: Statement, reading: Mapping[str, Any], version: ArticleVersion, model: str) -> None:
    """Make the columns those of a reading; links to other rows (person, within) are the caller's."""
    text = version.text
    statement.reading, statement.version, statement.model = dict(reading), version, model[:100]
    statement.n, statement.kind, statement.act = reading["n"], reading["kind"], reading["act"]
    speaker = reading["speaker"]
    statement.speaker_name = (speaker["name"] or "")[:200]
    statement.speaker_type = speaker["type"]
    statement.speaker_role = (speaker["role"] or "")[:300]
    _set_content(statement, reading["content"], text)
    denial = reading["denies"] or {}
    spans = {
        "speaker_words": reading["speaker_span"],
        "cue": reading["cue"],
        "addressee": reading["addressee"],
        "venue": reading["venue"],
        "denied_claim": denial.get("claim"),
        "denied_claim_by": denial.get("claimed_by"),
    }
    for field, span in spans.items():
        _set_span(statement, field, span, text)
    _set_said_on(statement, reading["said_on"], reading["said_on_basis"], text)
    statement.denies = statement.act == "deny"
    statement.confidence, statement.confidences = reading["confidence"], dict(reading["confidences"])
    _set_extent(statement)


def refresh(statement: Statement) -> None:
    """Make the columns anew from reading and log, and save. The speaker is joined anew only where the name changed."""
    named_before = (statement.speaker_name, statement.speaker_type)
    set_reading(statement, statement.reading, statement.version, statement.model)
    changes = list(statement.changes.filter(undone_at__isnull=True).order_by("at", "id"))
    corrections = [change for change in changes if change.kind == StatementChange.Kind.CORRECTION]
    for change in corrections:
        _APPLY[change.field](statement, change.field, change.new)
    _set_extent(statement)
    statement.status = _status(changes)
    if (statement.speaker_name, statement.speaker_type) != named_before and not _says(corrections, "person"):
        statement.person = _person(statement)
    statement.published_on = statement.article.published_on
    statement.save()


def current_value(statement: Statement, field: str) -> Any:
    """A correctable field's value as a change keeps it."""
    if field == "content":
        return {"spans": statement.content_spans, "words": [s.of(statement.version.text) for s in statement.contents]}
    if field in SPAN_FIELDS:
        span = getattr(statement, SPAN_FIELDS[field])
        return {"span": span, "words": getattr(statement, field)} if span else None
    if field == "person":
        return statement.person.public_id if statement.person else None
    if field == "within":
        return statement.within.address if statement.within else None
    return getattr(statement, field)


def checked_value(statement: Statement, field: str, value: Any) -> Any:
    """The value of a correction in the form a change keeps it.

    Raises:
        CorrectionError: the field cannot have it.
    """
    if field not in CORRECTABLE:
        raise CorrectionError(f"{field} cannot be corrected. Choose from: {', '.join(CORRECTABLE)}.")
    if field == "content":
        return _found_content(statement, value)
    if field in SPAN_FIELDS:
        return _found(statement, value) if value else None
    return _CHECK[field](statement, value)


def _checked_choice(choices: Sequence[str]) -> Callable[[Statement, Any], Any]:
    def check(_: Statement, value: Any) -> Any:
        if value not in choices:
            raise CorrectionError(f"{value!r} is none of: {', '.join(choices)}.")
        return value

    return check


def _checked_words(_: Statement, value: Any) -> str:
    words = " ".join(str(value or "").split())
    if len(words) > _NAMES["speaker_name"] or "\x00" in words:
        raise CorrectionError(f"A name or role has at most {_NAMES['speaker_name']} characters.")
    return words


def _checked_date(_: Statement, value: Any) -> str:
    words = str(value or "").strip()
    if words and not edtf.is_valid(words):
        raise CorrectionError(f"{words!r} is no date. Write 2019, 2019-07, 2019-07-14 or two of them with / between.")
    return words


def _checked_person(_: Statement, value: Any) -> str | None:
    if not value:
        return None
    if not Person.objects.filter(public_id=value).exists():
        raise CorrectionError(f"There is no person {value!r}. Give the public id from the address of their page.")
    return str(value)


def _checked_within(statement: Statement, value: Any) -> str | None:
    if not value:
        return None
    outer = Statement.objects.filter(article=statement.article_id, address=value).first()
    if outer is None or outer.pk == statement.pk or _is_inside(outer, statement):
        raise CorrectionError(f"{value!r} is no other statement of the same article that could hold this one.")
    return str(value)


def _is_inside(statement: Statement, other: Statement) -> bool:
    outer, seen = statement.within, {statement.pk}
    while outer is not None and outer.pk not in seen:
        if outer.pk == other.pk:
            return True
        seen.add(outer.pk)
        outer = outer.within
    return False


_CHECK: dict[str, Callable[[Statement, Any], Any]] = {
    "act": _checked_choice(ACTS),
    "kind": _checked_choice(KINDS),
    "speaker_type": _checked_choice(SPEAKER_TYPES),
    "speaker_name": _checked_words,
    "speaker_role": _checked_words,
    "said_on": _checked_date,
    "person": _checked_person,
    "within": _checked_within,
}


def _found(statement: Statement, value: Any) -> dict[str, Any]:
    """Words and span of what an editor gave as words, or as [start, end]."""
    text = statement.version.text
    if isinstance(value, Mapping):
        value = value.get("span") or value.get("words")
    if isinstance(value, str):
        span = nearest(text, value.strip(), statement.start)
        if span is None:
            raise CorrectionError(f"{value!r} does not stand in the article. Copy the words from its text.")
        return {"span": span.to_list(), "words": span.of(text)}
    try:
        span = Span(*map(int, value))
    except (TypeError, ValueError) as error:
        raise CorrectionError(f"{value!r} is no span. Give words of the article or [start, end].") from error
    if not len(span) or span.end > len(text) or PARAGRAPH_BREAK in span.of(text):
        raise CorrectionError(f"{value!r} is no stretch of one paragraph of the article.")
    return {"span": span.to_list(), "words": span.of(text)}


def _found_content(statement: Statement, value: Any) -> dict[str, Any]:
    if isinstance(value, Mapping):
        value = value.get("spans") or value.get("words")
    pieces = [piece for piece in value.split(CONTENT_GAP.strip()) if piece.strip()] if isinstance(value, str) else value
    if not pieces:
        raise CorrectionError("Content cannot be empty. Withdraw the statement if nothing was said.")
    found = sorted((_found(statement, piece) for piece in pieces), key=lambda one: one["span"])
    if any(left["span"][1] > right["span"][0] for left, right in pairwise(found)):
        raise CorrectionError("Two pieces of the content overlap. Give each stretch once.")
    return {"spans": [one["span"] for one in found], "words": [one["words"] for one in found]}


def nearest(text: str, words: str, near: int) -> Span | None:
    """Where words stand in a text, closest to a place."""
    if not words:
        return None
    before, after = text.rfind(words, 0, near + len(words)), text.find(words, near)
    starts = [start for start in (before, after) if start >= 0]
    if not starts:
        return None
    start = min(starts, key=lambda found: abs(found - near))
    return Span(start, start + len(words))


def _apply_plain(statement: Statement, field: str, value: Any) -> None:
    setattr(statement, field, value)
    statement.denies = statement.act == "deny"


def _apply_said_on(statement: Statement, _: str, value: Any) -> None:
    _set_said_on(statement, value or None, None, statement.version.text)


def _apply_person(statement: Statement, _: str, value: Any) -> None:
    statement.person = Person.objects.filter(public_id=value).first() if value else None


def _apply_within(statement: Statement, _: str, value: Any) -> None:
    statement.within = Statement.objects.filter(address=value).first() if value else None


def _apply_span(statement: Statement, field: str, value: Any) -> None:
    found = _still(statement, value["span"], value["words"]) if value else None
    if found or not value:
        _set_span(statement, field, found, statement.version.text)


def _apply_content(statement: Statement, _: str, value: Any) -> None:
    spans = [_still(statement, *pair) for pair in zip(value["spans"], value["words"], strict=True)]
    if all(spans):
        _set_content(statement, [span for span in spans if span], statement.version.text)


def _still(statement: Statement, span: list[int], words: str) -> list[int] | None:
    """A corrected span in the text as it is now: a newer version may have moved the words."""
    text = statement.version.text
    if text[span[0] : span[1]] == words:
        return span
    moved = nearest(text, words, span[0])
    return moved.to_list() if moved else None


_APPLY: dict[str, Callable[[Statement, str, Any], None]] = {
    **dict.fromkeys(("act", "kind", "speaker_name", "speaker_type", "speaker_role"), _apply_plain),
    **dict.fromkeys(SPAN_FIELDS, _apply_span),
    "said_on": _apply_said_on,
    "person": _apply_person,
    "within": _apply_within,
    "content": _apply_content,
}


def _set_content(statement: Statement, spans: Sequence[Sequence[int]], text: str) -> None:
    statement.content_spans = [list(span) for span in spans]
    statement.words = CONTENT_GAP.join(text[start:end] for start, end in spans)


def _set_span(statement: Statement, field: str, span: Sequence[int] | None, text: str) -> None:
    words = text[span[0] : span[1]] if span else ""
    limit = getattr(Statement._meta.get_field(field), "max_length", None)
    setattr(statement, field, words[:limit] if limit else words)
    setattr(statement, SPAN_FIELDS[field], list(span) if span else None)


def _set_said_on(statement: Statement, value: str | None, basis: Sequence[int] | str | None, text: str) -> None:
    statement.said_on = value if value and len(value) <= 60 and edtf.is_valid(value) else ""
    statement.said_from, statement.said_to = edtf.bounds(statement.said_on) if statement.said_on else (None, None)
    statement.said_on_inherited = basis == "inherited"
    span = list(basis) if basis and not isinstance(basis, str) else None
    statement.said_on_span = span
    statement.said_on_words = text[span[0] : span[1]][:300] if span else ""


def _set_extent(statement: Statement) -> None:
    spans = [*statement.content_spans, *filter(None, (statement.speaker_span, statement.cue_span))]
    statement.start = min((start for start, _ in spans), default=0)
    statement.end = max((end for _, end in spans), default=0)


def _status(changes: Sequence[StatementChange]) -> str:
    kinds = {change.kind for change in changes}
    if StatementChange.Kind.WITHDRAWAL in kinds:
        return Statement.Status.WITHDRAWN
    if StatementChange.Kind.CORRECTION in kinds:
        return Statement.Status.CORRECTED
    return Statement.Status.CONFIRMED if StatementChange.Kind.CONFIRMATION in kinds else Statement.Status.READ


def _says(corrections: Sequence[StatementChange], field: str) -> bool:
    return any(change.field == field for change in corrections)


def _person(statement: Statement) -> Person | None:
    if not statement.speaker_name:
        return None
    kind: Any = statement.speaker_type
    speaker = terms.Speaker(statement.speaker_name, kind, statement.speaker_role or None)
    return join_speakers(statement.article, [speaker]).get(speaker)
