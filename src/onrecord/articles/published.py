"""When the article was published and last updated, from everything on the page that dates it.

Pages date themselves several times, and the statements disagree: a clock is in UTC but labelled with the local zone,
the "published" time is that of the last change, a machine-readable time has no zone where the visible one has. So all
statements are collected with their source, and the first trusted one is corrected by the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from lxml.html import HtmlElement

from onrecord.articles.markup import Markup, label, visible_text
from onrecord.articles.times import When, is_epoch, later_than, read_time

_PUBLISHED_META = (
    "article:published_time", "article:published", "datepublished", "og:published_time",
    "article:published_date", "published_at",
    "parsely-pub-date", "sailthru.date", "published", "pubdate", "publishdate", "publish-date", "publish_date",
    "publication_date",
    "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created", "dcterms.date", "dc.date",
    "dcterms.available",
    "date", "cxenseparse:recs:publishtime", "analytics:p_ts", "ptime", "datecreated", "article.published",
    "rnews:datepublished", "pdate",
)  # fmt: skip
_UPDATED_META = (
    "article:modified_time", "article:modified", "datemodified", "og:updated_time", "last-modified", "dcterms.modified",
    "dc.date.modified", "lastmod", "revised", "utime", "updated", "modified", "article.updated", "last_updated",
)  # fmt: skip
_UPDATED_WORDS = re.compile(
    r"\b(?:updated?|modified|revised|last edited|edited|aktualisiert|actualizad[oa]|aggiornat[oa]|"
    r"mis à jour|atualizad[oa]|bijgewerkt|diperbarui)\b"
    r"|обновлен", re.IGNORECASE,
)  # fmt: skip
_PUBLISHED_WORDS = re.compile(
    r"\b(?:(?:first |originally )?(?:published|posted)|pubblicato|publicado|publié|veröffentlicht|"
    r"publiziert|geplaatst|diterbitkan)\b"
    r"|опубликован", re.IGNORECASE,
)  # fmt: skip
_BEFORE, _FARTHEST = 60, 300
_FARTHEST_STAMP = 1500
_NEAR = 60
_TIME_STAMP = "meta time stamp"
_LONGEST = 200
_SAME = timedelta(seconds=61)


@dataclass(frozen=True, slots=True)
class Dated:
    """One statement of a time on the page."""

    when: When
    evidence: str
    distance: int = 0
    """Elements between the headline and where it stands; 0 for what the markup states."""


@dataclass(frozen=True, slots=True)
class Statements:
    """Everything that dates the article, the most trusted first."""

    stated: Sequence[Dated]
    changed: Sequence[Dated]
    shown: Sequence[Dated]
    shown_updates: Sequence[Dated]


@dataclass(frozen=True, slots=True)
class PublicationTimes:
    published: Dated | None = None
    updated: Dated | None = None


def find_times(markup: Markup, language: str | None) -> PublicationTimes:
    """Publication and update of the article; an update at or before publication is none."""
    stated = [*_stated(markup, "datePublished", _PUBLISHED_META, language), *_marked(markup, "datepublished", language)]
    changed = [*_stated(markup, "dateModified", _UPDATED_META, language), *_marked(markup, "datemodified", language)]
    shown, shown_updates = _shown(markup, language)
    statements = Statements(stated, changed, shown, shown_updates)
    first = _publication(statements)
    return PublicationTimes(first, _update(statements, first) if first else None)


def _publication(statements: Statements) -> Dated | None:
    everything = [*statements.stated, *statements.shown]
    if not everything:
        return None
    chosen = everything[0]
    updates = [*statements.changed, *statements.shown_updates]
    if any(_agree(chosen.when, other.when) for other in updates):
        # The first statement repeats the update: an earlier one is the publication.
        chosen = next(
            (other for other in everything if other.distance <= _NEAR and _earlier(other.when, chosen.when)), chosen
        )
    elif statements.changed and later_than(chosen.when, statements.changed[0].when):
        # Published after it was changed: where readers see an earlier time with its zone, that is the publication.
        chosen = next(
            (other for other in statements.shown if _earlier_instant(other.when, statements.changed[0].when)), chosen
        )
    believed = [other for other in statements.shown if not any(_agree(other.when, update.when) for update in updates)]
    return _made_exact(chosen, [chosen, *statements.stated, *believed], statements.shown)


def _earlier(one: When, other: When) -> bool:
    """Whether ``one`` is an earlier clock than ``other``, and not the same one in another zone or cut to minutes."""
    if one.exactness < 1 or not later_than(other, one) or _agree(one, other):
        return False
    if one.clock and other.clock and one.instant and other.instant and one.clock.utcoffset() == other.clock.utcoffset():
        return True
    return not _same_but_for_zone(one, other)


def _earlier_instant(one: When, other: When) -> bool:
    return one.instant is not None and other.instant is not None and one.instant < other.instant


def _made_exact(chosen: Dated, everything: Sequence[Dated], shown: Sequence[Dated]) -> Dated:
    """``chosen``, with its zone put right or its clock filled in by the other statements."""
    instants = [other for other in everything if other.when.exactness == 2]
    if chosen.when.exactness == 2:
        return _zone_corrected(chosen, everything, shown)
    if chosen.when.exactness == 1:
        return next((other for other in instants if _same_but_for_zone(chosen.when, other.when)), chosen)
    for other in (*instants, *(other for other in everything if other.when.exactness == 1)):
        if abs((other.when.day - chosen.when.day).days) <= 1:
            return other
    return chosen


def _zone_corrected(chosen: Dated, everything: Sequence[Dated], shown: Sequence[Dated]) -> Dated:
    """``chosen``, or the statement that differs from it in the zone only and is borne out.

    What readers see with its zone bears out; so does ``10:46-05:00`` beside ``15:46-05:00``, which is a UTC clock with
    the local offset; and a time stamp does where the clock that the markup calls UTC is the one that readers see.
    """
    shifted = [
        other for other in everything if other.when.exactness == 2 and _same_but_for_zone(chosen.when, other.when)
    ]
    visible = [other for other in shifted if other.evidence == "visible line"]
    if visible and not any(_agree(chosen.when, other.when) for other in visible):
        return next(
            (other for other in shifted if other not in visible and _agree(other.when, visible[0].when)), visible[0]
        )
    stamped = [other for other in shifted if other.evidence == _TIME_STAMP and not _agree(chosen.when, other.when)]
    if stamped and any(other.when.exactness == 1 and _agree(other.when, chosen.when) for other in shown):
        return stamped[0]
    return next((other for other in shifted if _is_utc_clock_with_local_offset(chosen.when, other.when)), chosen)


def _is_utc_clock_with_local_offset(one: When, other: When) -> bool:
    if one.clock is None or other.clock is None:
        return False
    offset = one.clock.utcoffset()
    if not offset or other.clock.utcoffset() != offset:
        return False
    return abs((other.clock - one.clock) - offset) < _SAME


def _update(statements: Statements, first: Dated) -> Dated | None:
    inverted = (
        statements.changed and statements.stated and later_than(statements.stated[0].when, statements.changed[0].when)
    )
    stated = [*statements.stated[:1], *statements.changed] if inverted else statements.changed
    candidates = [*(_shifted_alike(other, statements.stated, first) for other in stated), *statements.shown_updates]
    later = [other for other in candidates if later_than(other.when, first.when)]
    exact = [other for other in later if other.when.exactness == 2] or [
        other for other in later if other.when.exactness == 1
    ]
    if not exact:
        return None
    return next(
        (other for other in exact if any(_agree(other.when, seen.when) for seen in statements.shown_updates)), exact[0]
    )


def _shifted_alike(update: Dated, published: Sequence[Dated], first: Dated) -> Dated:
    """Where a page mislabels the zone of its publication, it mislabels that of the update in the same way."""
    if first.when.clock is None or update.when.clock is None:
        return update
    other = next((o for o in published if o.evidence == update.evidence and o.when.clock is not None), None)
    if other is None or other.when == first.when:
        return update
    if other.when == update.when and not _is_utc_clock_with_local_offset(other.when, first.when):
        return update  # the publication was taken from elsewhere because this source repeats the update
    if not _same_but_for_zone(other.when, first.when):
        return update
    if other.when.instant and first.when.instant and update.when.instant:
        moved = update.when.clock + (first.when.instant - other.when.instant)
        return Dated(replace(update.when, clock=moved, day=moved.date()), update.evidence)
    return update


def _agree(one: When, other: When) -> bool:
    """Whether two times name the same minute, as far as both are exact."""
    if one.instant and other.instant:
        return abs(one.instant - other.instant) < _SAME
    if one.clock and other.clock:
        return abs(one.clock.replace(tzinfo=None) - other.clock.replace(tzinfo=None)) < _SAME
    return False


def _same_but_for_zone(one: When, other: When) -> bool:
    """Whether two clocks show the same minute of an hour within a day of each other."""
    if one.clock is None or other.clock is None:
        return False
    apart = abs(one.clock.replace(tzinfo=None) - other.clock.replace(tzinfo=None))
    return apart <= timedelta(hours=15) and (apart % timedelta(minutes=30)) < timedelta(minutes=1)


def _stated(markup: Markup, name: str, meta_names: tuple[str, ...], language: str | None) -> Iterator[Dated]:
    for value in markup.data.everywhere(name):
        if when := read_time(value, language=language):
            yield Dated(when, "json-ld")
    for name in meta_names:
        for value in markup.meta.all(name)[:1]:
            if when := read_time(value, language=language):
                yield Dated(when, _TIME_STAMP if is_epoch(value) else "meta")


def _marked(markup: Markup, itemprop: str, language: str | None) -> Iterator[Dated]:
    """Times in elements that say what they are (schema.org microdata, h-entry)."""
    microformat = "dt-published" if itemprop == "datepublished" else "dt-updated"
    for element in markup.dates[:300]:
        names = (element.get("itemprop") or "").lower().split()
        if (itemprop in names or microformat in label(element).split()) and not markup.is_aside(element):
            value = element.get("datetime") or element.get("content") or visible_text(element, 60)
            if value and (when := read_time(value, language=language)):
                yield Dated(when, "microformat")


def _shown(markup: Markup, language: str | None) -> tuple[list[Dated], list[Dated]]:
    """Times that readers see near the headline: of publication, and of updates."""
    published: list[Dated] = []
    updated: list[Dated] = []
    near = [e for e in markup.dates[:300] if -_BEFORE <= markup.distance(e) <= _FARTHEST and not markup.is_aside(e)]
    near.sort(key=lambda element: abs(markup.distance(element)))
    for element in near[:20]:
        for dated, is_update in _dates_of(element, language):
            dated = replace(dated, distance=abs(markup.distance(element)))
            (updated if is_update else published).append(dated)
    for line in (*markup.lines_after_headline(10), *markup.lines_before_headline()):
        for dated, is_update in _dates_in(line, language, "visible line"):
            (updated if is_update else published).append(dated)
    if not published:
        farther = [
            e
            for e in markup.dates[:300]
            if e.get("datetime") and 0 <= markup.distance(e) <= _FARTHEST_STAMP and not markup.is_aside(e)
        ]
        published = [
            Dated(when, "time element")
            for e in farther[:1]
            if (when := read_time(e.get("datetime"), language=language))
        ]
    return published, updated


def _dates_of(element: HtmlElement, language: str | None) -> Iterator[tuple[Dated, bool]]:
    words = visible_text(element, _LONGEST)
    parent = element.getparent()
    around = visible_text(parent, _LONGEST) if parent is not None and len(words) < 60 else ""
    in_context = words and words in around and len(around) < len(words) + 60
    yield from _dates_in(around if in_context else words, language, "visible line")
    if when := read_time(element.get("datetime"), language=language):
        before = around[: around.find(words)] if in_context else ""
        yield Dated(when, "time element"), _last_says_updated(f"{before} {words}") or _is_second_of_pair(element)


def _dates_in(words: str, language: str | None, evidence: str) -> Iterator[tuple[Dated, bool]]:
    if len(words) <= _LONGEST:
        for part, is_update in _parts(words):
            if when := read_time(part, language=language):
                yield Dated(when, evidence), is_update


def _is_second_of_pair(element: HtmlElement) -> bool:
    """WordPress themes print ``time.published`` and ``time.updated`` side by side; ``updated`` alone means nothing."""
    names = label(element).split()
    if "updated" not in names or "published" in names:
        return False
    return any("published" in label(sibling).split() for sibling in element.itersiblings("time", preceding=True))


def _last_says_updated(words: str) -> bool:
    updated = [match.start() for match in _UPDATED_WORDS.finditer(words)]
    published = [match.start() for match in _PUBLISHED_WORDS.finditer(words)]
    return bool(updated) and (not published or updated[-1] > published[-1])


def _parts(line: str) -> Iterator[tuple[str, bool]]:
    """A line cut at "Updated": what stands before dates the publication."""
    cut = _UPDATED_WORDS.search(line)
    if cut is None:
        yield line, False
        return
    before, after = line[: cut.start()], line[cut.start() :]
    again = _PUBLISHED_WORDS.search(after)
    if again:
        yield after[: again.start()], True
        yield after[again.start() :], False
    else:
        yield after, True
    if before.strip():
        yield before, False
