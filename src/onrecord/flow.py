"""Page -> article -> statements, joined once. Everything that reads pages comes through here."""

from __future__ import annotations

import logging
import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from typing import TypeVar

from onrecord.articles import read_article
from onrecord.errors import InputError
from onrecord.pages import Form, Options, open_sources
from onrecord.settings import Settings, load
from onrecord.statements.reader import default_reader
from onrecord.terms import Article, Page, Record, Reject

__all__ = ["extract", "extract_many", "extract_pages", "extract_sources", "read", "read_sources"]

_log = logging.getLogger(__name__)

Result = TypeVar("Result")
Task = TypeVar("Task")

_IN_FLIGHT = 4
"""Pages handed out at once for each process: enough that none waits, few enough that memory stays flat."""


def read(html: str | bytes, url: str | None = None) -> Article:
    """The article on a page.

    Args:
        html: the page, as bytes where you have them: they say their own character set.
        url: where it was, for links and names that are relative to it.

    Raises:
        PageError: it is no readable page.
        NoArticle: there is no article on it.
    """
    body, charset = (html.encode("utf-8", "surrogatepass"), "utf-8") if isinstance(html, str) else (html, None)
    return read_article(Page(body, name=url or "page", url=url, charset=charset))


def extract(article: Article | str, published: str | None = None, *, raw: bool = False) -> Record:
    """Who said what in an article, or in a plain text.

    Args:
        article: the article, or its text with paragraphs parted by blank lines.
        published: day of publication in ISO 8601, which days such as "on Sunday" are counted from; for a text only.
        raw: fill ``attributions`` too, the spans in PolNeAR's conventions.
    """
    if isinstance(article, str):
        article = Article(id="text", text=article, published=published)
    return default_reader().read(article, raw=raw)


def extract_many(articles: Iterable[Article], jobs: int = 1, *, raw: bool = False) -> Iterator[Record | Reject]:
    """Statements of many articles, in order; an article that cannot be read gives a reject in its place."""
    for _, result in _map(partial(_extract_article, raw=raw), articles, jobs):
        yield result


def extract_pages(
    pages: Iterable[Page | Reject], jobs: int = 1, *, raw: bool = False
) -> Iterator[tuple[Page | None, Record | Reject]]:
    """Each page with its statements or the reason why it has none, in order; rejects come through without a page."""
    yield from _map(partial(_extract_page, raw=raw), pages, jobs)


def extract_sources(
    sources: Sequence[str],
    form: Form = "auto",
    *,
    jobs: int = 1,
    settings: Settings | None = None,
    raw: bool = False,
) -> Iterator[Record | Reject]:
    """Statements of everything that the sources hold, in order, whatever ``jobs`` is.

    Args:
        sources: files, folders, URLs, or ``-`` for standard input.
        form: what they are; ``auto`` tells by content.
        jobs: processes that read at once.
        settings: how to fetch; read from the environment if not given.
        raw: fill ``attributions`` of each record too.
    """
    for _, result in extract_pages(_pages(sources, form, settings), jobs, raw=raw):
        yield result


def read_sources(
    sources: Sequence[str], form: Form = "auto", *, jobs: int = 1, settings: Settings | None = None
) -> Iterator[Article | Reject]:
    """Articles of everything that the sources hold, in order; no model is loaded."""
    for _, result in _map(_read_page, _pages(sources, form, settings), jobs):
        yield result


def _pages(sources: Sequence[str], form: Form, settings: Settings | None) -> Iterator[Page | Reject]:
    return open_sources(sources, form, options=Options.from_settings(settings or load()))


def _extract_page(page: Page, *, raw: bool) -> Record | Reject:
    return _or_reject(lambda: default_reader().read(read_article(page), raw=raw), page.name, page.url)


def _read_page(page: Page) -> Article | Reject:
    return _or_reject(lambda: read_article(page), page.name, page.url)


def _extract_article(article: Article, *, raw: bool) -> Record | Reject:
    return _or_reject(lambda: default_reader().read(article, raw=raw), article.id, article.url)


def _or_reject(work: Callable[[], Result], name: str, url: str | None) -> Result | Reject:
    try:
        return work()
    except InputError as error:
        return Reject(name, str(error), error.code, url)
    except (RecursionError, MemoryError) as error:
        return Reject(name, f"is too deep or too large to read ({type(error).__name__}); cut it down", "too_large", url)
    except Exception as error:  # one article that meets a fault of ours must not take the others with it
        _log.exception("fault while reading %s", name)
        reason = f"met a fault in onrecord ({type(error).__name__}: {error}); please report it with this input"
        return Reject(name, reason, "fault", url, can_retry=True)


def _map(
    work: Callable[[Task], Result | Reject], tasks: Iterable[Task | Reject], jobs: int
) -> Iterator[tuple[Task | None, Result | Reject]]:
    """Do work on tasks in ``jobs`` processes, results in the order of the tasks; rejects among them pass through."""
    if jobs <= 1:
        for task in tasks:
            if isinstance(task, Reject):
                yield None, task
            else:
                yield task, work(task)
        return
    with _Pool(jobs) as pool:
        waiting: deque[Reject | tuple[Task, Future[Result | Reject]]] = deque()
        for task in tasks:
            waiting.append(task if isinstance(task, Reject) else (task, pool.submit(work, task)))
            if len(waiting) >= jobs * _IN_FLIGHT:
                first = _finished(work, waiting.popleft())
                yield first
        for given in waiting:
            last = _finished(work, given)
            yield last


def _finished(
    work: Callable[[Task], Result | Reject], waiting: Reject | tuple[Task, Future[Result | Reject]]
) -> tuple[Task | None, Result | Reject]:
    if isinstance(waiting, Reject):
        return None, waiting
    task, future = waiting
    try:
        return task, future.result()
    except BrokenProcessPool:
        return task, _again_alone(work, task)


def _again_alone(work: Callable[[Task], Result | Reject], task: Task) -> Result | Reject:
    """A task that was in flight when a process died: once more, in a process of its own."""
    with _Pool(1) as alone:
        try:
            return alone.submit(work, task).result()
        except BrokenProcessPool:
            name = str(getattr(task, "name", getattr(task, "id", "page")))
            reason = "the process that read it was killed, perhaps for want of memory; read it alone or cut it down"
            return Reject(name, reason, "killed", getattr(task, "url", None), can_retry=True)


class _Pool:
    """Processes that are started anew when one of them dies; only the task that kills it twice is given up."""

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs
        self._executor = self._start(jobs)

    @staticmethod
    def _start(jobs: int) -> ProcessPoolExecutor:
        # Forking a process that has threads (the inference library starts some) can deadlock; the server has none.
        return ProcessPoolExecutor(jobs, multiprocessing.get_context("forkserver"), initializer=_leave_interrupts)

    def __enter__(self) -> _Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self._executor.shutdown(wait=True, cancel_futures=True)

    def submit(self, work: Callable[[Task], Result], task: Task) -> Future[Result]:
        try:
            return self._executor.submit(work, task)
        except BrokenProcessPool:
            self._executor.shutdown(wait=False)
            self._executor = self._start(self._jobs)
            return self._executor.submit(work, task)


def _leave_interrupts() -> None:
    """An interrupt at the terminal reaches every process; only the one that began the work is to answer it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
