"""The people and bodies an article names: occurrences of names gathered into entities, each with its fullest name."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from onrecord.statements.speakers import lexicon as lx
from onrecord.statements.speakers.names import Evidence, Name
from onrecord.statements.speakers.tokens import Tokens

_GENDERS = {"male": "m", "female": "f", "either": ""}


@dataclass(eq=False, slots=True)
class Entity:
    """Someone or something the article names. ``gender`` is ``m``, ``f`` or empty where nothing tells."""

    name: str
    label: str
    keys: frozenset[str]
    """The words of its names, in small letters, without initials and suffixes."""
    gender: str = ""
    guessed: bool = False
    """Whether only pronouns nearby or the ending of its given name tell its gender."""
    mentions: list[Name] = field(default_factory=list)
    descriptions: list[tuple[int, str]] = field(default_factory=list)
    """Token index and wording of each description the article gives, in order."""
    described: set[str] = field(default_factory=set)
    """Words of the descriptions and of what stands next to its names, in small letters."""
    called: set[str] = field(default_factory=set)
    """Lone words that stand for it and nobody else, in small letters."""
    issued: set[str] = field(default_factory=set)
    """Kinds of document tied to it: "poll" for "a Quinnipiac University poll"."""

    @property
    def is_person(self) -> bool:
        return self.label == "person"

    @property
    def is_media(self) -> bool:
        words = self.name.lower().split()
        return not self.is_person and any(word in lx.MEDIA_NAME_WORDS for word in words[-2:] + words[:1])


def gather(tokens: Tokens, found: Sequence[Name], evidence: Evidence, byline: Iterable[str] = ()) -> list[Entity]:
    """Entities of a text in order of first mention, then authors the text does not name.

    A mention that several entities could bear ("Clinton" beside Bill and Hillary) is listed with each of them.
    """
    found = _without_countries(tokens, _relabelled(tokens, found))
    people = _People(tokens, [n for n in found if n.label == "person"], evidence.headlines)
    surnames = people.surnames
    others = []
    for name in found:
        if name.label != "person":
            if name.end - name.start == 1 and tokens[name.start].lower in surnames:
                people.add_single(Name(name.start, name.end, "person"))
            else:
                others.append(name)
    entities = [*people.entities(), *_Bodies(tokens, others).entities()]
    entities.sort(key=lambda entity: entity.mentions[0].start)
    _guess_genders(tokens, entities)
    for author in byline:
        if not any(_same_person(_keys(author.split()), entity) for entity in entities):
            entities.append(Entity(author, "person", frozenset(_keys(author.split())), _gender_of(author.split())))
    return entities


def _guess_genders(tokens: Tokens, entities: Sequence[Entity]) -> None:
    """Give people whose name tells no gender that of the pronouns which follow them where nobody else is named."""
    at_token = {n.start: e for e in entities if e.is_person for n in e.mentions}
    recent: list[tuple[int, Entity]] = []
    votes: dict[Entity, Counter[str]] = defaultdict(Counter)
    for index, token in enumerate(tokens.items):
        if index in at_token:
            recent.append((token.sentence, at_token[index]))
        elif token.lower in ("he", "she", "his", "her", "him") and not token.quoted:
            near = {entity for sentence, entity in recent[-4:] if token.sentence - sentence <= 1}
            if len(near) == 1:
                votes[near.pop()]["f" if token.lower in ("she", "her") else "m"] += 1
    for entity, count in votes.items():
        (gender, most), *rest = count.most_common()
        if (not entity.gender or entity.guessed) and most > 2 * (rest[0][1] if rest else 0):
            entity.gender, entity.guessed = gender, True


def _relabelled(tokens: Tokens, found: Sequence[Name]) -> list[Name]:
    """Words tagged as people or places that only open a body's name ("Quill" beside "Quill Works Inc.")."""
    openings: set[tuple[str, ...]] = set()
    surnames, acronyms = set(), set[str]()
    for name in found:
        words = tuple(tokens.lower(i) for i in range(name.start, name.end))
        if len(words) > 1 and name.label == "organization" and tokens[name.end - 1].capital:
            openings.update({words[:1], (words[0].split("-")[0],)})
            if words[-1] in lx.LEGAL_FORMS:
                openings.update(words[:end] for end in range(2, len(words)))
                openings.add(words[-2:-1])
        elif len(words) == 1 and tokens[name.start].text.isupper() and len(words[0]) == 2:
            acronyms.add(words[0].upper())
        elif len(words) > 1 and name.label == "person":
            surnames.add(words[-1:])
    for name in found:
        word = tokens[name.start].text
        if name.end - name.start == 1 and any(_loosely_abbreviates(acronym, word) for acronym in acronyms):
            openings.add((word.lower(),))
    openings -= surnames
    openings = {o for o in openings if o[0] not in lx.nationalities()}
    first_names = {tokens.lower(n.start) for n in found if n.label == "person" and n.end - n.start > 1}
    openings = {o for o in openings if o[0] not in first_names or len(o) > 1}
    return [
        Name(n.start, n.end, "organization")
        if n.label != "organization"
        and _words(tokens, n) in openings
        and tokens.lower(n.start - 1) not in lx.HONORIFICS
        else n
        for n in found
    ]


def _without_countries(tokens: Tokens, found: Sequence[Name]) -> list[Name]:
    """Lone words tagged as people that the text uses as a country or city ("Norvane’s Minister", "in Norvane")."""
    full = [n for n in found if n.label == "person" and n.end - n.start > 1]
    borne = {tokens.lower(i) for n in full for i in range(n.start, n.end)}
    borne |= {tokens.lower(n.start) for n in found if tokens.lower(n.start - 1) in lx.TITLES | lx.RELATIONS}
    places = {
        tokens.lower(n.start)
        for n in found
        if n.label == "person" and n.end - n.start == 1 and _is_place_here(tokens, n.start)
    }
    places -= borne | set(lx.given_names())
    return [
        Name(n.start, n.end, "place") if n.label == "person" and _words(tokens, n)[0] in places else n for n in found
    ]


def _is_place_here(tokens: Tokens, at: int) -> bool:
    if tokens.lower(at - 1) in ("in", "across", "throughout", "inside", "outside", "near"):
        return not tokens[at + 1].capital if at + 1 < len(tokens) else True
    if tokens.lower(at + 1) not in ("'s", "’s"):
        return False
    owned = [tokens[i] for i in range(at + 2, min(at + 5, len(tokens))) if tokens[i].word]
    return any(token.lower in _OF_COUNTRIES for token in owned[:3])


_OF_COUNTRIES = lx._set(
    "minister ministry government parliament capital army military navy embassy ambassador border borders economy "
    "regime ruler premier prime foreign constitution troops airspace"
)


def _words(tokens: Tokens, name: Name) -> tuple[str, ...]:
    return tuple(tokens.lower(i) for i in range(name.start, name.end))


class _People:
    """Person names joined by surname and compatible given names."""

    def __init__(self, tokens: Tokens, found: Sequence[Name], headlines: set[int]) -> None:
        self._tokens = tokens
        self._headlines = headlines
        self._full: dict[str, list[Name]] = defaultdict(list)
        self._single: list[Name] = []
        for name in found:
            keys = _keys(self._words(name))
            if len(keys) > 1 or len(self._words(name)) > 1:
                self._full[" ".join(self._words(name))].append(name)
            else:
                self._single.append(name)
        self._clusters = self._join()
        self.surnames = {key for cluster in self._clusters for key in cluster.keys}
        self.surnames |= {tokens[n.start].lower for n in self._single}

    def add_single(self, name: Name) -> None:
        self._single.append(name)

    def entities(self) -> list[Entity]:
        lone: dict[str, Entity] = {}
        for name in sorted(self._single, key=lambda n: n.start):
            key = self._tokens[name.start].lower
            bearers = self._bearers(key, name) or [
                lone.setdefault(key, Entity(self._tokens[name.start].text, "person", frozenset({key})))
            ]
            for entity in bearers:
                entity.mentions.append(name)
            if len(bearers) == 1:
                bearers[0].called.add(key)
        entities = [*self._clusters, *lone.values()]
        for entity in entities:
            entity.mentions.sort(key=lambda n: n.start)
            entity.gender = self._gender(entity)
            if not entity.gender and len(words := entity.name.split()) > 1:
                entity.gender = _gender_by_ending(words[0].lower())
                entity.guessed = bool(entity.gender)
        return entities

    def _fullness(self, words: str) -> tuple[int, int, int, int]:
        """Sorts the fullest names first: most words, then most used outside headlines, then longest, then first."""
        places = self._full[words]
        used = sum(self._tokens[n.start].sentence not in self._headlines for n in places)
        return -len(_keys(words.split())), -used, -len(words), places[0].start

    def _join(self) -> list[Entity]:
        clusters: list[Entity] = []
        for words in sorted(self._full, key=self._fullness):
            keys = _keys(words.split())
            home = next((c for c in clusters if _compatible(keys, _keys(c.name.split()))), None)
            if home is None:
                home = Entity(words, "person", frozenset())
                clusters.append(home)
            home.keys |= frozenset(keys)
            home.mentions += self._full[words]
        return clusters

    def _bearers(self, key: str, name: Name) -> list[Entity]:
        """Entities a lone name can stand for: by surname first, by given name where nobody bears it as a surname."""
        by_surname = [c for c in self._clusters if _keys(c.name.split())[-1:] == [key]]
        bearers = by_surname or [c for c in self._clusters if key in c.keys or lx.NICKNAMES.get(key) in c.keys]
        honorific = self._tokens.lower(name.start - 1)
        gender = "f" if honorific in lx.FEMALE_HONORIFICS else "m" if honorific in lx.MALE_HONORIFICS else ""
        if gender and len(bearers) > 1:
            bearers = [b for b in bearers if _gender_of(b.name.split()) in ("", gender)] or bearers
        return bearers

    def _gender(self, entity: Entity) -> str:
        votes: Counter[str] = Counter()
        for name in entity.mentions:
            before = self._tokens.lower(name.start - 1)
            if before in lx.FEMALE_HONORIFICS or before in lx.WOMEN:
                votes["f"] += 3
            elif before in lx.MALE_HONORIFICS or before in lx.MEN:
                votes["m"] += 3
        if given := _gender_of(entity.name.split()):
            votes[given] += 2
        return votes.most_common(1)[0][0] if votes else ""

    def _words(self, name: Name) -> list[str]:
        return [t.text for t in self._tokens.items[name.start : name.end] if t.word]


class _Bodies:
    """Names of bodies, places and works joined by wording, short form and acronym."""

    def __init__(self, tokens: Tokens, found: Sequence[Name]) -> None:
        self._tokens = tokens
        self._wordings: dict[str, list[Name]] = defaultdict(list)
        for name in found:
            self._wordings[tokens.words(name.start, name.end)].append(name)

    def entities(self) -> list[Entity]:
        clusters: list[Entity] = []
        for wording in sorted(self._wordings, key=self._fullness):
            mentions = self._wordings[wording]
            home = self._home(clusters, wording, mentions)
            if home is None:
                label = Counter(n.label for n in mentions).most_common(1)[0][0]
                home = Entity(wording, label, frozenset(), mentions=[])
                clusters.append(home)
            home.keys |= frozenset(_body_keys(wording))
            home.mentions += mentions
        for entity in clusters:
            entity.mentions.sort(key=lambda n: n.start)
        return clusters

    def _fullness(self, wording: str) -> tuple[int, bool, int, int]:
        possessive = "'s " in wording or "’s " in wording
        return -len(wording.split()), possessive, -len(wording), self._wordings[wording][0].start

    def _home(self, clusters: Sequence[Entity], wording: str, mentions: Sequence[Name]) -> Entity | None:
        keys = _body_keys(wording)
        for cluster in clusters:
            if _body_keys(cluster.name) == keys:
                return cluster
        if not keys or wording.lower().split()[-1] in lx.LEGAL_FORMS:
            return None
        acronym = wording.replace(".", "")
        short = acronym.isupper() and 2 <= len(acronym) <= 6 and " " not in acronym
        if short and (spelled := self._spelled_out(clusters, acronym, mentions)):
            return spelled
        homes = [
            c
            for c in clusters
            if _shortens(keys, _body_keys(c.name))
            and not (c.label == mentions[0].label == "place")
            and not (_outnumbers(mentions, c) and _body_keys(c.name)[: len(keys)] == keys and not _is_full(c.name))
        ]
        return homes[0] if len(homes) == 1 else None

    def _spelled_out(self, clusters: Sequence[Entity], acronym: str, mentions: Sequence[Name]) -> Entity | None:
        """The long name of an acronym: the one just before its bracket, else the only one with these initials."""
        for name in mentions:
            if self._tokens.lower(name.start - 1) == "(":
                for cluster in clusters:
                    if any(m.end == name.start - 1 for m in cluster.mentions) and cluster.name[0] == acronym[0]:
                        return cluster
        exact = [c for c in clusters if acronym in _initials(c.name)]
        loose = exact or [c for c in clusters if _loosely_abbreviates(acronym, c.name)]
        return loose[0] if len(loose) == 1 else None


def _keys(words: Sequence[str]) -> list[str]:
    """The telling words of a person's name: no initials, suffixes or titles."""
    small = [word.lower() for word in words]
    kept = [
        w
        for w in small
        if len(w.rstrip(".")) > 1 and w not in lx.SUFFIXES and w not in lx.HONORIFICS and w[0].isalnum()
    ]
    return kept or small[-1:]


def _compatible(short: Sequence[str], full: Sequence[str]) -> bool:
    """Whether two names of two words or more can be one person's: same surname, given names that do not clash."""
    if short[-1] != full[-1]:
        return set(short) <= set(full) and len(short) > 1
    if len(short) == 1 or len(full) == 1 or set(short) <= set(full):
        return True
    return lx.NICKNAMES.get(short[0], short[0]) == lx.NICKNAMES.get(full[0], full[0])


def _same_person(keys: Sequence[str], entity: Entity) -> bool:
    return entity.is_person and _compatible(keys, _keys(entity.name.split())) and len(set(keys) & entity.keys) > 0


def _gender_of(words: Sequence[str]) -> str:
    given = lx.given_names()
    if len(words) < 2:
        return ""
    for word in words[:-1]:
        if (gender := given.get(word.lower())) is not None:
            return _GENDERS[gender]
    return ""


def _gender_by_ending(given: str) -> str:
    """The gender that nearly all known given names with the same ending have; empty where they differ."""
    if not given.isalpha():
        return ""
    for length in (4, 3, 2):
        women, all_names = _endings().get(given[-length:], (0, 0))
        if len(given) > length and all_names >= 8:
            share = women / all_names
            return "f" if share > 0.9 else "m" if share < 0.1 else ""
    return ""


@lru_cache(maxsize=1)
def _endings() -> dict[str, tuple[int, int]]:
    """Ending -> how many women's names and how many names have it."""
    women, every = Counter[str](), Counter[str]()
    for name, gender in lx.given_names().items():
        for length in (4, 3, 2) if gender != "either" else ():
            every[name[-length:]] += 1
            women[name[-length:]] += gender == "female"
    return {ending: (women[ending], count) for ending, count in every.items()}


@lru_cache(maxsize=4096)
def _body_keys(wording: str) -> tuple[str, ...]:
    words = [w.replace("’", "'").removesuffix("'s").strip("(),'") for w in wording.lower().split()]
    kept = [w for w in words if w and w not in ("the", "a", "&", "and", "amp")]
    while len(kept) > 1 and kept[-1].rstrip(".") in (
        "co",
        "corp",
        "inc",
        "ltd",
        "plc",
        "llc",
        "company",
        "corporation",
        "cos",
    ):
        kept.pop()
    nations = lx.nationalities() if len(kept) > 1 else {}
    return tuple(nations.get(w, w.replace(".", "") if len(w) < 6 else w) for w in kept)


def _shortens(short: Sequence[str], full: Sequence[str]) -> bool:
    """Whether one name is the beginning or the end of the other, or the first part of its hyphenated first word."""
    if not short or len(short) >= len(full):
        return len(full) > 0 and len(short) == 1 and full[0].startswith(short[0] + "-")
    telling = [
        w for w in short if w not in lx.nationalities() and w not in ("north", "south", "united", "new", "national")
    ]
    return bool(telling) and (tuple(full[: len(short)]) == tuple(short) or tuple(full[-len(short) :]) == tuple(short))


def _is_full(name: str) -> bool:
    """Whether a name ends in a word for a body, so that its first words alone can stand for it."""
    words = [w.strip("(),").removesuffix("'s").removesuffix("’s") for w in name.lower().split()]
    heads = lx.ORG_NAME_HEADS | lx.MEDIA_NAME_WORDS | lx.LEGAL_FORMS | lx.ORG_CONNECTORS
    return not heads.isdisjoint(words)


def _outnumbers(mentions: Sequence[Name], cluster: Entity) -> bool:
    """Whether a short wording is far more in use than the longer one, which then names a part or product of it."""
    return len(mentions) > 2 * len(cluster.mentions)


def _initials(name: str) -> set[str]:
    """The acronyms a name can have: of all its words, of the capitalised ones, without the last."""
    words = [w for w in name.replace("-", " ").split() if w[0].isalpha()]
    while len(words) > 2 and (words[0] in ("The", "U.S.", "US", "U.K.") or words[0].lower() in lx.nationalities()):
        words = words[1:]
    capitals = [w[0] for w in words if w[0].isupper()]
    every = [w[0].upper() for w in words]
    forms = {"".join(capitals), "".join(every), "".join(capitals[:-1]), "".join(capitals[1:])}
    return {form for form in forms if len(form) > 1}


def _loosely_abbreviates(acronym: str, name: str) -> bool:
    """Whether the letters occur in order in a one-word name ("VW") or among the initials of a longer one ("CDC")."""
    if " " in name:
        letters = "".join(w[0] for w in name.split() if w[0].isupper())
        return len(acronym) > 2 and acronym in letters
    rest = iter(name.upper())
    return len(acronym) == 2 and name[0] == acronym[0] and len(name) > 4 and all(letter in rest for letter in acronym)
