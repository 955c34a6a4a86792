"""Texts taken apart: markup, links, disguises."""

from __future__ import annotations

import time

import pytest

from onrecord.spam.evidence import Submission, evidence_of
from onrecord.spam.text import LONGEST, guess_language, host_of, main_script, read_text, shorten, undisguise, words_of


def test_markup_goes_and_links_stay() -> None:
    read = read_text('look <a href="http://www.shop.example/x">here</a> &amp; at https://two.example/y')
    assert read.hosts == ("shop.example", "two.example")
    assert read.words == ("look", "here", "at")
    assert read.has_markup


@pytest.mark.parametrize(
    ("given", "restored"),
    [
        ("сheсk оut my сhannеl", "check out my channel"),
        ("Можeм вaм пοмoчь", "Можем вам помочь"),
        ("plain words", "plain words"),
    ],
)
def test_borrowed_letters_are_given_back(given: str, restored: str) -> None:
    assert undisguise(given)[0] == restored


def test_invisible_characters_do_not_hide_words() -> None:
    read = read_text("sub\u200bscribe to me")
    assert "subscribe" in read.words
    assert read.invisible == 1


def test_a_long_text_is_read_from_both_ends() -> None:
    short = shorten("a" * 10_000 + "the end")
    assert len(short) == LONGEST + 1
    assert short.endswith("the end")


@pytest.mark.parametrize(
    ("text", "script"), [("harbour", "latin"), ("гавань", "cyrillic"), ("بندر", "arabic"), ("12!", None)]
)
def test_scripts_are_told_apart(text: str, script: str | None) -> None:
    assert main_script(text) == script


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("the harbour was closed and they have not said for how long", "en"),
        ("der Hafen war nicht nur für einen Tag zu und das ist auch bekannt", "de"),
        ("این گزارش را از بندر برای ما آورد", "fa"),
        ("Kestria", None),
    ],
)
def test_languages_are_guessed_only_where_the_words_say_enough(text: str, language: str | None) -> None:
    assert guess_language(words_of(text)) == language


@pytest.mark.parametrize("url", ["http://[::1", "not a url", "http://", "//"])
def test_what_is_no_host_is_none(url: str) -> None:
    assert host_of(url) is None


@pytest.mark.parametrize(
    "pattern",
    ["<a ", "&amp;", "http://", "a@", "[url=", "my my ", "1 ", "great post ", "!?", "аa", "\u200b", "if you "],
)
def test_a_megabyte_is_read_in_under_a_second(pattern: str) -> None:
    text = (pattern * 1_000_000)[:1_000_000]
    start = time.perf_counter()
    evidence_of(Submission(text))
    assert time.perf_counter() - start < 1.5
