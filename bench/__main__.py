"""``python -m bench [NAME ...]``: prints the tables of the benches named, or of all."""

from __future__ import annotations

import sys
from importlib import import_module

from bench.machine import describe
from onrecord.settings import load

BENCHES = ("accuracy", "speed", "memory")


def main(names: list[str]) -> None:
    """Print what was measured, with the machine it was measured on."""
    unknown = sorted(set(names) - set(BENCHES))
    if unknown:
        sys.exit(f"No bench called {', '.join(unknown)}; there are {', '.join(BENCHES)}.")
    print(describe(), end="\n\n")
    for name in names or BENCHES:
        for table in import_module(f"bench.{name}").run(load().data):
            print(table, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
