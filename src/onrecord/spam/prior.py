"""The shipped prior: what the filter knows before a site has taught it anything.

``prior/evidence.json`` holds the evidence weights by name, readable; ``prior/hashed.bin`` holds one signed byte for
each hashed position. ``prior/CARD.md`` says what they were made from.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from onrecord.errors import ModelError
from onrecord.spam.evidence import FEATURES, INDEX
from onrecord.spam.vector import BUCKETS, RESERVED, SIZE

FORMAT = 1
_CURE = "Reinstall onrecord, or rebuild the prior with `python -m training.spam`."


def beliefs() -> NDArray[np.float64]:
    """Weights before any data: what :data:`~onrecord.spam.evidence.FEATURES` says of each piece of evidence."""
    weights = np.zeros(SIZE)
    for feature in FEATURES:
        weights[INDEX[feature.name]] = feature.weight
    return weights


def load_prior() -> NDArray[np.float64]:
    """Weights of the prior that comes with onrecord.

    Raises:
        ModelError: the files are missing, damaged or of another version.
    """
    return _shipped().copy()


@cache
def _shipped() -> NDArray[np.float64]:
    return read_prior(resources.files("onrecord.spam") / "prior")


def read_prior(folder: Traversable) -> NDArray[np.float64]:
    """Weights of a prior written by :func:`write_prior`."""
    try:
        facts = json.loads((folder / "evidence.json").read_text("utf-8"))
        data = (folder / "hashed.bin").read_bytes()
    except (OSError, ValueError) as error:
        raise ModelError(f"The spam filter's prior cannot be read: {error}. {_CURE}") from error
    if facts.get("format") != FORMAT or len(data) != BUCKETS or facts["sha256"] != hashlib.sha256(data).hexdigest():
        raise ModelError(f"The spam filter's prior is damaged or of another version. {_CURE}")
    weights = beliefs()
    for name, weight in facts["evidence"].items():
        if name in INDEX:
            weights[INDEX[name]] = weight
    weights[RESERVED:] = np.frombuffer(data, np.int8) * facts["scale"]
    return weights


def write_prior(weights: NDArray[np.float64], folder: Path) -> None:
    """Write weights so that :func:`read_prior` reads them; hashed ones are rounded to a signed byte."""
    folder.mkdir(parents=True, exist_ok=True)
    hashed = weights[RESERVED:]
    scale = float(np.abs(hashed).max() / 127) or 1.0
    data = np.round(hashed / scale).astype(np.int8).tobytes()
    evidence = {feature.name: round(float(weights[INDEX[feature.name]]), 3) for feature in FEATURES}
    facts = {"format": FORMAT, "sha256": hashlib.sha256(data).hexdigest(), "scale": scale, "evidence": evidence}
    (folder / "hashed.bin").write_bytes(data)
    (folder / "evidence.json").write_text(json.dumps(facts, indent=1) + "\n", "utf-8")
