"""Train the tagger of proper names: ``python -m training.names [--data DIR] [--out FILE]``.

It learns from PolNeAR's automatic name labels (articles of the gold development set left out) and from GUM's entities,
with an averaged perceptron. Words seen in few articles get no weight of their own, so that context and shape decide.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from onrecord.statements.speakers import lexicon as lx
from onrecord.statements.speakers import names
from onrecord.statements.speakers.tokens import Tokens
from training.corpora import read_lines

Labelled = tuple[Tokens, list[int]]
"""A text with the label of each of its tokens."""

SEED, EPOCHS, MIN_TEXTS, MIN_WEIGHT, WORD_DROPOUT, FOLDS = 7, 5, 6, 0.35, 0.25, 3
_SILVER = {"PERSON": 1, "ORGANIZATION": 2, "LOCATION": 3, "MISC": 4}
_GUM = {"person": 1, "organization": 2, "place": 3}
_ENTITY = re.compile(r"\((\w+)-([a-z]+)-|(\w+)\)")
_MARKS = re.compile(r"\(\w+-[a-z]+-[^()]*|\w+\)")


def polnear(data: Path, part: str, without: set[str]) -> Iterator[Labelled]:
    """PolNeAR texts with the labels that CoreNLP gave them."""
    folder = data / "data" / "polnear"
    texts = {row["id"]: row["text"] for row in read_lines(folder / f"polnear-{part}.jsonl.gz")}
    for row in read_lines(folder / f"polnear-{part}-corenlp.jsonl.gz"):
        if row["id"] in without:
            continue
        tokens = Tokens(texts[row["id"]])
        labels = [0] * len(tokens)
        for sentence in row["sentences"]:
            for start, end, _, _, kind, *_ in sentence:
                if kind in _SILVER:
                    for index in range(*tokens.within(start, end)):
                        if tokens[index].capital:
                            labels[index] = _SILVER[kind]
        yield tokens, labels


def gum(data: Path) -> Iterator[Labelled]:
    """GUM texts with the entities their proper nouns belong to, innermost first."""
    for path in sorted((data / "data" / "gum" / "dep").glob("GUM_*.conllu")):
        text, marked = _read_gum(path)
        tokens = Tokens(text)
        labels = [0] * len(tokens)
        for start, end, label in marked:
            for index in range(*tokens.within(start, end)):
                if tokens[index].capital and tokens[index].lower not in lx.TITLES:
                    labels[index] = label
        yield tokens, labels


def _read_gum(path: Path) -> tuple[str, list[tuple[int, int, int]]]:
    text, marked, open_entities = "", [], []
    for line in path.read_text(encoding="utf8").splitlines():
        if line.startswith("# newpar") and text and not text.endswith("\n\n"):
            text = text.rstrip() + "\n\n"
        fields = line.split("\t")
        if len(fields) < 10 or not fields[0].isdigit():
            continue
        start = len(text)
        text += fields[1] + ("" if "SpaceAfter=No" in fields[9] else " ")
        entity = re.search(r"Entity=([^|]*)", fields[9])
        marks = _MARKS.findall(entity.group(1)) if entity else []
        open_entities += [tuple(mark[1:].split("-")[:2]) for mark in marks if mark.startswith("(")]
        if fields[4] in ("NNP", "NNPS") and open_entities:
            marked.append((start, start + len(fields[1]), _GUM.get(open_entities[-1][1], 4)))
        for mark in re.findall(r"(?<![\w-])(\w+)\)|\(\w+-[^()]*\)", entity.group(1) if entity else ""):
            open_entities = [e for e in open_entities if e[0] != mark] if mark else open_entities[:-1]
    return text, marked


def train(texts: Sequence[Labelled]) -> dict[str, dict[str, list[float]]]:
    """Both readings. The second learns beside first readings by weights that have not seen the text."""
    evidence = [names.Evidence(tokens) for tokens, _ in texts]
    habits: list[names.Habits | None] = [None] * len(texts)
    for fold in range(FOLDS):
        weights = fit(texts, evidence, [None] * len(texts), [i for i in range(len(texts)) if i % FOLDS != fold])
        for i in range(fold, len(texts), FOLDS):
            tokens = texts[i][0]
            habits[i] = names.Habits(tokens, names.read(tokens, weights, evidence[i]), evidence[i])
    everything = range(len(texts))
    return {
        "first": fit(texts, evidence, [None] * len(texts), everything),
        "second": fit(texts, evidence, habits, everything),
    }


def fit(
    texts: Sequence[Labelled],
    evidence: Sequence[names.Evidence],
    habits: Sequence[names.Habits | None],
    chosen: Sequence[int],
) -> dict[str, list[float]]:
    """Averaged perceptron weights of one reading, feature -> one weight a label."""
    keep = _frequent([texts[i] for i in chosen], [evidence[i] for i in chosen], [habits[i] for i in chosen])
    rng = random.Random(SEED)
    weights: dict[str, list[float]] = {}
    totals: dict[str, list[float]] = {}
    step, order = 1, list(chosen)
    for _ in range(EPOCHS):
        rng.shuffle(order)
        for which in order:
            tokens, gold = texts[which]
            labels = [0] * len(tokens)
            for index, token in enumerate(tokens.items):
                if not token.capital:
                    continue
                drop = rng.random() < WORD_DROPOUT
                seen = [
                    f
                    for f in names.features(tokens, index, labels, evidence[which], habits[which])
                    if f in keep and not (drop and f.startswith("w="))
                ]
                guess = _best(weights, seen)
                if guess != gold[index]:
                    for feature in seen:
                        row = weights.setdefault(feature, [0.0] * 5)
                        total = totals.setdefault(feature, [0.0] * 5)
                        row[gold[index]] += 1
                        row[guess] -= 1
                        total[gold[index]] += step
                        total[guess] -= step
                labels[index] = guess if rng.random() < 0.5 else gold[index]
                step += 1
    averaged = {f: [w - t / step for w, t in zip(row, totals[f], strict=True)] for f, row in weights.items()}
    return {f: [round(w, 1) for w in row] for f, row in averaged.items() if max(map(abs, row)) >= MIN_WEIGHT}


def _best(weights: dict[str, list[float]], seen: list[str]) -> int:
    scores = [0.0] * 5
    for feature in seen:
        if row := weights.get(feature):
            for label in range(5):
                scores[label] += row[label]
    return scores.index(max(scores))


def _frequent(
    texts: Sequence[Labelled], evidence: Sequence[names.Evidence], habits: Sequence[names.Habits | None]
) -> set[str]:
    """Features seen in enough texts."""
    counts: Counter[str] = Counter()
    for (tokens, gold), known, usual in zip(texts, evidence, habits, strict=True):
        here: set[str] = set()
        for index, token in enumerate(tokens.items):
            if token.capital:
                here.update(names.features(tokens, index, gold, known, usual))
        counts.update(here)
    return {feature for feature, count in counts.items() if count >= MIN_TEXTS}


def accuracy(texts: Sequence[Labelled], weights: names.Tagger) -> dict[str, float]:
    """F1 of each label over capitalised words."""
    right, found, gold_count = Counter[int](), Counter[int](), Counter[int]()
    for tokens, gold in texts:
        for token, guess, true in zip(tokens.items, names.tag(tokens, weights), gold, strict=True):
            if token.capital:
                found[guess] += 1
                gold_count[true] += 1
                right[true] += guess == true
    return {n: 2 * right[i] / max(found[i] + gold_count[i], 1) for i, n in enumerate(names.LABELS)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared"))
    parser.add_argument("--out", type=Path, default=Path(names.__file__).with_name("names.json"))
    options = parser.parse_args()
    dev = {row["id"] for row in read_lines(options.data / "gold" / "dev.jsonl")}
    texts = [*polnear(options.data, "train", dev), *gum(options.data)]
    weights = train(texts)
    options.out.write_text(
        json.dumps(weights, ensure_ascii=False, separators=(",", ":"), sort_keys=True), encoding="utf8"
    )
    held_out = list(polnear(options.data, "dev", set()))
    size = sum(map(len, weights.values()))
    print(f"{len(texts)} texts, {size} features; PolNeAR dev, F1 by label against CoreNLP's labels:")
    for label, value in accuracy(held_out, weights).items():
        print(f"  {label:13} {100 * value:5.1f}")


if __name__ == "__main__":
    main()
