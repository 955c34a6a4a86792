"""Time expressions against TimeML, as a report; the measure itself is described in ``dates``."""

from __future__ import annotations

from pathlib import Path

from onrecord.evaluation.dates import is_held_out, read_corpus, score_times
from onrecord.evaluation.report import Measure, Report, corpus_files


def evaluate(data: Path) -> Report:
    """Score the time expressions found in the held-out tenth of TimeBank and AQUAINT.

    Raises:
        CorpusMissing: the corpora are not in ``data``.
    """
    (folder,) = corpus_files(data, "data/timeml")
    texts = [text for text in read_corpus(folder) if is_held_out(text.name)]
    score = score_times(texts)
    return Report(
        "dates",
        f"Time expressions, TimeBank and AQUAINT, held-out tenth ({len(texts)} documents)",
        (
            Measure.f1("extent strict", score.same_extent, score.found, score.gold),
            Measure.f1("extent relaxed", score.matched, score.found, score.gold),
            Measure.f1("value", score.same_value, score.found, score.gold),
        ),
        ("value: the day, month, year or interval is the gold's; relaxed: the characters overlap.",),
    )
