"""A flood of replies while a reader reads: ``python -m bench.flood`` (60 seconds, 200 posts a second, on loopback).

Half the posts come from one network that floods, half from as many networks as there are posts. Afterwards every reply
that was accepted must be in the database, and the server's memory is compared with that before the flood.
"""

from __future__ import annotations

import asyncio
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import click
import httpx
import numpy as np

PORT = 8123
SITE = f"http://127.0.0.1:{PORT}"
PREPARE = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
sys.path.insert(0, "tests")
from factories import make_article
from onrecord.replies.models import Policy
Policy.objects.create(mode="open")
article = make_article(title="Harbour reopens")
print(article.public_id, article.get_absolute_url())
"""


@dataclass(slots=True)
class Result:
    """What happened."""

    answers: Counter[int] = field(default_factory=Counter)
    failed: int = 0
    accepted: list[str] = field(default_factory=list)
    """Names under which accepted replies were written; each is used once."""
    reading: list[float] = field(default_factory=list)
    """Seconds each page took for the reader."""
    unread: int = 0
    memory: list[int] = field(default_factory=list)
    """Resident bytes of the server's processes, once a second."""


async def post(client: httpx.AsyncClient, address: str, number: int, result: Result) -> None:
    name = f"Reader {number}"
    network = "198.51.100.9" if number % 2 else f"10.{number // 250 % 250}.{number % 250}.1"
    form = {"name": name, "text": f"Remark number {number}: the harbour was closed for nine days.", "post": "1"}
    try:
        answer = await client.post(address, data=form, headers={"Origin": SITE, "X-Forwarded-For": network})
    except httpx.HTTPError:
        result.failed += 1
        return
    result.answers[answer.status_code] += 1
    if answer.status_code == 302:
        result.accepted.append(name)


async def read(client: httpx.AsyncClient, page: str, until: float, result: Result) -> None:
    while time.monotonic() < until:
        start = time.monotonic()
        try:
            answer = await client.get(page)
            result.unread += answer.status_code != 200
        except httpx.HTTPError:
            result.unread += 1
        result.reading.append(time.monotonic() - start)
        await asyncio.sleep(0.2)


async def flood(address: str, page: str, seconds: int, rate: int, pid: int) -> Result:
    result, tasks = Result(), set()
    limits = httpx.Limits(max_connections=400)
    async with (
        httpx.AsyncClient(base_url=SITE, timeout=20, limits=limits) as client,
        httpx.AsyncClient(base_url=SITE, timeout=20) as reader,
    ):
        start = time.monotonic()
        reading = asyncio.create_task(read(reader, page, start + seconds, result))
        for number in range(seconds * rate):
            await asyncio.sleep(max(0.0, start + number / rate - time.monotonic()))
            task = asyncio.create_task(post(client, address, number, result))
            tasks.add(task)
            task.add_done_callback(tasks.discard)
            if number % rate == 0:
                result.memory.append(memory_of(pid))
        await asyncio.gather(*tasks)
        await reading
    result.memory.append(memory_of(pid))
    return result


def memory_of(pid: int) -> int:
    """Resident bytes of a process and its children."""
    children = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True, check=False).stdout.split()
    total = 0
    for one in [str(pid), *children]:
        status = Path(f"/proc/{one}/status")
        if status.exists():
            line = next((line for line in status.read_text().splitlines() if line.startswith("VmRSS")), "VmRSS: 0 kB")
            total += int(line.split()[1]) * 1024
    return total


def report(result: Result, base: Path) -> bool:
    """Print the figures; true when nothing that was accepted is missing."""
    with closing(sqlite3.connect(base)) as connection:
        stored = {row[0] for row in connection.execute("select name from replies_reply")}
    missing = [name for name in result.accepted if name not in stored]
    times = np.array(result.reading) * 1000
    print(f"answers: {dict(result.answers)}, connections that failed: {result.failed}")
    print(f"accepted: {len(result.accepted)}, of these missing from the database: {len(missing)}")
    middle, p95 = np.median(times), np.percentile(times, 95)
    print(f"reader: {len(times)} pages, {result.unread} not shown, median {middle:.0f} ms, p95 {p95:.0f} ms")
    mib = np.array(result.memory) / 2**20
    print(f"server memory: {mib[0]:.0f} MiB before, {mib[len(mib) // 2]:.0f} in the middle, {mib[-1]:.0f} after")
    return not missing


@click.command()
@click.option("--seconds", default=60, show_default=True)
@click.option("--rate", default=200, show_default=True, help="Posts a second.")
@click.option("--workers", default=1, show_default=True, help="Processes of the server.")
def main(seconds: int, rate: int, workers: int) -> None:
    """Flood a fresh site and print what became of it."""
    with tempfile.TemporaryDirectory() as home:
        environment = {
            **os.environ,
            "ONRECORD_HOME": home,
            "ONRECORD_BASE_URL": SITE,
            "ONRECORD_TRUSTED_PROXIES": "127.0.0.1",
            "DJANGO_SETTINGS_MODULE": "onrecord.site.conf",
        }
        prepared = subprocess.run(
            [sys.executable, "-c", f"import sys{PREPARE}"], env=environment, capture_output=True, text=True, check=True
        )
        public_id, page = prepared.stdout.split()
        collect = [sys.executable, "-m", "django", "collectstatic", "--noinput", "-v0"]
        subprocess.run(collect, env=environment, check=True)
        serve = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(PORT), "--log-level", "error"]
        # Django logs a line for each refused post; what is measured is printed at the end.
        command = [*serve, "--workers", str(workers), "onrecord.site.wsgi:application"]
        server = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
        try:
            wait_for(page)
            address = f"/replies/to/article/{public_id}/write/"
            result = asyncio.run(flood(address, page, seconds, rate, server.pid))
            good = report(result, Path(home) / "record.sqlite3")
        finally:
            server.terminate()
            server.wait(10)
    sys.exit(0 if good else 1)


def wait_for(page: str) -> None:
    for _ in range(60):
        try:
            if httpx.get(SITE + page).status_code == 200:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.5)
    raise SystemExit("The server did not start.")


if __name__ == "__main__":
    main()
