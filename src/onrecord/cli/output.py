"""Standard output in whole lines, what was set aside, and how far a long run has come."""

from __future__ import annotations

import json
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from threading import Thread
from types import FrameType, TracebackType
from typing import Any, BinaryIO, TypeVar

import click

from onrecord.terms import Reject

Item = TypeVar("Item")

SHOWN_REJECTS = 10


def json_line(values: Mapping[str, Any]) -> str:
    """One line of JSON Lines."""
    return json.dumps(values, ensure_ascii=False) + "\n"


class WholeLines:
    """Writes lines that an interrupt from the keyboard never cuts: it waits until the line is out.

    A second interrupt does not wait, for a reader at the other end that has stopped reading.
    """

    def __init__(self, stream: BinaryIO | None = None) -> None:
        self._stream = stream or sys.stdout.buffer
        self._writing = False
        self._interrupted = False
        self._previous: Any = None

    def __enter__(self) -> WholeLines:
        self._previous = signal.signal(signal.SIGINT, self._on_interrupt)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        signal.signal(signal.SIGINT, self._previous)

    def write(self, text: str) -> None:
        """Write ``text``, which ends its last line, and hand it on at once."""
        self._writing = True
        try:
            # A lone surrogate cannot be UTF-8; as a backslash sequence it is what JSON means by it.
            self._stream.write(text.encode("utf-8", "backslashreplace"))
            self._stream.flush()
        finally:
            self._writing = False
        if self._interrupted:
            raise KeyboardInterrupt

    def _on_interrupt(self, number: int, frame: FrameType | None) -> None:
        if not self._writing or self._interrupted:
            raise KeyboardInterrupt
        self._interrupted = True


class RejectLog:
    """Keeps what was set aside: every one in a file where there is one, else counts and the first few for people."""

    def __init__(self, path: Path | None) -> None:
        self._file = path.open("wb") if path else None
        self.counts: Counter[str] = Counter()
        self._first: list[Reject] = []

    def __enter__(self) -> RejectLog:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file:
            self._file.close()
        if self.counts:
            self._summarize()

    def add(self, reject: Reject) -> None:
        self.counts[reject.code] += 1
        if self._file:
            self._file.write(json_line(reject.to_dict()).encode("utf-8", "backslashreplace"))
            self._file.flush()
        elif len(self._first) < SHOWN_REJECTS:
            self._first.append(reject)

    def _summarize(self) -> None:
        total = self.counts.total()
        kinds = ", ".join(f"{code} {count}" for code, count in self.counts.most_common())
        click.echo(f"Set aside: {total} ({kinds})", err=True)
        for reject in self._first:
            click.echo(f"  {visible(reject.name)}: {visible(reject.reason)}", err=True)
        if not self._file and total > len(self._first):
            click.echo(f"  and {total - len(self._first)} more; --rejects FILE keeps them all", err=True)


def visible(text: str) -> str:
    """The text without the characters that command a terminal, reorder it or hide in it."""
    return "".join(character for character in text if character.isprintable() or character in "\n\t")


def watched(items: Iterable[Item], count: Callable[[], int | None] | None, unit: str) -> Iterator[Item]:
    """The items, with a bar on standard error that tells rate and time left.

    Only where standard error is a terminal and standard output is not: results that scroll by need no bar.

    Args:
        items: what is waited for.
        count: tells how many there will be, ``None`` if nobody can; it runs beside the work, for it may take long.
        unit: what the items are called.
    """
    if not sys.stderr.isatty() or sys.stdout.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(unit, total=None, rate="")
        if count:
            Thread(target=lambda: bar.update(task, total=count()), daemon=True).start()
        for item in items:
            yield item
            speed = bar.tasks[task].speed
            bar.update(task, advance=1, rate=f"{speed:.1f} {unit}/s" if speed else "")
