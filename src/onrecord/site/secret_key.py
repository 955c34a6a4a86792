"""The key that signs sessions and links."""

from __future__ import annotations

import os
import secrets
import time
from pathlib import Path

_NAME = "secret-key"


def secret_key(given: str, home: Path) -> str:
    """The key as set, or the one kept in the home folder, made there on first use with mode 0600.

    Where there is no home folder yet (building documentation, checking types) the key lives as long as the process.
    """
    if given:
        return given
    if not home.is_dir():
        return _new_key()
    path = home / _NAME
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _read_key(path)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(_new_key())
    return _read_key(path)


def _read_key(path: Path) -> str:
    # Two processes may start at once: the second waits until the first has written its key.
    for _ in range(50):
        if key := path.read_text(encoding="ascii").strip():
            return key
        time.sleep(0.02)
    raise RuntimeError(f"{path} is empty. Remove it, and a new key is made; everyone signed in has to sign in again.")


def _new_key() -> str:
    return secrets.token_urlsafe(50)
