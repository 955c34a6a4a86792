"""Evidence that a reply is spam, or is not: named features between 0 and 1 with a reason in plain words for each.

A feature's ``weight`` is what we believe of it before any data: the prior is fitted around these beliefs, so that kinds
of spam the corpora lack (pills, casinos, link building) are still recognised.
"""

from __future__ import annotations

import math
import re
import tomllib
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import resources
from typing import Any

from onrecord.spam.text import ReadText, guess_language, main_script, read_text, words_of


@dataclass(frozen=True, slots=True)
class Submission:
    """A reply as it was handed in, with what is known about it. Unknown is ``None`` and counts neither way."""

    text: str
    name: str = ""
    website: str = ""
    article_text: str = ""
    article_language: str | None = None
    own_hosts: tuple[str, ...] = ()
    """Hosts of the site itself; links to them are no evidence."""
    form_seconds: float | None = None
    """Seconds between showing the form and posting it."""
    honeypot: bool = False
    """A field was filled that people do not see."""
    published_before: int = 0
    """Replies of this author that were published."""
    spam_before: int = 0
    """Replies of this author that were spam."""
    from_network: int = 0
    """Replies from the same network in the last hour."""
    same_elsewhere: int = 0
    """Other threads in which the same text was posted."""
    spam_hosts: frozenset[str] = frozenset()
    """Hosts that moderators have marked as spam on this site."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A kind of evidence: its name, what it means for people, and the weight we give it before any data."""

    name: str
    reason: str
    weight: float


PHRASES: dict[str, dict[str, Any]] = tomllib.loads(
    resources.files(__package__).joinpath("phrases.toml").read_text("utf-8")
)
_APPEALS = frozenset(name for name, phrase in PHRASES.items() if phrase["weight"] >= 1)


def _compile(patterns: list[str]) -> re.Pattern[str]:
    """One pattern for many. What begins at a word boundary is tried there only, which makes it several times faster."""
    at_words = [pattern.removeprefix(r"\b") for pattern in patterns if pattern.startswith(r"\b")]
    elsewhere = [pattern for pattern in patterns if not pattern.startswith(r"\b")]
    grouped = [rf"\b(?:{'|'.join(at_words)})"] if at_words else []
    return re.compile("|".join(grouped + elsewhere))


_COMPILED = {name: _compile(phrase["patterns"]) for name, phrase in PHRASES.items()}

_SHORTENERS = frozenset(
    (
        "bit.ly tinyurl.com goo.gl ow.ly is.gd t.co adf.ly urlz.fr cutt.ly shorturl.at rb.gy tiny.cc buff.ly "
        "clck.ru vk.cc u.to bitly.com linktr.ee shorte.st lnkd.in rebrand.ly"
    ).split()
)
_CONTACT_HOSTS = frozenset("t.me wa.me telegram.me api.whatsapp.com chat.whatsapp.com discord.gg line.me m.me".split())
_CHEAP_ENDINGS = frozenset(
    (
        "xyz top club online site shop store live icu tk ml ga cf gq biz info click link buzz rest ltd vip "
        "win loan bid pw ws cc su"
    ).split()
)
_KNOWN_HOSTS = frozenset(
    (
        "wikipedia.org bbc.com bbc.co.uk reuters.com apnews.com nytimes.com theguardian.com "
        "washingtonpost.com aljazeera.com spiegel.de lemonde.fr un.org europa.eu github.com archive.org "
        "doi.org nature.com arxiv.org"
    ).split()
)

_EMAIL = re.compile(r"[\w.+-]{1,64}\s?(?:@|\(at\)|\[at\])\s?[\w-]{1,64}\s?\.\s?[a-z]{2,10}", re.IGNORECASE)
_HANDLE = re.compile(r"(?<![\w.])@[a-z0-9_]{4,32}\b", re.IGNORECASE)
_PHONE = re.compile(r"(?<!\d)(?:\+|00|0|\()\d(?:[\s().-]?\d){8,13}(?!\d)|(?<!\d)\d{5}(?!\d)(?= (?:now|to|for|stop))")
_WALLET = re.compile(r"\b(?:0x[0-9a-f]{40}|bc1[0-9a-z]{25,60}|[13][1-9A-HJ-NP-Za-km-z]{25,34})\b")
_CURRENCY = r"[$€£₽]|(?:usd|eur|dollars?|euros?|руб\w{0,3}|bucks|k per|btc|usdt|тыс\w{0,2})\b"
_CURRENCY = r"(?:[$€£₽]|(?:usd|eur|dollars?|euros?|руб\w{0,3}|bucks|k per|btc|usdt|тыс\w{0,2})\b)"
_MONEY = re.compile(rf"[$€£₽₿]\s?\d|\d[\d.,]{{0,12}}\s?{_CURRENCY}")
_LONG_RUN = re.compile(r"(\S)\1{3,}")
_SHOUT = re.compile(r"[!¡]{2,}|[!?]{3,}")
_ID_CODE = re.compile(r"\b(?=[A-Za-z0-9_-]{9,}\b)(?=\S{0,40}[A-Z])(?=\S{0,40}[a-z])(?=\S{0,40}\d)[A-Za-z0-9_-]{9,40}\b")
_VIDEO_PATH = re.compile(r"/?\bwatch\s?\?\s?v\s?=")
_ARROWS = re.compile(r"[-=]{2,}>|>{2,}|►|➡|👉|👇|⬇|→|↓|☛")

FEATURES: tuple[Evidence, ...] = (
    Evidence("bias", "", -1.2),
    *(Evidence(name, phrase["reason"], phrase["weight"]) for name, phrase in PHRASES.items()),
    Evidence("several_appeals", "It combines several kinds of advertising.", 2.0),
    Evidence("links", "It contains a link.", 1.2),
    Evidence("many_links", "It contains many links.", 1.8),
    Evidence("link_only", "It is hardly more than a link.", 2.0),
    Evidence("link_share", "Links take up most of it.", 0.8),
    Evidence("bare_domain", "It writes out a web address.", 1.2),
    Evidence("short_link", "It hides a link's target behind a shortener.", 1.2),
    Evidence("chat_link", "It links to a private chat.", 2.0),
    Evidence("cheap_domain", "It links to a kind of address that spam often uses.", 1.4),
    Evidence("known_domain", "", -1.2),
    Evidence("hand_markup", "It contains link code.", 1.0),
    Evidence("email", "It gives an e-mail address.", 1.6),
    Evidence("handle", "It gives an account to write to.", 0.8),
    Evidence("phone", "It gives a phone number.", 2.0),
    Evidence("wallet", "It gives a wallet address.", 3.0),
    Evidence("money", "It names sums of money.", 0.8),
    Evidence("capitals", "Much of it is in capital letters.", 0.5),
    Evidence("shouting", "It uses rows of exclamation marks.", 0.2),
    Evidence("emoji", "It uses many pictures.", 0.4),
    Evidence("arrows", "It points at something with arrows.", 1.2),
    Evidence("long_runs", "", 0.0),
    Evidence("repeats_itself", "It repeats itself.", 1.0),
    Evidence("id_code", "It contains a code.", 0.8),
    Evidence("mixed_script", "It mixes alphabets within words.", 2.2),
    Evidence("invisible", "It contains invisible characters.", 0.8),
    Evidence("no_words", "", 0.0),
    Evidence("short", "", -0.4),
    Evidence("long", "", 0.3),
    Evidence("website", "The writer left a web address.", 0.3),
    Evidence("website_spam", "The writer's web address looks like advertising.", 1.6),
    Evidence("name_advert", "The writer's name looks like advertising.", 2.4),
    Evidence("other_script", "It is in another alphabet than the article.", 1.6),
    Evidence("other_language", "It is in another language than the article.", 1.0),
    Evidence("off_topic", "It shares no words with the article.", 0.5),
    Evidence("on_topic", "", -1.2),
    Evidence("too_fast", "It was posted faster than anyone can write.", 2.0),
    Evidence("honeypot", "A field that people cannot see was filled in.", 6.0),
    Evidence("known_author", "", -2.0),
    Evidence("spam_author", "The writer has posted spam here before.", 2.5),
    Evidence("busy_network", "Many replies came from the same network within an hour.", 1.2),
    Evidence("same_elsewhere", "The same text was posted elsewhere on the site.", 2.5),
    Evidence("spam_host", "It links to an address that was spam here before.", 3.0),
)
INDEX = {feature.name: position for position, feature in enumerate(FEATURES)}


def evidence_of(submission: Submission, read: ReadText | None = None) -> dict[str, float]:
    """Name of each piece of evidence that is present -> its strength, 0 to 1."""
    read = read or read_text(submission.text)
    found = {"bias": 1.0}
    for group in (
        _phrases(read),
        _links(read, submission),
        _handles(read),
        _style(read),
        _author(submission),
        _context(read, submission),
    ):
        found.update((name, strength) for name, strength in group if strength > 0)
    return found


def _phrases(read: ReadText) -> Iterable[tuple[str, float]]:
    appeals = 0
    for name, pattern in _COMPILED.items():
        hits = sum(1 for _ in pattern.finditer(read.plain))
        if hits:
            appeals += name in _APPEALS
            yield name, min(1.0, 0.7 + 0.15 * hits)
    yield "several_appeals", min(1.0, max(0, appeals - 1) / 2)


def _links(read: ReadText, submission: Submission) -> Iterable[tuple[str, float]]:
    hosts = [host for host in read.hosts if not _belongs(host, submission.own_hosts)]
    count = len(hosts)
    yield "links", float(count > 0)
    yield "many_links", min(1.0, math.log2(count) / 3) if count > 1 else 0.0
    yield "link_only", float(count > 0 and len(read.words) <= 3)
    yield "link_share", read.link_share if count else 0.0
    yield "bare_domain", float(read.bare_domains > 0 or bool(_VIDEO_PATH.search(read.plain)))
    yield "short_link", float(any(host in _SHORTENERS for host in hosts))
    yield "chat_link", float(any(host in _CONTACT_HOSTS for host in hosts))
    yield "cheap_domain", float(any(host.rsplit(".", 1)[-1] in _CHEAP_ENDINGS for host in hosts))
    yield "known_domain", float(count > 0 and all(_belongs(host, _KNOWN_HOSTS) for host in hosts))
    yield "hand_markup", float(read.has_markup)
    yield "spam_host", float(any(host in submission.spam_hosts for host in hosts))


def _belongs(host: str, domains: Iterable[str]) -> bool:
    return any(host == domain or host.endswith(f".{domain}") for domain in domains)


def _handles(read: ReadText) -> Iterable[tuple[str, float]]:
    yield "email", float(bool(_EMAIL.search(read.plain)))
    yield "handle", float(bool(_HANDLE.search(read.plain)))
    yield "phone", float(bool(_PHONE.search(read.plain)))
    yield "wallet", float(bool(_WALLET.search(read.shown)))
    yield "money", min(1.0, len(_MONEY.findall(read.plain)) / 2)
    yield "id_code", float(bool(_ID_CODE.search(read.shown)))


def _style(read: ReadText) -> Iterable[tuple[str, float]]:
    letters = [character for character in read.shown if character.isalpha()]
    if len(letters) >= 8:
        yield "capitals", max(0.0, sum(character.isupper() for character in letters) / len(letters) - 0.3) / 0.7
    yield "shouting", min(1.0, len(_SHOUT.findall(read.shown)) / 3)
    yield (
        "emoji",
        min(
            1.0,
            sum(0x1F300 <= ord(character) <= 0x1FAFF or 0x2600 <= ord(character) <= 0x27BF for character in read.shown)
            / 6,
        ),
    )
    yield "arrows", float(bool(_ARROWS.search(read.shown)))
    yield "long_runs", min(1.0, len(_LONG_RUN.findall(read.shown)) / 3)
    yield "repeats_itself", _repetition(read.raw)
    yield "mixed_script", min(1.0, max(0, read.disguised - 1) / 3)
    yield "invisible", min(1.0, read.invisible / 3)
    yield "no_words", float(not read.words)
    words = len(read.words)
    yield "short", max(0.0, 1 - words / 12)
    yield "long", min(1.0, max(0.0, math.log10(max(1, words) / 40)))


def _repetition(text: str) -> float:
    """How far beyond ordinary prose a text can be compressed, 0 to 1."""
    data = " ".join(text.split()).encode()
    if len(data) < 80:
        return 0.0
    ratio = len(zlib.compress(data, 6)) / len(data)
    expected = 0.42 + 18 / math.pow(len(data), 0.85)
    return min(1.0, max(0.0, (expected - ratio) / expected * 1.3))


def _author(submission: Submission) -> Iterable[tuple[str, float]]:
    yield "website", float(bool(submission.website))
    if submission.website:
        site = read_text(submission.website.replace("-", " ").replace("/", " ").replace(".", " "))
        yield (
            "website_spam",
            float(_is_advert(site) or submission.website.rstrip("/").rsplit(".", 1)[-1] in _CHEAP_ENDINGS),
        )
    name = read_text(submission.name)
    yield "name_advert", float(_is_advert(name) or bool(name.hosts) or len(name.words) > 5)
    yield "known_author", min(1.0, submission.published_before / 3) if not submission.spam_before else 0.0
    yield "spam_author", min(1.0, submission.spam_before / 2)


def _is_advert(read: ReadText) -> bool:
    return any(
        _COMPILED[name].search(read.plain)
        for name in ("pills", "gambling", "adult", "shop", "seo", "earn_money", "investment", "prize")
    )


def _context(read: ReadText, submission: Submission) -> Iterable[tuple[str, float]]:
    if submission.article_text and read.words:
        yield from _against_article(read, submission)
    seconds = submission.form_seconds
    if seconds is not None:
        yield "too_fast", float(seconds < 2 or len(read.shown) / max(seconds, 0.1) > 40)
    yield "honeypot", float(submission.honeypot)
    yield "busy_network", min(1.0, max(0, submission.from_network - 3) / 10)
    yield "same_elsewhere", min(1.0, submission.same_elsewhere / 2)


def _against_article(read: ReadText, submission: Submission) -> Iterable[tuple[str, float]]:
    article_script, script = main_script(submission.article_text[:2000]), main_script(read.shown)
    if article_script and script and article_script != script:
        yield "other_script", 1.0
    else:
        language = guess_language(read.words)
        if submission.article_language and language:
            yield "other_language", float(language != submission.article_language[:2].casefold())
    telling = {word for word in read.words if len(word) > 4}
    if telling:
        shared = len(telling & set(words_of(submission.article_text))) / len(telling)
        yield "on_topic", min(1.0, shared * 3)
        yield "off_topic", float(len(telling) >= 5 and not shared)
