"""Which candidate a mention stands for: features of a mention beside a candidate, and a linear softmax over them."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from onrecord.statements.speakers import lexicon as lx
from onrecord.statements.speakers.descriptions import content_words, singular
from onrecord.statements.speakers.entities import Entity
from onrecord.statements.speakers.mentions import Mention, NamePlace
from onrecord.statements.speakers.names import Name
from onrecord.statements.speakers.tokens import Tokens

Weights = Mapping[str, float]

_KIN_OF_ROLE = (
    (
        "leader",
        "president minister premier chancellor chairman chief head dictator king pope secretary chairwoman ayatollah",
    ),
    ("diplomat", "ambassador envoy minister consul secretary negotiator"),
    ("candidate", "nominee contender hopeful frontrunner front-runner candidate rival presidential"),
    ("nominee", "candidate presidential"),
    ("contender", "candidate nominee presidential"),
    ("lawmaker", "senator representative congressman congresswoman legislator mp assemblyman delegate"),
    ("legislator", "senator representative congressman congresswoman mp assemblyman delegate"),
    ("congressman", "representative"),
    ("congresswoman", "representative"),
    ("politician", "senator representative minister president governor mayor mp candidate"),
    (
        "official",
        "secretary minister director commissioner chief spokesman spokeswoman administrator commander undersecretary",
    ),
    ("executive", "ceo chairman president director"),
    ("businessman", "executive ceo tycoon billionaire chairman founder mogul entrepreneur"),
    ("tycoon", "businessman billionaire mogul developer"),
    ("billionaire", "businessman tycoon mogul"),
    ("chief", "director head commissioner president chairman chief superintendent"),
    ("boss", "director head chief president chairman ceo"),
    ("analyst", "analyst economist strategist researcher"),
    ("expert", "professor researcher scientist analyst fellow"),
    ("scientist", "professor researcher physicist biologist chemist astronomer"),
    ("researcher", "professor scientist author"),
    ("academic", "professor lecturer historian"),
    ("lawyer", "attorney counsel solicitor barrister"),
    ("attorney", "lawyer counsel"),
    ("doctor", "physician surgeon dr"),
    ("journalist", "reporter correspondent editor columnist host anchor"),
    ("reporter", "journalist correspondent"),
    ("spokesman", "spokesperson spokesman"),
    ("spokeswoman", "spokesperson spokeswoman"),
    ("spokesperson", "spokesman spokeswoman"),
    ("commander", "general colonel admiral commander chief"),
    ("cleric", "ayatollah imam rabbi priest bishop"),
    ("royal", "prince princess duke duchess king queen"),
    (
        "company",
        "maker firm manufacturer corp group unit giant chain retailer concern producer brewer airline developer",
    ),
    ("newspaper", "paper daily tabloid times post news"),
    ("paper", "newspaper daily tabloid times post news"),
    ("automaker", "maker auto motors car"),
)
_KIN = {head: frozenset(words.split()) for head, words in _KIN_OF_ROLE}
_DOCUMENT_KIN = {
    word: group
    for group in (
        "poll survey findings results data figures research study analysis report",
        "lawsuit suit complaint filing petition",
        "statement release announcement letter message",
        "article story report column editorial",
        "prospectus filing memorandum",
    )
    for word in group.split()
}
_PERSON_KINDS = frozenset(("he", "she", "i", "you", "who"))


@dataclass(slots=True)
class Memory:
    """What the statements resolved so far have told: last speakers, and where entities were spoken of anew."""

    speakers: list[tuple[Entity | None, int]] = field(default_factory=list)
    """Speaker of each statement so far and the token its mention starts at."""
    unnamed: set[str] = field(default_factory=set)
    """Head nouns of sources that were left without a name."""
    positions: dict[Entity, list[int]] = field(default_factory=dict)
    """Token indices at which each entity is mentioned, in order."""
    ends: dict[int, int] = field(default_factory=dict)
    """Where the name that starts at a token ends."""
    people: list[int] = field(default_factory=list)
    """Token indices at which people are named, in order."""

    def remember(self, entity: Entity | None, at: int) -> None:
        self.speakers.append((entity, at))
        if entity is not None:
            places = self.positions.setdefault(entity, [])
            index = bisect_left(places, at)
            if index == len(places) or places[index] != at:
                places.insert(index, at)

    def share_out(self, bearers: Mapping[Name, int]) -> None:
        """Give each ambiguous name for the time being to the bearer last named in full before it, else the first."""
        sure = {entity: list(places) for entity, places in self.positions.items()}
        shared: dict[Name, list[Entity]] = {}
        for entity in sure:
            for name in entity.mentions:
                if bearers[name] > 1:
                    shared.setdefault(name, []).append(entity)
        for name, rivals in shared.items():
            last = [
                (places[index - 1] if (index := bisect_left(places := sure[e], name.start)) else -1) for e in rivals
            ]
            chosen = rivals[last.index(max(last))]
            places = self.positions[chosen]
            places.insert(bisect_left(places, name.start), name.start)

    def last_before(self, entity: Entity, at: int, tokens: Tokens | None = None) -> int | None:
        """Where an entity was last mentioned; with ``tokens``, outside quotations if it ever was there."""
        places = self.positions.get(entity, [])
        index = last = bisect_left(places, at)
        if tokens is not None and not tokens[at].quoted:
            while index and tokens[places[index - 1]].quoted:
                index -= 1
        index = index or last
        return places[index - 1] if index else None


@dataclass(frozen=True, slots=True)
class Situation:
    """All that is known when one mention is resolved."""

    tokens: Tokens
    mention: Mention
    memory: Memory
    outer: Entity | None
    """Speaker of the statement that this one lies within."""
    nested: bool
    content: frozenset[Entity]
    """Entities named in the statement's own content."""
    title: frozenset[Entity]
    authors: frozenset[Entity]
    named: tuple[int, ...]
    """Tokens at which a person's name stands inside a source mention, in order."""


def candidates(situation: Situation, entities: Sequence[Entity]) -> list[Entity]:
    """The entities worth weighing for a mention."""
    mention, memory = situation.mention, situation.memory
    inside = {p.name for p in mention.names}
    if mention.kind == "name":
        return [e for e in entities if not inside.isdisjoint(e.mentions)]
    if mention.kind in _PERSON_KINDS:
        pool = [e for e in entities if e.is_person and not _other_gender(e, mention)]
    elif mention.kind == "it":
        pool = [e for e in entities if not e.is_person and e.label != "joint"]
    elif mention.kind == "noun":
        pool = _for_noun(situation, entities)
    else:
        pool = list(entities)
    suits = set(map(id, pool))
    near = sorted(pool, key=lambda e: -(memory.last_before(e, mention.start + 1) or -1))[:10]
    extra = [s for s, _ in memory.speakers[-4:] if s is not None]
    if mention.kind == "noun":
        extra += [e for e in pool if _overlap(e, mention)[0] in ("same", "kin")]
        owners = _owners(mention)
        pool = [e for e in pool if owners.isdisjoint(e.mentions)]
        near = [e for e in near if owners.isdisjoint(e.mentions)]
        extra = [e for e in extra if owners.isdisjoint(e.mentions)]
        held = [e for e in entities if not (inside - owners).isdisjoint(e.mentions)]
        suits |= set(map(id, held))
        extra += held
    if situation.outer is not None:
        extra.append(situation.outer)
    extra += [e for e in situation.authors if mention.kind in ("i", "we")]
    seen: list[Entity] = []
    for entity in [*near, *extra]:
        if entity not in seen and (id(entity) in suits or mention.kind in ("they", "we")):
            seen.append(entity)
    return seen


def _owners(mention: Mention) -> set[Name]:
    """Names in a description of people or bodies that it cannot stand for: "Quill's lawyer", "a friend of Quill"."""
    if mention.head_class not in ("person", "group", "organization"):
        return set()
    return {
        p.name
        for p in mention.names
        if (p.possessive or p.link == "prep") and (mention.head_class != "organization" or p.name.label == "person")
    }


def _for_noun(situation: Situation, entities: Sequence[Entity]) -> list[Entity]:
    mention = situation.mention
    if mention.head_class == "person":
        return [e for e in entities if e.is_person and not _wrong_sex(e, mention)]
    if mention.head_class in ("organization", "media"):
        return [e for e in entities if not e.is_person]
    return list(entities)


def _other_gender(entity: Entity, mention: Mention) -> bool:
    other = {"he": "f", "she": "m"}.get(mention.kind)
    return entity.gender == other and not entity.guessed


def _wrong_sex(entity: Entity, mention: Mention) -> bool:
    other = "f" if mention.head in lx.MEN else "m" if mention.head in lx.WOMEN else None
    return entity.gender == other and not entity.guessed


def features(situation: Situation, entity: Entity, rank: int, rivals: int = 1) -> list[str]:
    """What speaks for or against one entity.

    ``rank`` is its place among the candidates by recency, ``rivals`` how many candidates bear the same name there.
    """
    mention = situation.mention
    kind = mention.kind if mention.kind != "noun" else f"noun-{mention.head_class}"
    if mention.plural and mention.kind == "noun":
        kind += "-s"
    seen = [f"{kind}|{entity.label}"]
    if entity.is_person and mention.kind != "name":
        seen.append(f"{kind}|sure={len(entity.keys) > 1}{bool(entity.gender)}{bool(entity.descriptions)}")
    ambiguous = mention.kind == "name" and rivals > 1
    if mention.kind != "name" or ambiguous:
        seen += _recency(situation, entity, "ambiguous" if ambiguous else kind, rank)
        seen += _company(situation, entity, "ambiguous" if ambiguous else kind)
    if ambiguous and len(mention.words - lx.TITLES) == 1:
        seen.append(f"ambiguous|called otherwise={bool(entity.called - mention.words)}")
    if mention.kind == "name":
        seen += _inside(situation, entity)
    elif mention.kind == "noun":
        seen += _described(situation, entity, kind)
        if any(n == p.name for p in mention.names for n in entity.mentions):
            seen += [f"in {feature}" for feature in _inside(situation, entity)]
        elif mention.names:
            seen += [f"{kind}|beside a name", f"{kind}|beside a name|{_overlap(entity, mention)[0]}"]
    else:
        gender = {"he": "m", "she": "f"}.get(mention.kind, "")
        if gender:
            agrees = "yes" if entity.gender == gender else "no" if entity.gender else "?"
            seen.append(f"{kind}|gender={agrees}{entity.guessed}")
    return seen


def _recency(situation: Situation, entity: Entity, kind: str, rank: int) -> list[str]:
    tokens, mention, memory = situation.tokens, situation.mention, situation.memory
    last = memory.last_before(entity, mention.start, tokens if mention.kind in _PERSON_KINDS else None)
    seen = [f"{kind}|rank={min(rank, 4)}"]
    here = tokens[mention.start]
    if last is None:
        seen.append(f"{kind}|far=after")
    else:
        token = tokens[last]
        far = here.sentence - token.sentence
        bucket = far if far < 4 else 4 if far < 7 else 7 if far < 14 else 14
        seen.append(f"{kind}|far={bucket}")
        if token.quoted and not here.quoted:
            seen.append(f"{kind}|quoted")
        if tokens.lower(last + 1) in ("'s", "’s", "’"):
            seen.append(f"{kind}|possessor")
        if mention.kind != "noun":
            seen += _standing(situation, kind, last, far)
        if far <= 2:
            opens = token.first or tokens[max(last - 1, 0)].first or tokens[max(last - 2, 0)].first
            seen.append(f"{kind}|opens={opens}{far}")
            if here.paragraph != token.paragraph:
                seen.append(f"{kind}|other paragraph {far}")
    count = len(memory.positions.get(entity, ()))
    spoke = sum(1 for speaker, _ in memory.speakers if speaker is entity)
    seen.append(f"{kind}|spoke={min(spoke, 3)}")
    seen.append(f"{kind}|count={min(count, 3) if count < 6 else 6 if count < 12 else 12}")
    if entity in situation.title:
        seen.append(f"{kind}|title")
    return seen


def _standing(situation: Situation, kind: str, last: int, far: int) -> list[str]:
    """What part a candidate's last mention plays in its sentence, beside where the new mention stands in its own."""
    tokens, memory, here = situation.tokens, situation.memory, situation.mention.start
    near = min(far, 2)
    opening = tokens[here].first or not tokens[here - 1].word
    before = bisect_left(memory.people, last)
    leads = not before or tokens[memory.people[before - 1]].sentence != tokens[last].sentence
    return [
        f"{kind}|part={_part(tokens, last, memory.ends.get(last, last + 1))}|{near}",
        f"{kind}|leads={leads}|{near}|{opening}",
        f"{kind}|between={min(bisect_left(memory.people, here) - before, 4)}",
    ]


def _part(tokens: Tokens, start: int, end: int) -> str:
    """Whether a name is likely subject, object or owner, by the words around it."""
    after, before = tokens.lower(end), start - 1
    if after in ("'s", "’s") or (after in ("'", "’") and tokens.lower(end - 1).endswith("s")):
        return "owner"
    while before >= 0 and (tokens.lower(before) in lx.TITLES | lx.DETERMINERS or tokens[before].capital):
        if tokens[before].first:
            return "subject"
        before -= 1
    word = tokens.lower(before)
    if word in _PREPOSITIONS:
        return "oblique"
    if word in _CLAUSE_OPENERS or not tokens[before].word or word.endswith("ly"):
        return "subject"
    return "object"


_PREPOSITIONS = lx._set(
    "of in on at by to for from with about against between over under after before into like than as behind among "
    "during without through toward towards near versus including"
)
_CLAUSE_OPENERS = lx._set("and but that when while if because so where who which what then although though since or")


def _company(situation: Situation, entity: Entity, kind: str) -> list[str]:
    """How the entity stands to the statements before and around."""
    memory, here = situation.memory, situation.tokens[situation.mention.start]
    seen = []
    before = [pair for pair in memory.speakers if pair[1] <= situation.mention.start][-4:]
    if before:
        speaker, at = before[-1]
        far = here.paragraph - situation.tokens[at].paragraph
        if speaker is entity:
            seen.append(f"{kind}|last speaker {min(far, 3)}")
        elif any(s is entity for s, _ in before[-3:-1]):
            seen.append(f"{kind}|earlier speaker")
        elif speaker is not None:
            seen.append(f"{kind}|another spoke {min(far, 3)}")
    if entity in situation.content:
        seen.append(f"{kind}|in content")
    if situation.nested:
        seen.append(f"{kind}|outer={entity is situation.outer}{here.quoted}")
    if entity in situation.authors:
        seen.append(f"{kind}|author{situation.nested}{here.quoted}")
    return seen


def _inside(situation: Situation, entity: Entity) -> list[str]:
    mention = situation.mention
    place = next(p for p in mention.names if any(n == p.name for n in entity.mentions))
    bearers = f"{place.possessive}{place.link}{place.behind}"
    whole = _is_whole(situation.tokens, mention, place)
    heads = place.name.start <= _head_token(situation, mention) < place.name.end
    seen = [
        f"name|{entity.label}|{mention.head_class}|{bearers}",
        f"name|{bearers}{place.last}",
        f"name|whole={whole}|{entity.label}",
        f"name|{entity.label}|det={mention.determiner}",
        f"name|head={'name' if heads else mention.head_class}",
        f"name|only={len(mention.names) == 1}|{bearers}",
    ]
    if mention.head_class in ("document", "media"):
        issuer = place.possessive or (place.link == "prep" and _preposition(situation, place) in ("by", "from", "of"))
        adjacent = place.name.end < mention.end and situation.tokens.lower(place.name.end) in mention.words
        seen.append(f"name|issuer={issuer}{adjacent and not place.behind}|{entity.is_person}")
    if place.link == "prep":
        seen.append(f"name|{mention.head_class}|prep={_preposition(situation, place)}")
    if place is not mention.names[0]:
        first = mention.names[0]
        seen.append(f"name|not first|{first.possessive}{first.link}|{place.link}")
    if place.possessive or place.link == "prep":
        seen.append(f"name|of|{mention.head}")
        seen.append(f"name|of|{mention.plural}|{mention.head_class}")
    after = situation.tokens.lower(place.name.end)
    if place.name.end < mention.end and not place.possessive:
        capital = "capital" if situation.tokens[place.name.end].capital else "small"
        seen.append(f"name|then={capital if after[:1].isalnum() else 'mark'}|{entity.label}")
    return seen


def _preposition(situation: Situation, place: NamePlace) -> str:
    at = place.name.start - 1
    while at > situation.mention.start and situation.tokens.lower(at) in lx.TITLES | {"the", "a", "an"}:
        at -= 1
    return situation.tokens.lower(at)


def _head_token(situation: Situation, mention: Mention) -> int:
    for index in range(mention.start, mention.end):
        if situation.tokens.lower(index) == mention.head:
            return index
    return mention.start


def _is_whole(tokens: Tokens, mention: Mention, place: NamePlace) -> bool:
    start = mention.start
    while start < place.name.start and tokens.lower(start) in lx.TITLES | lx.DETERMINERS:
        start += 1
    return start >= place.name.start and mention.end <= place.name.end + 1


def _described(situation: Situation, entity: Entity, kind: str) -> list[str]:
    mention = situation.mention
    head, modifiers, clash = _overlap(entity, mention)
    known = situation.memory.last_before(entity, mention.start) is not None
    seen = [
        f"{kind}|{mention.determiner}|{entity.label}",
        f"{kind}|overlap={head}{min(modifiers, 2)}|{mention.determiner}",
        f"{kind}|overlap={head}{min(modifiers, 2)}|known={known}",
        f"{kind}|clash={clash}",
        *_announced(situation, entity, kind, head),
    ]
    if mention.possessor:
        seen.append(
            f"{kind}|possessor{entity is (situation.memory.speakers[-1][0] if situation.memory.speakers else None)}"
        )
    if mention.head_class == "document":
        kinds = {singular(mention.head), *_DOCUMENT_KIN.get(singular(mention.head), "").split()}
        seen.append(
            f"{kind}|issued={'same' if singular(mention.head) in entity.issued else bool(kinds & entity.issued)}"
        )
    if mention.head_class == "media":
        seen.append(f"{kind}|media={entity.is_media}")
    sex = "m" if mention.head in lx.MEN else "f" if mention.head in lx.WOMEN else ""
    if sex and entity.gender:
        seen.append(f"{kind}|sex={sex == entity.gender}{entity.guessed}")
    return seen


def _announced(situation: Situation, entity: Entity, kind: str, fits: str) -> list[str]:
    """A description in the opening paragraphs whose bearer is first named soon after, as the next named speaker."""
    here = situation.tokens[situation.mention.start]
    if situation.memory.last_before(entity, situation.mention.start) is not None or here.paragraph > 3:
        return []
    named = [at for at in situation.named if at > situation.mention.start]
    soon = bool(named) and any(name.start <= named[0] < name.end for name in entity.mentions)
    if not soon:
        return []
    sexes = {"m": situation.mention.head in lx.MEN, "f": situation.mention.head in lx.WOMEN}
    return [
        f"{kind}|announced={soon}|{fits}|{situation.mention.determiner}",
        f"{kind}|announced|sex={sexes.get(entity.gender, False)}|{fits}",
    ]


def _overlap(entity: Entity, mention: Mention) -> tuple[str, int, bool]:
    """How the head fits the entity's descriptions, how many modifiers agree, whether nationalities clash."""
    nations = lx.nationalities()
    head = mention.head
    if head in entity.described or head.removesuffix("s") in entity.described:
        fits = "same"
    elif _KIN.get(head, frozenset()) & entity.described:
        fits = "kin"
    else:
        fits = "no" if entity.described else "?"
    words = {nations.get(w, w) for w in mention.words} - {head} - lx.DETERMINERS - lx.COMMON_CAPITALS
    agree = len(words & entity.described)
    countries = {nations[w] for w in mention.words if w in nations}
    known = {w for w in entity.described if w in nations}
    return fits, agree, bool(countries and known and not countries & known)


def none_features(situation: Situation, pool: int) -> list[str]:
    """What speaks for leaving the speaker without a name."""
    mention = situation.mention
    kind = mention.kind if mention.kind != "noun" else f"noun-{mention.head_class}"
    if mention.plural and mention.kind == "noun":
        kind += "-s"
    seen = ["none", f"none|{kind}", f"none|{kind}|{mention.determiner}", f"none|head={mention.head}"]
    seen.append(f"none|{kind}|pool={min(pool, 3)}")
    if mention.kind == "noun":
        seen.append(f"none|{kind}|{mention.determiner}|unnamed before={mention.head in situation.memory.unnamed}")
        seen.append(f"none|{kind}|introduced={_introduced(situation)}|{mention.determiner}")
    if mention.names:
        first = mention.names[0]
        seen.append(f"none|name|{first.possessive}{first.link}|{mention.plural}|{mention.head_class}")
        seen.append(f"none|name|{mention.determiner}|{mention.head_class}|{first.possessive}{first.link}")
    if situation.nested:
        seen.append(f"none|{kind}|nested{situation.outer is not None}{situation.tokens[mention.start].quoted}")
    if situation.memory.speakers:
        seen.append(f"none|{kind}|before={situation.memory.speakers[-1][0] is not None}")
    return seen


def _introduced(situation: Situation) -> bool:
    """Whether the text before has the head noun with an indefinite article ("a spokesman ... the spokesman")."""
    tokens, mention = situation.tokens, situation.mention
    for at in range(max(0, mention.start - 400), mention.start):
        if tokens.lower(at) == mention.head and any(
            tokens.lower(i) in ("a", "an", "one", "another") for i in range(max(0, at - 3), at)
        ):
            return True
    return False


def self_features(situation: Situation) -> list[str]:
    """What speaks for taking the mention's own words as the name ("the embassy", "Quill's office")."""
    mention = situation.mention
    capital = any(t.capital for t in situation.tokens.items[mention.start + 1 : mention.end])
    kind = f"self|{mention.kind}|{mention.head_class}|{mention.plural}"
    return [
        "self",
        kind,
        f"{kind}|{mention.determiner}|{capital}",
        f"self|head={mention.head}",
        f"self|{mention.determiner}",
        f"self|long={min(mention.end - mention.start, 5)}",
        f"self|place={mention.names[0].possessive}{mention.names[0].link}" if mention.names else "self|no name",
    ]


def choose(rows: Sequence[Sequence[str]], weights: Weights) -> list[float]:
    """Probability of each candidate, from its features."""
    scores = [sum(weights.get(feature, 0.0) for feature in row) for row in rows]
    top = max(scores)
    exps = [math.exp(score - top) for score in scores]
    total = sum(exps)
    return [value / total for value in exps]


__all__ = ["Memory", "Situation", "candidates", "choose", "content_words", "features", "none_features", "self_features"]
