"""Is this installation healthy: each check with what it found and, where it failed, the cure."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.core import checks
from django.db import DatabaseError, connection
from django.utils import timezone

from onrecord.record.jobs import queue
from onrecord.record.models import Feed, SearchEntry, Snapshot, Statement
from onrecord.record.opening import pending_migrations
from onrecord.record.search.backends import backend
from onrecord.record.search.entries import rebuild, searchable
from onrecord.record.snapshots import SnapshotError, SnapshotStore

LOW_SPACE = 1_000_000_000
_SAMPLE = 200


@dataclass(frozen=True, slots=True)
class Check:
    """What one check found."""

    name: str
    is_healthy: bool
    message: str
    """What was found; the cure too where it is not healthy."""


def check_record(home: Path, *, thorough: bool = False) -> Iterator[Check]:
    """All checks of the record, one after the other.

    Args:
        home: folder of the record.
        thorough: read every snapshot and every statement, not a sample.
    """
    steps: tuple[tuple[str, Callable[[], str | None]], ...] = (
        ("settings", _settings),
        ("database", lambda: _database(thorough)),
        ("tables", _tables),
        ("search", _search),
        ("statements", lambda: _statements(thorough)),
        ("snapshots", lambda: _snapshots(home, thorough)),
        ("disk space", lambda: _space(home)),
        ("jobs", _jobs),
        ("feeds", _feeds),
    )
    for name, step in steps:
        try:
            problem = step()
        except DatabaseError as error:
            problem = f"the database does not answer ({error}). Check ONRECORD_DATABASE and that the server runs."
        yield Check(name, problem is None, problem or "in order")


def mend() -> int:
    """Make the search entries anew; returns how many."""
    return rebuild()


def _settings() -> str | None:
    problems = [message for message in checks.run_checks() if message.level >= checks.ERROR]
    return "; ".join(f"{one.msg} {one.hint or ''}".strip() for one in problems) or None


def _database(thorough: bool) -> str | None:
    with connection.cursor() as cursor:
        if connection.vendor != "sqlite":
            cursor.execute("SELECT 1")
            return None
        cursor.execute("PRAGMA integrity_check(5)" if thorough else "PRAGMA quick_check(5)")
        damage = [row[0] for row in cursor.fetchall() if row[0] != "ok"]
        cursor.execute("PRAGMA foreign_key_check")
        dangling = cursor.fetchall()
    if damage:
        return f"the file is damaged ({'; '.join(damage)}). Restore a backup with `onrecord restore`."
    return f"{len(dangling)} rows point at rows that are gone. Restore a backup." if dangling else None


def _tables() -> str | None:
    pending = pending_migrations()
    return f"changes are pending: {', '.join(pending)}. Any `onrecord add` makes them." if pending else None


def _search() -> str | None:
    wanted, there = searchable().count(), SearchEntry.objects.count()
    problem = backend().problem()
    if wanted != there:
        problem = f"{there} entries for {wanted} statements"
    return f"{problem}. Run `onrecord check --mend`." if problem else None


def _statements(thorough: bool) -> str | None:
    statements = Statement.objects.select_related("version").order_by("-pk")
    some = statements.iterator(chunk_size=500) if thorough else statements[:_SAMPLE]
    wrong = [
        one.address
        for one in some
        if one.words != " … ".join(span.of(one.version.text) for span in one.contents)
    ]  # fmt: skip
    if not wrong:
        return None
    return f"{len(wrong)} statements do not stand where their spans say ({', '.join(wrong[:5])}). Restore a backup."


def _snapshots(home: Path, thorough: bool) -> str | None:
    store = SnapshotStore(home / "snapshots")
    snapshots = Snapshot.objects.order_by("-pk")
    some = snapshots.iterator(chunk_size=500) if thorough else snapshots[:_SAMPLE]
    problems = []
    for snapshot in some:
        try:
            store.read(snapshot)
        except SnapshotError as error:
            problems.append(str(error))
    return f"{len(problems)} of the pages kept are lost: {problems[0]}" if problems else None


def _space(home: Path) -> str | None:
    free = shutil.disk_usage(home).free if home.exists() else LOW_SPACE
    return f"{free / 1e6:.0f} MB are free under {home}. Make room." if free < LOW_SPACE else None


def _jobs() -> str | None:
    now = queue()
    if now.failed:
        return f"{now.failed} jobs failed. Look at them on the staff page."
    return f"{now.waiting} jobs wait. Is `onrecord work` running?" if now.waiting > _SAMPLE else None


def _feeds() -> str | None:
    failing = Feed.objects.filter(is_active=True, failures__gte=5).count()
    late = Feed.objects.filter(is_active=True, next_poll_at__lt=timezone.now() - timedelta(days=2)).count()
    if failing:
        return f"{failing} feeds have failed five times or more. Look at their errors on the staff page."
    return f"{late} feeds have not been polled for two days. Is `onrecord watch` running?" if late else None
