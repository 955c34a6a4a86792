"""Every word of the reply section is translated, and compiled translations match their sources."""

from __future__ import annotations

import gettext
import re
from importlib import resources
from pathlib import Path

import pytest

from onrecord.replies import reasons
from onrecord.spam import filter as spam_filter
from onrecord.spam.evidence import FEATURES

LOCALE = Path(str(resources.files("onrecord.replies"))) / "locale"
LANGUAGES = ["de", "fr", "fa"]
_ENTRY = re.compile(
    r'^msgid ((?:".*"\n)+)(?:msgid_plural ((?:".*"\n)+))?((?:msgstr(?:\[\d\])? (?:".*"\n?)+)+)', re.MULTILINE
)
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")


def joined(lines: str) -> str:
    return "".join(re.findall(r'"(.*)"', lines)).replace('\\"', '"').replace("\\n", "\n").replace("\\\\", "\\")


def entries(language: str) -> list[tuple[str, str, list[str]]]:
    source = (LOCALE / language / "LC_MESSAGES" / "django.po").read_text("utf-8")
    return [
        (
            joined(one),
            joined(many or ""),
            [joined(part) for part in re.split(r"^msgstr(?:\[\d\])? ", given, flags=re.M)[1:]],
        )
        for one, many, given in _ENTRY.findall(source)
        if joined(one)
    ]


def compiled(language: str) -> gettext.GNUTranslations:
    with (LOCALE / language / "LC_MESSAGES" / "django.mo").open("rb") as file:
        return gettext.GNUTranslations(file)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_left_untranslated(language: str) -> None:
    found = entries(language)
    assert len(found) > 200
    assert [one for one, _, given in found if not all(given)] == []
    assert [one for one, many, given in found if len(given) != (2 if many else 1)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_translation_keeps_the_values_it_names(language: str) -> None:
    for one, _, given in entries(language):
        for words in given:
            assert set(_PLACEHOLDER.findall(words)) == set(_PLACEHOLDER.findall(one)), one


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_file_is_that_of_the_source(language: str) -> None:
    translations = compiled(language)
    for one, many, given in entries(language):
        assert (translations.ngettext(one, many, 1) if many else translations.gettext(one)) == given[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_languages_have_the_same_words(language: str) -> None:
    assert {entry[:2] for entry in entries(language)} == {entry[:2] for entry in entries("de")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_string_of_the_templates_is_there(language: str) -> None:
    known = {one for one, _, _ in entries(language)}
    folder = LOCALE.parent / "templates"
    used = {
        words
        for path in folder.rglob("*.html")
        for words in re.findall(r"""\{% translate (?:"([^"]+)"|'[^']+')""", path.read_text("utf-8"))
        if words
    }
    assert used - known == set()


def test_every_reason_of_the_filter_is_named_for_translation() -> None:
    constants = {spam_filter.STILL_LEARNING, spam_filter.UNKNOWN_KIND, spam_filter.UNSURE}
    assert set(reasons.FILTER_REASONS) == {feature.reason for feature in FEATURES if feature.reason} | constants
