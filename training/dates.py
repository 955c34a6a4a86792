"""Train the ranker that dates statements.

    python -m training.dates cross     # five-fold cross-validation on the training articles, printed
    python -m training.dates train     # all but those held out -> src/onrecord/statements/dates/weights.json

The gold articles are found through ``ONRECORD_DATA``; the project's own annotations are read beside them, and in
cross-validation only ever trained on. The run gives the same weights each time.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from onrecord import settings
from onrecord.evaluation.dates import DatedArticle, dated_article, read_gold
from onrecord.statements.dates.attach import choose_dates, inherited_choice, own_choice
from onrecord.statements.dates.evidence import Candidate, Occasion, Scene
from onrecord.statements.dates.periods import read_day
from onrecord.statements.dates.ranker import CHOICES, FORMAT, Ranker, Rankers
from onrecord.terms import Span
from training.corpora import annotated_rows, held_out_share, is_held_out

WEIGHTS: Final = Path(__file__).parents[1] / "src/onrecord/statements/dates/weights.json"
FOLDS: Final = 5

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Options:
    """How the softmax is fitted."""

    penalty: float = 1.0
    """Of the squared weights, in the sum of log likelihoods."""
    min_count: int = 6
    """Features seen in fewer candidates are left out."""
    steps: int = 150
    rate: float = 0.1


OWN_OPTIONS: Final = Options(penalty=8.0)
INHERITED_OPTIONS: Final = Options(penalty=10.0)
"""Penalties by cross-validation: 3, 8 and 10 differ by less than one point of dated F1."""


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
    rows = [
        [index[name] for name in dict.fromkeys(c.features) if name in index] for q in questions for c in q.candidates
    ]
    sizes = np.array([len(q.candidates) for q in questions])
    right = np.array([flag for q in questions for flag in q.right], dtype=np.float64)
    weights = _ascend(rows, len(names), sizes, right, options)
    return Ranker({name: round(float(weight), 3) for name, weight in zip(names, weights, strict=True)})


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


def own_questions(dated: DatedArticle, scene: Scene) -> list[Question]:
    """First choice: the expression that the gold names as basis is right; none where it is inherited or undated."""
    questions = []
    for index, basis in enumerate(dated.basis):
        candidates = own_choice(scene, index)
        right = [isinstance(c.basis, Span) and isinstance(basis, Span) and c.basis.overlaps(basis) for c in candidates]
        right[-1] = not isinstance(basis, Span)
        questions.append(Question(tuple(candidates), tuple(right)))
    return questions


def inherited_questions(dated: DatedArticle, scene: Scene) -> list[Question]:
    """Second choice, of statements without an expression: every gold occasion with the gold's value is right."""
    occasions = gold_occasions(dated, scene)
    questions = []
    for index, (value, basis) in enumerate(zip(dated.said_on, dated.basis, strict=True)):
        if not isinstance(basis, Span):
            candidates = inherited_choice(scene, index, occasions)
            questions.append(Question(tuple(candidates), tuple(c.value == value for c in candidates)))
    return questions


def gold_occasions(dated: DatedArticle, scene: Scene) -> list[Occasion]:
    """Statements whose gold basis is an expression that was found, dated by it."""
    occasions = []
    for index, (value, basis) in enumerate(zip(dated.said_on, dated.basis, strict=True)):
        if isinstance(basis, Span):
            near = [c for c in own_choice(scene, index) if isinstance(c.basis, Span) and c.basis.overlaps(basis)]
            fitting = [c for c in near if c.value == value] or near
            if fitting and fitting[0].period is not None:
                occasions.append(Occasion(index, fitting[0].period, 1.0))
    return occasions


@dataclass(frozen=True, slots=True)
class Lesson:
    """All that training asks of one article."""

    dated: DatedArticle
    scene: Scene
    own: list[Question]
    inherited: list[Question]

    @classmethod
    def of(cls, dated: DatedArticle) -> Lesson:
        scene = Scene.of(dated.article, dated.skeletons, read_day(dated.article.published))
        return cls(dated, scene, own_questions(dated, scene), inherited_questions(dated, scene))


def fold_of(article_id: str) -> int:
    return hashlib.sha256(article_id.encode()).digest()[0] % FOLDS


def train(lessons: Sequence[Lesson]) -> Rankers:
    own = fit([question for lesson in lessons for question in lesson.own], OWN_OPTIONS)
    inherited = fit([question for lesson in lessons for question in lesson.inherited], INHERITED_OPTIONS)
    return Rankers(own, inherited)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One statement: what was chosen, and what should have been."""

    article_id: str
    index: int
    gold: str | None
    found: Candidate
    probability: float


def outcomes(lessons: Sequence[Lesson], rankers: Rankers) -> list[Outcome]:
    return [
        Outcome(lesson.dated.article.id, index, lesson.dated.said_on[index], found, probability)
        for lesson in lessons
        for index, (found, probability) in enumerate(choose_dates(lesson.scene, rankers))
    ]


def cross_validate(lessons: Sequence[Lesson], further: Sequence[Lesson]) -> list[Outcome]:
    """Outcomes on each fold of rankers trained on the others and on all further lessons."""
    results = []
    for fold in range(FOLDS):
        rankers = train([*(lesson for lesson in lessons if fold_of(lesson.dated.article.id) != fold), *further])
        results += outcomes([lesson for lesson in lessons if fold_of(lesson.dated.article.id) == fold], rankers)
    return results


def summary(results: Sequence[Outcome]) -> str:
    """Accuracy, F1 over statements with a date, and how often the probabilities come true."""
    right = sum(o.found.value == o.gold for o in results)
    dated_right = sum(o.found.value == o.gold and o.gold is not None for o in results)
    gold, found = sum(o.gold is not None for o in results), sum(o.found.value is not None for o in results)
    lines = [
        f"said_on {100 * right / len(results):.1f}  dated P {100 * dated_right / max(found, 1):.1f} "
        f"R {100 * dated_right / max(gold, 1):.1f} F1 {200 * dated_right / max(found + gold, 1):.1f}  "
        f"({len(results)} statements)"
    ]
    for low in (0.0, 0.5, 0.7, 0.8, 0.9, 0.95):
        high = {0.0: 0.5, 0.5: 0.7, 0.7: 0.8, 0.8: 0.9, 0.9: 0.95, 0.95: 1.01}[low]
        part = [o for o in results if low <= o.probability < high]
        if part:
            share = sum(o.found.value == o.gold for o in part) / len(part)
            lines.append(f"  given {low:.2f} to {min(high, 1):.2f}: {100 * share:.1f}% right of {len(part)}")
    return "\n".join(lines)


def write(rankers: Rankers, path: Path) -> None:
    weights = {
        choice: {name: weight for name, weight in sorted(ranker.weights.items()) if weight}
        for choice, ranker in zip(CHOICES, (rankers.own, rankers.inherited), strict=True)
    }
    path.write_text(json.dumps({"format": FORMAT, **weights}, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")


def main(arguments: Sequence[str]) -> None:
    data = Path(settings.load()["data"])
    if list(arguments) not in (["cross"], ["train"]):
        raise SystemExit("Say what to do: python -m training.dates cross | train")
    lessons = [Lesson.of(dated) for dated in read_gold(data / "gold/train.jsonl")]
    further = [Lesson.of(dated_article(row)) for row in annotated_rows(data)]
    if arguments[0] == "train":  # certainties are calibrated on articles that no part has seen
        share = held_out_share()
        lessons, further = (
            [lesson for lesson in part if not is_held_out(lesson.dated.article.id, share)]
            for part in (lessons, further)
        )
    if arguments[0] == "cross":
        print(summary(cross_validate(lessons, further)))
    else:
        write(train([*lessons, *further]), WEIGHTS)
        print(f"wrote {WEIGHTS.name}")


if __name__ == "__main__":
    main(sys.argv[1:])
