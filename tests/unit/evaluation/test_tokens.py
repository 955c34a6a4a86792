"""Placing a treebank's tokens in the article they were cut from. All texts are invented."""

from __future__ import annotations

from onrecord.evaluation.tokens import place


def words(text: str, tokens: list[str]) -> list[str | None]:
    return [span.of(text) if span else None for span in place(tokens, text)]


def test_quotation_marks_brackets_and_dashes_are_found_in_any_form() -> None:
    text = "“We won’t,” Orla (of Dray) said — twice …"
    tokens = ["``", "We", "wo", "n't", ",", "''", "Orla", "-LRB-", "of", "Dray", "-RRB-", "said", "--", "twice", "..."]
    assert words(text, tokens) == [
        *("“", "We", "wo", "n’t", ",", "”", "Orla", "(", "of", "Dray", ")", "said", "—", "twice", "…"),
    ]


def test_a_period_that_the_tokenizer_doubled_has_no_place() -> None:
    assert words("He left the U.K. She stayed.", ["He", "left", "the", "U.K.", ".", "She", "stayed", "."]) == [
        *("He", "left", "the", "U.K.", None, "She", "stayed", "."),
    ]


def test_a_stretch_that_was_cut_out_of_the_tokens_is_jumped_over() -> None:
    text = (
        "The harbour is shut. "
        + "An advertisement stood here, and it was long. " * 3
        + "The mayor told us it would open soon."
    )
    tokens = "The harbour is shut . The mayor told us it would open soon .".split()
    assert [word for word in words(text, tokens) if word is None] == []
    assert place(tokens, text)[6].start == text.index("mayor")  # type: ignore[union-attr]


def test_paragraphs_in_another_order_are_found() -> None:
    first, second = "The harbour has been shut since the autumn.", "The mayor told us it would open soon."
    tokens = [*second[:-1].split(), ".", *first[:-1].split(), "."]
    assert None not in words(f"{first} {second}", tokens)
