"""Train and judge the resolution of speakers.

``python -m training.speakers`` learns the ranker's weights from the gold training articles, without those that
calibration is fitted on, and from GUM's pronouns, and writes them into the package; ``--evaluate`` prints
cross-validation on train and the figures on dev, on gold statements without their speakers.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from onrecord.statements.speakers import lexicon as lx
from onrecord.statements.speakers import ranking, resolve
from onrecord.statements.speakers.resolve import Options, Resolver
from onrecord.terms import Article, Span, Statement
from training import gum
from training.corpora import annotated_rows, held_out_share, is_held_out, read_lines

Row = dict[str, Any]
Example = tuple[tuple[tuple[str, ...], ...], tuple[bool, ...]]
"""Features of each option of a mention, and which options are right."""

KINDS = ("full name", "part of name", "pronoun", "description", "never named", "no mention")
SEED, EPOCHS, AVERAGED, RATE, DECAY, FOLDS = 11, 14, 6, 0.2, 0.005, 5
_OF_STATEMENTS = re.compile(r"spoke|speaker|outer|author|content|title|before=")
GOLD_REPEATS = 3
"""How often a gold article counts beside one of our own annotations; in cross-validation 1, 2, 3: 89.2, 89.4, 89.7."""
_TITLES = frozenset(
    "mr mrs ms miss dr sir dame lord lady sen senator rep representative gov governor president vice prime minister "
    "chancellor secretary judge justice gen general col capt lt sgt professor prof rev pope king queen prince princess "
    "the a an".split()
)


def name_key(name: str | None) -> tuple[str, ...] | None:
    """What makes two names equal: case, accents, titles and initials aside."""
    if not name:
        return None
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).casefold()
    words = re.findall(r"\w+", re.sub(r"[’']s\b", "", plain))
    return tuple(w for w in words if len(w) > 1 and w not in _TITLES) or tuple(words)


def article_of(row: Row) -> Article:
    return Article(
        id=row["id"],
        text=row["text"],
        title=row.get("title"),
        outlet=row.get("outlet"),
        published=row.get("published"),
        byline=tuple(row.get("byline") or ()),
    )


def skeletons(row: Row) -> list[Statement]:
    """Gold statements without speaker."""
    return [
        Statement(
            n=s["n"],
            content=tuple(Span(*c) for c in s["content"]),
            cue=Span(*s["cue"]) if s["cue"] else None,
            speaker_span=Span(*s["speaker_span"]) if s["speaker_span"] else None,
            kind=s["kind"],
            act=s["act"],
            within=s["within"],
        )
        for s in row["statements"]
    ]


def examples(rows: Iterable[Row]) -> list[Example]:
    """One example for each single speaker that is among its options, or nobody."""
    found: list[Example] = []
    for row in rows:
        gold = [name_key(s["speaker"]["name"]) for s in row["statements"]]

        def judge(index: int, options: Options, gold: Sequence[tuple[str, ...] | None] = gold) -> int:
            right = tuple((name_key(e.name) if e else None) == gold[index] for e in options.entities)
            if any(right):
                found.append((options.rows, right))
                return right.index(True)
            return len(right) - 1

        Resolver(article_of(row), skeletons(row), judge).resolve()
    return found


def pronoun_examples(data: Path) -> list[Example]:
    """Pronouns of GUM whose person is named. Features of who spoke before are left out: these are no statements."""
    found: list[Example] = []
    for document in gum.documents(data):
        statements = [
            Statement(n=n, content=(), speaker_span=Span(start, end))
            for n, (start, end, _) in enumerate(document.pronouns, start=1)
        ]
        surnames = [(name_key(name) or ("",))[-1] for _, _, name in document.pronouns]

        def judge(index: int, options: Options, surnames: Sequence[str] = surnames) -> int:
            right = tuple(bool(e and surnames[index] in e.keys) for e in options.entities)
            if any(right):
                rows = tuple(tuple(f for f in row if not _OF_STATEMENTS.search(f)) for row in options.rows)
                found.append((rows, right))
                return right.index(True)
            return len(right) - 1

        Resolver(Article(document.id, document.text), statements, judge).resolve()
    return found


def fit(data: Sequence[Example], seed: int = SEED) -> dict[str, float]:
    """Softmax weights by adaptive gradient steps over the shuffled examples, shrunk, averaged over the last epochs."""
    rng = random.Random(seed)
    weights: dict[str, float] = defaultdict(float)
    squares: dict[str, float] = defaultdict(lambda: 1e-2)
    totals: dict[str, float] = defaultdict(float)
    order = list(range(len(data)))
    for epoch in range(EPOCHS):
        rng.shuffle(order)
        for which in order:
            rows, right = data[which]
            chances = ranking.choose(rows, weights)
            mass = sum(c for c, r in zip(chances, right, strict=True) if r) or 1e-9
            gradient: dict[str, float] = defaultdict(float)
            for row, chance, good in zip(rows, chances, right, strict=True):
                step = (chance / mass if good else 0.0) - chance
                for feature in row:
                    gradient[feature] += step
            for feature, slope in gradient.items():
                slope -= DECAY * weights[feature]
                squares[feature] += slope * slope
                weights[feature] += RATE * slope / squares[feature] ** 0.5
        if epoch >= AVERAGED:
            for feature, weight in weights.items():
                totals[feature] += weight / (EPOCHS - AVERAGED)
    return {f: round(w, 3) for f, w in sorted(totals.items()) if abs(w) >= 0.02}


def kind_of(row: Row, s: Row) -> str:
    """The kind of mention a gold statement has, for measuring apart."""
    span, name = s["speaker_span"], s["speaker"]["name"]
    words = row["text"][slice(*span)] if span else None
    if words is None:
        return "no mention"
    if name is None:
        return "never named"
    if words.lower() in lx.PRONOUNS:
        return "pronoun"
    if name in words:
        return "full name"
    return "part of name" if set(name_key(name) or ()) & set(name_key(words) or ()) else "description"


def judge_rows(rows: Sequence[Row], weights: dict[str, float] | None = None) -> tuple[Counter[str], list[str]]:
    """Counts of right and all by kind, and the errors as lines."""
    counts: Counter[str] = Counter()
    errors: list[str] = []
    for row in rows:
        resolver = Resolver(article_of(row), skeletons(row))
        if weights is not None:
            resolver._weights = weights
        source = row["id"].split("-")[0].split("_")[0]
        for s, found in zip(row["statements"], resolver.resolve(), strict=True):
            gold, kind = s["speaker"], kind_of(row, s)
            right = name_key(gold["name"]) == name_key(found.speaker.name)
            far = _outside(row["text"], s)
            groups = [
                "all",
                kind,
                f"from {source}",
                *(["named"] if gold["name"] else []),
                *(["name elsewhere"] if far else []),
            ]
            for group in groups:
                counts[group] += 1
                counts[f"{group} right"] += right
            counts["type right"] += gold["type"] == found.speaker.type
            counts["role right"] += _overlap(gold["role"], found.speaker.role) >= 0.8
            if not right:
                words = row["text"][slice(*s["speaker_span"])] if s["speaker_span"] else None
                errors.append(
                    f"{kind:14} {row['id'][:28]:28} {s['n']:3} {words!r} "
                    f"gold={gold['name']!r} found={found.speaker.name!r} {found.confidences['speaker']:.2f}"
                )
    return counts, errors


def _outside(text: str, s: Row) -> bool:
    """Whether the gold name does not stand in the sentences (here: lines) of content and mention."""
    if not s["speaker"]["name"] or not s["content"]:
        return False
    spans = [*s["content"], *([s["speaker_span"]] if s["speaker_span"] else [])]
    start, end = min(a for a, _ in spans), max(b for _, b in spans)
    last = (name_key(s["speaker"]["name"]) or ("",))[-1]
    return last not in text[start:end].casefold()


def _overlap(gold: str | None, found: str | None) -> float:
    a, b = set((gold or "").lower().split()), set((found or "").lower().split())
    return 1.0 if a == b else 2 * len(a & b) / (len(a) + len(b))


def table(title: str, counts: Counter[str]) -> None:
    print(title)
    groups = [
        "all",
        "named",
        *KINDS,
        "name elsewhere",
        *sorted(g for g in counts if g.startswith("from ") and " right" not in g),
    ]
    for group in groups:
        total = counts[group]
        print(f"  {group:26} {100 * counts[f'{group} right'] / max(total, 1):5.1f}  of {total}")
    print(f"  {'type':26} {100 * counts['type right'] / max(counts['all'], 1):5.1f}")
    print(f"  {'role right':26} {100 * counts['role right'] / max(counts['all'], 1):5.1f}")


def cross_validate(rows: Sequence[Row], more: Sequence[Example]) -> tuple[Counter[str], list[str]]:
    counts: Counter[str] = Counter()
    errors: list[str] = []
    by_article = [examples([row]) for row in rows]
    for fold in range(FOLDS):
        gold = [example for i, found in enumerate(by_article) if i % FOLDS != fold for example in found]
        weights = fit([*more, *gold * GOLD_REPEATS])
        part, wrong = judge_rows([r for i, r in enumerate(rows) if i % FOLDS == fold], weights)
        counts.update(part)
        errors += wrong
    return counts, errors


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared"))
    parser.add_argument("--evaluate", action="store_true", help="print figures, write nothing")
    parser.add_argument(
        "--held-out", type=float, default=held_out_share(), help="share of articles kept from the weights"
    )
    parser.add_argument("--errors", type=Path, help="write the errors on train here")
    options = parser.parse_args()
    train = list(read_lines(options.data / "gold" / "train.jsonl"))
    further = list(annotated_rows(options.data))
    if not options.evaluate:
        gold, own = (
            examples([row for row in rows if not is_held_out(row["id"], options.held_out)]) for rows in (train, further)
        )
        weights = fit([*pronoun_examples(options.data), *own, *gold * GOLD_REPEATS])
        out = Path(resolve.__file__).with_name("ranker.json")
        out.write_text(json.dumps(weights, ensure_ascii=False, indent=0, sort_keys=True), encoding="utf8")
        print(f"{len(weights)} weights -> {out.name}", file=sys.stderr)
        return
    counts, errors = cross_validate(train, [*pronoun_examples(options.data), *examples(further)])
    table(f"train, {FOLDS}-fold cross-validation", counts)
    if options.errors:
        options.errors.write_text("\n".join(sorted(errors)) + "\n", encoding="utf8")
    table("dev", judge_rows(list(read_lines(options.data / "gold" / "dev.jsonl")))[0])


if __name__ == "__main__":
    main()
