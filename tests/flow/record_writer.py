"""Writers for the crash tests, each a process of its own: Django is set up once, every writer is a fork of that.

    record_writer.py kills N SEED      N writers one after the other, each killed with SIGKILL at a random moment
    record_writer.py together ARTICLES two writers at once, of the same articles

Prints one JSON object.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from onrecord.record.opening import open_record, snapshot_folder


def main() -> None:
    open_record()
    from django.db import connections

    connections.close_all()
    mode, *numbers = sys.argv[1:]
    made = kills(int(numbers[0]), int(numbers[1])) if mode == "kills" else together(int(numbers[0]))
    print(json.dumps(made))  # noqa: T201


def write(numbers: list[int], acknowledge: int, go: int | None = None) -> None:
    """Store articles, and say over a pipe which are safely in; with ``go``, wait there for a byte after the first."""
    from onrecord.record.actions.articles import store_record
    from onrecord.record.snapshots import SnapshotStore
    from unit.record.builders import numbered, page

    with SnapshotStore(snapshot_folder()) as snapshots:
        for number in numbers:
            record = numbered(number)
            store_record(record, page(record, bytes(record.article.text, "utf-8") * 20), snapshots)
            os.write(acknowledge, number.to_bytes(4, "big"))
            if go is not None and number == numbers[0]:
                os.read(go, 1)


def fork(numbers: list[int], go: int | None = None) -> tuple[int, int]:
    """A writer: its process number, and where it says what is in."""
    reading, writing = os.pipe()
    process = os.fork()
    if process == 0:
        os.close(reading)
        try:
            write(numbers, writing, go)
            os._exit(0)
        except BaseException as error:
            sys.stderr.write(f"{error!r}\n")
            os._exit(1)
    os.close(writing)
    return process, reading


def acknowledged(reading: int) -> list[int]:
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read()
    return [int.from_bytes(said[i : i + 4], "big") for i in range(0, len(said) // 4 * 4, 4)]


def warm_up(numbers: list[int]) -> list[int]:
    """Store articles in this process, so that its children have all loaded and are killed at work, not at imports."""
    from django.db import connections

    reading, writing = os.pipe()
    write(numbers, writing)
    os.close(writing)
    connections.close_all()
    return acknowledged(reading)


def kills(count: int, seed: int) -> dict[str, object]:
    """Each writer goes on where the record ends; what one acknowledged must be there when the next begins."""
    chance = random.Random(seed)
    safe = set(warm_up(list(range(3))))
    start = time.monotonic()
    process, reading = fork(list(range(3, 6)))
    os.waitpid(process, 0)
    # Moments are spread over the time that a start and three articles take on this machine, today.
    span = time.monotonic() - start
    safe.update(acknowledged(reading))
    for _ in range(count):
        begin = max(safe) + 1
        # It begins an article back: that one is there already and must not become two.
        process, reading = fork(list(range(begin - 1, begin + 1000)))
        time.sleep(chance.uniform(0.0, span))
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        safe.update(acknowledged(reading))
    last = max(safe) + 3
    process, reading = fork(list(range(last)))
    _, status = os.waitpid(process, 0)
    acknowledged(reading)
    return {"safe": sorted(safe), "last": last, "status": status, "kills": count}


def together(articles: int) -> dict[str, object]:
    """Two writers of the same articles, in different order, that go on once both have stored their first.

    Without that meeting one may be done before the other begins, and nothing is tried.
    """
    forward = list(range(articles))
    waiting, go = os.pipe()
    writers = [fork(forward, waiting), fork(forward[::-1], waiting)]
    for _, reading in writers:
        os.read(reading, 4)
    os.write(go, b"ab")
    return {"statuses": [os.waitpid(process, 0)[1] for process, _ in writers], "last": articles}


if __name__ == "__main__":
    main()
