"""Stores for the tests: the one of the settings, and what fills it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.record.snapshots import SnapshotStore


@pytest.fixture
def snapshots(tmp_path: Path) -> Iterator[SnapshotStore]:
    with SnapshotStore(tmp_path / "snapshots") as store:
        yield store
