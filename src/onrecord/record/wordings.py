"""The same words in several articles: quotations that share a long run of words, whoever cut or changed the rest.

Every run of six words is hashed, and of every three neighbouring hashes the least is kept (winnowing, Schleimer and
others 2003): two quotations that share eight words in a row always share a kept hash, wherever each begins and ends.
The words then decide.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from datetime import timedelta
from difflib import SequenceMatcher

from django.db.models import Q, QuerySet

from onrecord.record.models import Article, Statement, Wording, WordingMark, WordingUse
from onrecord.record.search.entries import chunks
from onrecord.record.words import tokens

RUN = 6
"""Words of a hashed run, and the least that two quotations must share ..."""
LONG_RUN = 8
"""... which is enough where it is the whole of one of them; else they must share this many in a row."""
DAYS = timedelta(days=60)
"""Between two articles: the same words after that long are more likely said again."""
_WINDOW = LONG_RUN - RUN + 1
_MOST_CANDIDATES = 200
_QUOTED = re.compile(r"[“\"«„]([^“”\"«»„]+)(?:[”\"»]|$)")
_MOST_SHOWN = 60


def quoted_words(statement: Statement) -> list[str]:
    """Folded words of a statement that stand in quotation marks, in order."""
    if statement.kind == "direct":
        return [token.text for token in tokens(statement.words)]
    if statement.kind == "mixed":
        return [token.text for part in _QUOTED.findall(statement.words) for token in tokens(part)]
    return []


def marks(words: list[str]) -> set[int]:
    """The kept hashes of all runs of six words."""
    hashes = [_number(" ".join(words[i : i + RUN])) for i in range(len(words) - RUN + 1)]
    if len(hashes) <= _WINDOW:
        return {min(hashes)} if hashes else set()
    return {min(hashes[i : i + _WINDOW]) for i in range(len(hashes) - _WINDOW + 1)}


def are_same(one: list[str], other: list[str]) -> bool:
    """They share a long run of words, or the whole of the shorter one."""
    run = SequenceMatcher(None, one, other, autojunk=False).find_longest_match().size
    return run >= LONG_RUN or (run >= RUN and run == min(len(one), len(other)))


def link_wordings(article: Article) -> None:
    """Tie the quotations of an article to those of others that have the same words; what no longer fits is let go."""
    statements = list(_linkable().filter(article=article))
    words = {statement.pk: quoted_words(statement) for statement in statements}
    WordingMark.objects.filter(statement__article=article).delete()
    own = {pk: marks(found) for pk, found in words.items()}
    WordingMark.objects.bulk_create([WordingMark(statement_id=pk, mark=mark) for pk in own for mark in sorted(own[pk])])
    others = _candidates(article, {mark for found in own.values() for mark in found})
    for statement in statements:
        alike = [
            other
            for other, theirs, other_marks in others
            if own[statement.pk] & other_marks and are_same(words[statement.pk], theirs)
        ]
        _tie(statement, alike) if alike else _let_go(statement)
    gone = WordingUse.objects.filter(statement__article=article, is_apart=False)
    for use in gone.exclude(statement__in=words).select_related("statement"):
        _let_go(use.statement)


def write_marks(statements: Iterable[int]) -> None:
    """Write the hashes of these statements (by primary key), as after an import that brings its wordings along."""
    for some in chunks(statements):
        found = _linkable().filter(pk__in=some)
        WordingMark.objects.bulk_create(
            [WordingMark(statement=one, mark=mark) for one in found for mark in sorted(marks(quoted_words(one)))]
        )


def _linkable() -> QuerySet[Statement]:
    return Statement.objects.exclude(status=Statement.Status.WITHDRAWN).filter(
        is_current=True, is_retired=False, article__original__isnull=True, kind__in=("direct", "mixed")
    )


def _candidates(article: Article, found: set[int]) -> list[tuple[Statement, list[str], set[int]]]:
    """Statements of other articles of the time that share a hash, with their words and the hashes shared."""
    shared = WordingMark.objects.filter(mark__in=found, statement__in=_linkable().exclude(article=article))
    if article.published_on:
        days = (article.published_on - DAYS, article.published_on + DAYS)
        shared = shared.filter(Q(statement__published_on__range=days) | Q(statement__published_on=None))
    by_statement: dict[int, set[int]] = {}
    for pk, mark in shared.order_by("-statement").values_list("statement", "mark")[: _MOST_CANDIDATES * 10]:
        by_statement.setdefault(pk, set()).add(mark)
    statements = Statement.objects.in_bulk(list(by_statement)[:_MOST_CANDIDATES])
    return [(statement, quoted_words(statement), by_statement[pk]) for pk, statement in statements.items()]


def _tie(statement: Statement, alike: Iterable[Statement]) -> None:
    """One wording for a statement and those like it; wordings that it turns out to join become one, the oldest."""
    members = {statement.pk, *(other.pk for other in alike)}
    apart = set(WordingUse.objects.filter(statement__in=members, is_apart=True).values_list("statement", flat=True))
    members -= apart
    if statement.pk in apart or len(members) < 2:
        return
    wordings = list(Wording.objects.filter(uses__statement__in=members, uses__is_apart=False).distinct().order_by("pk"))
    wording = wordings[0] if wordings else Wording.objects.create(words=statement.words)
    for other in wordings[1:]:
        other.uses.update(wording=wording)
        other.delete()
    known = set(wording.uses.values_list("statement", flat=True))
    WordingUse.objects.bulk_create(
        [WordingUse(wording=wording, statement_id=pk, similarity=1.0) for pk in sorted(members - known)]
    )
    describe(wording)


def _let_go(statement: Statement) -> None:
    use = WordingUse.objects.filter(statement=statement, is_apart=False).select_related("wording").first()
    if use:
        use.delete()
        describe(use.wording)


def describe(wording: Wording) -> None:
    """Say of a wording which is its fullest form, where it was first seen, and how each use differs; one that is left
    with a single use is none."""
    uses = list(wording.uses.filter(is_apart=False).select_related("statement__article"))
    if len(uses) < 2:
        # One that an editor took out keeps its wording, so that taking that back finds it again.
        if not wording.uses.filter(is_apart=True).exists():
            wording.delete()
        return
    fullest = max(uses, key=lambda use: (len(quoted_words(use.statement)), -use.statement_id)).statement
    first = min(uses, key=lambda use: (str(use.statement.article.published_at or "9"), use.statement_id))
    wording.words, wording.first = fullest.words, first.statement.article
    wording.save(update_fields=["words", "first"])
    for use in uses:
        use.similarity, use.difference = _compare(fullest.words, use.statement.words)
    WordingUse.objects.bulk_update(uses, ["similarity", "difference"])


def _compare(fullest: str, words: str) -> tuple[float, str]:
    """How much of the fullest form is there, and what was cut and put instead."""
    theirs, mine = list(tokens(fullest)), list(tokens(words))
    matcher = SequenceMatcher(None, [t.text for t in theirs], [t.text for t in mine], autojunk=False)
    said = []
    for kind, i, j, k, m in matcher.get_opcodes():
        cut = fullest[theirs[i].start : theirs[j - 1].end] if j > i else ""
        put = words[mine[k].start : mine[m - 1].end] if m > k else ""
        if kind == "delete":
            said.append(f"without “{_shortened(cut)}”")
        elif kind == "insert":
            said.append(f"with “{_shortened(put)}”")
        elif kind == "replace":
            said.append(f"“{_shortened(put)}” for “{_shortened(cut)}”")
    same = sum(block.size for block in matcher.get_matching_blocks())
    return same / (len(theirs) or 1), "; ".join(said)


def _shortened(words: str) -> str:
    words = " ".join(words.split())
    half = _MOST_SHOWN // 2
    return (
        words if len(words) <= _MOST_SHOWN else f"{words[:half].rsplit(' ', 1)[0]} … {words[-half:].split(' ', 1)[-1]}"
    )


def _number(run: str) -> int:
    return int.from_bytes(hashlib.blake2b(run.encode(), digest_size=8).digest(), "big", signed=True)
