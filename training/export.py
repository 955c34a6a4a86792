"""Write trained weights as they ship: int8 ONNX encoder, heads, tokenizer, config and the hashes of all.

``python -m training.export [--run runs/statements] [--to src/onrecord/statements/model]``
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from torch.nn import functional

from onrecord.statements.labels import ACT_TAGS, ARGUMENT_TAGS, CONVENTIONS, CUE_TAGS, FLAT_TAGS, TYPE_TAGS
from onrecord.statements.relations import RELATIONS
from onrecord.statements.weights import FORMAT
from training.network import Sizes, StatementModel
from training.train import HERE, pretrained_folder

INPUTS = ("pieces", "shapes", "gaps", "places")
OPSET = 20
"""The first that has Gelu, which is quicker than its parts."""


def load(run: Path, config: dict[str, Any]) -> StatementModel:
    """The running mean of the weights of a run."""
    model = StatementModel(Sizes(**config["heads"]), dropout=0.0)
    state = torch.load(run / "checkpoint.pt", weights_only=True)
    model.load_state_dict(state["average"])
    return model.eval()


def export_encoder(model: StatementModel, path: Path, quantised: bool = True) -> None:
    """Encoder and projections; linear layers and embeddings in 8 bits, the projections in 32.

    Weights use seven of the eight bits: without VNNI instructions a full range overflows, and the same article must
    give the same statements on every machine.
    """
    example = tuple(torch.ones(2, 16, dtype=torch.int64) for _ in INPUTS)
    shapes = {name: {0: torch.export.Dim("windows"), 1: torch.export.Dim("length", max=512)} for name in INPUTS}
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        program = torch.onnx.export(
            model,
            example,
            input_names=INPUTS,
            output_names=["projections"],
            dynamic_shapes=shapes,
            dynamo=True,
            opset_version=OPSET,
        )
        assert program is not None
        program.save(str(whole))
        graph = onnx.load(str(whole))
        if not quantised:
            onnx.save(graph, str(path))
            return
        keep = _producers(graph, "projections.bias")
        quantize_dynamic(
            str(whole),
            str(path),
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,
            nodes_to_exclude=keep,
            extra_options={"MatMulConstBOnly": True},
        )


def _producers(graph: onnx.ModelProto, bias: str) -> list[str]:
    """Names of the products that a bias is added to."""
    added = {name for node in graph.graph.node if bias in node.input for name in node.input}
    return [node.name for node in graph.graph.node if node.op_type == "MatMul" and node.output[0] in added]


class ArgumentScores(nn.Module):
    """The argument head as it is read with: cues of many windows at once, both conventions' tags."""

    def __init__(self, model: StatementModel) -> None:
        super().__init__()
        self.head = model.arguments

    def forward(
        self,
        word: Tensor,
        gate_word: Tensor,
        rows: Tensor,
        cue: Tensor,
        gate_cue: Tensor,
        convention: Tensor,
        distance: Tensor,
        paragraphs: Tensor,
        cues: Tensor,
    ) -> Tensor:
        """``word`` and ``gate_word`` [windows, words, width], ``rows`` [cues]: each one's window, ``cue`` and
        ``gate_cue`` [cues, width], ``convention`` [1], relations [cues, words] -> [cues, words, conventions, tags].
        """
        x = word[rows] + (cue + self.head.convention.weight[convention]).unsqueeze(1)
        for name, classes in {"distance": distance, "paragraphs": paragraphs, "cues": cues}.items():
            x = x + self.head.relations[name].weight[classes]
        gate = gate_word[rows] * gate_cue.unsqueeze(1)
        x = functional.gelu(self.head.hidden(torch.cat([functional.gelu(x), gate], dim=-1)))
        return torch.stack([self.head.tags[name](x) for name in CONVENTIONS], dim=2)


def export_arguments(model: StatementModel, path: Path) -> None:
    """The argument head, 32 bits."""
    sizes = model.parts
    whole = {
        "windows": torch.export.Dim("windows"),
        "words": torch.export.Dim("words"),
        "cues": torch.export.Dim("cues"),
    }
    words, frames = {0: whole["windows"], 1: whole["words"]}, {0: whole["cues"]}
    ints = torch.int64
    inputs = {
        "word": (torch.zeros(2, 5, sizes["word"]), words),
        "gate_word": (torch.zeros(2, 5, sizes["gate_word"]), words),
        "rows": (torch.zeros(3, dtype=ints), frames),
        "cue": (torch.zeros(3, sizes["word"]), frames),
        "gate_cue": (torch.zeros(3, sizes["gate_cue"]), frames),
        "convention": (torch.zeros(1, dtype=ints), {}),
        **{name: (torch.zeros(3, 5, dtype=ints), {0: whole["cues"], 1: whole["words"]}) for name in RELATIONS},
    }
    program = torch.onnx.export(
        ArgumentScores(model).eval(),
        tuple(value for value, _ in inputs.values()),
        input_names=tuple(inputs),
        output_names=["scores"],
        dynamic_shapes={name: shape for name, (_, shape) in inputs.items()},
        dynamo=True,
        opset_version=OPSET,
    )
    assert program is not None
    program.save(str(path))


def export_heads(model: StatementModel, path: Path) -> None:
    """Everything behind the projections but the argument head, 32 bits, by plain names."""
    arrays = {
        name.replace(".", "_"): value
        for name, value in model.state_dict().items()
        if not name.startswith(("encoder.", "projections.", "arguments."))
    }
    crfs = {
        "flat": model.flat_crf,
        "cue": model.cue_crf,
        **{f"arguments_{c}": model.argument_crfs[c] for c in CONVENTIONS},
    }
    for name, crf in crfs.items():
        transitions, start = crf.matrices()
        arrays[f"{name}_transitions"], arrays[f"{name}_start"] = transitions, start
    arrays = {name: value.detach().numpy().astype(np.float32) for name, value in arrays.items() if "crf" not in name}
    np.savez(path, **arrays)


def write_config(model: StatementModel, config: dict[str, Any], folder: Path) -> None:
    files = {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest()
        for name in ("encoder.onnx", "arguments.onnx", "heads.npz", "tokenizer.json")
    }
    body = {
        "format": FORMAT,
        "version": config["version"],
        "parts": model.parts,
        "relations": RELATIONS,
        "tags": {"flat": FLAT_TAGS, "cue": CUE_TAGS, "arguments": ARGUMENT_TAGS, "acts": ACT_TAGS, "types": TYPE_TAGS},
        "windows": config["windows"],
        "training": config,
        "sha256": files,
    }
    (folder / "config.json").write_text(json.dumps(body, indent=1) + "\n", encoding="utf8")


def write_tokenizer(config: dict[str, Any], path: Path) -> None:
    body = json.loads((pretrained_folder(config) / "tokenizer.json").read_text("utf8"))
    body["truncation"] = body["padding"] = None
    path.write_text(json.dumps(body, ensure_ascii=False, separators=(",", ":")), encoding="utf8")


def export(run: Path, config: dict[str, Any], folder: Path, *, quantised: bool = True) -> None:
    """Write everything but the calibration, which is fitted on what is written here."""
    folder.mkdir(parents=True, exist_ok=True)
    model = load(run, config)
    export_encoder(model, folder / "encoder.onnx", quantised)
    export_arguments(model, folder / "arguments.onnx")
    export_heads(model, folder / "heads.npz")
    write_tokenizer(config, folder / "tokenizer.json")
    write_config(model, config, folder)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--config", type=Path, default=HERE / "config.toml")
    parser.add_argument("--run", type=Path, default=Path("runs/statements"))
    parser.add_argument("--to", type=Path, default=Path("src/onrecord/statements/model"))
    parser.add_argument("--float", action="store_true", help="do not quantise")
    arguments = parser.parse_args()
    config = tomllib.loads(arguments.config.read_text("utf8"))
    export(arguments.run, config, arguments.to, quantised=not arguments.float)


if __name__ == "__main__":
    main()
