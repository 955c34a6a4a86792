"""JSON-LD on a page: read leniently, because much of what is published is not quite JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml.html import HtmlElement

from onrecord.articles.words import attribute_line

Node = Mapping[str, Any]

_ARTICLE_TYPES = (  # best first
    frozenset(
        {
            "newsarticle",
            "reportagenewsarticle",
            "analysisnewsarticle",
            "opinionnewsarticle",
            "backgroundnewsarticle",
            "reviewnewsarticle",
            "askpublicnewsarticle",
            "liveblogposting",
            "satiricalarticle",
        }
    ),
    frozenset({"article", "blogposting", "report", "techarticle", "scholarlyarticle", "advertisercontentarticle"}),
    frozenset({"claimreview", "review", "medicalwebpage", "socialmediaposting", "discussionforumposting"}),
    frozenset({"webpage", "itempage", "creativework"}),
)
_ABOUT_THE_PAGE = frozenset[str]().union(*_ARTICLE_TYPES)
_ORGANIZATIONS = frozenset(
    {"organization", "newsmediaorganization", "website", "corporation", "localbusiness", "brand"}
)
_MAX_SCRIPT = 2_000_000
_MAX_NODES = 5000
_LINE_COMMENT = re.compile(r"^\s*//[^\n]*$|(?<=[,{\[])\s*//[^\n]*$", re.MULTILINE)
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_WRAPPING = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?:-->|//\s*\]\]>|\]\]>|/\*\s*\]\]>\s*\*/)\s*;?\s*$"
)
_SALVAGED = ("headline", "datePublished", "dateModified", "dateCreated", "articleSection", "inLanguage")


@dataclass(frozen=True, slots=True)
class StructuredData:
    """All JSON-LD nodes of a page, and the one that describes its article."""

    nodes: tuple[Node, ...] = ()
    article: Node = field(default_factory=dict)

    def text(self, *names: str) -> str | None:
        """The first of these properties of the article that holds a text."""
        for name in names:
            for value in as_list(self.article.get(name)):
                if isinstance(value, str) and (line := attribute_line(value)):
                    return line
        return None

    def everywhere(self, name: str) -> Iterator[str]:
        """This property of every node that describes the article or its page, the article first."""
        for node in (self.article, *self.of_type(_ABOUT_THE_PAGE)):
            for value in as_list(node.get(name)):
                if isinstance(value, str) and (line := attribute_line(value)):
                    yield line

    def of_type(self, types: frozenset[str]) -> Iterator[Node]:
        return (node for node in self.nodes if types & types_of(node))

    def organizations(self) -> Iterator[Node]:
        """Nodes that name the site or who runs it."""
        return self.of_type(_ORGANIZATIONS)


def read_structured_data(tree: HtmlElement) -> StructuredData:
    """Read every JSON-LD script; what cannot be repaired is skipped."""
    nodes: list[Node] = []
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and script.text and len(script.text) <= _MAX_SCRIPT:
            for node in _flattened(_loaded(script.text)):
                if len(nodes) < _MAX_NODES:
                    nodes.append(node)
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    nodes = [_with_references(node, by_id) for node in nodes]
    return StructuredData(tuple(nodes), _article(nodes))


def types_of(node: Node) -> frozenset[str]:
    """Lower-case type names without namespace."""
    return frozenset(
        value.rsplit("/", 1)[-1].rsplit(":", 1)[-1].lower()
        for value in as_list(node.get("@type"))
        if isinstance(value, str)
    )


def as_list(value: Any) -> list[Any]:
    """A property's values; JSON-LD writes one value without a list."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def name_of(value: Any) -> str:
    """The name of a thing that is given as text or as a node."""
    if isinstance(value, str):
        return attribute_line(value)
    if isinstance(value, Mapping):
        return next((attribute_line(name) for name in as_list(value.get("name")) if isinstance(name, str)), "")
    return ""


def _loaded(script: str) -> Any:
    text = _WRAPPING.sub("", _WRAPPING.sub("", script)).strip().rstrip(";")
    for repaired in (text, _TRAILING_COMMA.sub(r"\1", _LINE_COMMENT.sub("", text))):
        try:
            return json.loads(repaired, strict=False)
        except (ValueError, RecursionError):
            continue
    return _salvaged(text)


def _salvaged(text: str) -> Node:
    """The article's plain properties from JSON that is broken elsewhere."""
    kind = re.search(r'"@type"\s*:\s*"((?:News)?Article|BlogPosting|ReportageNewsArticle|WebPage)"', text)
    if not kind:
        return {}
    node: dict[str, Any] = {"@type": kind.group(1)}
    for name in _SALVAGED:
        if found := re.search(rf'"{name}"\s*:\s*"((?:[^"\\\n]|\\.){{1,300}})"\s*[,}}\n]', text[kind.start() :]):
            node[name] = found.group(1)
    if author := re.search(
        r'"author"\s*:\s*\[?\s*\{[^{}]{0,200}?"name"\s*:\s*"([^"\\\n]{1,100})"', text[kind.start() :]
    ):
        node["author"] = {"@type": "Person", "name": author.group(1)}
    return node


def _flattened(value: Any, depth: int = 0) -> Iterator[Node]:
    """Top-level nodes, with those of ``@graph`` and of lists."""
    if depth > 5:
        return
    if isinstance(value, list):
        for item in value:
            yield from _flattened(item, depth + 1)
    elif isinstance(value, Mapping):
        if "@type" in value or "headline" in value:
            yield value
        yield from _flattened(value.get("@graph"), depth + 1)
        if "webpage" in types_of(value) and isinstance(value.get("mainEntity"), Mapping):
            yield from _flattened(value["mainEntity"], depth + 1)


def _with_references(node: Node, by_id: Mapping[str, Node]) -> Node:
    changed = dict(node)
    for name in ("author", "publisher", "creator", "isPartOf"):
        if name in changed:
            changed[name] = [_target(value, by_id) for value in as_list(changed[name])]
    return changed


def _target(value: Any, by_id: Mapping[str, Node]) -> Any:
    if isinstance(value, Mapping) and "name" not in value and isinstance(value.get("@id"), str):
        return by_id.get(value["@id"], value)
    return value


def _article(nodes: list[Node]) -> Node:
    for types in _ARTICLE_TYPES:
        found = [node for node in nodes if types & types_of(node)]
        for node in found:
            if node.get("headline") or node.get("datePublished") or node.get("author"):
                return node
    return {}
