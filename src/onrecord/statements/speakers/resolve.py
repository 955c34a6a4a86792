"""Each statement's speaker, resolved to the fullest name its article gives."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

from onrecord.statements.speakers import joining, mentions, names, ranking
from onrecord.statements.speakers import lexicon as lx
from onrecord.statements.speakers.descriptions import ROLE_WORDS, content_words, describe, singular
from onrecord.statements.speakers.entities import Entity, gather
from onrecord.statements.speakers.mentions import Mention, NamePlace
from onrecord.statements.speakers.names import Name
from onrecord.statements.speakers.tokens import Tokens
from onrecord.statements.speakers.wording import role_of, speaker_type, tidy
from onrecord.terms import Article, Span, Speaker, Statement

PARAGRAPHS_BELOW = 2
"""How far below a role its bearer may be named for the first time."""

_JOINTS = frozenset(("and", "&", "nor", "or"))


@dataclass(frozen=True, slots=True)
class Choice:
    """What a mention was resolved to, and how sure the ranker is. ``entity`` is ``None`` for nobody named."""

    entity: Entity | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Options:
    """The candidates of one mention with their features; the last two are the mention's own words, and nobody."""

    entities: tuple[Entity | None, ...]
    rows: tuple[tuple[str, ...], ...]
    mention: Mention


Judge = Callable[[int, Options], int]
"""Picks among options for statement number ``n``; training puts the gold answer here."""


def resolve_speakers(article: Article, statements: Sequence[Statement]) -> list[Statement]:
    """Fill ``speaker`` and ``confidences["speaker"]`` of each statement; all else stays as it was.

    A speaker the article never names, or for whom nothing decides between two candidates, has no name.
    """
    return Resolver(article, statements).resolve()


class Resolver:
    """One article's names and the speakers found so far."""

    def __init__(self, article: Article, statements: Sequence[Statement], judge: Judge | None = None) -> None:
        self.statements = list(statements)
        self.tokens = Tokens(article.text)
        self.entities = _entities(self.tokens, article, statements)
        self._judge = judge
        self._weights = load_weights("ranker.json")
        self._memory = ranking.Memory()
        bearers = Counter(name for entity in self.entities for name in entity.mentions)
        for entity in self.entities:
            self._memory.positions[entity] = [name.start for name in entity.mentions if bearers[name] == 1]
        self._memory.share_out(bearers)
        self._names = sorted({n for e in self.entities for n in e.mentions}, key=lambda n: n.start)
        self._memory.ends = {name.start: name.end for name in self._names}
        self._memory.people = sorted({n.start for e in self.entities if e.is_person for n in e.mentions})
        first = self.tokens[0].paragraph if len(self.tokens) else 0
        self._title = frozenset(e for e in self.entities for n in e.mentions if self.tokens[n.start].paragraph == first)
        self._authors = frozenset(e for e in self.entities if e.name in article.byline)
        spans = [self.tokens.within(s.speaker_span.start, s.speaker_span.end) for s in statements if s.speaker_span]
        people = [n.start for n in self._names if n.label == "person"]
        self._named = tuple(at for at in people if any(start <= at < end for start, end in spans))
        self._choices: dict[int, Choice] = {}
        self._mentions: dict[int, Mention | None] = {}

    def resolve(self) -> list[Statement]:
        order = sorted(range(len(self.statements)), key=lambda i: (self._at(self.statements[i]), i))
        for index in order if len(self.tokens) else ():
            self._visit(index, frozenset())
        return [self._filled(index) for index in range(len(self.statements))]

    def _visit(self, index: int, above: frozenset[int]) -> None:
        """Resolve the statement that holds this one first, then this one."""
        if index in self._choices:
            return
        outer = self._outer(index)
        if outer is not None and outer not in above:
            self._visit(outer, above | {index})
        statement = self.statements[index]
        mention = self._mention(statement.speaker_span)
        self._mentions[index] = mention
        outer_entity = self._choices[outer].entity if outer is not None and outer in self._choices else None
        if mention is None:
            choice = self._without_mention(index)
        else:
            choice = self._choose(index, mention, outer_entity, outer is not None)
        self._choices[index] = choice
        if choice.entity is None and mention is not None:
            self._memory.unnamed.add(mention.head)
        if choice.entity is not None and mention is not None:
            self._note_role(choice.entity, mention)
            self._note_documents(choice.entity, mention)
        self._memory.remember(choice.entity, mention.start if mention else self.tokens.at(self._at(statement)))

    def _choose(self, index: int, mention: Mention, outer: Entity | None, nested: bool) -> Choice:
        parts = self._parts(mention)
        if len(parts) > 1:
            return self._joint(index, mention, parts, outer, nested)
        options = self.options(index, mention, outer, nested)
        chances = ranking.choose(options.rows, self._weights)
        if self._judge is None and mention.bearer is not None and mention.head_class != "group":
            chances = _among_bearers(options, chances, mention.bearer.name)
        best = self._judge(index, options) if self._judge else chances.index(max(chances))
        if options.entities[best] is None and self._judge is None:
            below = self._named_below(index, mention)
            return Choice(below, 0.6) if below else Choice(None, chances[best])
        return Choice(options.entities[best], chances[best])

    def _named_below(self, index: int, mention: Mention) -> Entity | None:
        """Whose role opens a report that names them later: "the ministry's spokeswoman said", below "Ada Quill said".

        Only for those who speak for a body, and only where the next to speak is a person first named there, in one of
        the two paragraphs that follow, with nothing said of who they are.
        """
        if not mention.head.startswith("spokes") or mention.plural or mention.determiner not in ("the", "his", "-"):
            return None
        here = self._at(self.statements[index])
        after = [
            statement.speaker_span
            for i, statement in enumerate(self.statements)
            if statement.speaker_span and statement.speaker_span.start > here and self._outer(i) is None
        ]
        named = self._mention(min(after, key=lambda span: span.start, default=None))
        if named is None or named.bearer is None or named.bearer.name.label != "person":
            return None
        name = named.bearer.name
        bare = (name.start, name.end) == (named.start, named.end) and self.tokens.lower(name.end) != ","
        bearers = [entity for entity in self.entities if name in entity.mentions]
        near = 0 < self.tokens[name.start].paragraph - self.tokens[mention.start].paragraph <= PARAGRAPHS_BELOW
        if not (bare and near and len(bearers) == 1) or bearers[0].descriptions:
            return None
        return bearers[0] if min(n.start for n in bearers[0].mentions) == name.start else None

    def options(self, index: int, mention: Mention, outer: Entity | None, nested: bool) -> Options:
        """The candidates for a mention and their features."""
        situation = ranking.Situation(
            self.tokens,
            mention,
            self._memory,
            outer,
            nested,
            self._in_content(index),
            self._title,
            self._authors,
            self._named,
        )
        pool = ranking.candidates(situation, self.entities)
        outside = self.tokens if mention.kind in ("he", "she") else None
        pool.sort(key=lambda e: -(self._memory.last_before(e, mention.start, outside) or -1))
        bearers = Counter(
            name for entity in pool for name in entity.mentions if mention.start <= name.start < mention.end
        )
        rivals = {e: max((bearers[n] for n in e.mentions), default=1) for e in pool}
        rows = [tuple(ranking.features(situation, entity, rank, rivals[entity])) for rank, entity in enumerate(pool)]
        chosen: list[Entity | None] = list(pool)
        if self._may_be_own_name(mention):
            chosen.append(self._own_words(mention))
            rows.append(tuple(ranking.self_features(situation)))
        chosen.append(None)
        rows.append(tuple(ranking.none_features(situation, len(pool))))
        return Options(tuple(chosen), tuple(rows), mention)

    def _may_be_own_name(self, mention: Mention) -> bool:
        """Whether the mention's own words could be a body's name: not for people, pronouns and plain documents."""
        if mention.kind not in ("name", "noun") or mention.head_class in ("person", "group"):
            return False
        if any(self._covers(place, mention) for place in mention.names):
            return False
        capitals = any(t.capital and not t.first for t in self.tokens.items[mention.start : mention.end])
        if mention.head_class == "document":
            return capitals and mention.head in (
                t.lower for t in self.tokens.items[mention.start : mention.end] if t.capital
            )
        return mention.head_class != "other" or capitals or bool(mention.names)

    def _covers(self, place: NamePlace, mention: Mention) -> bool:
        """Whether a name is all there is to a mention, articles, titles and what comes after a comma aside."""
        start = mention.start
        while start < place.name.start and self.tokens.lower(start) in lx.TITLES | lx.DETERMINERS:
            start += 1
        ends = place.name.end >= mention.end or self.tokens[place.name.end].text in ",(—–"
        return start >= place.name.start and ends

    def _joint(
        self, index: int, mention: Mention, parts: Sequence[Mention], outer: Entity | None, nested: bool
    ) -> Choice:
        """Speakers joined by "and": each part by itself, named parts by their names, others in their own words."""
        judge, self._judge = self._judge, None
        try:
            choices = [self._choose(index, part, outer, nested) for part in parts]
        finally:
            self._judge = judge
        if not any(choice.entity for choice in choices):
            return Choice(None, min(choice.confidence for choice in choices))
        words = [
            choice.entity.name if choice.entity else tidy(self.tokens.words(part.start, part.end))
            for choice, part in zip(choices, parts, strict=True)
        ]
        name = ", ".join(words[:-1]) + " and " + words[-1]
        known = next((e for e in self.entities if e.label == "joint" and e.name == name), None)
        if known is None:
            people = any(choice.entity and choice.entity.is_person for choice in choices)
            known = Entity(name, "joint", frozenset(), "m" if people else "")
            self.entities.append(known)
        return Choice(known, min(choice.confidence for choice in choices))

    def _parts(self, mention: Mention) -> list[Mention]:
        """The joined speakers of a mention; one where it is not joint."""
        cuts = [
            i
            for i in range(mention.start + 1, mention.end - 1)
            if self.tokens.lower(i) in _JOINTS
            and not any(n.start <= i < n.end for n in self._names_in(mention.start, mention.end))
        ]
        if not 1 <= len(cuts) <= 3:
            return [mention]
        edges = sorted([mention.start, *self._commas(mention, cuts[-1]), *cuts, mention.end])
        pieces = []
        for start, end in pairwise(edges):
            while start < end and (
                not self.tokens[start].word or self.tokens.lower(start) in _JOINTS | {"neither", "both", "either"}
            ):
                start += 1
            if start < end:
                pieces.append(mentions.parse(self.tokens, start, end, self._names_in(start, end)))
        if (
            len(pieces) > 1
            and not _heads(pieces[0])
            and pieces[0].end < pieces[1].start
            and _heads(pieces[1])
            and (self.tokens.lower(pieces[0].end) == "," and pieces[0].kind == "noun")
        ):
            pieces = pieces[1:]
        if pieces and not any(not p.behind for p in pieces[0].names) and any(p.behind for p in pieces[0].names):
            return [mention]
        return (
            pieces
            if len(pieces) > 1 and all(map(self._stands_alone, pieces)) and self._any_named(pieces)
            else [mention]
        )

    def _commas(self, mention: Mention, cut: int) -> list[int]:
        commas = [i for i in range(mention.start, cut) if self.tokens[i].text == ","]
        return [c for c in commas if c + 1 < cut]

    def _stands_alone(self, part: Mention) -> bool:
        """Whether a piece of a joined mention is a speaker of its own: a name, a pronoun, people in plural."""
        if part.kind in ("he", "she", "i", "we", "they", "you"):
            return True
        heads = _heads(part)
        if heads:
            behind = heads[-1].name.end
            return behind >= part.end or not self.tokens[behind].word
        return part.plural or part.determiner in ("the", "his", "this") or part.head_class in ("organization", "group")

    def _any_named(self, parts: Sequence[Mention]) -> bool:
        return any(part.kind in ("he", "she") or any(p.name.label != "other" for p in _heads(part)) for part in parts)

    def _without_mention(self, index: int) -> Choice:
        """A bare quotation right after a statement goes on with its speaker; anything else is nobody's."""
        statement = self.statements[index]
        if statement.cue is None and self._memory.speakers and statement.content:
            here = self.tokens[self.tokens.at(statement.content[0].start)]
            speaker, at = self._memory.speakers[-1]
            if here.quoted and here.paragraph - self.tokens[at].paragraph <= 1:
                return Choice(speaker, 0.6)
        return Choice(None, 0.95)

    def _own_words(self, mention: Mention) -> Entity:
        end = next((i for i in range(mention.start + 1, mention.end) if self.tokens[i].text in ",(—–"), mention.end)
        name = tidy(self.tokens.words(mention.start, end)).removesuffix(" news agency")
        known = next((e for e in self.entities if e.label == "own" and e.name == name), None)
        return known or Entity(name, "own", frozenset())

    def _note_role(self, entity: Entity, mention: Mention) -> None:
        """A description that stood for someone the article does not describe elsewhere is their role.

        So are the words of a mention that stand before its name, where they are more than what is known.
        """
        if entity.is_person and mention.bearer is not None:
            self._note_title(entity, mention, mention.bearer.name)
        if not entity.is_person or entity.descriptions or mention.kind != "noun" or mention.head not in ROLE_WORDS:
            return
        start = mention.start + (self.tokens.lower(mention.start) in lx.DETERMINERS)
        if start < mention.end:
            wording = self.tokens.words(start, mention.end)
            entity.descriptions.append((start, wording))
            entity.described |= content_words(wording)

    def _note_title(self, entity: Entity, mention: Mention, name: Name) -> None:
        start = mention.start + (self.tokens.lower(mention.start) in lx.DETERMINERS)
        before = self.tokens.items[start : name.start]
        if not all(token.word for token in before) or not any(token.lower in ROLE_WORDS for token in before):
            return
        wording = self.tokens.words(start, name.start)
        shorter = next((i for i, (_, known) in enumerate(entity.descriptions) if wording.endswith(known)), None)
        if shorter is not None:
            entity.descriptions[shorter] = (start, wording)
        elif not entity.descriptions and before[-1].lower not in lx.HONORIFICS:
            entity.descriptions.append((start, wording))

    def _note_documents(self, entity: Entity, mention: Mention) -> None:
        """Tie "said in a statement" to who said it."""
        at, sentence = mention.end, self.tokens[mention.start].sentence
        while at + 2 < len(self.tokens) and self.tokens[at].sentence == sentence:
            if self.tokens.lower(at) in ("in", "filed", "issued", "released", "sent") and not self.tokens[at].quoted:
                for ahead in range(at + 1, min(at + 5, len(self.tokens))):
                    if self.tokens.lower(ahead) in lx.DOCUMENTS:
                        entity.issued.add(singular(self.tokens.lower(ahead)))
                        break
            at += 1

    def _mention(self, span: Span | None) -> Mention | None:
        if span is None:
            return None
        start, end = self.tokens.within(span.start, span.end)
        if not any(token.word for token in self.tokens.items[start:end]):
            return None
        return mentions.parse(self.tokens, start, end, self._names_in(start, end))

    def _names_in(self, start: int, end: int) -> list[Name]:
        return [n for n in self._names if n.start < end and start < n.end]

    def _in_content(self, index: int) -> frozenset[Entity]:
        spans = [self.tokens.within(s.start, s.end) for s in self.statements[index].content]
        return frozenset(e for e in self.entities if any(a <= n.start < b for n in e.mentions for a, b in spans))

    def _outer(self, index: int) -> int | None:
        """The smallest statement whose content holds this one's cue and source."""
        inner = self.statements[index]
        parts = [s for s in (inner.speaker_span, inner.cue) if s is not None] or list(inner.content[:1])
        holders = [
            (sum(map(len, outer.content)), at)
            for at, outer in enumerate(self.statements)
            if at != index and parts and all(any(c.contains(p) for c in outer.content) for p in parts)
        ]
        return min(holders)[1] if holders else None

    @staticmethod
    def _at(statement: Statement) -> int:
        if statement.speaker_span is not None:
            return statement.speaker_span.start
        if statement.cue is not None:
            return statement.cue.start
        return statement.content[0].start if statement.content else 0

    def _filled(self, index: int) -> Statement:
        statement = self.statements[index]
        choice, mention = self._choices.get(index, Choice(None, 0.0)), self._mentions.get(index)
        entity = choice.entity
        speaker = Speaker(
            name=tidy(entity.name) if entity else None,
            type=speaker_type(entity, mention),
            role=role_of(self.tokens, entity, mention),
        )
        confidences = {**statement.confidences, "speaker": round(choice.confidence, 4)}
        return replace(statement, speaker=speaker, confidences=confidences)


def _among_bearers(options: Options, chances: Sequence[float], name: Name) -> list[float]:
    """Chances with those taken away that do not bear a name."""
    bears = [entity is not None and name in entity.mentions for entity in options.entities]
    whole = sum(chance for chance, good in zip(chances, bears, strict=True) if good)
    if whole <= 0:
        return list(chances)
    return [chance / whole if good else 0.0 for chance, good in zip(chances, bears, strict=True)]


def _heads(part: Mention) -> list[NamePlace]:
    """Names that a part of a joined mention can stand for: at its head, or after its comma."""
    return [p for p in part.names if not p.possessive and (not p.behind or p.link == "comma")]


def _entities(tokens: Tokens, article: Article, statements: Sequence[Statement]) -> list[Entity]:
    evidence = names.Evidence(tokens)
    labels = names.tag(tokens, load_tagger(), evidence)
    found = joining.mend(tokens, names.names(tokens, labels), labels, evidence)
    spans = [s.speaker_span for s in statements if s.speaker_span is not None]
    found += _missed(tokens, found, spans)
    entities = gather(tokens, sorted(found, key=lambda n: n.start), evidence, article.byline)
    describe(tokens, entities)
    return entities


def _missed(tokens: Tokens, found: Sequence[Name], spans: Sequence[Span]) -> list[Name]:
    """Names the tagger overlooked inside source mentions: capitalised words that are no title, month or nationality."""
    missed: list[Name] = []
    known = (
        lx.COMMON_CAPITALS
        | lx.TITLES
        | lx.GROUPS
        | lx.PEOPLE_ROLES
        | lx.DOCUMENTS
        | lx.MONTHS_DAYS
        | lx.PRONOUNS
        | lx.ORGANIZATIONS
        | lx.MEDIA
    )
    for span in dict.fromkeys(spans):
        start, end = tokens.within(span.start, span.end)
        inside = [n for n in found if n.start < end and start < n.end]
        if inside:
            if grown := _completed(tokens, inside[0], start, known):
                missed.append(grown)
            continue
        at = start
        while at < end and not (tokens[at].capital and _nameable(tokens, at, known)):
            at += 1
        stop = at
        while stop < end and tokens[stop].capital:
            stop += 1
        if at < stop:
            given = any(tokens.lower(i) in lx.given_names() for i in range(at, stop - 1))
            title = tokens.lower(at - 1) in lx.TITLES and at > start
            missed.append(Name(at, stop, "person" if given or title else "organization"))
    return missed


def _completed(tokens: Tokens, name: Name, start: int, known: frozenset[str]) -> Name | None:
    """A lone surname with the unknown word that opens its mention ("Bertolt Quill", where the tagger saw "Quill")."""
    lone = name.label == "person" and name.end - name.start == 1 and name.start == start + 1
    if (
        lone
        and tokens[start].capital
        and _nameable(tokens, start, known | lx.ORG_NAME_HEADS)
        and not tokens[start].text.isupper()
    ):
        return Name(start, name.end, "person")
    return None


def _nameable(tokens: Tokens, at: int, known: frozenset[str]) -> bool:
    token = tokens[at]
    if token.text.isupper() and len(token.text) > 1 and token.lower in lx.RELATIVE:
        return True
    if token.lower in known or token.lower in lx.nationalities() or not token.word:
        return False
    plural = token.lower.endswith("s") and not token.text.isupper()
    return not (token.first and (plural or len(token.text) < 2))


@lru_cache(maxsize=1)
def load_tagger() -> dict[str, dict[str, list[float]]]:
    return json.loads(files(__package__ or "").joinpath("names.json").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


@lru_cache(maxsize=4)
def load_weights(name: str) -> dict[str, float]:
    path = files(__package__ or "").joinpath(name)
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
