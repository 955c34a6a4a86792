"""How many pages sources hold, counted cheaply, so that a long run can tell the time left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from onrecord.errors import PageError
from onrecord.pages.files import STANDARD_INPUT, files_in, open_stream
from onrecord.pages.forms import Form, detect
from onrecord.pages.limits import SNIFFED_BYTES
from onrecord.pages.streams import Stream

# What stands once for each page in a file of many.
_MARKS: dict[Form, bytes] = {"articles": b"\n", "warc": b"WARC-Type: response", "wxr": b"<item>"}
_CHUNK = 1 << 20


def expected_pages(sources: Iterable[str], form: Form) -> int | None:
    """About how many pages the sources hold; ``None`` where only reading them tells: feeds, URLs, standard input."""
    total = 0
    for path in _files(sources):
        pages = _pages_in(path, form) if path else None
        if pages is None:
            return None
        total += pages
    return total


def _files(sources: Iterable[str]) -> Iterator[Path | None]:
    """Every file the sources name, ``None`` for a source that is no file."""
    for source in sources:
        if source == STANDARD_INPUT or source.lower().startswith(("http://", "https://")):
            yield None
        elif Path(source).is_dir():
            yield from (path for path in files_in(Path(source)) if isinstance(path, Path))
        else:
            yield Path(source)


def _pages_in(path: Path, form: Form) -> int | None:
    """About how many pages a file holds; one that cannot be read counts as one, since it gives one reject."""
    try:
        with open_stream(str(path)) as stream:
            found = detect(stream.peek(SNIFFED_BYTES), path.name) if form == "auto" else form
            if found == "feed":
                return None
            return _count(stream, _MARKS[found]) if found in _MARKS else 1
    except (PageError, OSError):
        return 1


def _count(stream: Stream, mark: bytes) -> int:
    count, tail = 0, b""
    while chunk := stream.read(_CHUNK):
        count += (tail + chunk).count(mark)
        tail = chunk[1 - len(mark) :] if len(mark) > 1 else b""
    return count
