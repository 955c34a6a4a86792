"""The cache that the processes of a machine share."""

from __future__ import annotations

import multiprocessing
import sqlite3
import stat
from pathlib import Path
from typing import Any

import pytest

from onrecord.replies.shared_cache import SharedCache

PROCESSES, EACH = 4, 200


@pytest.fixture
def cache(tmp_path: Path) -> SharedCache:
    return SharedCache(str(tmp_path / "cache.sqlite3"), {})


def count(path: str) -> list[int]:
    cache = SharedCache(path, {})
    return [cache.incr("n") for _ in range(EACH)]


def test_no_two_processes_get_the_same_number(cache: SharedCache, tmp_path: Path) -> None:
    cache.set("n", 0)
    with multiprocessing.get_context("fork").Pool(PROCESSES) as pool:
        numbers = [n for part in pool.map(count, [str(tmp_path / "cache.sqlite3")] * PROCESSES) for n in part]
    assert sorted(numbers) == list(range(1, PROCESSES * EACH + 1))


@pytest.mark.parametrize("value", [0, 7, True, None, "a word", [1.5, 2.5], {"a": [1]}])
def test_what_is_set_comes_back(cache: SharedCache, value: Any) -> None:
    cache.set("k", value)
    found = cache.get("k", "nothing")
    assert found == value
    assert type(found) is type(value)


def test_the_first_to_add_is_the_one(cache: SharedCache) -> None:
    assert cache.add("k", 1)
    assert not cache.add("k", 2)
    assert cache.get("k") == 1
    assert cache.delete("k")
    assert cache.add("k", 2)


def test_what_has_ended_is_gone(cache: SharedCache) -> None:
    cache.set("k", 1, timeout=-1)
    assert cache.get("k") is None
    assert not cache.touch("k")
    with pytest.raises(ValueError, match="no number"):
        cache.incr("k")
    assert cache.add("k", 2), "what has ended is in nobody's way"
    assert cache.touch("k", -1)
    assert cache.get("k") is None


def test_the_number_of_entries_is_bounded(tmp_path: Path) -> None:
    cache = SharedCache(str(tmp_path / "c"), {"OPTIONS": {"MAX_ENTRIES": 50}})
    for n in range(1_001):
        cache.set(f"k{n}", n, timeout=n + 60)
    with sqlite3.connect(tmp_path / "c") as base:
        assert base.execute("SELECT count(*) FROM entry").fetchone()[0] <= 50
    assert cache.get("k1000") == 1000, "what lasts longest is kept"


def test_no_address_is_readable_in_the_file(cache: SharedCache, tmp_path: Path) -> None:
    cache.set("rate:203.0.113.77:ada@example.org", 1)
    for path in tmp_path.iterdir():
        assert b"203.0.113" not in path.read_bytes()
        assert b"example.org" not in path.read_bytes()
    assert stat.S_IMODE((tmp_path / "cache.sqlite3").stat().st_mode) == 0o600


def test_a_file_that_fails_is_an_empty_cache(tmp_path: Path) -> None:
    (tmp_path / "c").write_bytes(b"this is no database, though it is long enough to be looked at as one" * 50)
    cache = SharedCache(str(tmp_path / "c"), {})
    assert cache.get("k", "nothing") == "nothing"
    assert not cache.add("k", 1)
    with pytest.raises(ValueError, match="no number"):
        cache.incr("k")


def test_other_keys_are_other_entries(cache: SharedCache) -> None:
    cache.set("k", 1, version=1)
    cache.set("k", 2, version=2)
    assert (cache.get("k", version=1), cache.get("k", version=2), cache.get("l")) == (1, 2, None)
    cache.clear()
    assert cache.get("k", version=1) is None
