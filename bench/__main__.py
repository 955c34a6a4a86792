"""``python -m bench [NAME ...]``: prints the tables of the benches named, or of all, each from a process of its own."""

from __future__ import annotations

import subprocess
import sys

from bench.machine import describe

BENCHES = ("accuracy", "speed", "memory", "search", "load", "people", "spam")


def main(names: list[str]) -> int:
    """Exit status 1 if one of them failed or fell below its floor; the others run all the same."""
    unknown = sorted(set(names) - set(BENCHES))
    if unknown:
        sys.exit(f"No bench called {', '.join(unknown)}; there are {', '.join(BENCHES)}.")
    print(describe(), flush=True)
    status = 0
    for name in names or BENCHES:
        print(f"\n== {name}\n", flush=True)
        status |= subprocess.run([sys.executable, "-m", f"bench.{name}"], check=False).returncode
    return int(status != 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
