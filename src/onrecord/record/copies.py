"""Republished articles: found by MinHash, proved by their shingles, one original each.

MinHash bands (rensa) give candidates out of any number of articles; the shingles of the two texts then decide. A credit
line ("via Harbour Post") gives candidates too, lowers what they must share, and says which is the original.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import timedelta

from rensa import RMinHash

from onrecord.record.models import Article, CopyBand, Outlet
from onrecord.record.words import tokens

ROWS = 4
BANDS = 16
"""With 16 bands of 4 rows, texts that share 80 % of their shingles meet in a band 999 times of 1,000, 40 %: 337."""
SHINGLE = 4
MIN_SHINGLES = 30
"""Shorter texts are too alike by chance."""
SAME = 0.8
"""Share of the shorter text's shingles that a copy has without credit line ..."""
SAME_CREDITED = 0.5
"""... and with one."""
_SEED = 1871
_MOST_CANDIDATES = 50
_DAYS_AROUND = timedelta(days=14)


def shingles(text: str) -> set[str]:
    """Runs of four folded words."""
    words = [token.text for token in tokens(text)]
    return {" ".join(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)}


def bands(found: Iterable[str]) -> list[int]:
    """The bands of a text's MinHash, each as one number."""
    minhash = RMinHash(num_perm=ROWS * BANDS, seed=_SEED)
    minhash.update(sorted(found))
    digest = minhash.digest()
    rows = [digest[start : start + ROWS] for start in range(0, ROWS * BANDS, ROWS)]
    return [_number(index, row) for index, row in enumerate(rows)]


def find_copies(article: Article) -> set[int]:
    """Tell originals and copies among an article and those like it.

    Returns the primary keys of articles whose ``original`` changed. The article's bands are written anew.
    """
    mine = shingles(article.text)
    CopyBand.objects.filter(article=article).delete()
    if len(mine) < MIN_SHINGLES:
        return set()
    numbers = bands(mine)
    CopyBand.objects.bulk_create([CopyBand(article=article, band=number) for number in set(numbers)])
    alike = [other for other in _candidates(article, numbers) if _share(article, other, mine)]
    return _tell_original(_family(article, alike)) if alike else set()


def _candidates(article: Article, numbers: list[int]) -> list[Article]:
    found = CopyBand.objects.filter(band__in=numbers).exclude(article=article).values_list("article", flat=True)
    ids = {*found.distinct().order_by("-article")[:_MOST_CANDIDATES], *_credited_candidates(article)}
    return list(Article.objects.filter(pk__in=ids).select_related("current", "outlet", "credited_outlet"))


def _credited_candidates(article: Article) -> list[int]:
    """Articles of the outlet it credits, and those that credit its own, of the days around: a copy that was cut or
    added to shares too little for MinHash to see."""
    if article.published_on is None:
        return []
    days = (article.published_on - _DAYS_AROUND, article.published_on + _DAYS_AROUND)
    near = Article.objects.filter(published_on__range=days).exclude(pk=article.pk).order_by("-pk")
    found: list[int] = []
    if article.credited_outlet_id:
        found += near.filter(outlet=article.credited_outlet_id).values_list("pk", flat=True)[:_MOST_CANDIDATES]
    if article.outlet_id:
        found += near.filter(credited_outlet=article.outlet_id).values_list("pk", flat=True)[:_MOST_CANDIDATES]
    return found


def _share(article: Article, other: Article, mine: set[str]) -> bool:
    theirs = shingles(other.text)
    if len(theirs) < MIN_SHINGLES:
        return False
    shared = len(mine & theirs) / min(len(mine), len(theirs))
    return shared >= (SAME_CREDITED if _credits(article, other) or _credits(other, article) else SAME)


def _credits(article: Article, other: Article) -> bool:
    """``article`` says that it republishes the outlet of ``other``."""
    return bool(article.credited_outlet_id and article.credited_outlet_id == other.outlet_id)


def _family(article: Article, alike: list[Article]) -> list[Article]:
    """The article, those like it, and what is known already to belong with them."""
    roots = {one.original_id or one.pk for one in alike}
    members = Article.objects.filter(pk__in=roots) | Article.objects.filter(original__in=roots)
    found = {one.pk: one for one in members.select_related("outlet", "credited_outlet")}
    found[article.pk] = article
    return list(found.values())


def _tell_original(family: list[Article]) -> set[int]:
    """The original is the one whose outlet the others credit, else one that credits nobody, else the earliest."""
    credited = {one.credited_outlet_id for one in family if one.credited_outlet_id}

    def rank(one: Article) -> tuple[bool, bool, str, int]:
        return (one.outlet_id not in credited, bool(one.credited_outlet_id), str(one.published_at or "9"), one.pk)

    original = min(family, key=rank)
    changed = set()
    for one in family:
        wanted = None if one.pk == original.pk else original
        why = _why(one, original) if wanted else ""
        if one.original_id != (wanted.pk if wanted else None):
            one.original, one.original_why = wanted, why
            one.save(update_fields=["original", "original_why"])
            changed.add(one.pk)
    return changed


def _why(copy: Article, original: Article) -> str:
    outlet: Outlet | None = original.outlet
    return f"credits {outlet.name}, same text" if outlet and _credits(copy, original) else "same text, published later"


def _number(index: int, row: list[int]) -> int:
    """A band as a number that fits a signed 64-bit column."""
    digest = hashlib.blake2b(repr((index, list(row))).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
