"""A table of figures as text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich import box
from rich.table import Table

from onrecord.cli.tables import render


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]], note: str = "") -> str:
    """The first column is left aligned, the figures after it right."""
    grid = Table(title=title, title_justify="left", caption=note or None, caption_justify="left", box=box.SIMPLE_HEAD)
    for index, name in enumerate(columns):
        grid.add_column(name, justify="right" if index else "left")
    for row in rows:
        grid.add_row(*row)
    return render(grid)
