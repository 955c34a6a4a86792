"""Peak memory of ``onrecord extract`` and ``onrecord add``, which must not grow with the number of articles.

Of ``add`` the process that writes and the largest of those that read are measured apart: the statement model, with what
it computes for the longest article so far, is held by whoever reads, by the one process itself where there is but one.
"""

from __future__ import annotations

import itertools
import json
import os
import subprocess
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
EXAMPLES = Path(__file__).parents[1] / "examples" / "pages"
_ADD = """
import atexit, resource, sys
kinds = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN
atexit.register(lambda: print(*(resource.getrusage(kind).ru_maxrss for kind in kinds), file=sys.stderr))
from onrecord.cli import main
main()
"""


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
    print(_table_of_add())


def _table_of_add() -> str:
    """The pages of a folder added once by one process, once more (nothing is to be read), and by two."""
    real = load_settings().data / "pages" / "html"
    real = real if real.is_dir() else load_settings().data / "data" / "pages" / "html"
    folder = real if real.is_dir() else EXAMPLES
    rows = []
    with tempfile.TemporaryDirectory() as home:
        for name, jobs, own in (("one process", 1, "one"), ("the same again", 1, "one"), ("two that read", 2, "two")):
            seconds, writer, reader = _add(folder, jobs, Path(home) / own)
            rows.append((name, f"{writer:.0f}", f"{reader:.0f}" if reader else "–", f"{seconds:.1f}"))
    count = sum(path.is_file() for path in folder.rglob("*"))
    what = f"{count} {'real' if folder == real else 'sample'} pages"
    return table(f"Peak memory of add, {what}", ("", "writes, MiB", "reads, MiB", "seconds"), rows)


def _add(folder: Path, jobs: int, home: Path) -> tuple[float, float, float]:
    """Seconds, and peak resident MiB of the command itself and of its largest child."""
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", _ADD, "add", str(folder), "--jobs", str(jobs)],
        env={**os.environ, "ONRECORD_HOME": str(home), "ONRECORD_DATABASE": ""},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode not in (0, 1):
        raise RuntimeError(f"onrecord add {folder} failed: {done.stderr}")
    own, children = done.stderr.split()[-2:]
    return time.perf_counter() - start, int(own) / 1024, int(children) / 1024


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
