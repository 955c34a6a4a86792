"""What speaks for each date a statement might have: candidates and their features.

A statement can be dated by an expression near its cue (*own*), by the occasion of another statement (*inherited*), by
an expression farther away that dates what the article is about (*far*), or not at all. Features are short strings; the
ranker knows a weight for each that it has learned.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from onrecord.statements.dates.find import TimeMention
from onrecord.statements.dates.layout import Layout
from onrecord.statements.dates.lexicon import CLASS, Token
from onrecord.statements.dates.periods import Period, Precision
from onrecord.statements.dates.resolve import is_day
from onrecord.terms import Article, Span, Statement

Way = Literal["own", "inherited", "far", "none"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A date that a statement might have."""

    way: Way
    period: Period | None
    basis: Span | Literal["inherited"] | None
    features: tuple[str, ...]
    trust: float = 1.0
    """How probable the occasion is that it is inherited from."""

    @property
    def value(self) -> str | None:
        return self.period.edtf if self.period else None


@dataclass(frozen=True, slots=True)
class Occasion:
    """A statement with an expression of its own, from which others may inherit."""

    index: int
    """Place of the statement in the article's list."""
    period: Period
    probability: float


@dataclass(frozen=True, slots=True)
class Scene:
    """An article with its statements, as far as dating looks at them."""

    layout: Layout
    statements: Sequence[Statement]
    published: date | None
    anchors: Sequence[Span]
    """For each statement the words it hangs on: the cue, else the speaker, else the content."""
    speakers: Sequence[str]
    """For each statement a key of its speaker; empty where nobody is named."""
    clauses: Sequence[tuple[str, ...]]
    """For each statement the words of its cue's sentence outside what is said."""

    @classmethod
    def of(cls, article: Article, statements: Sequence[Statement], published: date | None) -> Scene:
        layout = Layout.of(article.text, published)
        anchors = [s.cue or s.speaker_span or (s.content[0] if s.content else Span(0, 0)) for s in statements]
        speakers = [_speaker_key(statement, article.text) for statement in statements]
        clauses = [_clause_words(layout, *pair) for pair in zip(statements, anchors, strict=True)]
        return cls(layout, statements, published, anchors, speakers, clauses)


_PRONOUNS: Final = frozenset("he she they it who i we you him her them one".split())


def _speaker_key(statement: Statement, text: str) -> str:
    if statement.speaker.name:
        return statement.speaker.name.casefold()
    mention = statement.speaker_span.of(text).casefold() if statement.speaker_span else ""
    return "" if mention in _PRONOUNS else mention.removeprefix("the ")


# --- own expressions ------------------------------------------------------------------------------------------------

NEAR_SENTENCES = 2
"""How many sentences before the cue's own an expression may stand that dates the statement."""


def own_candidates(scene: Scene, index: int) -> list[Candidate]:
    """Expressions in the cue's sentence, in those just before and in the one behind, that name a time not to come."""
    layout, anchor = scene.layout, scene.anchors[index]
    sentence = layout.sentence_at(anchor.start)
    candidates = []
    for mention in layout.mentions:
        distance = layout.sentence_at(mention.span.start) - sentence
        if not -NEAR_SENTENCES <= distance <= 1:
            continue
        period = past_period(mention, scene.published)
        if period is not None:
            features = tuple(_own_features(scene, index, mention, period, distance))
            candidates.append(Candidate("own", period, _with_preposition(layout, mention), features))
    return candidates


def past_period(mention: TimeMention, published: date | None) -> Period | None:
    """What the expression means of something said before publication; ``None`` for a time to come."""
    period = mention.past
    if period is None or published is None:
        return period
    if period.first > published:
        return None
    if period.precision is Precision.DAY and not is_day(period):
        return period.cut_after(published)
    return period


_PREPOSITIONS: Final = frozenset("on in at since during by from late early earlier before after over until".split())


def _with_preposition(layout: Layout, mention: TimeMention) -> Span:
    """The expression with its preposition: ``on Sunday``."""
    if mention.first_token and layout.tokens[mention.first_token - 1].word in _PREPOSITIONS:
        return Span(layout.tokens[mention.first_token - 1].start, mention.span.end)
    return mention.span


_CLAUSE_WORDS: Final = frozenset("who which that when where while as because if but after before since until".split())
_OCCASION_NOUNS: Final = frozenset(
    "interview speech statement letter report poll survey article news hearing debate press briefing conference tweet "
    "post email memo address rally meeting testimony editorial column op session call study filing appearance "
    "televised town convention".split()
)
_OTHER_EVENTS: Final = frozenset(
    "attack attacks massacre shooting killing bombing bombings crash election elections primary vote ruling slaying "
    "deadline game match".split()
)


def _own_features(
    scene: Scene, index: int, mention: TimeMention, period: Period, sentence_distance: int
) -> Iterator[str]:
    layout, anchor = scene.layout, scene.anchors[index]
    statement = scene.statements[index]
    side = "before" if mention.span.start < anchor.start else "after"
    start, end = (mention.span.end, anchor.start) if side == "before" else (anchor.end, mention.span.start)
    between = layout.tokens_between(start, end)
    yield "own"
    yield f"own sentence {sentence_distance}"
    place = f"{sentence_distance} {side}"
    gap = _bucket(len(between), (0, 1, 2, 4, 7, 12, 20, 40))
    yield f"own gap {place} {gap}"
    yield f"own rule {mention.rule}"
    yield f"own rule {mention.rule} {place}"
    in_content = any(span.contains(mention.span) for span in statement.content)
    in_other = sum(any(span.contains(mention.span) for span in other.content) for other in scene.statements)
    yield f"own in content {in_content} {side}"
    yield f"own in content of {_bucket(in_other, (0, 1, 2))} in own {in_content}"
    yield f"own in content {in_content} gap {gap}"
    yield from _own_neighbours(layout, mention, side, in_content)
    yield from _own_between(scene, index, between, start, end, place)
    yield from _own_time(mention, period, scene.published)
    form = cue_form(statement, layout.text)
    yield f"own cue {form} {place}"
    yield f"own cue {form} in content {in_content}"
    yield f"own act {statement.act} {place}"
    yield f"own within {statement.within is not None} in content {in_content}"
    yield from _own_sentence(scene, index, mention, sentence_distance, between, place)
    first_in_sentence = layout.sentence_starts[layout.sentence_at(mention.span.start)]
    yield f"own lead words {_bucket(len(layout.tokens_between(first_in_sentence, mention.span.start)), (0, 1, 2, 4))}"
    yield f"own nearest to the cue {_is_nearest(scene, index, mention)}"
    yield f"own cue is nearest {_nearest_cue(scene, mention, index)}"
    yield f"own paragraph {min(layout.paragraph_at(anchor.start), 3)} {place}"


def _own_sentence(
    scene: Scene, index: int, mention: TimeMention, distance: int, between: Sequence[Token], place: str
) -> Iterator[str]:
    layout = scene.layout
    sentence = layout.sentence_at(mention.span.start)
    start = layout.sentence_starts[sentence]
    words = layout.text[start : mention.span.start + 200].split("\n\n")[0].casefold()
    named = (scene.speakers[index].split()[-1:] or ["-"])[0] in words
    cues = sum(layout.sentence_at(anchor.start) == sentence for i, anchor in enumerate(scene.anchors) if i != index)
    yield f"own names the speaker {named} {distance}"
    yield f"own names the speaker {named} {distance} other cues {min(cues, 2)}"
    opening = layout.tokens[layout.token_at(start)].word
    opens = "participle" if opening.endswith(("ing", "ed")) else opening if opening in _PREPOSITIONS else "-"
    yield f"own sentence opens {opens} {place}"
    subject = _subject_distance(scene, index, mention)
    yield f"own subject {subject} {place}"
    yield f"own subject {subject} {distance} other cues {min(cues, 1)}"
    verbs = sum(_is_verb(token.word) for token in between)
    yield f"own verbs between {min(verbs, 3)} {place}"
    commas = sum(token.word == "," for token in between)
    lead = _bucket(len(layout.tokens_between(start, mention.span.start)), (0, 1, 2, 4))
    yield f"own lead {lead} commas {min(commas, 2)} verbs {min(verbs, 2)} {place}"
    same_paragraph = layout.paragraph_at(mention.span.start) == layout.paragraph_at(scene.anchors[index].start)
    yield f"own same paragraph {same_paragraph} {place}"
    yield f"own {place} kind {scene.statements[index].kind}"


def _subject_distance(scene: Scene, index: int, mention: TimeMention) -> str:
    """How many words lie between the speaker's name and the expression, in its sentence: ``Obama on Friday held``."""
    layout = scene.layout
    name = (scene.speakers[index].split()[-1:] or ["-"])[0]
    for step in range(1, SUBJECT_WORDS):
        for at in (mention.first_token - step, mention.end_token - 1 + step):
            if 0 <= at < len(layout.tokens) and layout.tokens[at].word in (name, "he", "she", "they"):
                named = "name" if layout.tokens[at].word == name else "pronoun"
                return f"{named} {_bucket(step, (1, 2, 4, 6))} {'before' if at < mention.first_token else 'behind'}"
    return "none"


SUBJECT_WORDS = 9


def _is_verb(word: str) -> bool:
    return word in _PAST_IRREGULAR or word in _AUXILIARIES or word.endswith("ed")


_AUXILIARIES: Final = frozenset("was were is are has have had be been did does will would".split())


def _own_neighbours(layout: Layout, mention: TimeMention, side: str, in_content: bool) -> Iterator[str]:
    before = layout.tokens[mention.first_token - 1].word if mention.first_token else "^"
    after = layout.tokens[mention.end_token].word if mention.end_token < len(layout.tokens) else "$"
    yield f"own word before {before}"
    yield f"own word after {after}"
    yield f"own preposition {before if before in _PREPOSITIONS else '-'} {side} in content {in_content}"
    yield f"own followed by a word {after.isalpha()} {side}"
    following = {token.word for token in layout.tokens[mention.end_token : mention.end_token + 3]}
    preceding = {token.word for token in layout.tokens[max(0, mention.first_token - 6) : mention.first_token]}
    yield f"own occasion noun {bool(following & _OCCASION_NOUNS)} {bool(preceding & _OCCASION_NOUNS)}"
    yield f"own other event {bool(following & _OTHER_EVENTS)} {bool(preceding & _OTHER_EVENTS)}"


def _own_between(
    scene: Scene, index: int, between: Sequence[object], start: int, end: int, place: str
) -> Iterator[str]:
    words = [token.word for token in scene.layout.tokens_between(start, end)]
    cues = sum(start <= other.start < end for i, other in enumerate(scene.anchors) if i != index)
    yield f"own cues between {min(cues, 3)}"
    yield f"own cues between {min(cues, 1)} {place}"
    yield f"own commas between {min(words.count(','), 3)} {place}"
    clause = next((word for word in words if word in _CLAUSE_WORDS), "-")
    yield f"own clause word {clause} {place}"
    speaker = scene.statements[index].speaker_span
    yield f"own speaker between {speaker is not None and start <= speaker.start < end} {place}"
    content = any(start <= span.start and span.end <= end + 1 for span in scene.statements[index].content)
    yield f"own content between {content} {place}"
    yield f"own quotation between {any(mark in words for mark in _QUOTATION_MARKS)} {place}"


_QUOTATION_MARKS: Final = ("“", "”", '"')


def _own_time(mention: TimeMention, period: Period, published: date | None) -> Iterator[str]:
    yield f"own precision {period.precision.name} day {is_day(period)}"
    if published is not None:
        yield f"own days ago {_bucket((published - period.last).days, (-1, 0, 1, 2, 7, 31, 366))}"
    if mention.period != mention.past:
        yield "own told as coming"


def _is_nearest(scene: Scene, index: int, mention: TimeMention) -> bool:
    anchor = scene.anchors[index]
    here = abs(mention.span.start - anchor.start)
    return all(abs(other.span.start - anchor.start) >= here for other in scene.layout.mentions)


def _nearest_cue(scene: Scene, mention: TimeMention, index: int) -> str:
    """Whether of all cues in the sentence this one stands nearest, before or behind the expression."""
    distances = [(_distance(anchor, mention.span), i) for i, anchor in enumerate(scene.anchors)]
    nearest = min(distances)[1]
    if nearest == index:
        return "yes"
    earlier = [pair for pair in distances if scene.anchors[pair[1]].start < mention.span.start]
    return "nearest before" if earlier and min(earlier)[1] == index else "no"


def _distance(one: Span, other: Span) -> int:
    return max(one.start - other.end, other.start - one.end, 0)


# --- inherited ------------------------------------------------------------------------------------------------------


def inherited_candidates(scene: Scene, index: int, occasions: Sequence[Occasion]) -> list[Candidate]:
    """Dates of the nearest occasions before and behind, of the same speaker and of anybody."""
    chosen: dict[int, Occasion] = {}
    for ahead in (False, True):
        side = [o for o in occasions if (o.index > index if ahead else o.index < index)]
        side.sort(key=lambda occasion: abs(occasion.index - index))
        same = [o for o in side if relation(scene, index, o.index) == "same"]
        for occasion in (*side[:1], *same[:2]):
            chosen[occasion.index] = occasion
    outer = scene.statements[index].within
    for occasion in occasions:
        if outer is not None and scene.statements[occasion.index].n == outer:
            chosen[occasion.index] = occasion
    return [
        Candidate(
            "inherited", o.period, "inherited", tuple(_inherited_features(scene, index, o, occasions)), o.probability
        )
        for o in chosen.values()
    ]


def relation(scene: Scene, one: int, other: int) -> str:
    """Whether two statements have one speaker, as far as names and mentions tell."""
    a, b = scene.speakers[one], scene.speakers[other]
    if not a or not b:
        return "unknown"
    if a == b:
        return "same"
    return "alike" if a.split()[-1] == b.split()[-1] or a in b or b in a else "different"


def _inherited_features(scene: Scene, index: int, occasion: Occasion, occasions: Sequence[Occasion]) -> Iterator[str]:
    layout, here, there = scene.layout, scene.anchors[index], scene.anchors[occasion.index]
    statement, source = scene.statements[index], scene.statements[occasion.index]
    who = relation(scene, index, occasion.index)
    way = "from before" if occasion.index < index else "from behind"
    link = f"{who} {way}"
    yield "inherited"
    yield f"inherited {link}"
    steps = abs(occasion.index - index)
    yield f"inherited {link} steps {_bucket(steps, (1, 2, 3, 5, 8, 15))}"
    paragraphs = abs(layout.paragraph_at(here.start) - layout.paragraph_at(there.start))
    yield f"inherited {link} paragraphs {_bucket(paragraphs, (0, 1, 2, 3, 5, 8, 15))}"
    same_sentence = layout.sentence_at(here.start) == layout.sentence_at(there.start)
    yield f"inherited {link} same sentence {same_sentence}"
    yield f"inherited {link} place {_place(layout, here)}"
    yield from _inherited_between(scene, index, occasion, occasions, link)
    form = cue_form(statement, layout.text)
    yield f"inherited cue {form} {link}"
    yield f"inherited cue {form} {way} same sentence {same_sentence}"
    yield f"inherited cues {form} {cue_form(source, layout.text)} {who}"
    yield f"inherited act {statement.act} {link}"
    yield f"inherited kind {statement.kind} {link}"
    yield f"inherited speaker {statement.speaker.type} {link}"
    yield f"inherited {_nesting(statement, source)} {link}"
    yield f"inherited days ago {_days_ago(occasion.period, scene.published)} {who}"
    yield f"inherited precision {occasion.period.precision.name} {is_day(occasion.period)} {who}"
    for word in scene.clauses[index]:
        yield f"inherited clause {word} {'same' if who == 'same' else 'other'}"
    if statement.cue is not None:
        yield f"inherited word {statement.cue.of(layout.text).casefold()}"


def _inherited_between(
    scene: Scene, index: int, occasion: Occasion, occasions: Sequence[Occasion], link: str
) -> Iterator[str]:
    low, high = sorted((index, occasion.index))
    between = range(low + 1, high)
    others = {scene.speakers[i] for i in between} - {scene.speakers[index], ""}
    yield f"inherited {link} other speakers between {min(len(others), 3)}"
    rivals = [o for o in occasions if o.index in between and o.period != occasion.period]
    yield f"inherited {link} other dates between {min(len(rivals), 3)}"
    start, end = sorted((scene.anchors[index].end, scene.anchors[occasion.index].start))
    mentions = sum(start <= mention.span.start < end for mention in scene.layout.mentions)
    yield f"inherited {link} expressions between {min(mentions, 3)}"
    undated = sum(relation(scene, index, i) == "same" for i in between)
    yield f"inherited {link} own statements between {min(undated, 4)}"
    dates = {o.period for o in occasions if relation(scene, index, o.index) == "same"}
    yield f"inherited {link} dates of the speaker {min(len(dates), 3)}"


def _nesting(statement: Statement, source: Statement) -> str:
    if statement.within is None and source.within is None:
        return "both outer"
    if statement.within == source.n:
        return "inside the source"
    if source.within == statement.n:
        return "around the source"
    return "inner" if statement.within is not None else "source is inner"


# --- far expressions ------------------------------------------------------------------------------------------------

FAR_SENTENCES = 12
LEAD_PARAGRAPHS = 3


def far_candidates(scene: Scene, index: int) -> list[Candidate]:
    """The nearest expressions beyond those near the cue, the first of the lead, and stretches of days anywhere."""
    layout, anchor = scene.layout, scene.anchors[index]
    sentence = layout.sentence_at(anchor.start)
    chosen: dict[Span, tuple[str, TimeMention]] = {}
    before, behind = 0, 0
    far = [m for m in layout.mentions if not -NEAR_SENTENCES <= layout.sentence_at(m.span.start) - sentence <= 1]
    dated = [m for m in far if (period := past_period(m, scene.published)) and period.precision is Precision.DAY]
    for mention in dated:
        if mention.rule == "range":
            chosen.setdefault(mention.span, ("range", mention))
        elif layout.paragraph_at(mention.span.start) < LEAD_PARAGRAPHS and not any(
            kind == "lead" for kind, _ in chosen.values()
        ):
            chosen.setdefault(mention.span, ("lead", mention))
    for mention in reversed(dated):
        distance = sentence - layout.sentence_at(mention.span.start)
        if 0 < distance <= FAR_SENTENCES and before < 2:
            chosen.setdefault(mention.span, ("before", mention))
            before += 1
    for mention in dated:
        distance = layout.sentence_at(mention.span.start) - sentence
        if 0 < distance <= FAR_SENTENCES and behind < 1:
            chosen.setdefault(mention.span, ("behind", mention))
            behind += 1
    return [_far(scene, index, kind, mention) for kind, mention in chosen.values()]


def _far(scene: Scene, index: int, kind: str, mention: TimeMention) -> Candidate:
    period = past_period(mention, scene.published)
    assert period is not None
    features = tuple(_far_features(scene, index, kind, mention, period))
    return Candidate("far", period, _with_preposition(scene.layout, mention), features)


def _far_features(scene: Scene, index: int, kind: str, mention: TimeMention, period: Period) -> Iterator[str]:
    layout, anchor = scene.layout, scene.anchors[index]
    statement = scene.statements[index]
    sentence = layout.sentence_at(mention.span.start)
    distance = layout.sentence_at(anchor.start) - sentence
    yield "far"
    yield f"far {kind}"
    yield f"far {kind} sentences {_bucket(abs(distance), (0, 3, 5, 8, 12, 20))} {distance > 0}"
    words = layout.text[layout.sentence_starts[sentence] : mention.span.end + 80].casefold()
    speaker = scene.speakers[index].split()[-1:] or ["-"]
    named = speaker[0] in words
    yield f"far {kind} names the speaker {named}"
    yield f"far names the speaker {named} {statement.kind}"
    yield f"far {kind} subject {_subject_distance(scene, index, mention)}"
    survey = any(word in words for word in ("poll", "survey", "conducted"))
    yield f"far survey {survey} of a stretch {kind == 'range'} asked {_is_asked(statement, layout.text)}"
    yield f"far {kind} rule {mention.rule}"
    yield f"far {kind} survey {survey}"
    quoted = any(span.contains(mention.span) for other in scene.statements for span in other.content)
    yield f"far {kind} in content {quoted}"
    if scene.published is not None:
        yield f"far {kind} days ago {_days_ago(period, scene.published)}"
    yield f"far {kind} act {statement.act}"
    yield f"far {kind} kind {statement.kind}"
    yield f"far {kind} cue {cue_form(statement, layout.text)}"
    yield f"far {kind} within {statement.within is not None}"
    yield f"far {kind} speaker {statement.speaker.type} named {statement.speaker.name is not None}"
    yield f"far {kind} place {_place(layout, anchor)}"
    same = sum(past_period(other, scene.published) == period for other in layout.mentions)
    yield f"far {kind} mentions {min(same, 4)} of {_bucket(len(layout.mentions), (1, 2, 4, 8, 16))}"


_ASKED: Final = frozenset("poll polls survey voters respondents surveyed polled % percent americans adults".split())


def _is_asked(statement: Statement, text: str) -> bool:
    """Whether a survey speaks, or those that it asked."""
    mention = statement.speaker_span.of(text).casefold() if statement.speaker_span else ""
    return statement.speaker.type in ("group", "document", "organization") and (
        any(word in mention for word in _ASKED) or statement.speaker.name is None
    )


# --- not dated ------------------------------------------------------------------------------------------------------


def none_candidate(scene: Scene, index: int, occasions: Sequence[Occasion]) -> Candidate:
    return Candidate("none", None, None, tuple(_none_features(scene, index, occasions)))


def _clause_words(layout: Layout, statement: Statement, anchor: Span) -> tuple[str, ...]:
    """Small-letter words of the cue's sentence outside what is said."""
    sentence = layout.sentence_at(anchor.start)
    start = layout.sentence_starts[sentence]
    end = layout.sentence_starts[sentence + 1] if sentence + 1 < len(layout.sentence_starts) else len(layout.text)
    outside = _less(start, end, statement.content)
    words = {
        token.word
        for begin, stop in outside
        for token in layout.tokens_between(begin, stop)
        if token.kind != CLASS["NAME"] and token.word.isalpha()
    }
    return tuple(sorted(words))  # in one order, so that sums of weights come out the same in every process


def _less(start: int, end: int, taken: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """The stretches of ``[start, end)`` that lie in none of the spans."""
    for span in sorted(taken):
        if start < span.start:
            yield start, min(span.start, end)
        start = max(start, span.end)
    if start < end:
        yield start, end


def _none_features(scene: Scene, index: int, occasions: Sequence[Occasion]) -> Iterator[str]:
    statement = scene.statements[index]
    form = cue_form(statement, scene.layout.text)
    yield "none"
    yield f"none cue {form}"
    yield f"none act {statement.act}"
    yield f"none act {statement.act} {form}"
    yield f"none kind {statement.kind}"
    yield f"none within {statement.within is not None}"
    yield f"none within {statement.within is not None} {form}"
    yield f"none speaker {statement.speaker.type} named {statement.speaker.name is not None}"
    yield f"none speaker given {statement.speaker_span is not None}"
    yield f"none place {_place(scene.layout, scene.anchors[index])}"
    for word in scene.clauses[index]:
        yield f"none clause {word}"
    same = sum(relation(scene, index, o.index) == "same" for o in occasions)
    yield f"none occasions {min(len(occasions), 4)} of the speaker {min(same, 2)}"
    if statement.cue is not None:
        yield f"none word {statement.cue.of(scene.layout.text).casefold()}"
    if statement.speaker_span is not None:
        words = statement.speaker_span.of(scene.layout.text).casefold().split()
        yield f"none speaker ends {words[-1] if words else ''}"
        yield f"none speaker is a pronoun {' '.join(words) in _PRONOUNS}"
    periods = [o.period for o in occasions]
    share = max(map(periods.count, periods), default=0) / max(len(periods), 1)
    yield f"none share of one date {_bucket(int(10 * share), (0, 4, 7, 9))}"


# --- shared ---------------------------------------------------------------------------------------------------------

_PRESENT: Final = frozenset(
    "say says tell tells believe believes think thinks want wants hope hopes expect expects fear fears argue argues "
    "claim claims insist insists support supports feel feels oppose opposes call calls".split()
)
_PAST_IRREGULAR: Final = frozenset("said told wrote found spoke went made gave took thought felt read put shot".split())


def cue_form(statement: Statement, text: str) -> str:
    """The cue by its look: past, present, perfect, participle, noun and so on."""
    words = statement.cue.of(text).casefold().split() if statement.cue else []
    if not words:
        return "no cue"
    if words[0] in ("has", "have", "’s", "'s", "'ve", "’ve", "had", "will", "would", "to"):
        return f"{words[0]} ..."
    if words[0] in ("is", "are", "was", "were", "be", "been", "being"):
        return "being"
    if words == ["according", "to"]:
        return "according to"
    word = words[0]
    if word in _PAST_IRREGULAR or word.endswith("ed"):
        return "past"
    if word.endswith("ing"):
        return "participle"
    if word in _PRESENT or word.endswith("s"):
        return "present"
    return "mark" if not word[0].isalpha() else "other"


def _place(layout: Layout, anchor: Span) -> str:
    """Headline, lead, or further down; an article in one piece has no headline."""
    paragraph = layout.paragraph_at(anchor.start)
    if paragraph > 1:
        return "body"
    end = layout.paragraph_starts[paragraph + 1] if paragraph + 1 < len(layout.paragraph_starts) else len(layout.text)
    length = end - layout.paragraph_starts[paragraph]
    return f"paragraph {paragraph} {'short' if length < HEADLINE_LENGTH else 'long'}"


HEADLINE_LENGTH = 130


def _days_ago(period: Period, published: date | None) -> str:
    return _bucket((published - period.last).days, (0, 1, 2, 7, 31, 366)) if published else "?"


def _bucket(value: int, limits: Sequence[int]) -> str:
    """The largest limit that ``value`` reaches, as a word."""
    reached = [limit for limit in limits if limit <= value]
    return str(reached[-1]) if reached else "less"
