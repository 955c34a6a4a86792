"""How to cite a statement: APA, Chicago, BibTeX.

Speakers keep their name as the record has it: which part is the family name differs from language to language, and
turning it round by rule would misname people.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from onrecord.record.models import Statement
from onrecord.site import edtf
from onrecord.site.links import absolute

_SHORT = 140
_LAST_COMMA = re.compile(r"[.,;]+([”\"’']*)$")
_QUOTED_WHOLE = re.compile(r"[“\"]([^“”\"]*)[”\"]")
_INNER = str.maketrans("“”", "‘’")
_TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "%": r"\%", "&": r"\&",
        "#": r"\#", "_": r"\_", "$": r"\$", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Citation:
    apa: str
    chicago: str
    bibtex: str


def cite(statement: Statement) -> Citation:
    """The statement in three styles, with the article that reports it and its lasting address here."""
    return Citation(_apa(statement), _chicago(statement), bibtex(statement))


def _apa(statement: Statement) -> str:
    article = statement.article
    when = (
        _american(statement.said_from, year_first=True)
        if statement.said_from == statement.said_to
        else edtf.in_words(statement.said_on)
    )
    report = ", ".join(
        filter(None, (f"“{article.title}”" if article.title else "", _outlet(statement), _published(statement)))
    )
    reported = f" [Statement reported in {report}]" if report else " [Reported statement]"
    return (
        f"{_speaker(statement)}. ({when or 'n.d.'}). {_short(statement)}{reported}. "
        f"{settings.SITE_NAME}. {absolute(statement.get_absolute_url())}"
    )


def _chicago(statement: Statement) -> str:
    article = statement.article
    when = edtf.in_words(statement.said_on)
    said = f"{_speaker(statement)}, “{_short(statement).translate(_INNER)}”" + (f" ({when})" if when else "")
    title = f"reported in “{article.title}”" if article.title else ""
    parts = (
        said,
        title,
        _outlet(statement),
        _published(statement),
        settings.SITE_NAME,
        absolute(statement.get_absolute_url()),
    )
    return ", ".join(filter(None, parts)) + "."


def bibtex(statement: Statement) -> str:
    """A BibTeX entry of type ``misc``."""
    article = statement.article
    report = " ".join(
        filter(
            None,
            (f"Reported in “{article.title}”," if article.title else "", _outlet(statement), _published(statement)),
        )
    )
    fields = {
        "author": f"{{{_tex(_speaker(statement))}}}",
        "title": f"{{{_tex(_short(statement))}}}",
        "year": str(statement.said_from.year) if statement.said_from else "",
        "month": str(statement.said_from.month) if statement.said_from and len(statement.said_on) > 4 else "",
        "howpublished": _tex(settings.SITE_NAME),
        "url": absolute(statement.get_absolute_url()),
        "note": _tex(report),
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return f"@misc{{onrecord-{statement.address},\n" + ",\n".join(lines) + "\n}\n"


def _speaker(statement: Statement) -> str:
    if statement.person:
        return statement.person.name
    return statement.speaker_name or statement.speaker_words or "Unknown speaker"


def _outlet(statement: Statement) -> str:
    outlet = statement.article.outlet
    return outlet.name if outlet else ""


def _published(statement: Statement) -> str:
    return _american(statement.article.published_on)


def _american(day: date | None, *, year_first: bool = False) -> str:
    if day is None:
        return ""
    month_and_day = f"{edtf.MONTHS[day.month - 1]} {day.day}"
    return f"{day.year}, {month_and_day}" if year_first else f"{month_and_day}, {day.year}"


def _short(statement: Statement) -> str:
    """The words without the quotation marks around all of them and the comma at their end."""
    words = _LAST_COMMA.sub(r"\1", " ".join(statement.words.split()))
    whole = _QUOTED_WHOLE.fullmatch(words)
    words = whole[1] if whole else words
    return words if len(words) <= _SHORT else words[:_SHORT].rsplit(" ", 1)[0].rstrip(".,;") + " …"


def _tex(words: str) -> str:
    return words.translate(_TEX)
