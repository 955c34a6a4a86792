"""GUM's coreference as examples for the ranker of speakers: which named person a "he" or "she" stands for."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

_OPENED_OR_CLOSED = re.compile(r"\((\w+)-(\w+)(?:-[^()]*)?(\))?|(\w+)\)")
_SUBJECTS = frozenset(("nsubj", "nsubj:pass"))
_PRONOUNS = frozenset(("he", "she"))


@dataclass(slots=True)
class Document:
    """A text with the name, if any, of each person that a subject "he" or "she" stands for."""

    id: str
    text: str = ""
    pronouns: list[tuple[int, int, str | None]] = field(default_factory=list)
    """Start and end of each pronoun, and the longest proper name of its person, ``None`` where it has none."""


def documents(data: Path) -> Iterator[Document]:
    for path in sorted((data / "data" / "gum" / "dep").glob("GUM_*.conllu")):
        yield _read(path)


def _read(path: Path) -> Document:
    document = Document(path.stem)
    names: dict[str, list[str]] = defaultdict(list)
    pronouns: list[tuple[int, int, str]] = []
    open_spans: list[tuple[str, list[str]]] = []
    for line in path.read_text(encoding="utf8").splitlines():
        if line.startswith("# newpar") and document.text:
            document.text = document.text.rstrip() + "\n\n"
        fields = line.split("\t")
        if len(fields) < 10 or not fields[0].isdigit():
            continue
        start = len(document.text)
        document.text += fields[1] + ("" if "SpaceAfter=No" in fields[9] else " ")
        opening, closing = _marks(fields[9])
        open_spans += [(group, []) for group in opening]
        for _, words in open_spans:
            words.append(fields[1] if fields[3] == "PROPN" else "")
        if fields[1].lower() in _PRONOUNS and fields[7] in _SUBJECTS and open_spans:
            pronouns.append((start, start + len(fields[1]), open_spans[-1][0]))
        for group in closing:
            at = next((i for i in range(len(open_spans) - 1, -1, -1) if open_spans[i][0] == group), None)
            if at is not None:
                words = open_spans.pop(at)[1]
                if all(words):
                    names[group].append(" ".join(words))
    document.pronouns = [(a, b, max(names[group], key=len, default=None)) for a, b, group in pronouns]
    return document


def _marks(misc: str) -> tuple[list[str], list[str]]:
    """The entities that a word opens and those it closes, by the last column of its line."""
    entity = re.search(r"Entity=([^|]*)", misc)
    marks = list(_OPENED_OR_CLOSED.finditer(entity.group(1))) if entity else []
    opening = [mark.group(1) for mark in marks if mark.group(1)]
    return opening, [mark.group(1) or mark.group(4) for mark in marks if mark.group(3) or mark.group(4)]
