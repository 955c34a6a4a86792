"""How templates say things: dates, acts, words, marks."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator, capfirst

from onrecord.record.models import Stance, Statement, StatementChange
from onrecord.record.search import Fragment
from onrecord.site import edtf, links
from onrecord.site.marking import Piece, pieces
from onrecord.site.sentences import sentence_of

register = template.Library()

_PAST = {
    "say": "said", "claim": "claimed", "deny": "denied", "confirm": "confirmed", "accuse": "accused",
    "demand": "demanded", "promise": "promised", "warn": "warned", "ask": "asked", "support": "supported",
    "think": "thought", "report": "reported", "decline": "declined",
}  # fmt: skip
_PRONOUNS = frozenset("i he she it they we you one each both some others many all who this that these those".split())
_OF_WHOM = re.compile(r"^(?:its|his|her|their|our|my)\s+", re.IGNORECASE)
_OPENING = "“\"«„‘'‹「『"

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
FIELD_NAMES = {
    "person": "speaker",
    "speaker_name": "speaker",
    "speaker_type": "kind of speaker",
    "speaker_role": "role",
    "said_on": "date",
    "denies": "denial",
    "denied_claim": "what it denies",
    "denied_claim_by": "who had claimed it",
    "within": "statement around it",
}

_SCRIPT_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}

register.filter("edtf", edtf.in_words)
register.filter("day", edtf.day_in_words)
register.filter("month", edtf.month_in_words)
register.filter("web_url", links.web_url)
register.filter("text_fragment", links.text_fragment_url)
register.filter("absolute", links.absolute)


@register.filter
def past(act: str) -> str:
    """The act as a verb: ``deny`` -> "denied"."""
    return _PAST.get(act, act)


@register.filter
def quoted(statement: Statement) -> str:
    """The statement's words; a direct quotation that lost its marks gets them back."""
    words = " ".join(statement.words.split())
    if not words:
        # Some attributions have no content of their own ("as the minister put it"): a link needs words all the same.
        return " ".join(filter(None, (statement.speaker_words, statement.cue, "…")))
    if statement.kind == "direct" and words and words[0] not in _OPENING:
        return f"“{words}”"
    return words


@register.filter
def speaker(statement: Statement) -> str:
    """Who said it, for people: the joined name, the article's name, or the words it uses."""
    if statement.person_id and statement.person:
        return statement.person.name
    return statement.speaker_name or statement.speaker_words or "Unknown speaker"


@register.simple_tag
def who(statement: Statement) -> SafeString:
    """The speaker in a list: a link to the person; for one who is never named the article's words, shown as such."""
    if statement.person_id and statement.person:
        return format_html('<a href="{}" dir="auto">{}</a>', statement.person.get_absolute_url(), statement.person.name)
    if statement.speaker_name:
        return format_html('<strong dir="auto">{}</strong>', statement.speaker_name)
    words = " ".join(statement.speaker_words.split())
    if not words:
        return format_html('<span class="unnamed">{}</span>', "Unknown speaker")
    if words.casefold() in _PRONOUNS:
        return format_html('<span class="unnamed">Unknown (<q dir="auto">{}</q>)</span>', words)
    return format_html('<span class="unnamed" dir="auto">{}</span>', capfirst(words))


@register.filter
def role_of(statement: Statement) -> str:
    """The speaker's role without "its" or "her", which a list leaves hanging; nothing where it only says the name."""
    role = role_words(statement.speaker_role)
    return "" if role.casefold() == speaker(statement).casefold() else role


@register.filter
def role_words(role: str) -> str:
    """``Its chief`` -> ``chief``."""
    return _OF_WHOM.sub("", role)


@register.simple_tag
def shown_words(statement: Statement) -> SafeString:
    """A statement's words in a list; where they are too few to be understood, the sentence with the words marked."""
    sentence = sentence_of(statement)
    if sentence is None:
        return format_html("{}", Truncator(quoted(statement)).words(60, truncate="…"))
    parts = (
        (format_html('<mark class="mark-content">{}</mark>' if p.css else "{}", p.text),) for p in pieces(sentence)
    )
    return format_html('<span class="sentence">{}</span>', format_html_join("", "{}", parts))


@register.filter
def percent(share: float | None) -> str:
    return "" if share is None else f"{round(share * 100)}%"


@register.simple_tag
def marked(pieces: list[Piece], spoken: bool = False) -> SafeString:
    """Text with its marks; ``spoken`` adds the marks' names for screen readers. Every word of the text is escaped."""
    return mark_safe("".join(_piece(piece, spoken) for piece in pieces))  # noqa: S308 - each part is escaped below


def _piece(piece: Piece, spoken: bool) -> str:
    references = "".join(
        format_html(
            '<sup class="ref"><a href="#note-{0}" id="ref-{0}" aria-label="Statement {0}">{0}</a></sup>&#8288;', number
        )
        for number in piece.references
    )
    words: str = escape(piece.text)
    if spoken and piece.opens:
        words = format_html('<span class="unseen aside"> [{}: </span>', ", ".join(piece.opens)) + words
    if spoken and piece.closes:
        words += '<span class="unseen aside">] </span>'
    if piece.css:
        words = format_html('<mark class="{}">{}</mark>', piece.css, mark_safe(words))  # noqa: S308 - escaped above
    return references + words


@register.simple_tag
def json_ld(data: Any) -> SafeString:
    """A JSON-LD block. What could end the script element is written as an escape, so no text can break out."""
    words = json.dumps(data, ensure_ascii=False).translate(_SCRIPT_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{words}</script>')  # noqa: S308 - escaped above


@register.simple_tag(takes_context=True)
def with_query(context: dict[str, Any], **changes: Any) -> str:
    """The present page's query string with some parameters changed; ``None`` removes one."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        if value is None:
            query.pop(name.rstrip("_"), None)
        else:
            query[name.rstrip("_")] = value
    return f"?{query.urlencode()}" if query else "?"


@register.simple_tag
def fragments(parts: Iterable[Fragment]) -> SafeString:
    """Words with what was searched for marked."""
    return format_html_join("", "{}", ((_fragment(part),) for part in parts))


def _fragment(part: Fragment) -> str:
    return format_html('<mark class="found">{}</mark>', part.text) if part.is_match else part.text


@register.filter
def xml_safe(words: str) -> str:
    """Without the characters that XML cannot hold."""
    return _NOT_XML.sub("", words)


@register.filter
def field_name(field: str) -> str:
    """A field of a statement as the pages call it."""
    return FIELD_NAMES.get(field, field.replace("_", " "))


@register.filter
def value_words(value: Any) -> str:
    """A field's old or new value for the history."""
    if value in (None, "", []):
        return "nothing"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


@register.filter
def link_words(change: StatementChange) -> str:
    """What an editor said of a tie."""
    new: dict[str, str] = change.new or {}
    if change.field == "wording":
        return "said not to be the same words as in other articles"
    return f"its tie to the claim “{new.get('claim', '')}” {new.get('status', '')}"


@register.filter
def stance_words(stance: Stance) -> str:
    """How sure a tie to a claim is, and who had claimed it as the denial words it."""
    claimed_by = stance.statement.denied_claim_by if stance.side == Stance.Side.DENIES else ""
    tied = f"Confirmed by {stance.by}." if stance.status == Stance.Status.CONFIRMED else "Tied by the program."
    return f"Claimed by: {claimed_by}. {tied}" if claimed_by else tied
