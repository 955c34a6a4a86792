"""The trained model as it ships: found, checked and loaded once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Tokenizer

from onrecord.errors import ModelError
from onrecord.statements.labels import ACT_TAGS, ARGUMENT_TAGS, CUE_TAGS, FLAT_TAGS, TYPE_TAGS
from onrecord.statements.relations import RELATIONS
from onrecord.statements.words import load_tokenizer

FORMAT = 2
"""Rises when the files of a model change their meaning."""

MODEL_FOLDER = Path(__file__).parent / "model"

Floats = npt.NDArray[np.float32]

_CURE = "Install onrecord anew, or train a model with `make train`."


@dataclass(frozen=True, slots=True)
class Model:
    """Weights and what is needed to use them."""

    version: str
    encoder: onnxruntime.InferenceSession
    arguments: onnxruntime.InferenceSession
    heads: Mapping[str, Floats]
    tokenizer: Tokenizer
    parts: Mapping[str, slice]
    """Name of a projection -> where it lies in the encoder's output."""
    width: int
    """Wordpieces in a window, special ones included."""
    margin: int

    def project(self, inputs: Mapping[str, npt.NDArray[Any]]) -> Floats:
        """One encoder pass: arrays [windows, length] -> projections [windows, length, sum of parts]."""
        (projections,) = self.encoder.run(["projections"], dict(inputs))
        return np.asarray(projections, dtype=np.float32)

    def argument_scores(self, inputs: Mapping[str, npt.NDArray[Any]]) -> Floats:
        """What each word is to each cue, [cues, words, conventions, argument tags]; inputs as in training/export.py."""
        (scores,) = self.arguments.run(["scores"], dict(inputs))
        return np.asarray(scores, dtype=np.float32)


@lru_cache(maxsize=2)
def load_model(folder: Path = MODEL_FOLDER, threads: int = 1) -> Model:
    """Load a model once for each folder and number of threads.

    Raises:
        ModelError: it is missing, damaged, or made for another version of onrecord.
    """
    config = _read_config(folder)
    for name, digest in config["sha256"].items():
        _check_file(folder / name, digest)
    widths = config["parts"]
    ends = np.cumsum(list(widths.values())).tolist()
    parts = {name: slice(end - size, end) for (name, size), end in zip(widths.items(), ends, strict=True)}
    with np.load(folder / "heads.npz", allow_pickle=False) as arrays:
        heads = {name: arrays[name] for name in arrays.files}
    return Model(
        version=config["version"],
        encoder=_session(folder / "encoder.onnx", threads),
        arguments=_session(folder / "arguments.onnx", threads),
        heads=heads,
        tokenizer=load_tokenizer(str(folder / "tokenizer.json")),
        parts=parts,
        width=config["windows"]["width"],
        margin=config["windows"]["margin"],
    )


def _read_config(folder: Path) -> dict[str, Any]:
    try:
        config: dict[str, Any] = json.loads((folder / "config.json").read_text("utf8"))
    except FileNotFoundError:
        raise ModelError(f"there is no statement model in {folder}. {_CURE}") from None
    except ValueError as error:
        raise ModelError(f"the model's config.json in {folder} is damaged: {error}. {_CURE}") from error
    if config.get("format") != FORMAT:
        raise ModelError(
            f"the model in {folder} has format {config.get('format')}, this onrecord reads {FORMAT}. {_CURE}"
        )
    tags = {"flat": FLAT_TAGS, "cue": CUE_TAGS, "arguments": ARGUMENT_TAGS, "acts": ACT_TAGS, "types": TYPE_TAGS}
    if (
        any(tuple(config["tags"][name]) != tuple(wanted) for name, wanted in tags.items())
        or config["relations"] != RELATIONS
    ):
        raise ModelError(f"the model in {folder} has other labels than this onrecord. {_CURE}")
    return config


def _check_file(path: Path, digest: str) -> None:
    try:
        found = hashlib.sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        raise ModelError(f"{path.name} is missing from the model in {path.parent}. {_CURE}") from None
    if found != digest:
        raise ModelError(
            f"{path.name} in {path.parent} is not the file its config.json names (hash {found[:12]}). {_CURE}"
        )


def _session(path: Path, threads: int) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # other processes read beside this one
    return onnxruntime.InferenceSession(
        str(path), options, providers=["CPUExecutionProvider"], disabled_optimizers=["SkipLayerNormFusion"]
    )
