"""The statement model: one encoder pass, a head for PolNeAR's tags, and for each cue its own layer of arguments."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from onrecord.statements.labels import ACT_TAGS, ARGUMENT_TAGS, CONVENTIONS, CUE_TAGS, FLAT_TAGS, TYPE_TAGS, allowed
from onrecord.statements.relations import RELATIONS
from onrecord.statements.words import GAPS, PLACES, SHAPES
from training.crf import Crf

WIDTH, HEADS, LAYERS, INNER, VOCABULARY, POSITIONS = 384, 12, 6, 1536, 30522, 512


class PooledDropout(nn.Module):
    """Dropout whose masks are slices of one pool of random numbers: drawing fresh ones costs a fifth of a CPU step."""

    def __init__(self, p: float, pool: int = 1 << 23) -> None:
        super().__init__()
        self.p = p
        keep = torch.rand(pool) >= p
        self.register_buffer("pool", keep.float() / (1 - p), persistent=False)

    def forward(self, x: Tensor) -> Tensor:
        if not self.training or not self.p:
            return x
        at = int(torch.randint(0, self.pool.numel() - x.numel(), ()))
        return x * self.pool[at : at + x.numel()].view(x.shape)


class Layer(nn.Module):
    """A post-norm transformer layer as in BERT."""

    def __init__(self, dropout: PooledDropout) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.inner = nn.Linear(WIDTH, INNER)
        self.outer = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = dropout

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        batch, length, _ = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        heads = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = self.norm1(x + self.dropout(self.out(heads.transpose(1, 2).reshape(batch, length, WIDTH))))
        return self.norm2(x + self.dropout(self.outer(functional.gelu(self.inner(x)))))


class Encoder(nn.Module):
    """MiniLM with embeddings of word shape, gap and place added."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.dropout = PooledDropout(dropout)
        self.pieces = nn.Embedding(VOCABULARY, WIDTH)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.shapes = nn.Embedding(len(SHAPES), WIDTH)
        self.gaps = nn.Embedding(len(GAPS), WIDTH)
        self.places = nn.Embedding(len(PLACES), WIDTH)
        for table in (self.shapes, self.gaps, self.places):
            nn.init.zeros_(table.weight)
        self.layers = nn.ModuleList(Layer(self.dropout) for _ in range(LAYERS))

    def forward(
        self, pieces: Tensor, shapes: Tensor, gaps: Tensor, places: Tensor, mask: Tensor | None = None
    ) -> Tensor:
        """[batch, length] each; ``mask`` true where there is a wordpiece (none: all) -> [batch, length, WIDTH]."""
        positions = self.positions.weight[: pieces.shape[1]]
        x = self.pieces(pieces) + positions + self.shapes(shapes) + self.gaps(gaps) + self.places(places)
        x = self.dropout(self.norm(x))
        bias = None if mask is None else (1.0 - mask[:, None, None, :].to(x.dtype)) * -1e4
        for layer in self.layers:
            x = layer(x, bias)
        return x

    def load_pretrained(self, package: str) -> None:
        spec = importlib.util.find_spec(package)
        if spec is None or not spec.submodule_search_locations:
            raise SystemExit(f"{package} is not installed: pip install -r training/requirements.txt")
        weights = load_file(Path(spec.submodule_search_locations[0]) / "model" / "model.safetensors")
        weights = {name.removeprefix("bert."): value for name, value in weights.items()}
        state = self.state_dict()
        state["pieces.weight"] = weights["embeddings.word_embeddings.weight"]
        state["positions.weight"] = (
            weights["embeddings.position_embeddings.weight"] + weights["embeddings.token_type_embeddings.weight"][0]
        )
        for kind in ("weight", "bias"):
            state[f"norm.{kind}"] = weights[f"embeddings.LayerNorm.{kind}"]
            for i in range(LAYERS):
                old, new = f"encoder.layer.{i}", f"layers.{i}"
                state[f"{new}.qkv.{kind}"] = torch.cat(
                    [weights[f"{old}.attention.self.{n}.{kind}"] for n in ("query", "key", "value")]
                )
                state[f"{new}.out.{kind}"] = weights[f"{old}.attention.output.dense.{kind}"]
                state[f"{new}.norm1.{kind}"] = weights[f"{old}.attention.output.LayerNorm.{kind}"]
                state[f"{new}.inner.{kind}"] = weights[f"{old}.intermediate.dense.{kind}"]
                state[f"{new}.outer.{kind}"] = weights[f"{old}.output.dense.{kind}"]
                state[f"{new}.norm2.{kind}"] = weights[f"{old}.output.LayerNorm.{kind}"]
        self.load_state_dict(state)


@dataclass(frozen=True, slots=True)
class Sizes:
    argument: int = 192
    gate: int = 64
    act: int = 96


class ArgumentHead(nn.Module):
    """What each word is to one cue: tags from word, cue and how they stand to each other."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self.relations = nn.ModuleDict({name: nn.Embedding(size, sizes.argument) for name, size in RELATIONS.items()})
        self.convention = nn.Embedding(len(CONVENTIONS), sizes.argument)
        for table in (*self.relations.values(), self.convention):
            nn.init.normal_(table.weight, std=0.02)
        self.hidden = nn.Linear(sizes.argument + sizes.gate, sizes.argument)
        self.tags = nn.ModuleDict({name: nn.Linear(sizes.argument, len(ARGUMENT_TAGS)) for name in CONVENTIONS})

    def forward(self, word: Tensor, cue: Tensor, gate: Tensor, relations: dict[str, Tensor], convention: int) -> Tensor:
        """``word`` [frames, words, argument], ``cue`` [frames, argument], ``gate`` [frames, words, gate] -> scores."""
        x = word + (cue + self.convention.weight[convention]).unsqueeze(1)
        for name, table in self.relations.items():
            x = x + table(relations[name])
        x = functional.gelu(self.hidden(torch.cat([functional.gelu(x), gate], dim=-1)))
        scores: Tensor = self.tags[CONVENTIONS[convention]](x)
        return scores


class StatementModel(nn.Module):
    """Encoder and heads. ``projections`` holds every linear map of a single word: one product gives them all."""

    def __init__(self, sizes: Sizes, dropout: float) -> None:
        super().__init__()
        self.encoder = Encoder(dropout)
        self.dropout = self.encoder.dropout
        self.parts = {
            "flat": len(FLAT_TAGS),
            "gold_cue": len(CUE_TAGS),
            "word": sizes.argument,
            "cue_first": sizes.argument,
            "cue_last": sizes.argument,
            "gate_word": sizes.gate,
            "gate_cue": sizes.gate,
            "act_cue": sizes.act,
            "act_last": sizes.act,
            "act_content": sizes.act,
            "act_source": sizes.act,
        }
        self.projections = nn.Linear(WIDTH, sum(self.parts.values()))
        nn.init.normal_(self.projections.weight, std=0.03)
        self.arguments = ArgumentHead(sizes)
        self.acts = nn.Linear(sizes.act, len(ACT_TAGS))
        self.types = nn.Linear(sizes.act, len(TYPE_TAGS))
        self.flat_crf = _crf(FLAT_TAGS)
        self.cue_crf = _crf(CUE_TAGS)
        self.argument_crfs = nn.ModuleDict({name: _crf(ARGUMENT_TAGS) for name in CONVENTIONS})

    def forward(
        self, pieces: Tensor, shapes: Tensor, gaps: Tensor, places: Tensor, mask: Tensor | None = None
    ) -> Tensor:
        """All projections of every wordpiece, [batch, length, sum of parts]."""
        hidden = self.encoder(pieces, shapes, gaps, places, mask)
        projected: Tensor = self.projections(self.dropout(hidden))
        return projected

    def split(self, projected: Tensor) -> dict[str, Tensor]:
        return dict(zip(self.parts, projected.split(list(self.parts.values()), dim=-1), strict=True))

    def act_hidden(
        self, parts: dict[str, Tensor], first: Tensor, last: Tensor, content: Tensor, source: Tensor
    ) -> Tensor:
        """``first``, ``last`` word of the cue; ``content``, ``source``: weights over words that sum to 0 or 1."""
        rows = torch.arange(len(first))
        x = parts["act_cue"][rows, first] + parts["act_last"][rows, last]
        x = (
            x
            + torch.einsum("fw,fwd->fd", content, parts["act_content"])
            + torch.einsum("fw,fwd->fd", source, parts["act_source"])
        )
        return functional.gelu(x)


def _crf(tags: tuple[str, ...]) -> Crf:
    return Crf(allowed(tags), [not tag.startswith("I-") for tag in tags])
