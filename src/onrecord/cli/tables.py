"""Tables for people: in colour on a terminal, plain elsewhere.

Everything that came from a page is stripped of what could command the terminal before it is shown.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence

from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from onrecord.cli.output import visible
from onrecord.evaluation.report import Measure, Report
from onrecord.terms import ACTS, Act, Article, Record, Statement

PLAIN_WIDTH = 120
"""Columns of a table that is written to a file or a pipe."""

ACT_STYLES: dict[Act, str] = {
    "deny": "bold red",
    "accuse": "magenta",
    "warn": "yellow",
    "claim": "cyan",
    "confirm": "green",
    "promise": "green",
    "decline": "dim",
}


def record_table(record: Record) -> str:
    """An article's heading and its statements, one a row."""
    table = Table(box=box.SIMPLE_HEAD, expand=True, pad_edge=False)
    table.add_column("who", ratio=3)
    table.add_column("act", width=max(map(len, ACTS)), no_wrap=True)
    table.add_column("what", ratio=8)
    table.add_column("when", width=len("2019-11-11 to"))
    for statement in record.statements:
        depth = _depth(statement, record.statements)
        act = Text(statement.act, ACT_STYLES.get(statement.act, ""))
        table.add_row(
            _who(statement, record.article.text, depth), act, _what(statement, record.article.text), _when(statement)
        )
    body: RenderableType = table if record.statements else Text("no statements found", "dim")
    return render(Group(_heading(record.article), Padding(body, (0, 0, 1, 2))))


def article_table(article: Article) -> str:
    """An article's heading and what is known of it."""
    grid = Table.grid(padding=(0, 2))
    fields = {
        "url": article.url,
        "byline": ", ".join(article.byline),
        "published": article.published,
        "updated": article.updated,
        "credited to": " ".join(filter(None, (article.credited_outlet, article.credited_date))),
        "posted by": article.posted_by,
        "section": article.section,
        "tags": ", ".join(article.tags),
        "categories": ", ".join(article.categories),
        "text": f"{len(article.text.split())} words, {_first_words(article.text)}",
        "replies": str(len(article.replies) or ""),
    }
    for name, value in fields.items():
        if value:
            grid.add_row(Text(name, "dim"), Text(visible(value)))
    return render(Group(_heading(article), Padding(grid, (0, 0, 1, 2))))


def report_table(report: Report, shortfalls: Sequence[str] = ()) -> str:
    """An evaluation's measures, one a row."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("measure")
    for name in ("%", "precision", "recall", "right", "found", "gold"):
        table.add_column(name, justify="right")
    for measure in report.measures:
        table.add_row(measure.name, *_figures(measure))
    notes = [Text(note, "dim") for note in report.notes]
    fallen = [Text(shortfall, "bold red") for shortfall in shortfalls]
    return render(Group(Text(report.title, "bold"), table, *notes, *fallen, Text()))


def render(content: RenderableType) -> str:
    """The content as text, with colour where standard output is a terminal."""
    console = Console() if sys.stdout.isatty() else Console(file=io.StringIO(), width=PLAIN_WIDTH)
    with console.capture() as capture:
        console.print(content)
    return "".join(f"{line.rstrip()}\n" for line in capture.get().splitlines())


def _heading(article: Article) -> Text:
    credit = f"after {article.credited_outlet}" if article.credited_outlet else None
    facts = " · ".join(visible(fact) for fact in (article.outlet, credit, article.published, article.id) if fact)
    return Text.assemble((visible(article.title or "(no headline)"), "bold"), "\n", (facts, "dim"))


def _who(statement: Statement, text: str, depth: int) -> Text:
    """The speaker's name, else the words of the mention; statements inside others stand indented."""
    mention = statement.speaker_span.of(text) if statement.speaker_span else "(not named)"
    if statement.speaker.name is None:
        return Text("↳ " * depth + visible(mention))
    role = f"\n{visible(statement.speaker.role)}" if statement.speaker.role else ""
    return Text.assemble("↳ " * depth, (visible(statement.speaker.name), "bold"), (role, "dim"))


def _what(statement: Statement, text: str) -> Text:
    words = " … ".join(" ".join(span.of(text).split()) for span in statement.content)
    told = f"\nto {statement.addressee.of(text)}" if statement.addressee else ""
    return Text.assemble(visible(words), (visible(told), "dim"))


def _when(statement: Statement) -> Text:
    return Text(statement.said_on.replace("/", " to ") if statement.said_on else "", "cyan")


def _depth(statement: Statement, statements: Sequence[Statement]) -> int:
    """How many statements this one lies within."""
    outer = {item.n: item.within for item in statements}
    depth, above = 0, statement.within
    while above is not None and depth < len(outer):
        depth, above = depth + 1, outer.get(above)
    return depth


def _first_words(text: str) -> str:
    paragraph = text.split("\n", 1)[0]
    return paragraph if len(paragraph) <= 200 else paragraph[:200].rsplit(" ", 1)[0] + " …"


def _figures(measure: Measure) -> tuple[str, ...]:
    rates = (measure.value, measure.precision, measure.recall)
    counts = (measure.right, measure.found, measure.gold)
    return (
        *(f"{rate:.1f}" if rate is not None else "" for rate in rates),
        *(str(count) if count is not None else "" for count in counts),
    )
