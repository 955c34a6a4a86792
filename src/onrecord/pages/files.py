"""Files, folders and standard input as streams of bytes."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from onrecord.errors import PageError
from onrecord.pages.streams import Stream
from onrecord.terms import Reject

STANDARD_INPUT = "-"


@contextmanager
def open_stream(path: str) -> Iterator[Stream]:
    """The bytes of a file, or of standard input for ``-``, which stays open.

    Raises:
        PageError: it is not there or may not be read.
    """
    if path == STANDARD_INPUT:
        yield Stream(_Borrowed(sys.stdin.buffer))  # type: ignore[arg-type]
        return
    try:
        file = Path(path).open("rb")  # noqa: SIM115 -- the error is told apart from those of reading; closed below
    except (OSError, ValueError) as error:
        raise PageError(_why_unreadable(error), code=_code(error)) from error
    with file, Stream(file) as stream:
        yield stream


def is_folder(path: str) -> bool:
    """Whether there is a folder of this name; a name that no file can have is none."""
    try:
        return Path(path).is_dir()
    except OSError:
        return False


def files_in(folder: Path) -> Iterator[Path | Reject]:
    """The files in ``folder`` and the folders below, in the order of their names.

    Hidden files (``.git``, ``.DS_Store``) are no sources and passed over. Links to folders are not followed. A link
    that leads out of the folder and what is no regular file (a pipe would block for ever) are set aside.
    """
    root = folder.resolve()
    unreadable: list[OSError] = []
    for parent, folders, names in os.walk(folder, onerror=unreadable.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(name for name in names if not name.startswith(".")):
            path = Path(parent) / name
            yield _refused(path, root) or path
    for error in unreadable:
        yield Reject(str(error.filename), _why_unreadable(error), _code(error))


def _refused(path: Path, root: Path) -> Reject | None:
    try:
        target = path.resolve(strict=True)
        mode = target.stat().st_mode
    except (OSError, RuntimeError) as error:
        return Reject(str(path), _why_unreadable(error), _code(error))
    if not target.is_relative_to(root):
        return Reject(str(path), "is a link that leads out of its folder; name its target itself to read it", "outside")
    if not stat.S_ISREG(mode):
        return Reject(str(path), "is no file but a pipe, a socket or a device", "not_a_file")
    return None


def _why_unreadable(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "does not exist; check the name"
    if isinstance(error, PermissionError):
        return "may not be read by you; change its permissions"
    return f"cannot be read: {getattr(error, 'strerror', None) or error}"


def _code(error: Exception) -> str:
    return "not_found" if isinstance(error, FileNotFoundError) else "not_readable"


class _Borrowed:
    """A stream that others own: closing it leaves it open."""

    def __init__(self, raw: BinaryIO) -> None:
        self._raw = raw

    def read(self, size: int = -1) -> bytes:
        return self._raw.read(size)

    def close(self) -> None:
        """Leave it open."""
