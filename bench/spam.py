"""How well the reply filter does: ``python -m bench.spam`` (needs the corpora, see ``ONRECORD_DATA``).

"Caught" is the share of spam above the limit that at most 1% of the good replies exceed. Corpora are never both trained
on and judged in one row. The phrase lists were written by people who had read these corpora, so rows that move between
them say more about evidence than about luck on a site nobody has seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from training.spam import Example, fit, read_all

from onrecord import settings
from onrecord.spam import Decision, Limits, ReplyFilter, Vector
from onrecord.spam.model import Model
from onrecord.spam.prior import beliefs

Judged = list[tuple[Vector, Example]]
SEEDS = 50
FIRST = 200


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    caught: float
    baseline: str = ""

    def __str__(self) -> str:
        return f"| {self.name} | {self.caught:.1f}% | {self.baseline} |"


def caught(margins: Sequence[float] | NDArray[np.float64], examples: Sequence[Example], lost: float = 0.01) -> float:
    """Percentage of spam above the limit that at most ``lost`` of the good ones exceed."""
    scores, spam = np.asarray(margins), np.array([example.spam for example in examples])
    good = np.sort(scores[~spam])[::-1]
    return float((scores[spam] > good[int(lost * len(good))]).mean() * 100)


def margins(weights: NDArray[np.float64], judged: Judged) -> list[float]:
    model = Model.from_mean(weights)
    return [model.estimate(vector).margin for vector, _ in judged]


def judge(weights: NDArray[np.float64], judged: Judged) -> float:
    return caught(margins(weights, judged), [example for _, example in judged])


def online(weights: NDArray[np.float64], stream: Judged) -> tuple[float, float]:
    """Learn each example after judging it; caught in the first 200 after the seeds, and afterwards."""
    model, scores = Model.from_mean(weights), []
    for vector, example in stream:
        scores.append(model.estimate(vector).margin)
        model.learn(vector, example.spam)
    examples = [example for _, example in stream]
    end = SEEDS + FIRST
    return caught(scores[SEEDS:end], examples[SEEDS:end]), caught(scores[end:], examples[end:])


def rows(corpora: dict[str, Judged]) -> Iterator[Row]:
    youtube, rest = corpora["youtube"], corpora["sms"] + corpora["telegram"] + corpora["news"]
    stream = sorted(youtube, key=lambda item: item[1].time)
    half = len(stream) // 2
    yield from leave_one_out(youtube, rest)
    yield Row("time order, first half -> second half", judge(fit(stream[:half] + rest), stream[half:]), "92.6%")
    other_sites = fit(rest)
    first, after = online(other_sites, stream)
    yield Row(f"online, {SEEDS} seeds, first {FIRST} decisions", first, "64.7%")
    yield Row(f"online, after {FIRST} decisions", after)
    yield Row("other site: SMS, Telegram -> YouTube", judge(other_sites, youtube), "7%")
    yield Row(
        "other site: YouTube, Telegram -> SMS",
        judge(fit(youtube + corpora["telegram"] + corpora["news"]), corpora["sms"]),
    )
    yield Row(
        "other site: YouTube, SMS -> Telegram",
        judge(fit(youtube + corpora["sms"] + corpora["news"]), corpora["telegram"]),
    )
    for name in ("youtube", "sms", "telegram"):
        yield Row(f"evidence alone, no data -> {name}", judge(beliefs(), corpora[name]))


def leave_one_out(youtube: Judged, rest: Judged) -> Iterator[Row]:
    names = sorted({example.corpus for _, example in youtube})
    figures = []
    for name in names:
        others = [item for item in youtube if item[1].corpus != name]
        figures.append(judge(fit(others + rest), [item for item in youtube if item[1].corpus == name]))
        yield Row(f"leave out {name}", figures[-1])
    yield Row("leave one video out, mean", float(np.mean(figures)), "82.7%")
    yield Row("the same, not told which links are the site's own", _without_own_hosts(youtube, rest))


def _without_own_hosts(youtube: Judged, rest: Judged) -> float:
    plain = [(replace(example, own_hosts=()).vector, example) for _, example in youtube]
    figures = []
    for name in sorted({example.corpus for _, example in plain}):
        others = [item for item in plain if item[1].corpus != name]
        figures.append(judge(fit(others + rest), [item for item in plain if item[1].corpus == name]))
    return float(np.mean(figures))


COLD = 50


def zones(corpora: dict[str, Judged]) -> Iterator[str]:
    """What a new site sees, each set of comments taken for one: share published, held and blocked, cold and later."""
    for site in ("youtube", "sms", "telegram"):
        weights = fit([item for name, items in corpora.items() if name != site for item in items])
        seen = decided_one_by_one(weights, in_order(site, corpora[site]))
        for title, part in ((f"first {COLD}", seen[:COLD]), ("later", seen[COLD:])):
            for spam in (False, True):
                actions = [action for is_spam, action in part if is_spam is spam]
                shares = " | ".join(
                    f"{100 * actions.count(a) / len(actions):.1f}%" for a in ("publish", "hold", "spam")
                )
                yield f"| {site}, {title}, {'spam' if spam else 'good'} ({len(actions)}) | {shares} |"


def in_order(site: str, items: Judged) -> Judged:
    """By time where it is known; else shuffled, with a fixed seed, as these files hold good and spam apart."""
    if site == "youtube":
        return sorted(items, key=lambda item: item[1].time)
    return [items[place] for place in np.random.default_rng(7).permutation(len(items))]


def decided_one_by_one(weights: NDArray[np.float64], items: Judged) -> list[tuple[bool, str]]:
    """Whether each is spam, and what the filter did before a moderator decided."""
    reply_filter = ReplyFilter(weights, Limits())
    seen: list[tuple[bool, str]] = []
    for key, (vector, example) in enumerate(items):
        seen.append((example.spam, reply_filter.action_for(reply_filter.probability(vector))))
        reply_filter.learn(Decision(key, vector, example.spam))
    return seen


def main() -> None:
    corpora = {
        name: [(example.vector, example) for example in examples]
        for name, examples in read_all(settings.load().data / "data").items()
    }
    print("| caught at 1% good lost | onrecord | n-grams + logistic regression |\n|---|---|---|")
    for row in rows(corpora):
        print(row, flush=True)
    print("\n| new site | published | held | spam |\n|---|---|---|---|")
    for line in zones(corpora):
        print(line)


if __name__ == "__main__":
    main()
