"""The reply section keeps its word on PostgreSQL as on SQLite. ``ONRECORD_TEST_POSTGRES`` names a server's database on
which databases may be made and dropped; ``.ci/with-postgres`` starts one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SERVER = os.environ.get("ONRECORD_TEST_POSTGRES", "")
ROOT = Path(__file__).parents[3]
OF_THE_STORE = ("writing", "moderation", "rights", "exchange", "daily", "at_once")
"""What depends on the database: everything that stores, counts, searches, locks or deletes."""

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.slow,
    pytest.mark.skipif(not SERVER, reason="ONRECORD_TEST_POSTGRES names no PostgreSQL server"),
]


def test_the_tests_of_the_store_pass(tmp_path: Path) -> None:
    files = [f"tests/web/replies/test_{name}.py" for name in OF_THE_STORE]
    environment = {**os.environ, "ONRECORD_HOME": str(tmp_path), "ONRECORD_DATABASE": SERVER}
    # Django makes a database of its own for the run and drops it; with several workers each has its own name.
    command = [sys.executable, "-m", "pytest", *files, "-q", "-m", "not browser", "-p", "no:cacheprovider"]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{done.stdout[-4000:]}\n{done.stderr[-2000:]}"
    assert " passed" in done.stdout
