"""The commands ``extract`` and ``read`` as a person or a program meets them. Articles here are invented.

The reading itself is replaced where a test is about what the command does with the results; ``test_samples.py`` runs
the whole path.
"""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import onrecord.flow
from onrecord.cli import main
from onrecord.terms import Article, Attribution, Record, Reject, Span, Speaker, Statement

TEXT = "Mayor Jonas Wick said on Monday that “the cranes are closed.”"
ARTICLE = Article(id="dray", text=TEXT, title="Cranes closed", outlet="Dray Courier", published="2031-03-11")


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


STATEMENT = Statement(
    n=1,
    content=(span("that “the cranes are closed.”"),),
    cue=span("said"),
    speaker_span=span("Mayor Jonas Wick"),
    kind="mixed",
    speaker=Speaker("Jonas Wick", "person", "Mayor"),
    said_on="2031-03-10",
)
RAW = Attribution((span("Mayor Jonas Wick"),), (span("said"),), STATEMENT.content)
RECORD = Record(ARTICLE, (STATEMENT,), (RAW,), "test")
BROKEN = Reject("broken.html", "is empty", "empty")

Give = Callable[..., None]
Run = Callable[..., Result]


@pytest.fixture
def give(monkeypatch: pytest.MonkeyPatch) -> Give:
    """Makes ``extract`` and ``read`` find these results."""

    def give(*results: Record | Reject) -> None:
        def extract_sources(*_: Any, **__: Any) -> Iterator[Record | Reject]:
            yield from results

        def read_sources(*_: Any, **__: Any) -> Iterator[Article | Reject]:
            yield from (result.article if isinstance(result, Record) else result for result in results)

        monkeypatch.setattr(onrecord.flow, "extract_sources", extract_sources)
        monkeypatch.setattr(onrecord.flow, "read_sources", read_sources)

    return give


@pytest.fixture
def run() -> Run:
    return lambda *arguments: CliRunner().invoke(main, list(arguments))


def lines(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_in_a_pipe_extract_writes_statements_that_can_be_read_alone(give: Give, run: Run) -> None:
    give(RECORD)
    (line,) = lines(run("extract", "page.html"))
    assert line["article"] == "dray"
    assert line["published"] == "2031-03-11"
    assert line["speaker"]["name"] == "Jonas Wick"
    assert line["words"] == {
        "speaker": "Mayor Jonas Wick",
        "cue": "said",
        "content": ["that “the cranes are closed.”"],
    }


def test_articles_have_the_keys_of_the_gold_and_spans_into_their_text(give: Give, run: Run) -> None:
    give(RECORD)
    (line,) = lines(run("extract", "page.html", "--to", "articles"))
    assert {"id", "url", "outlet", "title", "published", "text", "statements"} <= set(line)
    start, end = line["statements"][0]["cue"]
    assert line["text"][start:end] == "said"


def test_attributions_are_raw_spans(give: Give, run: Run) -> None:
    give(RECORD)
    (line,) = lines(run("extract", "page.html", "--to", "attributions"))
    assert line == {"id": "dray", "attributions": [RAW.to_dict()]}


def test_read_writes_the_article_alone(give: Give, run: Run) -> None:
    give(RECORD)
    assert lines(run("read", "page.html")) == [ARTICLE.to_dict()]


def test_the_table_names_speaker_act_words_and_day(give: Give, run: Run) -> None:
    give(RECORD)
    table = run("extract", "page.html", "--to", "table").stdout
    for words in ("Cranes closed", "Dray Courier", "Jonas Wick", "Mayor", "say", "the cranes are closed", "2031-03-10"):
        assert words in table


@pytest.mark.parametrize("command", ["extract", "read"])
def test_a_page_cannot_command_the_terminal(give: Give, run: Run, command: str) -> None:
    hostile = "\x1b]0;owned\x07\x1b[2J\u202egnp.exe\x9b31m"
    article = Article(id=hostile, text=TEXT, title=hostile, outlet=hostile, tags=(hostile,))
    give(Record(article, (STATEMENT,)), Reject(hostile, hostile, "empty"))
    result = run(command, "page.html", "--to", "table")
    assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(result.stdout + result.stderr)


def test_what_is_set_aside_is_told_and_the_rest_is_written(give: Give, run: Run) -> None:
    give(RECORD, BROKEN, RECORD)
    result = run("extract", "pages/")
    assert result.exit_code == 1
    assert len(lines(result)) == 2
    assert "Set aside: 1 (empty 1)" in result.stderr
    assert "broken.html: is empty" in result.stderr


def test_rejects_go_to_a_file_when_asked(give: Give, run: Run, tmp_path: Path) -> None:
    give(*[BROKEN] * 12)
    path = tmp_path / "rejects.jsonl"
    result = run("extract", "pages/", "--rejects", str(path))
    assert [json.loads(line) for line in path.read_text().splitlines()] == [BROKEN.to_dict()] * 12
    assert "Set aside: 12" in result.stderr
    assert "broken.html" not in result.stderr


def test_many_rejects_do_not_flood_the_screen(give: Give, run: Run) -> None:
    give(*[BROKEN] * 12)
    stderr = run("extract", "pages/").stderr
    assert stderr.count("broken.html") == 10
    assert "and 2 more; --rejects FILE keeps them all" in stderr


def test_all_read_is_status_0(give: Give, run: Run) -> None:
    give(RECORD)
    assert run("extract", "page.html").exit_code == 0


@pytest.mark.parametrize("arguments", [[], ["page.html", "--to", "verse"], ["page.html", "--jobs", "-1"]])
def test_called_wrongly_is_status_2(run: Run, arguments: list[str]) -> None:
    assert run("extract", *arguments).exit_code == 2


def test_a_setting_that_cannot_be_read_is_status_2(give: Give, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    give(RECORD)
    monkeypatch.setenv("ONRECORD_JOBS", "many")
    result = run("extract", "page.html")
    assert result.exit_code == 2
    assert "ONRECORD_JOBS='many'" in result.stderr


def test_a_lone_surrogate_is_written_as_its_escape(give: Give) -> None:
    program = (
        "import onrecord.flow as flow; from onrecord.cli import main; from onrecord.terms import *\n"
        "flow.extract_sources = lambda *_, **__: iter([Record(Article(id='a', text='\\ud83d'), ())])\n"
        "main(['extract', 'page.html', '--to', 'articles'])"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert json.loads(result.stdout)["text"] == "\ud83d"


ENDLESS = """
import itertools, sys
import onrecord.flow as flow
from onrecord.cli import main
from onrecord.terms import Article, Record

flow.extract_sources = lambda *_, **__: (Record(Article(id=str(n), text="x" * {size}), ()) for n in itertools.count())
main(["extract", "page.html", "--to", "articles"])
"""


def endless(size: int) -> subprocess.Popen[bytes]:
    """The command with results that never end, each of a line of ``size`` characters."""
    return subprocess.Popen(
        [sys.executable, "-c", ENDLESS.format(size=size)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


@pytest.mark.parametrize("size", [10, 1_000_000])
def test_an_interrupt_leaves_whole_lines(size: int) -> None:
    with endless(size) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        process.send_signal(signal.SIGINT)
        rest = process.stdout.read()
        assert process.wait(timeout=30) == 130
    written = first + rest
    assert written.endswith(b"\n")
    assert [json.loads(line)["id"] for line in written.splitlines()] == [str(n) for n in range(written.count(b"\n"))]


def test_a_reader_that_leaves_ends_the_command_quietly() -> None:
    with endless(1000) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=30) == 141


def on_terminal(program: str) -> str:
    """What a program shows on a terminal."""
    shown: list[bytes] = []

    def read(descriptor: int) -> bytes:
        shown.append(os.read(descriptor, 65536))
        return shown[-1]

    status = pty.spawn([sys.executable, "-c", program], read, lambda _: b"")
    assert os.waitstatus_to_exitcode(status) == 0
    return b"".join(shown).decode()


def test_on_a_terminal_extract_shows_a_table_in_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    shown = on_terminal(
        "import onrecord.flow as flow; from onrecord.cli import main; from onrecord.terms import *\n"
        f"flow.extract_sources = lambda *_, **__: iter([{RECORD!r}])\n"
        "main(['extract', 'page.html'])"
    )
    assert "Jonas Wick" in shown
    assert "\x1b[" in shown
    assert '"article"' not in shown


def sources_given(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> dict[str, Any]:
    """What the command asks the flow to do."""
    asked: dict[str, Any] = {}

    def extract_sources(sources: Sequence[str], form: str, *, jobs: int, settings: Any, raw: bool) -> Iterator[Record]:
        asked.update(sources=sources, form=form, jobs=jobs)
        return iter(())

    monkeypatch.setattr(onrecord.flow, "extract_sources", extract_sources)
    CliRunner().invoke(main, ["extract", *arguments])
    return asked


def test_options_reach_the_flow(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = sources_given(monkeypatch, "a.html", "-", "--from", "html", "--jobs", "3")
    assert asked == {"sources": ("a.html", "-"), "form": "html", "jobs": 3}


def test_jobs_come_from_the_setting_and_0_means_every_core(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_JOBS", "5")
    assert sources_given(monkeypatch, "a.html")["jobs"] == 5
    assert sources_given(monkeypatch, "a.html", "--jobs", "0")["jobs"] == len(os.sched_getaffinity(0))
