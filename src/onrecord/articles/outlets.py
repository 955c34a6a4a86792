"""Who publishes the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from onrecord.articles.jsonld import as_list, name_of
from onrecord.articles.markup import Markup
from onrecord.articles.words import Found, attribute_line, squeezed, word_set

_DOMAIN_TAIL = re.compile(r"\.(?:com|org|net|info|co|news|tv|co\.[a-z]{2}|com\.[a-z]{2}|[a-z]{2,4})$", re.IGNORECASE)
_SLOGAN = re.compile(r"\s+[|–—-]\s+|\s*\|\s*|:\s+")
_TITLE_TAIL = re.compile(r"\s+[|–—-]\s+|\s*\|\s*")
_SECOND_LEVEL = frozenset({"co", "com", "org", "net", "ac", "gov", "edu", "or", "ne"})
_SUBDOMAINS = frozenset(
    {"www", "m", "mobile", "amp", "edition", "news", "blog", "en", "de", "fr", "es", "ru", "it", "uk", "us"}
)
_LONGEST, _LONGEST_HEAD = 60, 500
_DOMAIN_NAME_COST = 0.65
"""``Post.com`` names a site only where nothing else does."""
_META_NAMES = (
    "publisher", "application-name", "apple-mobile-web-app-title", "al:ios:app_name", "dc.publisher", "cre", "source",
)  # fmt: skip
_GOOD_FIT = 0.6
_EDITION = re.compile(
    r"\s+\(?(?:international|edition|worldwide|global|usa?|uk|india|canada|australia|africa|asia|europe|deutschland|france|"
    r"espa[ñn]a|italia|brasil|nederland|polska|south africa|new zealand|middle east|[a-z]+ edition)\)?$",
    re.IGNORECASE,
)
_STAFF = re.compile(
    r"\s+(?:(?:news|wire|editorial|web|digital)\s+)?(?:staff|services?|reports?|bureau|desk|team|writers?|editors?|correspondent)\b.*$",
    re.IGNORECASE,
)


def find_outlet(markup: Markup, title: str | None) -> Found | None:
    """The name the site goes by: the one that fits its address best, with the most trusted markup first."""
    host = host_of(markup)
    site = _core(host)
    best: tuple[float, Found] | None = None
    for place, (words, where) in enumerate(_candidates(markup, title, site)):
        name = _tidied(words, site)
        if not name:
            continue
        score = _fit(name, site) - 0.05 * min(place, 6) - (_DOMAIN_NAME_COST if _is_domain_name(words, name) else 0)
        if best is None or score > best[0]:
            best = score, Found(name, where)
    if best is not None:
        return best[1]
    return next(_handles(markup), None) or (Found(site_of(host), "address") if host else None)


def host_of(markup: Markup) -> str:
    """The host that serves the page, without ``www.``; of its canonical address where the page's own is unknown."""
    for address in (markup.url, markup.meta.first("og:url"), markup.meta.link("canonical")):
        if host := host_in(address):
            return host
    return ""


def host_in(address: str | None) -> str:
    """Host of an address in lower case without ``www.``; empty where it is none."""
    try:
        parts = urlsplit(address or "")
        host = (parts.hostname or "") if parts.scheme in ("http", "https") else ""
    except ValueError:
        return ""
    return host.lower().removeprefix("www.").removeprefix("m.").rstrip(".")


def site_of(host: str) -> str:
    """The registered part of a host name, near enough for telling sites apart."""
    parts = host.split(".")
    keep = 3 if len(parts) > 2 and parts[-2] in _SECOND_LEVEL and len(parts[-1]) == 2 else 2
    return ".".join(parts[-keep:])


def same_outlet(one: str | None, other: str | None) -> bool:
    """Whether two names can stand for one outlet: equal, or one holds the other."""
    a, b = _key(one), _key(other)
    if not a or not b:
        return False
    words, other_words = word_set(one) - {"the"}, word_set(other) - {"the"}
    return a == b or words <= other_words or other_words <= words or (min(len(a), len(b)) >= 4 and (a in b or b in a))


def _key(name: str | None) -> str:
    return squeezed(_DOMAIN_TAIL.sub("", re.sub(r"^\s*the\s+", "", name or "", flags=re.IGNORECASE)))


def _core(host: str) -> str:
    return squeezed(site_of(host).split(".")[0]) if host else ""


def _candidates(markup: Markup, title: str | None, site: str) -> Iterator[tuple[str, str]]:
    """Names the page gives its site, the most trusted first, with where each stands."""
    yield from ((value, "meta") for value in markup.meta.all("og:site_name"))
    yield from ((name_of(publisher), "json-ld") for publisher in as_list(markup.data.article.get("publisher")))
    for node in markup.data.organizations():
        yield from (
            (name_of(value), "json-ld") for name in ("name", "alternateName") for value in as_list(node.get(name))
        )
    yield from ((stated, "meta") for name in _META_NAMES if (stated := markup.meta.first(name)))
    head = attribute_line(markup.tree.findtext(".//title"))[:_LONGEST_HEAD]
    if title and head:
        parts = _TITLE_TAIL.split(head)
        others = [part for part in (parts[-1], parts[0]) if squeezed(part) and squeezed(part) not in squeezed(title)]
        yield from ((part, "title element") for part in others[:1])
    yield from _newsrooms(markup, site)


def _newsrooms(markup: Markup, site: str) -> Iterator[tuple[str, str]]:
    """``Example Herald Staff`` as author of a page of exampleherald.com names the outlet."""
    authors = [(name_of(author), "json-ld") for author in as_list(markup.data.article.get("author"))]
    for author, where in (*authors, (markup.meta.first("author", "sailthru.author") or "", "meta")):
        newsroom = _STAFF.sub("", author)
        if newsroom != author and _fit(newsroom, site) >= _GOOD_FIT:
            yield newsroom, where


def _handles(markup: Markup) -> Iterator[Found]:
    """Accounts on social networks whose capitals show a name: ``ExampleNews`` is Example News."""
    page = (markup.meta.first("article:publisher") or "").rstrip("/").rsplit("/", 1)[-1]
    for handle in (markup.meta.first("twitter:site") or "", page):
        if re.fullmatch(r"@?[A-Za-z]*[a-z][A-Z][A-Za-z]*", handle):
            yield Found(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", handle.lstrip("@")), "meta")


def _is_domain_name(words: str, name: str) -> bool:
    return squeezed(name) in squeezed(words) and any(
        _DOMAIN_TAIL.search(word) and squeezed(name) in squeezed(word) for word in words.split()
    )


def _tidied(words: str, site: str) -> str:
    """A candidate without slogan and domain ending; empty where it is an address, a handle or too long for a name."""
    words = words.strip().lstrip("@")
    if "://" in words or ("/" in words.rstrip("/")[-12:] and " " not in words):
        return ""
    parts = [part.strip() for part in _SLOGAN.split(words) if part.strip()]
    if len(parts) > 1:
        words = max(parts, key=lambda part: (_fit(part, site), -parts.index(part)))
    bare = _DOMAIN_TAIL.sub("", words) if " " not in words else words
    if len(bare) >= 4 and bare != words and any(c.isupper() for c in bare[1:]):
        words = bare  # NewsSite.com: the capitals show the name
    without_edition = _EDITION.sub("", words)
    if without_edition != words and _key(without_edition) == site:
        words = without_edition
    return words if words and len(words) <= _LONGEST and squeezed(words) else ""


def _fit(name: str, site: str) -> float:
    """How well a name fits the site's address, 0 to 1."""
    key = _key(name)
    if not key or not site:
        return 0.0
    if key == site or squeezed(name) == site:
        return 1.0
    initials = "".join(word[0] for word in re.findall(r"\w+", name.casefold()))
    if initials and len(initials) > 1 and (initials == site or (len(initials) > 2 and initials in site)):
        return 0.9
    if site in key or key in site:
        return 0.6 + 0.3 * min(len(site), len(key)) / max(len(site), len(key))
    words = [squeezed(word) for word in name.split()]
    return 0.4 if any(len(word) > 3 and word in site for word in words) else 0.1
