"""Statements against gold that people wrote: found, speaker, act, kind, date, nesting, denials, and all of it at once.

A found statement matches a gold one when the Jaccard index of their content characters is at least 0.5 (white space
and outer punctuation aside), or, for a gold statement without content, when the cues overlap. One to one, best first.

found      F1 of matched statements
speaker    among matched: the right name, both unknown counting as right; case, accents, titles and initials aside
act, kind  among matched: equal
said_on    among matched: equal; dated: F1 over the statements that have a date
nested     F1 of pairs of inner and outer statement
denial     F1 of statements that deny; denied claim: share of gold claims that the found claim overlaps
complete   F1 of statements right as a whole: content Jaccard at least 0.8, speaker's name, act and date
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from onrecord.errors import SpanMismatch
from onrecord.evaluation.matching import Pair, one_to_one
from onrecord.evaluation.report import Measure, Report, corpus_files
from onrecord.flow import extract_many
from onrecord.terms import Article, Record

Row = Mapping[str, Any]
"""A statement or an article in its JSON form."""

ENOUGH_IN_COMMON = 0.5
NEARLY_ALL_IN_COMMON = 0.8
SAME_CUE_BONUS = 0.001
"""Two found statements with equally alike contents: the one with the gold's cue is the match."""
ASIDE = "“”\"'‘’.,"
TITLES = frozenset(
    """
    mr mrs ms miss dr sir dame lord lady sen senator rep representative gov governor president vice prime
    minister chancellor secretary judge justice gen general col capt lt sgt professor prof rev pope king queen
    prince princess the a an
    """.split()
)


def evaluate(data: Path) -> Report:
    """Score the statements that the program finds in the development articles of the gold."""
    return score(*gold_and_found(data))


def gold_and_found(data: Path) -> tuple[list[Row], list[Row]]:
    """The development articles of the gold, and what the program finds in them."""
    (path,) = corpus_files(data, "gold/dev.jsonl")
    gold: list[Row] = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    articles = (
        Article(id=row["id"], text=row["text"], title=row["title"], outlet=row["outlet"], published=row["published"])
        for row in gold
    )
    return gold, [result.to_dict() for result in extract_many(articles) if isinstance(result, Record)]


def score(gold: Sequence[Row], found: Sequence[Row]) -> Report:
    """Score ``found`` against ``gold``: both rows with ``id``, ``text`` and ``statements``, joined by ``id``.

    Raises:
        SpanMismatch: an article has another text in ``found`` than in ``gold``, so that no span can be compared.
    """
    by_id = {row["id"]: row for row in found}
    counts: Counter[str] = Counter()
    for row in gold:
        other = by_id.get(row["id"], {"text": row["text"], "statements": []})
        if other["text"] != row["text"]:
            raise SpanMismatch(f"{row['id']} was read with another text than the gold's; read the gold's own articles.")
        _count(counts, row["text"], row["statements"], other["statements"])
    matched = counts["matched"]
    return Report(
        "statements",
        f"Statements, gold development part ({len(gold)} articles, {counts['gold']} statements)",
        (
            Measure.f1("found", matched, counts["found"], counts["gold"]),
            Measure.share("speaker", counts["speaker"], matched),
            Measure.share("speaker named", counts["named right"], counts["named"]),
            Measure.share("speaker type", counts["type"], matched),
            Measure.share("act", counts["act"], matched),
            Measure.share("kind", counts["kind"], matched),
            Measure.share("said_on", counts["date"], matched),
            Measure.f1("dated", counts["dated right"], counts["dated found"], counts["dated gold"]),
            Measure.f1("nested", counts["nested right"], counts["nested found"], counts["nested gold"]),
            Measure.f1("denial", counts["deny right"], counts["deny found"], counts["deny gold"]),
            Measure.share("denied claim", counts["claims right"], counts["claims"]),
            Measure.f1("complete", counts["complete"], counts["found"], counts["gold"]),
        ),
        ("speaker, act, kind, said_on: share among matched statements; the others F1.",),
    )


def judged(text: str, gold: Sequence[Row], found: Sequence[Row]) -> list[dict[str, bool]]:
    """For each found statement, whether it is there, which fields are right, and whether all is (``complete``).

    A statement that matches none in the gold has nothing right.
    """
    nothing = dict.fromkeys(("found", "speaker", "act", "said_on", "complete"), False)
    verdicts = [dict(nothing) for _ in found]
    for pair in one_to_one(_pairs(text, gold, found)):
        counts: Counter[str] = Counter()
        _count_fields(counts, gold[pair.gold], found[pair.found], pair.alike)
        verdicts[pair.found] = {
            "found": True,
            "speaker": bool(counts["speaker"]),
            "act": bool(counts["act"]),
            "said_on": bool(counts["date"]),
            "complete": bool(counts["complete"]),
        }
    return verdicts


def _count(counts: Counter[str], text: str, gold: Sequence[Row], found: Sequence[Row]) -> None:
    """Add one article to the counts."""
    pairs = one_to_one(_pairs(text, gold, found))
    counts["gold"] += len(gold)
    counts["found"] += len(found)
    counts["matched"] += len(pairs)
    for side, statements in (("gold", gold), ("found", found)):
        counts[f"dated {side}"] += sum(row["said_on"] is not None for row in statements)
        counts[f"deny {side}"] += sum(row["act"] == "deny" for row in statements)
    counts["claims"] += sum(_claim(row) is not None for row in gold)
    _count_nesting(counts, gold, found, {pair.found: pair.gold for pair in pairs})
    for pair in pairs:
        _count_fields(counts, gold[pair.gold], found[pair.found], pair.alike)


def _count_fields(counts: Counter[str], gold: Row, found: Row, alike: float) -> None:
    """Add the fields of one matched statement to the counts."""
    same_name = name_key(gold["speaker"]["name"]) == name_key(found["speaker"]["name"])
    same_date = gold["said_on"] == found["said_on"]
    same_act = gold["act"] == found["act"]
    named = gold["speaker"]["name"] is not None
    counts["speaker"] += same_name
    counts["named"] += named
    counts["named right"] += named and same_name
    counts["type"] += gold["speaker"]["type"] == found["speaker"]["type"]
    counts["act"] += same_act
    counts["kind"] += gold["kind"] == found["kind"]
    counts["date"] += same_date
    counts["dated right"] += same_date and gold["said_on"] is not None
    counts["deny right"] += same_act and gold["act"] == "deny"
    counts["claims right"] += _overlap(_claim(gold), (found["denies"] or {}).get("claim"))
    counts["complete"] += alike >= NEARLY_ALL_IN_COMMON and same_name and same_act and same_date


def _count_nesting(counts: Counter[str], gold: Sequence[Row], found: Sequence[Row], gold_of: Mapping[int, int]) -> None:
    gold_index = {row["n"]: i for i, row in enumerate(gold)}
    found_index = {row["n"]: j for j, row in enumerate(found)}
    wanted = {(i, gold_index[row["within"]]) for i, row in enumerate(gold) if row["within"] in gold_index}
    nested = [(j, row["within"]) for j, row in enumerate(found) if row["within"] is not None]
    pairs = {(gold_of.get(j), gold_of.get(found_index.get(outer, -1))) for j, outer in nested}
    counts["nested gold"] += len(wanted)
    counts["nested found"] += len(nested)
    counts["nested right"] += len(wanted & pairs)


def _pairs(text: str, gold: Sequence[Row], found: Sequence[Row]) -> Iterator[Pair]:
    """Every gold and found statement that may stand for each other."""
    gold_letters = [_letters(text, row["content"]) for row in gold]
    found_letters = [_letters(text, row["content"]) for row in found]
    for i, row in enumerate(gold):
        for j, other in enumerate(found):
            same_cue = _overlap(row["cue"], other["cue"])
            if not gold_letters[i]:
                if same_cue and (not found_letters[j] or other["act"] == "decline"):
                    yield Pair(1.0, i, j)
            elif found_letters[j]:
                common = len(gold_letters[i] & found_letters[j]) / len(gold_letters[i] | found_letters[j])
                if common >= ENOUGH_IN_COMMON:
                    yield Pair(common + SAME_CUE_BONUS * same_cue, i, j)


def _letters(text: str, spans: Sequence[Sequence[int]]) -> set[int]:
    """Offsets of the characters that count when two contents are compared."""
    return {i for start, end in spans for i in range(start, end) if not text[i].isspace() and text[i] not in ASIDE}


def _claim(row: Row) -> Sequence[int] | None:
    """The span of what a denial denies."""
    denies = row["denies"] if row["act"] == "deny" else None
    claim: Sequence[int] | None = (denies or {}).get("claim")
    return claim


def _overlap(left: Sequence[int] | None, right: Sequence[int] | None) -> bool:
    return bool(left and right and left[0] < right[1] and right[0] < left[1])


def name_key(name: str | None) -> tuple[str, ...] | None:
    """What has to be equal for two names to be the same: words without case, accents, titles and initials."""
    if not name:
        return None
    letters = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).casefold()
    words = re.findall(r"\w+", re.sub(r"[’']s\b", "", letters))
    return tuple(word for word in words if len(word) > 1 and word not in TITLES) or tuple(words)
