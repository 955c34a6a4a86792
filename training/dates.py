"""Train the ranker that dates statements.

    python -m training.dates cross     # five-fold cross-validation on the training articles, printed
    python -m training.dates train     # all training articles -> src/onrecord/statements/dates/weights.json

The gold articles are found through ``ONRECORD_DATA``. The run is seeded and gives the same weights each time.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from onrecord import settings
from onrecord.evaluation.dates import DatedArticle, read_gold
from onrecord.statements.dates.attach import all_stage, choose, find_occasions, own_stage
from onrecord.statements.dates.evidence import Candidate, Scene
from onrecord.statements.dates.periods import read_day
from onrecord.statements.dates.ranker import FORMAT, STAGES, Ranker, Rankers
from onrecord.terms import Span

WEIGHTS: Final = Path(__file__).parents[1] / "src/onrecord/statements/dates/weights.json"
FOLDS: Final = 5

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Options:
    """How the softmax is fitted."""

    penalty: float = 1.0
    """Of the squared weights, in the sum of log likelihoods."""
    min_count: int = 3
    """Features seen in fewer candidates are left out."""
    steps: int = 150
    rate: float = 0.1


@dataclass(frozen=True, slots=True)
class Question:
    """The candidates of one statement, and which are right."""

    candidates: tuple[Candidate, ...]
    right: tuple[bool, ...]


def fit(questions: Sequence[Question], options: Options) -> Ranker:
    """Maximise the likelihood that one of the right candidates is chosen, less the penalty."""
    questions = [q for q in questions if any(q.right)]
    counts = Counter(name for q in questions for c in q.candidates for name in c.features)
    names = sorted(name for name, count in counts.items() if count >= options.min_count)
    index = {name: place for place, name in enumerate(names)}
    rows = [[index[name] for name in dict.fromkeys(c.features) if name in index] for q in questions for c in q.candidates]
    sizes = np.array([len(q.candidates) for q in questions])
    right = np.array([flag for q in questions for flag in q.right], dtype=np.float64)
    weights = _ascend(rows, len(names), sizes, right, options)
    return Ranker({name: round(float(weight), 4) for name, weight in zip(names, weights, strict=True)})


def _ascend(
    rows: Sequence[Sequence[int]], features: int, sizes: npt.NDArray[np.int64], right: Floats, options: Options
) -> Floats:
    """Adam over all questions at once; ``rows`` are the features of each candidate."""
    lengths = np.array([len(row) for row in rows])
    columns, owners = np.concatenate([np.array(row) for row in rows]), np.repeat(np.arange(len(rows)), lengths)
    starts = np.cumsum(np.append(0, sizes))[:-1]
    weights, mean, spread = np.zeros(features), np.zeros(features), np.zeros(features)
    for step in range(1, options.steps + 1):
        scores = np.bincount(owners, weights=weights[columns], minlength=len(rows))
        scores -= np.repeat(np.maximum.reduceat(scores, starts), sizes)
        raised = np.exp(scores)
        chosen = raised / np.repeat(np.add.reduceat(raised, starts), sizes)
        hoped = raised * right
        hoped /= np.repeat(np.add.reduceat(hoped, starts), sizes)
        pull = np.bincount(columns, weights=(hoped - chosen)[owners], minlength=features)
        slope = pull - options.penalty * weights
        mean = 0.9 * mean + 0.1 * slope
        spread = 0.999 * spread + 0.001 * slope**2
        rate = options.rate * (1 - step / options.steps)
        weights += rate * (mean / (1 - 0.9**step)) / (np.sqrt(spread / (1 - 0.999**step)) + 1e-8)
    return weights


def own_questions(dated: DatedArticle) -> list[Question]:
    """First stage: the expression that the gold names as basis is right; none where it is inherited or undated."""
    scene = scene_of(dated)
    questions = []
    for index, basis in enumerate(dated.basis):
        candidates = own_stage(scene, index)
        right = [
            isinstance(c.basis, Span) and isinstance(basis, Span) and c.basis.overlaps(basis) for c in candidates
        ]
        right[-1] = not isinstance(basis, Span)
        questions.append(Question(tuple(candidates), tuple(right)))
    return questions


def all_questions(dated: DatedArticle, own: Ranker) -> list[Question]:
    """Second stage: every candidate with the gold's value is right."""
    scene = scene_of(dated)
    occasions = find_occasions(scene, own)
    questions = []
    for index, value in enumerate(dated.said_on):
        candidates = all_stage(scene, index, occasions)
        questions.append(Question(tuple(candidates), tuple(c.value == value for c in candidates)))
    return questions


def scene_of(dated: DatedArticle) -> Scene:
    return Scene.of(dated.article, dated.skeletons, read_day(dated.article.published))


def fold_of(article_id: str) -> int:
    return hashlib.sha256(article_id.encode()).digest()[0] % FOLDS


def train(articles: Sequence[DatedArticle], options: Options) -> Rankers:
    """Both stages; the second sees occasions that the first found in articles it had not learned from."""
    own = {d.article.id: own_questions(d) for d in articles}
    by_fold = [_fit_on(articles, own, lambda d, f=fold: fold_of(d.article.id) != f, options) for fold in range(FOLDS)]
    second = [q for d in articles for q in all_questions(d, by_fold[fold_of(d.article.id)])]
    return Rankers(_fit_on(articles, own, lambda d: True, options), fit(second, options))


def _fit_on(
    articles: Sequence[DatedArticle],
    questions: dict[str, list[Question]],
    use: Callable[[DatedArticle], bool],
    options: Options,
) -> Ranker:
    return fit([q for d in articles if use(d) for q in questions[d.article.id]], options)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One statement: what was said, and what should have been."""

    article_id: str
    index: int
    gold: str | None
    found: Candidate
    probability: float
    reachable: bool


def outcomes(articles: Sequence[DatedArticle], rankers: Rankers) -> list[Outcome]:
    results = []
    for dated in articles:
        scene = scene_of(dated)
        occasions = find_occasions(scene, rankers.own)
        for index, gold in enumerate(dated.said_on):
            candidates = all_stage(scene, index, occasions)
            found, probability = choose(candidates, rankers.all.probabilities(candidates))
            reachable = any(c.value == gold for c in candidates)
            results.append(Outcome(dated.article.id, index, gold, found, probability, reachable))
    return results


def summary(results: Sequence[Outcome]) -> str:
    """Accuracy, and F1 over statements with a date."""
    right = sum(o.found.value == o.gold for o in results)
    dated_right = sum(o.found.value == o.gold and o.gold is not None for o in results)
    gold, found = (sum(v is not None for v in values) for values in zip(*((o.gold, o.found.value) for o in results)))
    reach = sum(o.reachable for o in results)
    return (
        f"said_on {100 * right / len(results):.1f}  dated P {100 * dated_right / max(found, 1):.1f} "
        f"R {100 * dated_right / max(gold, 1):.1f} F1 {200 * dated_right / max(found + gold, 1):.1f}  "
        f"({len(results)} statements, right among candidates {100 * reach / len(results):.1f})"
    )


def cross_validate(articles: Sequence[DatedArticle], options: Options) -> list[Outcome]:
    """Outcomes on each fold of rankers trained on the others."""
    results = []
    for fold in range(FOLDS):
        rankers = train([d for d in articles if fold_of(d.article.id) != fold], options)
        results += outcomes([d for d in articles if fold_of(d.article.id) == fold], rankers)
    return results


def write(rankers: Rankers, path: Path) -> None:
    weights = {stage: {k: w for k, w in sorted(r.weights.items()) if w} for stage, r in zip(STAGES, (rankers.own, rankers.all), strict=True)}
    path.write_text(json.dumps({"format": FORMAT, **weights}, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")


def main(arguments: Sequence[str]) -> None:
    articles = read_gold(Path(settings.load()["data"]) / "gold/train.jsonl")
    if list(arguments) == ["cross"]:
        print(summary(cross_validate(articles, Options())))
    elif list(arguments) == ["train"]:
        write(train(articles, Options()), WEIGHTS)
        print(f"wrote {WEIGHTS.relative_to(Path.cwd())}" if WEIGHTS.is_relative_to(Path.cwd()) else f"wrote {WEIGHTS}")
    else:
        raise SystemExit("Say what to do: python -m training.dates cross | train")


if __name__ == "__main__":
    main(sys.argv[1:])
