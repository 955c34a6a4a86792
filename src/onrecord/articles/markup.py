"""Bytes of a page -> one parsed tree and an index of the elements that the field readers look at."""

from __future__ import annotations

import codecs
import re
from collections.abc import Container, Iterator
from dataclasses import dataclass, field

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from onrecord.articles.jsonld import StructuredData, read_structured_data
from onrecord.articles.meta import MetaTags, read_meta_tags
from onrecord.articles.words import one_line, unseen_removed
from onrecord.errors import PageError
from onrecord.terms import Page

MAX_BYTES = 10_000_000
"""Longer pages are refused: the longest real news pages are near 2 MB, and the parser drops text past 10 MB unsaid."""
MAX_ELEMENTS = 60_000
"""Pages of more elements are refused: real ones stay below 20,000, and the time to read a page grows with them."""

_OTHER_FORMATS = {
    b"%PDF": "a PDF file",
    b"\x89PNG": "a PNG image",
    b"GIF8": "a GIF image",
    b"\xff\xd8\xff": "a JPEG image",
    b"PK\x03\x04": "a zip archive",
    b"\x1f\x8b": "gzip-compressed data",
}
_META_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_WEB_CHARSETS = {  # as browsers read these labels (WHATWG Encoding Standard)
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_DEEPEST = 250
"""libxml2 ends a page that nests deeper than 256; from here on the wrappers are taken out and the page read again."""
_WRAPPERS = re.compile(
    r"</?(?:div|span|font|center|b|i|u|em|strong|small|big|section|blockquote|ul|ol|li|dl|dd|dt|table|tbody|tr|td|th)\b[^<>]*>",
    re.IGNORECASE,
)

_ASIDE_TAGS = frozenset("nav aside footer form dialog template noscript script style select button svg iframe".split())
_ASIDE_ROLES = frozenset({"navigation", "complementary", "contentinfo", "dialog", "alertdialog", "search", "menu"})
_SIDE_COLUMNS = frozenset({"right", "left", "rightcol", "leftcol", "rightcolumn", "leftcolumn", "secondary"})
_ASIDE_NAMES = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|sub-?menu|sidebar|side-bar|widget-?areas?|widgets|widget_(?:recent\w*|categories|tag_cloud|archives?|text|rss|search|meta|links|pages|nav_menu|calendar)|related|recommend\w*|popular|trending|"
    r"most-?(?:read|viewed|popular)|more-?(?:from|stories|news|on|in)|read-?(?:more|next)|up-?next|promo\w*|newsletter|"
    r"modal|pop-?up|dialog|overlay|lightbox|footer|advert\w*|ads?|sponsor\w*|outbrain|taboola|teaser|carousel|slider|rail|"
    r"ticker|break(?:ing)?-?news|latest|headlines|river|playlist|comments?|commentlist|respond|disqus\w*|pagination|breadcrumbs?|toolbar|"
    r"rollover-[\w-]*block|tooltip|popover|hover-?card|login|sign-?in|sign-?up|subscribe|subscription|search|cookie|consent|gdpr)(?:$|[\s_-])"
)
_AUTHOR_NAMES = re.compile(
    r"author|byline|by-line|writer|reporter|journalist|contributor|creator|vcard|posted-?by|credit"
)
_DATE_NAMES = re.compile(r"date|time|publish|posted|updated|dateline|byline|meta|submitted|stamp")
_TAG_NAMES = re.compile(
    r"(?:^|[\s_-])(?:tags?|tagged|topics?|keywords?|ptag|taglist|tag-?list|post-?tags|filed)(?:$|[\s_-])|tag(?:s|list)|topic"
)
_TAG_WORDS = re.compile(
    r"\s*(?:tags?|tagged(?: (?:with|as|in))?|filed (?:under|to)|(?:more |related )?(?:topics?|tags)|"
    r"topics? in this \w+|subjects?|keywords?|read more about|"
    r"more about|more on|explore more|in this (?:article|story)|schlagw[oö]rter|stichworte|themen|"
    r"mots[- ]cl[ée]s|etiquetas|temas|tagi|метки|теги|タグ)\s*:?\s*$",
    re.IGNORECASE,
)
_PARAGRAPH = 220
_HEADLINE_NAMES = re.compile(
    r"(?:^|[\s_-])(?:headline|hed|(?:article|story|post|entry|page|news)-?_?(?:title|heading))(?:$|[\s_-])"
)
_HEADINGS = frozenset({"h1", "h2", "h3"})
_BLOCKS = frozenset(
    "address article aside blockquote body br dd div dl dt fieldset figcaption figure footer form h1 "
    "h2 h3 h4 h5 h6 header"
    " hr li main nav ol option p pre section table td th tr ul".split()
)
_SILENT = frozenset({"script", "style", "noscript", "template", "svg", "iframe", "head"})


@dataclass(slots=True)
class Markup:
    """A parsed page: its tree, its machine-readable statements, and the labelled elements in document order."""

    tree: HtmlElement
    url: str | None
    meta: MetaTags
    data: StructuredData
    order: dict[HtmlElement, int] = field(default_factory=dict)
    headings: list[HtmlElement] = field(default_factory=list)
    authors: list[HtmlElement] = field(default_factory=list)
    dates: list[HtmlElement] = field(default_factory=list)
    tags: list[HtmlElement] = field(default_factory=list)
    tag_words: list[HtmlElement] = field(default_factory=list)
    """Elements whose own words announce tags: "Filed under", "Topics:"."""
    replies: list[HtmlElement] = field(default_factory=list)
    """Elements that may each be one reader's reply."""
    marked_aside: set[HtmlElement] = field(default_factory=set)
    headline: HtmlElement | None = None
    """The element that holds the headline, once it is known."""
    above_headline: set[HtmlElement] = field(default_factory=set)

    def set_headline(self, element: HtmlElement | None) -> None:
        self.headline = element
        self.above_headline = set() if element is None else set(element.iterancestors())

    def is_aside(self, element: HtmlElement) -> bool:
        """Whether the element lies in navigation, a sidebar, a list of other stories, comments or the like.

        An element around the headline is never aside, whatever its class says.
        """
        while element is not None and element not in self.above_headline:
            if element in self.marked_aside:
                return True
            element = element.getparent()
        return False

    def distance(self, element: HtmlElement) -> int:
        """Elements between the headline and ``element``; negative above the headline."""
        at = self.order.get(self.headline, 0) if self.headline is not None else 0
        return self.order.get(element, 0) - at

    def lines_after_headline(self, count: int = 12) -> list[str]:
        """The short visible lines after the headline, up to the second long one: a deck may stand before the date."""
        if self.headline is None:
            return []
        lines: list[str] = []
        paragraphs = 0
        for line in _lines(_texts_after(self.headline, self.marked_aside)):
            if len(line) > _PARAGRAPH:
                paragraphs += 1
            else:
                lines.append(line)
            if len(lines) >= count or paragraphs > 1:
                break
        return lines

    def lines_before_headline(self, count: int = 4) -> list[str]:
        """The last visible lines before the headline, nearest first."""
        lines: list[str] = []
        node = self.headline
        while node is not None and len(lines) < count:
            for sibling in node.itersiblings(preceding=True):
                if isinstance(sibling.tag, str) and sibling not in self.marked_aside:
                    lines += reversed(visible_lines(sibling, 600)[-count:])
                if len(lines) >= count:
                    break
            node = node.getparent()
        return lines[:count]


def parse(page: Page) -> Markup:
    """Decode and parse an HTML page once, for all readers.

    Raises:
        PageError: not HTML, too large, or nothing in it that parses.
    """
    source = unseen_removed(_decode(page))
    if not source.strip():
        raise PageError(f"{page.name} is empty; fetch it again or leave it out.", code="empty")
    tree = _tree(source, page.name)
    markup = Markup(tree, page.url, read_meta_tags(tree), read_structured_data(tree))
    _index(markup, page.name)
    return markup


def visible_text(element: HtmlElement, limit: int = 1000) -> str:
    """The words of an element in one line, without scripts; cut soon after ``limit`` characters."""
    return " ".join(visible_lines(element, limit))


def visible_lines(element: HtmlElement, limit: int = 1000) -> list[str]:
    """The words of an element, one line for each block or line break; cut soon after ``limit`` characters."""
    lines: list[str] = []
    size = 0
    for line in _lines(_texts_in(element)):
        lines.append(line)
        size += len(line)
        if size > limit:
            break
    return lines


def text_pieces(element: HtmlElement, limit: int = 300) -> list[str]:
    """The words of an element, one item for each text node: inline elements stay apart, unlike in a line."""
    pieces: list[str] = []
    size = 0
    for piece in _texts_in(element):
        if words := one_line(piece):
            pieces.append(words)
            size += len(words)
            if size > limit:
                break
    return pieces


def label(element: HtmlElement) -> str:
    """Class and id of an element, lower case; where words run together as in ``authorName`` they are set apart."""
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", names[:400]).lower()


def _tree(source: str, name: str) -> HtmlElement:
    tree = _parsed(source)
    if tree is not None and _is_cut_off(tree):
        tree = _parsed(_WRAPPERS.sub("\n", source))
    if tree is None:
        raise PageError(f"{name} holds no HTML; check that the address leads to a page.", code="not_html")
    return tree


def _parsed(source: str) -> HtmlElement | None:
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)
    try:
        return document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError):
        return None


def _is_cut_off(tree: HtmlElement) -> bool:
    """Whether the parser gave up because of depth: it does so at the deepest element, which is then the last one."""
    last = tree
    while len(last):
        last = last[-1]
    return sum(1 for _ in last.iterancestors()) >= _DEEPEST


def _decode(page: Page) -> str:
    body = page.body
    if len(body) > MAX_BYTES:
        raise PageError(
            f"{page.name} has {len(body):,} bytes, more than the {MAX_BYTES:,} that are read; cut it down to "
            f"one article.",
            code="too_large",
        )
    for start, what in _OTHER_FORMATS.items():
        if body.startswith(start):
            raise PageError(
                f"{page.name} is {what}, not a page; give the HTML page that it came from.", code="not_html"
            )
    for bom, charset in _BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(charset, "replace")
    declared = _declared_charset(page)
    if declared is None or not declared.startswith(("iso2022", "utf-16", "hz")):
        try:  # bytes that are valid UTF-8 are UTF-8, whatever the page says
            return body.decode("utf-8")
        except UnicodeDecodeError:
            pass
    return body.decode(declared or _guessed_charset(body), "replace")


def decode(page: Page) -> str:
    """The characters of a page or text file, by byte order mark, UTF-8 validity, declaration, then likelihood."""
    return _decode(page)


def _declared_charset(page: Page) -> str | None:
    in_page = _META_CHARSET.search(page.body[:4096])
    for name in (page.charset, in_page.group(1).decode("ascii") if in_page else None):
        if name:
            try:
                found = codecs.lookup(name.strip())
            except (LookupError, ValueError):
                continue
            if getattr(found, "_is_text_encoding", True):
                return _WEB_CHARSETS.get(found.name, found.name)
    return None


def _guessed_charset(body: bytes) -> str:
    sample = body[:200_000]
    if sample.decode("utf-8", "replace").count("\ufffd") <= len(sample) / 1000:
        return "utf-8"  # damaged in places or cut off, still UTF-8
    from charset_normalizer import from_bytes

    best = from_bytes(sample[:20_000], threshold=0.3).best()
    return best.encoding if best else "cp1252"


def _index(markup: Markup, name: str) -> None:
    for number, element in enumerate(markup.tree.iter(etree.Element)):
        if number > MAX_ELEMENTS:
            raise PageError(
                f"{name} has more than {MAX_ELEMENTS:,} elements; cut it down to one article.", code="too_large"
            )
        markup.order[element] = number
        tag = element.tag
        if tag in _HEADINGS or element.get("itemprop") in ("headline", "name headline"):
            markup.headings.append(element)
        if tag in _ASIDE_TAGS:
            markup.marked_aside.add(element)
        if element.text and _TAG_WORDS.match(element.text):
            markup.tag_words.append(element)
        if element.attrib:
            _index_by_attributes(markup, element, tag)
        elif tag == "time":
            markup.dates.append(element)


def _index_by_attributes(markup: Markup, element: HtmlElement, tag: str) -> None:
    attributes = element.attrib
    names = label(element) if "class" in attributes or "id" in attributes else ""
    itemprop, rel = attributes.get("itemprop", ""), attributes.get("rel", "")
    is_tags = bool(names) and _TAG_NAMES.search(names) is not None
    if names and not is_tags and tag not in ("html", "body", "main", "article") and _ASIDE_NAMES.search(names):
        markup.marked_aside.add(element)
    if attributes.get("role") in _ASIDE_ROLES or attributes.get("id") in _SIDE_COLUMNS:
        markup.marked_aside.add(element)
    if tag in ("script", "style", "link", "meta", "input", "img"):
        return
    if names and tag not in _HEADINGS and _HEADLINE_NAMES.search(names):
        markup.headings.append(element)
    if "comment" in names or "cite" in names or "reply" in names or "omment" in attributes.get("itemtype", ""):
        markup.replies.append(element)
    if "author" in rel or "author" in itemprop or itemprop == "creator" or (names and _AUTHOR_NAMES.search(names)):
        markup.authors.append(element)
    if tag == "time" or itemprop.startswith("date") or (names and _DATE_NAMES.search(names)):
        markup.dates.append(element)
    if "tag" in rel.split() or itemprop == "keywords" or is_tags:
        markup.tags.append(element)


def _texts_in(element: HtmlElement, left_out: Container[HtmlElement] = ()) -> Iterator[str | None]:
    """Text pieces of an element in order, without the elements ``left_out``; ``None`` marks the edge of a block."""
    walker = etree.iterwalk(element, events=("start", "end"))
    for event, node in walker:
        shown = isinstance(node.tag, str) and node.tag not in _SILENT and node not in left_out
        if shown and node.tag in _BLOCKS:
            yield None
        if event == "start":
            if not shown:
                walker.skip_subtree()
            elif node.text:
                yield node.text
        elif node is not element and node.tail:
            yield node.tail


def _texts_after(element: HtmlElement, left_out: set[HtmlElement]) -> Iterator[str | None]:
    """Text pieces that follow an element, to the end of the page, without the elements ``left_out``."""
    yield None
    node: HtmlElement | None = element
    while node is not None:
        if node.tail:
            yield node.tail
        for sibling in node.itersiblings():
            if sibling not in left_out:
                yield from _texts_in(sibling, left_out)
            if sibling.tail:
                yield sibling.tail
        node = node.getparent()


def _lines(pieces: Iterator[str | None]) -> Iterator[str]:
    line: list[str] = []
    for piece in pieces:
        if piece is not None:
            line.append(piece)
        elif line:
            if words := one_line("".join(line)):
                yield words
            line = []
    if words := one_line("".join(line)):
        yield words
