"""How a resolved speaker is worded: tidy name, type and role."""

from __future__ import annotations

from onrecord.statements.speakers import lexicon as lx
from onrecord.statements.speakers.entities import Entity
from onrecord.statements.speakers.mentions import Mention
from onrecord.statements.speakers.tokens import Tokens
from onrecord.terms import SpeakerType

_ARTICLES = ("the ", "a ", "an ", "The ", "A ", "An ")
_VAGUE = lx._set(
    "some many others those these they people everyone anyone somebody someone several few most all both percent half "
    "one two three"
)


def tidy(name: str) -> str:
    """A name on one line, without leading article, brackets left open or trailing marks."""
    name = " ".join(name.split()).strip(' ,;:—–-“”"')
    for article in _ARTICLES:
        if name.startswith(article) and not name[len(article) :].startswith(("New York Times", "Hague")):
            name = name[len(article) :]
            break
    if name.endswith(("’s", "'s")):
        name = name[:-2]
    return name.strip()


def speaker_type(entity: Entity | None, mention: Mention | None) -> SpeakerType:
    """Person, organization, group, document or media, by the mention's head and who it is."""
    if (
        mention is not None
        and mention.head_class == "document"
        and mention.kind in ("noun", "name")
        and not _named_head(entity, mention)
    ):
        return "document"
    if entity is None:
        return _unnamed_type(mention)
    if entity.label == "joint":
        return "group" if entity.gender else "organization"
    if entity.is_person:
        return "person"
    if entity.is_media or (mention is not None and mention.head_class == "media"):
        return "media"
    return "organization"


def _named_head(entity: Entity | None, mention: Mention) -> bool:
    return entity is not None and mention.kind == "name" and mention.head in entity.name.lower().split()


def _unnamed_type(mention: Mention | None) -> SpeakerType:
    if mention is None or mention.kind in ("they", "we"):
        return "group"
    if mention.kind in ("he", "she", "i", "you"):
        return "person"
    if mention.kind == "it":
        return "organization"
    if mention.head_class == "group" or (mention.plural and mention.head_class in ("person", "other")):
        return "group"
    if mention.head_class == "other":
        return "group" if mention.determiner in ("many", "this") else "person"
    return {"person": "person", "organization": "organization", "media": "media", "document": "document"}[
        mention.head_class
    ]  # type: ignore[return-value]


def role_of(tokens: Tokens, entity: Entity | None, mention: Mention | None) -> str | None:
    """The description the article gives of a speaker; of someone it never names, the mention itself."""
    if entity is not None and entity.label != "own":
        return entity.descriptions[0][1] if entity.descriptions else None
    if entity is not None or mention is None or mention.kind != "noun" or mention.head in _VAGUE:
        return None
    if mention.head_class not in ("person", "group", "organization", "other") or mention.head[:1].isdigit():
        return None
    start = mention.start
    while start < mention.end - 1 and tokens.lower(start) in (
        "the",
        "a",
        "an",
        "one",
        "some",
        "many",
        "another",
        "several",
    ):
        start += 1
    return " ".join(tokens.words(start, mention.end).split())
