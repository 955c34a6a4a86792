"""Train the statement model from one config: ``python -m training.train [--config FILE] [--out FOLDER]``.

Checkpoints are written on the way; the same command goes on from the last one. The weights that are exported are a
running mean (Polyak averaging) of those of the last steps. ``--after RUN`` begins with the weights of a finished run,
for when more has been annotated since, with the settings of ``[continued]`` in place of those of ``[optimiser]``.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import time
import tomllib
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from onrecord.statements.labels import CONVENTIONS
from onrecord.statements.words import load_tokenizer
from training.corpora import is_held_out, training_texts
from training.examples import Batch, FrameBatch, Prepared, batches, epoch_windows, prepare
from training.network import Sizes, StatementModel

HERE = Path(__file__).parent


def losses(model: StatementModel, batch: Batch) -> dict[str, Tensor]:
    """Every loss of a batch, summed over what it counts and divided by the number of windows."""
    projected = model(**batch.inputs, mask=batch.mask)
    at = batch.word_at.unsqueeze(2).expand(-1, -1, projected.shape[2])
    parts = model.split(projected.gather(1, at))
    found: dict[str, Tensor] = {}
    for convention, (rows, tags) in batch.tags.items():
        crf, part = (model.flat_crf, "flat") if convention == "polnear" else (model.cue_crf, "gold_cue")
        found[f"{convention} tags"] = crf(parts[part][rows], tags, batch.lengths[rows]).sum()
    for convention, frames in batch.frames.items():
        found |= frame_losses(model, parts, frames, convention)
    return {name: value / len(batch.lengths) for name, value in found.items()}


def frame_losses(
    model: StatementModel, parts: dict[str, Tensor], frames: FrameBatch, convention: str
) -> dict[str, Tensor]:
    own = {name: value[frames.rows] for name, value in parts.items()}
    each = torch.arange(len(frames.rows))
    cue = own["cue_first"][each, frames.first] + own["cue_last"][each, frames.last]
    gate = own["gate_word"] * own["gate_cue"][each, frames.first].unsqueeze(1)
    scores = model.arguments(own["word"], cue, gate, frames.relations, CONVENTIONS.index(convention))
    found = {f"{convention} arguments": model.argument_crfs[convention](scores, frames.tags, frames.lengths).sum()}
    if convention == "gold":
        content, source = _mean_over(frames.tags, 3), _mean_over(frames.tags, 1)
        hidden = model.act_hidden(own, frames.first, frames.last, content, source)
        found["acts"] = nn.functional.cross_entropy(model.acts(hidden), frames.acts, ignore_index=-1, reduction="sum")
        found["types"] = nn.functional.cross_entropy(
            model.types(hidden), frames.types, ignore_index=-1, reduction="sum"
        )
    return found


def _mean_over(tags: Tensor, begin: int) -> Tensor:
    chosen = ((tags == begin) | (tags == begin + 1)).float()
    return chosen / chosen.sum(1, keepdim=True).clamp(min=1.0)


WEIGHTS = {"types": 0.3}
"""What a loss counts; 1 where it is not named."""


def parameter_groups(model: StatementModel, options: dict[str, Any]) -> list[dict[str, Any]]:
    groups: dict[str, list[nn.Parameter]] = {"fresh": [], "encoder": [], "head": []}
    for name, parameter in model.named_parameters():
        fresh = "crf" in name or any(f"encoder.{table}." in name for table in ("shapes", "gaps", "places"))
        groups["fresh" if fresh else "encoder" if name.startswith("encoder.") else "head"].append(parameter)
    decay = {"fresh": 0.0, "encoder": options["weight_decay"], "head": options["weight_decay"]}
    return [
        {"params": p, "lr": options[f"{n}_rate"], "base": options[f"{n}_rate"], "weight_decay": decay[n]}
        for n, p in groups.items()
    ]


def rate_at(step: int, steps: int, warmup: float) -> float:
    """Linear warm-up, then linear decay to nothing."""
    ramp = warmup * steps
    return step / ramp if step < ramp else max(0.0, (steps - step) / (steps - ramp))


def train(config: dict[str, Any], data: Path, out: Path, after: Path | None = None) -> None:
    torch.set_num_threads(int(os.environ.get("ONRECORD_THREADS", "2")))
    torch.manual_seed(config["seed"])
    out.mkdir(parents=True, exist_ok=True)
    options, width = config["optimiser"] | (config["continued"] if after else {}), config["windows"]["width"]
    texts = load_texts(config, data)
    model = StatementModel(Sizes(**config["heads"]), options["dropout"])
    if after is None:
        model.encoder.load_pretrained(config["encoder"]["package"])
    else:
        model.load_state_dict(torch.load(after / "checkpoint.pt", weights_only=True)["average"])
    optimiser = torch.optim.AdamW(parameter_groups(model, options), fused=True, betas=(0.9, 0.98))
    plan = [
        epoch_windows(texts, options["gold_repeats"], width, random.Random(config["seed"] + e))
        for e in range(options["epochs"])
    ]
    steps = sum(-(-len(windows) // options["batch"]) for windows in plan)
    average = {name: value.clone() for name, value in model.state_dict().items()}
    step, done_epochs = restore(out, model, optimiser, average)
    log = (out / "log.jsonl").open("a", encoding="utf8")
    started, first_step, sums = time.time(), step, {}
    model.train()
    for epoch in range(done_epochs, options["epochs"]):
        for batch in batches(texts, plan[epoch], options["batch"], width, random.Random(config["seed"] * 1000 + epoch)):
            found = losses(model, batch)
            total = torch.stack([value * WEIGHTS.get(name, 1.0) for name, value in found.items()]).sum()
            total.backward()
            nn.utils.clip_grad_norm_(model.parameters(), options["clip"])
            for group in optimiser.param_groups:
                group["lr"] = group["base"] * rate_at(step, steps, options["warmup"])
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
            step += 1
            update_average(average, model, min(options["average"], step / (step + 10)))
            for name, value in found.items():
                sums[name] = sums.get(name, 0.0) + float(value.detach())
            if step % 20 == 0:
                rate = (time.time() - started) / (step - first_step)
                line = {
                    "step": step,
                    "of": steps,
                    "seconds a step": round(rate, 3),
                    "minutes left": round(rate * (steps - step) / 60, 1),
                }
                line |= {name: round(value / 20, 2) for name, value in sums.items()}
                print(json.dumps(line), file=log, flush=True)
                sums = {}
        save(out, model, optimiser, average, step, epoch + 1)


def load_texts(config: dict[str, Any], data: Path) -> list[Prepared]:
    tokenizer = load_tokenizer(str(pretrained_folder(config) / "tokenizer.json"))
    share = config["held_out"]["share"]
    return [
        prepare(text, tokenizer)
        for text in training_texts(data)
        if not (text.gold is not None and is_held_out(text.id, share))
    ]


def pretrained_folder(config: dict[str, Any]) -> Path:
    import importlib.util

    spec = importlib.util.find_spec(config["encoder"]["package"])
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("the pretrained encoder is missing: pip install -r training/requirements.txt")
    return Path(spec.submodule_search_locations[0]) / "model"


@torch.no_grad()
def update_average(average: dict[str, Tensor], model: nn.Module, decay: float) -> None:
    state = model.state_dict()
    floating = [name for name, value in average.items() if value.is_floating_point()]
    torch._foreach_lerp_([average[n] for n in floating], [state[n] for n in floating], 1.0 - decay)


def save(
    out: Path, model: nn.Module, optimiser: torch.optim.Optimizer, average: dict[str, Tensor], step: int, epoch: int
) -> None:
    state = {
        "model": model.state_dict(),
        "optimiser": optimiser.state_dict(),
        "average": average,
        "step": step,
        "epoch": epoch,
    }
    torch.save(state, out / "checkpoint.new")
    (out / "checkpoint.new").replace(out / "checkpoint.pt")


def restore(
    out: Path, model: nn.Module, optimiser: torch.optim.Optimizer, average: dict[str, Tensor]
) -> tuple[int, int]:
    path = out / "checkpoint.pt"
    if not path.exists():
        return 0, 0
    state = torch.load(path, weights_only=True)
    model.load_state_dict(state["model"])
    optimiser.load_state_dict(state["optimiser"])
    average.update(state["average"])
    return state["step"], state["epoch"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--config", type=Path, default=HERE / "config.toml")
    parser.add_argument("--out", type=Path, default=Path("runs/statements"))
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("ONRECORD_DATA", "../shared")))
    parser.add_argument("--after", type=Path, help="folder of a finished run to begin with")
    arguments = parser.parse_args()
    train(tomllib.loads(arguments.config.read_text("utf8")), arguments.data, arguments.out, arguments.after)


if __name__ == "__main__":
    main()
