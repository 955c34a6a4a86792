"""How long pages of the site take against a bare Django view: ``python -m bench load``.

Fills a record of its own with invented statements, starts the server that ``onrecord serve`` starts, on loopback, and
asks for each page in turn over a few connections that are kept open. The bare view runs on the same server in the same
minute, with the same middleware, so that the ratio says what the page itself costs whatever else the machine does.
"""

from __future__ import annotations

import http.client
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING

from bench.table import table

if TYPE_CHECKING:
    from onrecord.record.models import Article

STATEMENTS = 24_000
CONNECTIONS = 4
SECONDS = 4.0
"""Of load on each page."""
LONGEST = 60.0
"""Seconds that all of the load may take; what is left undone then is said."""
BARE = "/healthz"


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="onrecord-load-") as folder:
        paths = _fill(Path(folder))
        with _Server(Path(folder)) as port:
            start = time.monotonic()
            rows = []
            for name, path in paths.items():
                if time.monotonic() - start > LONGEST - SECONDS:
                    print(f"{name}: no time left")
                    continue
                rows.append((name, _load(port, path)))
    bare = median(rows[0][1])
    print(
        table(
            f"Pages of {STATEMENTS:,} statements over loopback, {CONNECTIONS} connections",
            ("page", "requests/s", "median ms", "p95 ms", "× bare view"),
            [
                (
                    name,
                    f"{len(times) / SECONDS:.0f}",
                    f"{median(times) * 1000:.1f}",
                    f"{quantiles(times, n=20)[-1] * 1000:.1f}",
                    f"{median(times) / bare:.1f}",
                )
                for name, times in rows
            ],
            note="The bare view answers two letters after one SELECT, through the same server and middleware.",
        )
    )
    return 0


def _fill(folder: Path) -> dict[str, str]:
    """The invented record of the search bench; returns the pages to ask for."""
    os.environ["ONRECORD_HOME"] = str(folder)
    os.environ["ONRECORD_DATABASE"] = str(folder / "load.sqlite3")
    os.environ["DJANGO_SETTINGS_MODULE"] = "onrecord.site.conf"
    from onrecord.record.opening import open_record

    open_record()
    from bench.search import fill
    from onrecord.record.models import Article, Outlet, Person

    fill(STATEMENTS, random.Random(7))
    Outlet.objects.update(text_licence=Outlet.TextLicence.OWN)
    article = Article.objects.select_related("current").order_by("-pk")[5]
    _write_text(article)
    statement = article.statements.order_by("pk")[3]
    person = Person.objects.get(pk=1)
    word = statement.words.split()[0]
    return {
        "bare view": BARE,
        "front": "/",
        "article": article.get_absolute_url(),
        "statement": statement.get_absolute_url(),
        "person": person.get_absolute_url(),
        "search, one word": f"/search/?q={word}",
        "search, filters": f"/search/?q={word}&act=say&kind=direct",
        "everything denied": "/search/?denies=yes",
    }


def _write_text(article: Article) -> None:
    """A text for an article, out of the words of its statements."""
    version, text = article.versions.get(), ""
    statements = list(article.statements.order_by("pk"))
    for statement in statements:
        start = len(text)
        text += f"“{statement.words},” the speaker said. A sentence of the outlet follows it, as long as they are.\n\n"
        end = start + len(statement.words) + 3
        statement.content_spans, statement.start, statement.end = [[start, end]], start, end + len(" the speaker said")
        statement.speaker_span, statement.cue_span = [end + 1, end + 12], [end + 13, end + 17]
    version.text = text.removesuffix("\n\n")
    version.save(update_fields=["text"])
    type(statements[0]).objects.bulk_update(statements, ["content_spans", "start", "end", "speaker_span", "cue_span"])
    article.current = version
    article.save(update_fields=["current"])


def _load(port: int, path: str) -> list[float]:
    """Seconds of each answer while all connections ask for one page again and again."""
    _asking(port, path, lambda: False)  # once, so that what is read once is read
    end = time.monotonic() + SECONDS
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        runs = [pool.submit(_asking, port, path, lambda: time.monotonic() < end) for _ in range(CONNECTIONS)]
        return [seconds for run in runs for seconds in run.result()]


def _asking(port: int, path: str, goes_on: Callable[[], bool]) -> list[float]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    times = []
    while True:
        start = time.perf_counter()
        connection.request("GET", path, headers={"Host": f"localhost:{port}"})
        answer = connection.getresponse()
        answer.read()
        times.append(time.perf_counter() - start)
        if answer.status != 200:
            raise RuntimeError(f"{path} answered {answer.status}")
        if not goes_on():
            connection.close()
            return times


class _Server:
    """``onrecord serve`` on a free port of loopback, as long as the block lasts."""

    def __init__(self, home: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port: int = free.getsockname()[1]
        self._home = home

    def __enter__(self) -> int:
        command = [sys.executable, "-c", "from onrecord.cli import main; main()", "serve", "--port", str(self._port)]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ)
        assert self._process.stdout
        for line in self._process.stdout:
            if "http://" in line:
                return self._port
        raise RuntimeError("the server did not start")

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(30)


if __name__ == "__main__":
    sys.exit(main())
