"""Cutting text into words and words into windows, with a tokenizer made here so that no model is needed."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

from onrecord.statements.words import GAPS, PLACES, SHAPES, cut, window_inputs, windows


def make_tokenizer() -> Tokenizer:
    letters = [chr(c) for c in range(33, 127)]
    vocabulary = ["[PAD]", "[UNK]", *letters, *(f"##{letter}" for letter in letters), "port"]
    tokenizer = Tokenizer(WordPiece({piece: i for i, piece in enumerate(vocabulary)}, unk_token="[UNK]"))
    tokenizer.normalizer = BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = BertPreTokenizer()
    return tokenizer


TOKENIZER = make_tokenizer()


def test_words_point_into_the_text() -> None:
    text = "Port talks\n\nQuill’s “port” é"
    words = cut(text, TOKENIZER)
    assert [text[a:b] for a, b in zip(words.starts, words.ends, strict=True)] == [
        "Port", "talks", "Quill", "’", "s", "“", "port", "”", "é",
    ]  # fmt: skip
    assert [SHAPES[s] for s in words.shapes[:3]] == ["Title", "lower", "Title"]
    assert [GAPS[g] for g in words.gaps[:4]] == ["line break", "space", "line break", "none"]
    assert [PLACES[p] for p in words.places] == [*["headline"] * 2, *["plain"] * 3, *["quoted"] * 3, "plain"]
    assert words.paragraphs.tolist() == [0, 0, *[1] * 7]


@given(st.lists(st.sampled_from(["port", "a", "extraordinary", "“so”", "\n\n"]), max_size=120), st.integers(12, 40))
def test_every_word_is_kept_by_one_window(parts: list[str], width: int) -> None:
    words = cut(" ".join(parts), TOKENIZER)
    found = windows(words, width, margin=3)
    kept = [i for window in found for i in range(window.keep_start, window.keep_end)]
    assert kept == list(range(len(words)))
    for window in found:
        assert window.start <= window.keep_start <= window.keep_end <= window.end
        inputs = window_inputs(words, window, width)
        assert {len(values) for values in inputs.values()} == {len(inputs["pieces"])}
        assert len(inputs["pieces"]) <= width


@pytest.mark.parametrize("text", ["", " \n\n ", "\x00\x01"])
def test_text_without_words(text: str) -> None:
    words = cut(text, TOKENIZER)
    assert len(words) == 0
    assert windows(words, 16, 3) == []


def test_windows_part_at_a_paragraph_near_the_middle_of_what_they_share() -> None:
    parts = ["port"] * 40
    middle = windows(cut(" ".join(parts), TOKENIZER), 16, margin=4)[0].keep_end
    parts[middle + 1] = "\n\nport"
    first, second, *_ = windows(cut(" ".join(parts), TOKENIZER), 16, margin=4)
    assert first.keep_end == second.keep_start == middle + 1


def test_a_word_longer_than_a_window_is_cut_off() -> None:
    words = cut("a " + "b" * 60 + " c", TOKENIZER)
    found = windows(words, 16, 3)
    assert found[-1].keep_end == 3
    assert all(len(window_inputs(words, window, 16)["pieces"]) <= 16 for window in found)
    assert np.diff(words.firsts).tolist() == [1, 60, 1]
