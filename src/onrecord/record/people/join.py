"""Speakers joined across articles, only where the evidence holds.

A name alone joins when it is a full name and nothing speaks against it. Anything less (a family name, a shorter form,
the same name with another role) needs a role, an outlet or company in common. Where two people fit equally well,
neither is taken: the record would rather have one person twice, which an editor merges with one click, than two
people in one, which nobody notices.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet

from onrecord.record.addresses import short_address, slugify
from onrecord.record.models import Article, Person, PersonName, PersonRole, Statement
from onrecord.record.people.names import body_key, family_key, is_generic, name_key, name_parts, role_words, tells_apart
from onrecord.record.words import folded_text
from onrecord.terms import Speaker

ENOUGH = 2
"""Evidence that joins: a full name counts two, everything else is in :func:`_score`."""
_MOST_CANDIDATES = 200
_MOST_STATEMENTS = 50
_MOST_STORIES = 5
_SHARED_NAMES = 4
_INNER_CAPITAL = re.compile(r"(?<=[a-z,;] )[^\W\d_a-z][^\W\d_]{2,}")
_NO_NAMES = frozenset(
    "january february march april may june july august september october november december monday tuesday wednesday "
    "thursday friday saturday sunday president minister senator governor mayor king queen".split()
)
_BODIES = (Person.Type.ORGANIZATION, Person.Type.GROUP, Person.Type.MEDIA, Person.Type.DOCUMENT)


@dataclass
class Company:
    """Who else speaks in an article, and where it was published: the evidence that does not lie in the name."""

    article: Article
    people: dict[tuple[str, str], Person] = field(default_factory=dict)
    """(person or body, name key) -> who it is, for those already resolved here."""

    def others(self) -> list[int]:
        return [person.pk for person in self.people.values()]


def join_speakers(article: Article, speakers: Iterable[Speaker]) -> dict[Speaker, Person]:
    """The person behind each named speaker of an article, created where the record has none.

    Those who are surely known come first, the fullest names before the rest, so that they are evidence for the others.
    """
    company = Company(article)
    named = sorted(
        {s for s in speakers if s.name}, key=lambda s: (-len(name_parts(s.name or "")), s.name, s.role or "")
    )
    unknown = [speaker for speaker in named if not _known(speaker, company)]
    for speaker in unknown:
        _known(speaker, company) or _new(speaker, company)
    found = {speaker: company.people.get(_place(speaker)) for speaker in named}
    return {speaker: person for speaker, person in found.items() if person}


def _known(speaker: Speaker, company: Company) -> Person | None:
    kind, key = place = _place(speaker)
    person = company.people.get(place) or (_best(speaker, _candidates(speaker, key), company) if key else None)
    if person:
        company.people[kind, key] = person
        add_name(person, speaker.name or "")
    return person


def _new(speaker: Speaker, company: Company) -> Person | None:
    place = _place(speaker)
    if not place[1]:
        return None
    company.people[place] = person = create_person(speaker.name or "", speaker.type)
    return person


def _place(speaker: Speaker) -> tuple[str, str]:
    # A body is one whether an article has it speak as an organization, a medium or by a document of its own.
    return "person" if speaker.type == "person" else "body", key_of(speaker.name or "", speaker.type)


def key_of(name: str, kind: str) -> str:
    return name_key(name) if kind == Person.Type.PERSON else body_key(name)


def create_person(name: str, kind: str) -> Person:
    """A person of their own, with a slug that nobody else has."""
    base = slugify(name[:200], otherwise="unnamed")[:90]
    taken = set(Person.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    number = next(n for n in range(1, len(taken) + 2) if _numbered(base, n) not in taken)
    slug = _numbered(base, number)
    person = Person.objects.create(public_id=short_address("person", slug), name=name[:200], slug=slug, type=kind)
    add_name(person, name)
    return person


def add_name(person: Person, name: str) -> PersonName:
    is_person = person.type == Person.Type.PERSON
    found, _ = PersonName.objects.get_or_create(
        person=person,
        name=name[:200],
        defaults={"key": key_of(name, person.type)[:200], "family_key": family_key(name)[:100] if is_person else ""},
    )
    return found


def add_role(person: Person, role: str, article: Article, on: date | None) -> None:
    """Note that an article gives a person a role; the earliest day it does so counts."""
    key = folded_text(role)[:300]
    if not key:
        return
    found, is_new = PersonRole.objects.get_or_create(
        person=person, article=article, key=key, defaults={"role": role[:300], "on": on or article.published_on}
    )
    if not is_new and on and found.on and on < found.on:
        found.on = on
        found.save(update_fields=["on"])


def _numbered(base: str, number: int) -> str:
    return base if number == 1 else f"{base}-{number}"


def _candidates(speaker: Speaker, key: str) -> dict[Person, int]:
    """People whose name fits, with what the name alone counts as evidence."""
    assert speaker.name
    if speaker.type != "person":
        names = PersonName.objects.filter(key=key, person__type__in=_BODIES)
        weight = 1 if is_generic(speaker.name) else 2
        return {_root(name.person): weight for name in names.select_related("person__merged_into")[:_MOST_CANDIDATES]}
    people_names = PersonName.objects.filter(family_key=family_key(speaker.name), person__type=Person.Type.PERSON)
    found: dict[Person, int] = {}
    for name in people_names.select_related("person__merged_into")[:_MOST_CANDIDATES]:
        by_name = _name_weight(key, name.key)
        if by_name is not None:
            person = _root(name.person)
            found[person] = max(by_name, found.get(person, 0))
    return found


def _name_weight(key: str, other: str) -> int | None:
    """Two for one full name, one for a shorter form of it, none for a family name alone; ``None`` if they differ."""
    mine, theirs = key.split(), other.split()
    shorter, longer = sorted((mine, theirs), key=len)
    rest = iter(longer)
    if not all(part in rest for part in shorter):
        return None
    if len(shorter) == 1:
        return 0
    return 2 if mine == theirs else 1


def _root(person: Person) -> Person:
    while person.merged_into is not None:
        person = person.merged_into
    return person


def _best(speaker: Speaker, candidates: dict[Person, int], company: Company) -> Person | None:
    """The one candidate with enough evidence and more than any other."""
    scores = {person: weight + _score(person, weight, speaker, company) for person, weight in candidates.items()}
    enough = sorted(((score, person.pk) for person, score in scores.items() if score >= ENOUGH), reverse=True)
    if not enough or (len(enough) > 1 and enough[0][0] == enough[1][0]):
        return None
    return next(person for person in scores if person.pk == enough[0][1])


def _score(person: Person, by_name: int, speaker: Speaker, company: Company) -> int:
    """Evidence beside the name: speaks in this article already 2; role in common 2, only a rank in common 0, another
    role -1; same outlet 1; same company before 1; same story, where one is wanting, 1."""
    score = 2 * Statement.objects.filter(person=person, article=company.article).exists()
    mine = role_words(speaker.role or "")
    theirs = role_words(" ".join(PersonRole.objects.filter(person=person).values_list("role", flat=True)[:50]))
    if mine and theirs:
        score += 2 if tells_apart(mine & theirs) else 0 if mine & theirs else -1
    said = Statement.objects.filter(person=person).exclude(article=company.article)
    if company.article.outlet_id and said.filter(article__outlet=company.article.outlet_id).exists():
        score += 1
    if _met_before(said.values_list("article", flat=True)[:200], company.others()):
        score += 1
    # Asked last, and only where it decides: it reads the texts.
    return score + 1 if by_name + score == ENOUGH - 1 and _same_story(said, speaker, company.article) else score


def _same_story(said: QuerySet[Statement], speaker: Speaker, article: Article) -> bool:
    """An article that quotes them names the same people and places as this one."""
    own = {part.casefold() for part in name_parts(speaker.name or "")}
    mine = _names_in(article.text) - own
    latest = said.order_by("-pk").values_list("article", flat=True)[:_MOST_STATEMENTS]
    others = Article.objects.filter(pk__in=list(dict.fromkeys(latest))[:_MOST_STORIES]).select_related("current")
    return any(len(mine & _names_in(other.text)) >= _SHARED_NAMES for other in others)


def _names_in(text: str) -> set[str]:
    """Words that are written with a capital in the middle of a sentence."""
    return {word.casefold() for word in _INNER_CAPITAL.findall(text)} - _NO_NAMES


def _met_before(articles: Iterable[int], others: list[int]) -> bool:
    return bool(others) and Statement.objects.filter(article__in=list(articles), person__in=others).exists()
