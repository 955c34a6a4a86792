"""Who wrote the article: people apart from organizations, names without roles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

from onrecord.articles.jsonld import as_list, name_of
from onrecord.articles.markup import Markup, label, text_pieces, visible_text
from onrecord.articles.names import bare_byline, has_lead_in, is_single_name, names_in
from onrecord.articles.words import squeezed

_NOT_THE_AUTHOR = re.compile(
    r"photo|image|caption|credit(?!or)|comment|bio|about|avatar|social|twitter|follow|share|reviewer|related|popular|latest|count|"
    r"role|title|job|description|email|location|date"
)
_FARTHEST = 400
_FARTHEST_EXPLICIT = 1500
_APART = 12
"""Elements between two authors that are named together."""
_LONGEST = 160
_META_NAMES = (
    "author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "dc.contributor",
    "byl",
    "article:author_name",
    "cxenseparse:author",
    "vr:author",
    "article:author",
    "creator",
)


@dataclass(frozen=True, slots=True)
class Byline:
    """Names in a byline, and where it was read."""

    people: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()
    evidence: str = ""


def find_byline(markup: Markup, outlet: str | None) -> Byline:
    """The byline near the headline; failing that the author that the markup states.

    Organizations come back apart: they matter for the credit, and are never a person's name.
    """
    stated = list(_stated(markup, outlet))
    shown = list(_shown(markup, outlet, [name for byline in stated for name in byline.people]))
    if shown and shown[0].organizations and not shown[0].people:
        return shown[0]  # the page shows a newsroom or an agency: an account name in the markup is no author
    candidates = [*shown, *stated]
    chosen = next((byline for byline in candidates if byline.people), None)
    if chosen is None:
        return next((byline for byline in candidates if byline.organizations), Byline())
    beside = [name for byline in (*shown[:2], *stated[:1]) for name in byline.organizations]
    return Byline(chosen.people, tuple(_once([*chosen.organizations, *beside])), chosen.evidence)


def read_byline(line: str) -> Byline:
    """A byline that stands on a line of its own."""
    return _read([line], None, "visible line", single=True)


def _stated(markup: Markup, outlet: str | None) -> Iterator[Byline]:
    authors = as_list(markup.data.article.get("author")) or as_list(markup.data.article.get("creator"))
    lines = [name for author in authors if (name := name_of(author))]
    if lines:
        yield _read(lines, outlet, "json-ld", single=True)
    for meta_name in _META_NAMES:
        values = [value for value in markup.meta.all(meta_name) if "://" not in value and not value.startswith("@")]
        if values:
            yield _read(values, outlet, "meta", single=False)


def _shown(markup: Markup, outlet: str | None, stated: list[str]) -> Iterator[Byline]:
    """Bylines as readers see them, the most explicit and nearest to the headline first."""
    near = [element for element in markup.authors[:300] if _may_be_byline(markup, element)]
    explicit = [element for element in near if _explicit(element)]
    if byline := _together(markup, explicit, outlet, stated):
        yield byline
    for element in sorted(near, key=lambda element: abs(markup.distance(element)))[:25]:
        words = visible_text(element, _LONGEST)
        if 3 <= len(words) <= _LONGEST and (len(words) <= 60 or has_lead_in(words) or _confirmed(words, stated)):
            yield from _readable(_read_element(element, words, outlet, stated, "visible byline"))
    for line in markup.lines_after_headline(8):
        if has_lead_in(line) and len(line) <= _LONGEST:
            yield from _readable(_read([line], outlet, "visible line", single=False))


def _may_be_byline(markup: Markup, element: HtmlElement) -> bool:
    farthest = _FARTHEST_EXPLICIT if _explicit(element) else _FARTHEST
    return (
        -60 <= markup.distance(element) <= farthest
        and not _NOT_THE_AUTHOR.search(label(element))
        and not markup.is_aside(element)
    )


def _together(markup: Markup, elements: list[HtmlElement], outlet: str | None, stated: list[str]) -> Byline | None:
    """The authors that are marked as such, where several stand together: each has an element of its own."""
    people: list[str] = []
    organizations: list[str] = []
    last: int | None = None
    for element in sorted(elements, key=lambda element: abs(markup.distance(element)))[:12]:
        if last is not None and abs(markup.distance(element) - last) > _APART:
            continue
        words = visible_text(element, _LONGEST)
        if not 3 <= len(words) <= _LONGEST:
            continue
        byline = _read_element(element, words, outlet, stated, "microformat")
        if byline.people or byline.organizations:
            last = markup.distance(element)
            people += byline.people
            organizations += byline.organizations
    if not people and not organizations:
        return None
    return Byline(tuple(_once(people)), tuple(_once(organizations)), "microformat")


def _read_element(element: HtmlElement, words: str, outlet: str | None, stated: list[str], evidence: str) -> Byline:
    """Read one shown byline. Names that the markup states as well are taken in its spelling."""
    confirmed = _confirmed(words, stated)
    pieces = text_pieces(element, _LONGEST)
    single = _explicit(element) or has_lead_in(words)
    read = _read([" | ".join(pieces)], outlet, evidence, single=single)
    if confirmed:
        keys = {squeezed(name) for name in confirmed}
        others = [
            name for name in read.people if not any(squeezed(name) in key or key in squeezed(name) for key in keys)
        ]
        return Byline(tuple(_once([*confirmed, *others])), read.organizations, evidence)
    return read


def _confirmed(words: str, stated: list[str]) -> list[str]:
    key = squeezed(words)
    return _once([name for name in stated if squeezed(name) in key])


def _readable(byline: Byline) -> Iterator[Byline]:
    if byline.people or byline.organizations:
        yield byline


def _once(names: list[str]) -> list[str]:
    kept: dict[str, str] = {}
    for name in names:
        kept.setdefault(squeezed(name), name)
    return list(kept.values())


def _explicit(element: HtmlElement) -> bool:
    rel, itemprop = element.get("rel") or "", element.get("itemprop") or ""
    return "author" in rel.split() or itemprop in ("author", "creator", "author creator")


def _read(lines: list[str], outlet: str | None, evidence: str, *, single: bool) -> Byline:
    people: list[str] = []
    organizations: list[str] = []
    for line in lines:
        found_people, found_organizations = names_in(line)
        bare = bare_byline(line.replace("|", " "))
        if single and not found_people and is_single_name(bare):
            found_people, found_organizations = [bare], []
        people += [name for name in found_people if squeezed(name) != squeezed(outlet)]
        organizations += found_organizations
    return Byline(tuple(dict.fromkeys(people)), tuple(dict.fromkeys(organizations)), evidence)
