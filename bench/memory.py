"""Peak memory of ``onrecord extract``, which must not grow with the number of articles."""

from __future__ import annotations

import itertools
import json
import os
import sys
import tempfile
import time
from pathlib import Path

from bench.pages import load
from bench.table import table
from onrecord.articles import read_article
from onrecord.errors import InputError
from onrecord.settings import load as load_settings

COUNTS = (1, 250, 1000)


def main() -> None:
    pages, what, _ = load(load_settings().data)
    articles = []
    for page in pages:
        try:
            articles.append(read_article(page).to_dict())
        except InputError:
            continue
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for count in COUNTS:
            path = Path(folder) / f"{count}.jsonl"
            repeated = itertools.islice(itertools.cycle(articles), count)
            path.write_text("".join(json.dumps(article) + "\n" for article in repeated), encoding="utf-8")
            seconds, peak = _extract(path)
            rows.append((f"{count:,}", f"{peak / 2**20:.0f}", f"{seconds:.1f}"))
    print(table(f"Peak memory of extract, one process, {what}", ("articles", "MiB", "seconds"), rows))


def _extract(path: Path) -> tuple[float, int]:
    """Seconds and peak resident bytes of the command over a file of ready articles."""
    command = [sys.executable, "-c", "from onrecord.cli import main; main()", "extract", str(path), "--jobs", "1"]
    quiet = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    start = time.perf_counter()
    child = os.posix_spawn(sys.executable, command, os.environ, file_actions=quiet)
    _, status, usage = os.wait4(child, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        raise RuntimeError(f"onrecord extract {path} failed")
    return time.perf_counter() - start, usage.ru_maxrss * 1024


if __name__ == "__main__":
    main()
