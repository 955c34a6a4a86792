"""Character sets: what is declared, what the bytes show, and what happens when the two disagree."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.pages.charset import declared_inside, decode

FRENCH = "« L’été où naître est déjà loin », a dit la préfète de Valmorel. " * 20
RUSSIAN = "Министр Велин сказал, что переговоров с соседями не будет. " * 20


@pytest.mark.parametrize(
    ("text", "written", "declared", "read"),
    [
        (FRENCH, "utf-8", None, "utf-8"),
        (FRENCH, "utf-8", "iso-8859-1", "utf-8"),
        (FRENCH, "utf-8", "no-such-charset", "utf-8"),
        (FRENCH, "cp1252", "ISO-8859-1", "windows-1252"),
        (FRENCH, "cp1252", "utf-8", "windows-1252"),
        (FRENCH, "cp1252", None, "windows-1252"),
        (RUSSIAN, "cp1251", "windows-1251", "windows-1251"),
        (RUSSIAN, "cp1251", None, "windows-1251"),
        (RUSSIAN, "koi8-r", "utf-8", "koi8-r"),
        (FRENCH, "utf-16", "utf-8", "utf-16le"),
        (FRENCH, "utf-16-le", None, "utf-16le"),
        (FRENCH, "utf-16-be", None, "utf-16be"),
        ("日本の大臣は否定した。", "iso2022_jp", "iso-2022-jp", "iso-2022-jp"),
    ],
)
def test_text_is_read_whatever_was_declared(text: str, written: str, declared: str | None, read: str) -> None:
    decoded = decode(text.encode(written), declared)
    assert (decoded.text, decoded.charset) == (text, read)


def test_declaration_inside_the_page_counts_where_the_server_is_silent() -> None:
    page = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1251"></head>{RUSSIAN}'
    assert decode(page.encode("cp1251")).text == page


def test_what_the_server_declares_counts_more_than_the_page() -> None:
    page = f'<meta charset="koi8-r">{RUSSIAN}'
    assert decode(page.encode("cp1251"), "windows-1251").text == page


def test_utf16_declared_in_ascii_is_not_believed() -> None:
    assert declared_inside(b'<meta charset="utf-16">') == "utf-8"


@pytest.mark.parametrize(
    "label", ["utf-7", "hex", "zip", "rot13", "unicode_escape", "replacement", "x-user-defined", ""]
)
def test_codecs_that_are_no_character_set_are_not_used(label: str) -> None:
    assert decode(b"+ADw-script+AD4- \\u003c caf\xe9", label).charset == "windows-1252"


def test_a_few_broken_characters_cost_only_themselves() -> None:
    body = FRENCH.encode() + b"\xff\xfe end"
    assert decode(body, "utf-8").text == FRENCH + "\ufffd\ufffd end"


def test_page_cut_within_its_last_character_is_utf8() -> None:
    decoded = decode("déjà".encode()[:-1], "iso-8859-1")
    assert (decoded.text, decoded.charset) == ("déj", "utf-8")


def test_nul_characters_and_marks_are_dropped() -> None:
    assert decode(b"be\0fo\0re").text == "before"
    assert decode(codecs.BOM_UTF8 + b"before").text == "before"


@given(st.binary(max_size=2_000), st.one_of(st.none(), st.text(max_size=12)))
def test_any_bytes_become_text(body: bytes, declared: str | None) -> None:
    text = decode(body, declared).text
    assert "\0" not in text
    text.encode("utf-8")  # no lone surrogates
