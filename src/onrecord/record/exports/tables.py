"""CSV and Parquet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.db.models import QuerySet

from onrecord.record.exports.rows import CHUNK, COLUMNS, rows
from onrecord.record.models import Statement

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def csv_table(statements: QuerySet[Statement], base_url: str) -> Iterator[bytes]:
    """UTF-8 with a byte order mark, which spreadsheets need to see that it is UTF-8."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    yield b"\xef\xbb\xbf"
    found = rows(statements, base_url)
    while some := list(islice(found, CHUNK)):
        writer.writerows({name: _cell(value) for name, value in row.items()} for row in some)
        yield _taken(out)
    yield _taken(out)


def _cell(value: Any) -> Any:
    """A text that a spreadsheet would run as a formula gets an apostrophe before it, as OWASP advises."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _taken(out: io.StringIO) -> bytes:
    written = out.getvalue().encode("utf-8")
    out.seek(0)
    out.truncate()
    return written


def parquet_table(statements: QuerySet[Statement], base_url: str) -> Iterator[bytes]:
    """Columns as in CSV, in row groups of ten chunks."""
    import pyarrow as pa
    from pyarrow import parquet

    types = {str: pa.string(), bool: pa.bool_(), int: pa.int32(), float: pa.float64()}
    schema = pa.schema([(name, types[kind]) for name, kind in COLUMNS.items()])
    sink = _Sink()
    found = rows(statements, base_url)
    with parquet.ParquetWriter(sink, schema, compression="zstd") as writer:
        while some := list(islice(found, CHUNK * 10)):
            writer.write_table(pa.Table.from_pylist(some, schema=schema))
            yield sink.take()
    yield sink.take()


class _Sink(io.RawIOBase):
    """A file that gives away what was written to it."""

    def __init__(self) -> None:
        self._chunks: list[bytes] = []
        self._position = 0

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._position

    def write(self, chunk: Any) -> int:
        piece = bytes(chunk)
        self._chunks.append(piece)
        self._position += len(piece)
        return len(piece)

    def close(self) -> None:
        """What was written is still there to be taken."""

    def take(self) -> bytes:
        taken, self._chunks = b"".join(self._chunks), []
        return taken
