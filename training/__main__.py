"""``python -m training``: corpora to the weights in the package, whole: train, export, calibrate.

Interrupted, the same command goes on from the last checkpoint in ``runs/statements``.
"""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

from onrecord.statements.weights import MODEL_FOLDER
from training import calibrate, export, train

RUN = Path("runs/statements")


def main() -> None:
    config = tomllib.loads((train.HERE / "config.toml").read_text("utf8"))
    data = Path(os.environ.get("ONRECORD_DATA", "../shared"))
    train.train(config, data, RUN)
    export.export(RUN, config, MODEL_FOLDER)
    calibrate.calibrate_model(MODEL_FOLDER, data, config["held_out"]["share"])


if __name__ == "__main__":
    main()
