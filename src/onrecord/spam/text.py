"""A reply's text made comparable: markup removed, links taken out, disguises undone.

Every function is linear in the length of its input; :data:`LONGEST` characters are looked at, the rest only counted.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from urllib.parse import urlsplit

LONGEST = 6000
"""Characters that are read: the first two thirds and the last third of them, as spam likes to hide at the end."""

_TAG = re.compile(r"<[a-zA-Z/!][^<>]{0,2000}>")
_HREF = re.compile(r"""href\s{0,5}=\s{0,5}["']?([^"'\s>]{1,1000})""", re.IGNORECASE)
_URL = re.compile(r"(?:https?://|www\.)[^\s<>\"'\]\)]{2,1000}", re.IGNORECASE)
_BBCODE = re.compile(r"\[/?(?:url|link|img|b)(?:=[^\]\s]{0,500})?\]", re.IGNORECASE)
_BARE_DOMAIN = re.compile(
    r"\b[a-z0-9][a-z0-9-]{1,40}\s?\.\s?(?:com|net|org|info|biz|ru|xyz|top|club|online|site|shop|store|live|icu|co|io|me|tk|ml|pl|in|us|de|fr|ir)\b"
    r"(?:/[^\s<>\"']{0,300})?",
    re.IGNORECASE,
)
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+")


@dataclass(frozen=True, slots=True)
class ReadText:
    """A reply's text as the filter sees it."""

    raw: str
    words: tuple[str, ...]
    """Case-folded words and numbers; links are not among them."""
    plain: str
    """Case-folded text without markup, with links replaced by a space."""
    shown: str
    """As ``plain``, with its capitals."""
    hosts: tuple[str, ...]
    """Host of each link, in order."""
    bare_domains: int
    """Addresses written without ``http://`` or ``www.``."""
    has_markup: bool
    """Links written in HTML or BBCode by hand."""
    disguised: int
    """Words that borrow lookalike letters of another alphabet."""
    invisible: int
    """Zero-width and direction characters."""
    link_share: float
    """How much of the text its links take, 0 to 1."""


def read_text(text: str) -> ReadText:
    """Take a reply's text apart."""
    raw = shorten(text)
    unescaped = html.unescape(html.unescape(raw))
    hrefs = _HREF.findall(unescaped)
    without_tags = _TAG.sub(" ", unescaped)
    has_markup = bool(hrefs) or bool(_BBCODE.search(without_tags))
    without_tags = _BBCODE.sub(" ", without_tags)
    invisible = len(_INVISIBLE.findall(without_tags.strip("\ufeff \n\r\t")))
    visible = unicodedata.normalize("NFKC", _INVISIBLE.sub("", without_tags))
    urls = _URL.findall(visible)
    shown = _URL.sub(" ", visible)
    bare = _BARE_DOMAIN.findall(shown)
    hosts = tuple(host for host in map(host_of, [*hrefs, *urls]) if host)
    shown = " ".join(shown.split())
    shown, disguised = undisguise(shown)
    plain = shown.casefold()
    length = len(shown) + sum(map(len, urls))
    return ReadText(
        raw=raw,
        words=tuple(_WORD.findall(plain)),
        plain=plain,
        shown=shown,
        hosts=hosts,
        bare_domains=len(bare),
        has_markup=has_markup,
        disguised=disguised,
        invisible=invisible,
        link_share=sum(map(len, urls)) / length if length else 0.0,
    )


def shorten(text: str) -> str:
    """At most :data:`LONGEST` characters of a text, from its beginning and its end."""
    if len(text) <= LONGEST:
        return text
    head = LONGEST * 2 // 3
    return f"{text[:head]} {text[head - LONGEST :]}"


def host_of(url: str) -> str | None:
    """Host of a URL, without ``www.``; ``None`` where it has none."""
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host and "." in host else None


def words_of(text: str) -> tuple[str, ...]:
    """Case-folded words and numbers of any text."""
    return tuple(_WORD.findall(unicodedata.normalize("NFKC", shorten(text)).casefold()))


_LETTERS = re.compile(r"[^\W\d_]+")
_LATIN_TO_CYRILLIC = (
    "aа cс eе oо pр xх yу iі kк mм tт bь hн uи rг nп AА BВ CС EЕ "
    "HН KК MМ OО PР TТ XХ YУ αа βв οо εе ρр τт κк νн χх υу ηн ιі"
)
_SMALL_CAPITALS_TO_CYRILLIC = "ᴀа ʙв ᴦг ᴅд ᴇе ɜз ᴋк ᴧл ᴫл ʍм ᴍм ᴏо ᴨп ᴩр ᴘр ᴄс ᴛт ɸф ᴙя ʏу ɯш ᴎи Ꮲр Ꮶк Ꮻо"
_TO_LATIN_PAIRS = (
    "аa сc еe оo рp хx уy іi јj ѕs ԁd һh кk мm тt вb нh АA ВB СC "
    "ЕE НH КK МM ОO РP ТT ХX УY αa οo εe ρp τt κk νv χx υu ηn ιi"
)
_TO_CYRILLIC = {ord(pair[0]): pair[1] for pair in f"{_LATIN_TO_CYRILLIC} {_SMALL_CAPITALS_TO_CYRILLIC}".split()}
_TO_LATIN = {ord(pair[0]): pair[1] for pair in _TO_LATIN_PAIRS.split()}
_SMALL_CAPITALS = frozenset(pair[0] for pair in _SMALL_CAPITALS_TO_CYRILLIC.split())


def undisguise(shown: str) -> tuple[str, int]:
    """Give words that borrow letters from a second alphabet the letters of the first; also how many such words."""
    disguised = 0

    def restore(match: re.Match[str]) -> str:
        nonlocal disguised
        word = match.group()
        if word.isascii():
            return word
        scripts = Counter(script for script in map(script_of, word) if script)
        if not (len(scripts.keys() & {"latin", "cyrillic", "greek", "other"}) > 1 or _SMALL_CAPITALS & set(word)):
            return word
        disguised += 1
        to_cyrillic = scripts["cyrillic"] + scripts["other"] >= scripts["latin"] or bool(_SMALL_CAPITALS & set(word))
        return word.translate(_TO_CYRILLIC if to_cyrillic else _TO_LATIN)

    return _LETTERS.sub(restore, shown), disguised


_SCRIPTS = (
    ("latin", ((0x41, 0x24F), (0x1E00, 0x1EFF))),
    ("cyrillic", ((0x400, 0x52F),)),
    ("greek", ((0x370, 0x3FF),)),
    ("arabic", ((0x600, 0x6FF), (0x750, 0x77F), (0xFB50, 0xFDFF), (0xFE70, 0xFEFF))),
    ("hebrew", ((0x590, 0x5FF),)),
    ("devanagari", ((0x900, 0x97F),)),
    ("thai", ((0xE00, 0xE7F),)),
    ("hangul", ((0x1100, 0x11FF), (0xAC00, 0xD7AF))),
    ("kana", ((0x3040, 0x30FF),)),
    ("han", ((0x3400, 0x9FFF),)),
)


def script_of(character: str) -> str | None:
    """Writing system of a letter; ``None`` for anything else."""
    if not character.isalpha():
        return None
    code = ord(character)
    for name, ranges in _SCRIPTS:
        if any(low <= code <= high for low, high in ranges):
            return name
    return "other"


def main_script(text: str) -> str | None:
    """The writing system most letters belong to."""
    counts = Counter(script for script in map(script_of, text) if script)
    return counts.most_common(1)[0][0] if counts else None


_FUNCTION_WORDS = {
    "en": "the and you that is of to in it was for this with not are have they be what do he she we but from my",
    "de": "und der die das nicht ich ist ein eine zu wir auf mit sie es den von auch dass aber wie noch sind hat im",
    "fr": "le la les et est pas que une des pour dans vous ce qui je il elle nous sur avec mais du au sont très cette",
    "es": "el los que es una por para con no las lo como pero más muy esto mi tu del está hay ya sin todo",
    "pt": "o os que não uma por para com as mais muito isso meu seu do da em está mas já sem tudo você são",
    "it": "il che non una per con sono è gli della di ma questo molto anche come più mi ti nel del al ha",
    "ru": "и в не на что я с это как он но они мы все так вы за по у если то из есть бы только",
    "fa": "و در به از که این را با است برای آن یک می های ما هم شما نیست بود تا او من",
    "ar": "في من على ان إلى هذا ما لا عن مع هو التي الذي كان هذه كل بعد أن قد ذلك",
}
_LANGUAGES = {language: frozenset(words.split()) for language, words in _FUNCTION_WORDS.items()}


def guess_language(words: tuple[str, ...]) -> str | None:
    """The language whose function words a text uses; ``None`` where that does not say enough."""
    scores = {language: sum(word in known for word in words) for language, known in _LANGUAGES.items()}
    ranked = sorted(scores.items(), key=lambda item: -item[1])
    (best, hits), (_, second) = ranked[0], ranked[1]
    return best if hits >= 3 and hits > 1.5 * second else None
