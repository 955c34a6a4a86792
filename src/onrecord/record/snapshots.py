"""Pages as they were seen, in WARC files beside the database.

Every process writes a file of its own, held by a lock for as long as it is open, so that writers never wait for each
other. A page's record is on the disk (fsync) before the transaction that names it commits. A process killed in between
leaves a record that no row names, or half a record. Whoever opens the file next mends both: half a record is cut off,
a whole one is taken up again when its page is added again. So nothing is lost and nothing is stored twice.
"""

from __future__ import annotations

import fcntl
import hashlib
import io
import os
import zlib
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from django.db.models import F, Max
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from onrecord.errors import OnrecordError
from onrecord.record.models import Snapshot
from onrecord.terms import Page

FOLDER = "snapshots"
LARGEST_FILE = 1_000_000_000
"""Bytes; a file that has grown beyond is left and a new one begun."""
_CHUNK = 1 << 20
_NOT_KEPT = frozenset(["content-encoding", "transfer-encoding", "content-length", "set-cookie", "connection"])


class SnapshotError(OnrecordError):
    """A snapshot is not what the record says it is."""

    code = "snapshot"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stands in a WARC file."""

    warc_file: str
    offset: int
    length: int


class SnapshotStore(AbstractContextManager["SnapshotStore"]):
    """Writes and reads the snapshots in a folder. Close it, or use it as a context manager, to free its file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._file: BinaryIO | None = None
        self._left: dict[tuple[str, str], Place] = {}
        """Whole records that no row names, by hash and URL: a killed process left them."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        if self._file:
            self._file.close()
            self._file = None

    def store(self, page: Page) -> Snapshot:
        """Keep a page; one that is kept already, byte for byte under the same URL, is not written again.

        Call it inside the transaction that uses the snapshot.
        """
        sha256, url = hashlib.sha256(page.body).hexdigest(), page.url or ""
        kept = Snapshot.objects.filter(sha256=sha256, url=url[:2000], name=page.name[:500]).first()
        if kept:
            return kept
        fetched = page.fetched or datetime.now(UTC)
        fetched = fetched if fetched.tzinfo else fetched.replace(tzinfo=UTC)
        place = self._adopt(sha256, url or page.name) or self._append(page, sha256, fetched)
        return Snapshot.objects.create(
            sha256=sha256,
            url=url[:2000],
            name=page.name[:500],
            fetched=fetched,
            media_type=page.media_type[:100],
            warc_file=place.warc_file,
            offset=place.offset,
            length=place.length,
        )

    def read(self, snapshot: Snapshot) -> bytes:
        """The bytes of a page as it was seen.

        Raises:
            SnapshotError: the file is missing or its bytes have another hash.
        """
        path = self.folder / Path(snapshot.warc_file).name
        try:
            with path.open("rb") as file:
                member = _member(file, snapshot.offset)
        except OSError as error:
            raise _lost(snapshot, f"cannot be read ({error.strerror})") from error
        body = _body(member[1]) if member else None
        if body is None or hashlib.sha256(body).hexdigest() != snapshot.sha256:
            raise _lost(snapshot, "is not what was stored")
        return body

    def _adopt(self, sha256: str, target: str) -> Place | None:
        self._open()
        place = self._left.pop((sha256, target), None)
        if place and Snapshot.objects.filter(warc_file=place.warc_file, offset=place.offset).exists():
            return None
        return place

    def _append(self, page: Page, sha256: str, fetched: datetime) -> Place:
        file = self._open()
        offset = file.seek(0, os.SEEK_END)
        file.write(_warc_record(page, sha256, fetched))
        file.flush()
        os.fsync(file.fileno())
        return Place(Path(file.name).name, offset, file.tell() - offset)

    def _open(self) -> BinaryIO:
        """A file that no other process writes, mended."""
        if self._file and self._file.seek(0, os.SEEK_END) < LARGEST_FILE:
            return self._file
        self.close()
        self.folder.mkdir(parents=True, exist_ok=True)
        for number in range(1, 1_000_000):
            path = self.folder / f"pages-{number:06}.warc.gz"
            if path.exists() and path.stat().st_size >= LARGEST_FILE:
                continue
            file = path.open("a+b")
            if _lock(file):
                self._file = file
                self._mend(file, path.name)
                _sync_folder(self.folder)
                return file
            file.close()
        raise SnapshotError(f"{self.folder} holds a million snapshot files. Begin a new record.")

    def _mend(self, file: BinaryIO, name: str) -> None:
        """Cut off half a record at the end; note whole records that no row names."""
        known = Snapshot.objects.filter(warc_file=name).aggregate(end=Max(F("offset") + F("length")))["end"] or 0
        end = known
        for place, content in _records(file, name, known):
            end = place.offset + place.length
            target = content[1]
            self._left[content[0], target] = place
        if end < file.seek(0, os.SEEK_END):
            file.truncate(end)
            os.fsync(file.fileno())


def _lost(snapshot: Snapshot, what: str) -> SnapshotError:
    return SnapshotError(
        f"The snapshot of {snapshot.url or snapshot.name} in {snapshot.warc_file} {what}. "
        "Restore the snapshots folder from a backup."
    )


def _body(plain: bytes) -> bytes | None:
    """The page in a WARC record."""
    record = next(iter(ArchiveIterator(io.BytesIO(plain))), None)
    return bytes(record.content_stream().read()) if record else None


def _lock(file: BinaryIO) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _warc_record(page: Page, sha256: str, fetched: datetime) -> bytes:
    """One gzip member: what a server answered as ``response``, what came from elsewhere as ``resource``."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    moment = fetched.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    headers = {"WARC-Date": moment, "WARC-Payload-Digest": f"sha256:{sha256}"}
    answered = [(name, value) for name, value in page.headers.items() if name.casefold() not in _NOT_KEPT]
    if page.url and answered:
        answered.append(("Content-Length", str(len(page.body))))
        record = writer.create_warc_record(
            page.url,
            "response",
            payload=io.BytesIO(page.body),
            http_headers=StatusAndHeaders("200 OK", answered, protocol="HTTP/1.1"),
            warc_headers_dict=headers,
        )
    else:
        record = writer.create_warc_record(
            page.url or page.name,
            "resource",
            payload=io.BytesIO(page.body),
            warc_content_type=_content_type(page),
            warc_headers_dict=headers,
        )
    writer.write_record(record)
    record.raw_stream.close()  # warcio buffers twice and closes once
    return out.getvalue()


def _content_type(page: Page) -> str:
    return f"{page.media_type}; charset={page.charset}" if page.charset else page.media_type


def _records(file: BinaryIO, name: str, start: int) -> Iterator[tuple[Place, tuple[str, str]]]:
    """Whole records from ``start`` on, each with its page's hash and target, up to the first that is not whole."""
    while (member := _member(file, start)) is not None:
        length, plain = member
        record = next(iter(ArchiveIterator(io.BytesIO(plain))), None)
        if record is None:
            return
        target = record.rec_headers.get_header("WARC-Target-URI") or ""
        sha256 = hashlib.sha256(record.content_stream().read()).hexdigest()
        yield Place(name, start, length), (sha256, target)
        start += length


def _member(file: BinaryIO, start: int) -> tuple[int, bytes] | None:
    """Length of the gzip member at ``start`` and what it holds; ``None`` where no whole one stands."""
    file.seek(start)
    unpacker = zlib.decompressobj(wbits=31)
    plain, read = bytearray(), 0
    while not unpacker.eof:
        chunk = file.read(_CHUNK)
        if not chunk:
            return None
        read += len(chunk)
        try:
            plain += unpacker.decompress(chunk)
        except zlib.error:
            return None
    return read - len(unpacker.unused_data), bytes(plain)
