"""What a page says about itself in ``<meta>`` and ``<link>``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from onrecord.articles.words import attribute_line

_MAX_TAGS = 2000


@dataclass(frozen=True, slots=True)
class MetaTags:
    """``<meta>`` values by lower-case name, and links by relation, in document order."""

    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    links: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def first(self, *names: str) -> str | None:
        """The first value of the first of these names that has one."""
        return next((values[0] for values in map(self.all, names) if values), None)

    def all(self, name: str) -> tuple[str, ...]:
        return self.values.get(name, ())

    def link(self, relation: str) -> str | None:
        targets = self.links.get(relation, ())
        return targets[0] if targets else None


def read_meta_tags(tree: HtmlElement) -> MetaTags:
    """Collect every ``<meta>`` that has a name and a value, and every ``<link rel>``."""
    values: dict[str, list[str]] = {}
    for number, element in enumerate(tree.iter("meta")):
        if number >= _MAX_TAGS:
            break
        content = attribute_line(element.get("content"))
        for name in _names(element) if content else ():
            values.setdefault(name, []).append(content)
    links: dict[str, list[str]] = {}
    for number, element in enumerate(tree.iter("link")):
        if number >= _MAX_TAGS:
            break
        target = (element.get("href") or "").strip()
        for relation in (element.get("rel") or "").lower().split() if target else ():
            links.setdefault(relation, []).append(target)
    return MetaTags({k: tuple(v) for k, v in values.items()}, {k: tuple(v) for k, v in links.items()})


def _names(element: HtmlElement) -> Iterator[str]:
    seen = set()
    for attribute in ("property", "name", "itemprop", "http-equiv"):
        name = (element.get(attribute) or "").strip().lower()
        if name and name not in seen:
            seen.add(name)
            yield name
