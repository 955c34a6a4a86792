"""What the article is filed under: tags, categories, section."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from onrecord.articles.jsonld import as_list
from onrecord.articles.markup import Markup, label, visible_text
from onrecord.articles.words import attribute_line, likeness, squeezed

_TAG_ADDRESS = re.compile(
    r"/(?:tags?|topics?|keywords?|label|labels|hashtag|themes?|argomenti|etiqueta|tema|temas|thema|people|subjects?|issue|personalities)[/=?-]|[?&]tag=",
    re.IGNORECASE,
)
_TAG_LIST = re.compile(
    r"(?:^|[\s_-])(?:(?:post|article|entry|story|related|single|meta|content|page)?[_-]?(?:tags|taglist|tag-?list|topics|keywords)|ptag|tagged|tag-?links|tag-?box)(?:$|[\s_-])"
)
_PLUMBING = re.compile(
    r"^[@#*]|[:={}<>]|^\S*_\S*$|^&|https?//|^\d+$|^(?:quot|amp|n/?a|none|null|front page|homepage|"
    r"home|all|uncategorized|article|articles|story|no autolink)$",
    re.IGNORECASE,
)
_SEPARATORS = re.compile(r"\s*[,;|、，]\s*")
_LONGEST_TAG, _MOST_WORDS, _MOST_LINKS, _LONGEST_LIST = 80, 10, 30, 300
_SLUG = re.compile(r"^[a-z0-9-]+$")
_FARTHEST_BEFORE = 60
_SAME_WORDS = 0.8
_ENOUGH_IN_TEXT = 0.2


@dataclass(frozen=True, slots=True)
class Filing:
    """Tags, categories and section, each with where it was read."""

    tags: tuple[str, ...] = ()
    tags_from: str | None = None
    categories: tuple[str, ...] = ()
    section: str | None = None
    section_from: str | None = None


def find_filing(markup: Markup, title: str | None, outlet: str | None, names: Sequence[str], text: str) -> Filing:
    """Tags as readers see them or the markup lists them, without plumbing, site-wide lists and the site's own name."""
    not_tags = {squeezed(outlet), squeezed(title), *map(squeezed, names)}
    shown, categories = _shown(markup, not_tags)
    listed, listed_from = _listed(markup, not_tags, title, text)
    tags, tags_from = (shown, "tag links") if shown and (len(shown) > 1 or len(listed) < 2) else (listed, listed_from)
    if not tags and categories:
        tags, tags_from = categories, "category links"
    section, section_from = _section(markup, categories)
    return Filing(tuple(tags), tags_from if tags else None, tuple(categories), section, section_from)


def _shown(markup: Markup, not_tags: set[str]) -> tuple[list[str], list[str]]:
    """Tags and categories that the page shows as links, in order."""
    tags: list[str] = []
    categories: list[str] = []
    for element in markup.tags:
        if "tag" in (element.get("rel") or "").split() and _belongs(markup, element):
            (categories if _is_category(element) else tags).append(visible_text(element))
    if len(tags) > _MOST_LINKS:  # of other stories
        tags = []
    if not tags:
        tags = _from_lists(markup)
    return _kept(tags, not_tags), _kept(categories, not_tags)


def _from_lists(markup: Markup) -> list[str]:
    """The links of the first list of tags after the headline."""
    announced = [element.getparent() for element in markup.tag_words if element.getparent() is not None]
    labelled = [element for element in markup.tags if _TAG_LIST.search(label(element))]
    for container in (*labelled, *announced, *(element for element in markup.tag_words if len(element))):
        if not _belongs(markup, container):
            continue
        links = [link for link in container.iter("a") if link.get("href")]
        if not 1 <= len(links) <= _MOST_LINKS:
            continue
        filed = [link for link in links if _TAG_ADDRESS.search(link.get("href") or "")]
        chosen = filed or (links if len(visible_text(container)) < _LONGEST_LIST else [])
        words = [visible_text(link, _LONGEST_TAG) for link in chosen]
        if any(words) and all(len(tag) <= _LONGEST_TAG for tag in words):
            return words
    return []


def _belongs(markup: Markup, element: HtmlElement) -> bool:
    return markup.distance(element) >= -_FARTHEST_BEFORE and not markup.is_aside(element)


def _is_category(element: HtmlElement) -> bool:
    return "category" in (element.get("rel") or "").split() or "/category/" in (element.get("href") or "")


def _listed(markup: Markup, not_tags: set[str], title: str | None, text: str) -> tuple[list[str], str]:
    """Tags that the markup lists, from the first source that lists the article's own."""
    meta = markup.meta
    sources: Iterator[tuple[list[str], str, bool]] = iter(
        [
            (_split(meta.all("news_keywords")), "meta", False),
            (_split(meta.all("parsely-tags")), "meta", False),
            (
                list(meta.all("article:tag")) if len(meta.all("article:tag")) > 1 else _split(meta.all("article:tag")),
                "meta",
                False,
            ),
            *((_split([value]), "meta", True) for value in reversed(meta.all("keywords"))),
            (_split(as_list(markup.data.article.get("keywords"))), "json-ld", False),
            ([tag for tag in _split(meta.all("sailthru.tags")) if not _SLUG.match(tag)], "meta", False),
        ]
    )
    for tags, where, often_site_wide in sources:
        kept = _kept(tags, not_tags)
        if kept and not _repeats_title(kept, title) and not (often_site_wide and _is_site_wide(kept, title, text)):
            return kept, where
    return [], ""


def _is_site_wide(tags: list[str], title: str | None, text: str) -> bool:
    """Whether a list of keywords speaks of the site rather than of the article: few of them occur in it."""
    key = squeezed(f"{title} {text}")
    stems = [squeezed(tag)[: max(4, len(squeezed(tag)) * 2 // 3)] for tag in tags]
    return len(tags) > 3 and sum(stem in key for stem in stems) < _ENOUGH_IN_TEXT * len(tags)


def _repeats_title(tags: list[str], title: str | None) -> bool:
    """Whether the keywords are no more than the headline, perhaps with the deck behind it."""
    return len(tags) <= 3 and any(likeness(tag, title) > _SAME_WORDS for tag in tags)


def _split(values: Iterable[object]) -> list[str]:
    return [part for value in values if isinstance(value, str) for part in _SEPARATORS.split(attribute_line(value))]


def _kept(tags: Iterable[str], not_tags: set[str]) -> list[str]:
    kept: dict[str, str] = {}
    for tag in tags:
        words = attribute_line(tag).strip(" ,;.#")
        key = squeezed(words)
        if (
            key
            and key not in not_tags
            and len(words) <= _LONGEST_TAG
            and len(words.split()) <= _MOST_WORDS
            and not _PLUMBING.search(attribute_line(tag))
        ):
            kept.setdefault(key, words)
    return list(kept.values())


def _section(markup: Markup, categories: Sequence[str]) -> tuple[str | None, str | None]:
    if section := markup.data.text("articleSection"):
        return section, "json-ld"
    for name in (
        "article:section",
        "parsely-section",
        "prism.section",
        "section",
        "articlesection",
        "sailthru.vertical",
        "cxenseparse:section",
    ):
        if section := markup.meta.first(name):
            return section, "meta"
    return (categories[0], "category links") if categories else (None, None)
