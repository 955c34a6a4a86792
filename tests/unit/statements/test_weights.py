"""A model that is missing, damaged or of another version is refused with a cure."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from onrecord.errors import ModelError
from onrecord.statements.labels import ACT_TAGS, ARGUMENT_TAGS, CUE_TAGS, FLAT_TAGS, TYPE_TAGS
from onrecord.statements.relations import RELATIONS
from onrecord.statements.weights import FORMAT, load_model


def config(**changes: Any) -> dict[str, Any]:
    tags = {"flat": FLAT_TAGS, "cue": CUE_TAGS, "arguments": ARGUMENT_TAGS, "acts": ACT_TAGS, "types": TYPE_TAGS}
    digest = hashlib.sha256(b"weights").hexdigest()
    body = {"format": FORMAT, "version": "1", "tags": tags, "relations": RELATIONS, "sha256": {"heads.npz": digest}}
    return {**body, **changes}


def write(folder: Path, body: dict[str, Any] | str, heads: bytes | None = b"weights") -> Path:
    (folder / "config.json").write_text(body if isinstance(body, str) else json.dumps(body))
    if heads is not None:
        (folder / "heads.npz").write_bytes(heads)
    return folder


def test_missing(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"no statement model.*make train"):
        load_model(tmp_path)


def test_damaged_config(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="damaged"):
        load_model(write(tmp_path, "{"))


def test_other_format(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=f"format {FORMAT + 1}"):
        load_model(write(tmp_path, config(format=FORMAT + 1)))


def test_other_labels(tmp_path: Path) -> None:
    tags = {**config()["tags"], "acts": ["say"]}
    with pytest.raises(ModelError, match="other labels"):
        load_model(write(tmp_path, config(tags=tags)))


def test_wrong_hash(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="not the file its config"):
        load_model(write(tmp_path, config(), heads=b"changed"))


def test_file_gone(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="missing from the model"):
        load_model(write(tmp_path, config(), heads=None))
