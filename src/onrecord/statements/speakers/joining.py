"""Rules that mend what the tagger found: names cut short, run together, or made of name and common noun."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.statements.speakers import lexicon as lx
from onrecord.statements.speakers.names import LABELS, Evidence, Name
from onrecord.statements.speakers.tokens import Tokens

_AMPERSANDS = frozenset(("&", "amp"))
_POSSESSIVES = frozenset(("'s", "’s"))
_AFTER_COLLECTIVE = (
    lx.PEOPLE_ROLES
    | lx.GROUPS
    | lx.RELATIONS
    | lx._set("headquarters building trail rally event policy line debt bonds spending")
)
_COLLECTIVES = lx._set(
    "campaign administration government office ministry department embassy consulate police court council parliament "
    "army "
    "military mission foundation family board camp"
)
_COLLECTIVE_MODIFIERS = lx._set(
    "presidential communist military state high supreme district federal central local new interim"
)
_KNOWN = (
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
_NICK_MARKS = {"“": "”", '"': '"', "(": ")", "‘": "’", "'": "'"}
_FIRM_HEADS = lx._set(
    "productions foundation institute records holdings industries associates partners group university college center "
    "centre hospital museum theatre theater studios entertainment airlines pictures laboratories library organization"
)
_NO_SURNAMES = _KNOWN | lx.ORG_NAME_HEADS | lx.MEDIA_NAME_WORDS


def mend(tokens: Tokens, found: Sequence[Name], labels: Sequence[int], evidence: Evidence) -> list[Name]:
    """The names with their missing words, without headline verbs, and bodies named after someone ("Quill's office")."""
    names = [n for n in found if not _is_dateline(tokens, n)]
    names = [part for name in names for part in _person_split_off(tokens, name)]
    names = _split_headlines(tokens, names, evidence)
    names = _join_ampersands(tokens, _given_pairs(tokens, names, labels, evidence))
    names = _firms_of_people(tokens, _join_nicknames(tokens, names, labels), evidence)
    names = [_grown(tokens, n, labels, evidence) for n in names]
    names = _habitual(tokens, names, evidence)
    names = _replaced(
        names, [*_legal_bodies(tokens), *_media(tokens, names, evidence), *_national_bodies(tokens, names)]
    )
    names = _replaced([*names], _again(tokens, names, evidence), only_new=True)
    return _without_inner([*names, *_collectives(tokens, names)])


def _replaced(names: Sequence[Name], better: Sequence[Name], only_new: bool = False) -> list[Name]:
    """Names with better ones for those they overlap; with ``only_new``, better ones only where there is none."""
    if only_new:
        taken = {i for n in names for i in range(n.start, n.end)}
        better = [n for n in better if taken.isdisjoint(range(n.start, n.end))]
        return sorted([*names, *better], key=lambda n: n.start)
    covered = {i for n in better for i in range(n.start, n.end)}
    kept = [n for n in names if covered.isdisjoint(range(n.start, n.end))]
    return sorted([*kept, *better], key=lambda n: n.start)


def _legal_bodies(tokens: Tokens) -> list[Name]:
    """Whatever capitalised words stand before a legal form: "Columbia Savings amp Loan Inc.", "Du Pont Co."."""
    found: list[Name] = []
    for at, token in enumerate(tokens.items):
        if token.lower not in lx.LEGAL_FORMS or not token.capital or (found and at < found[-1].end):
            continue
        start = at
        while start > 0 and tokens[start - 1].sentence == token.sentence and _goes_on(tokens, start - 1):
            start -= 1
        while start < at and not _opens_body(tokens, start):
            start += 1
        end = at + 1
        while end < len(tokens) and tokens.lower(end) in lx.LEGAL_FORMS and tokens[end].capital:
            end += 1
        if start < at:
            found.append(Name(start, end, "organization"))
    return found


def _opens_body(tokens: Tokens, at: int) -> bool:
    plain = tokens.lower(at) in lx.COMMON_CAPITALS or _is_participle(tokens[at].text)
    return tokens[at].capital and not plain


def _goes_on(tokens: Tokens, at: int) -> bool:
    return (tokens[at].capital and tokens[at].lower not in lx.COMMON_CAPITALS) or tokens.lower(at) in _AMPERSANDS


def _media(tokens: Tokens, names: Sequence[Name], evidence: Evidence) -> list[Name]:
    """A place or other name with the word behind it that makes it a medium ("Varna Courier")."""
    return [
        Name(n.start, n.end + 1, "organization")
        for n in names
        if n.label in ("place", "other")
        and n.end < len(tokens)
        and tokens[n.end].capital
        and tokens.lower(n.end) in lx.MEDIA_NAME_WORDS | {"reporter"}
        and tokens[n.start].sentence not in evidence.headlines
        and tokens[n.end].sentence == tokens[n.start].sentence
    ]


def _national_bodies(tokens: Tokens, names: Sequence[Name]) -> list[Name]:
    """A body of plain words with the country that owns it: "Varna's Foreign Ministry"."""
    ends = {n.end: n for n in names if n.label in ("place", "other")}
    found = []
    for name in names:
        owner = ends.get(name.start - 1)
        if owner and name.label == "organization" and tokens.lower(name.start - 1) in _POSSESSIVES:
            words = {tokens.lower(i) for i in range(name.start, name.end)}
            if words <= lx.ORG_NAME_HEADS | lx.TITLES | {"supreme", "national", "revolutionary", "affairs", "of"}:
                found.append(Name(owner.start, name.end, "organization"))
    return found


def _again(tokens: Tokens, names: Sequence[Name], evidence: Evidence) -> list[Name]:
    """Further occurrences of known wordings, and of companies by the words before their legal form."""
    wordings = _wordings(tokens, [n for n in names if tokens[n.start].sentence not in evidence.headlines])
    openings: dict[str, list[tuple[str, ...]]] = {}
    for words in sorted(wordings, key=len, reverse=True):
        if words[0].lower() not in _KNOWN and not (len(words) == 1 and words[0].lower() in evidence.small):
            openings.setdefault(words[0], []).append(words)
    found: list[Name] = []
    for at, token in enumerate(tokens.items):
        if not token.capital or token.text not in openings or (found and at < found[-1].end):
            continue
        for words in openings[token.text]:
            if tuple(t.text for t in tokens.items[at : at + len(words)]) == words:
                found.append(Name(at, at + len(words), wordings[words]))
                break
    return found


def _wordings(tokens: Tokens, names: Sequence[Name]) -> dict[tuple[str, ...], str]:
    """Wordings of people and bodies with their label; of companies the short ones too ("Quill" of "Quill Inc.")."""
    wordings: dict[tuple[str, ...], str] = {}
    for name in names:
        words = tuple(tokens[i].text for i in range(name.start, name.end))
        if name.label in ("person", "organization") and len(words[0]) > 1:
            wordings.setdefault(words, name.label)
        if words[-1].lower() in lx.LEGAL_FORMS:
            for end in range(1, len(words)):
                wordings.setdefault(words[:end], "organization")
            wordings.setdefault((words[0].split("-")[0],), "organization")
    return wordings


def _is_dateline(tokens: Tokens, name: Name) -> bool:
    """ "(AP)" before a dash: who carried the report, not who speaks in it."""
    bracketed = name.start > 0 and tokens.lower(name.start - 1) == "(" and tokens.lower(name.end) == ")"
    return bracketed and tokens.lower(name.end + 1) in ("_", "—", "–", "-", "--")


def _person_split_off(tokens: Tokens, name: Name) -> list[Name]:
    """ "Supreme Court Justice Ada Quill" is a body, a title and a person; "Varna-born Ada Quill" is Ada Quill."""
    if name.label == "person":
        if name.end - name.start > 1 and tokens.lower(name.end - 1) in lx.ORG_NAME_HEADS - lx._set(
            "sons brothers center records"
        ):
            return [Name(name.start, name.end, "organization")]
        start = name.start
        while start < name.end - 1 and _is_participle(tokens[start].text):
            start += 1
        return [Name(start, name.end, "person")]
    if name.end - name.start > 1 and _is_participle(tokens[name.start].text):
        return _person_split_off(tokens, Name(name.start + 1, name.end, name.label))
    given = lx.given_names()
    for at in range(name.start, name.end - 1):
        if (
            tokens.lower(at) in lx.TITLES
            and tokens.lower(at + 1) in given
            and tokens[at].capital
            and name.end - at <= 4
        ):
            if tokens[name.end - 1].lower in lx.ORG_NAME_HEADS:
                continue
            parts = [Name(at + 1, name.end, "person")]
            return [Name(name.start, at, "organization"), *parts] if at > name.start else parts
    return [name]


def _is_participle(word: str) -> bool:
    """Whether a hyphenated word only describes what follows: "Varna-based", "Quill-backed", "pro-Quill"."""
    first, _, last = word.rpartition("-")
    return bool(first) and (last.islower() or first.lower() in ("anti", "pro", "non", "pre", "post", "now", "then"))


def _split_headlines(tokens: Tokens, names: Sequence[Name], evidence: Evidence) -> list[Name]:
    """Cut names in title case lines down to those that the rest of the text knows."""
    body = [n for n in names if tokens[n.start].sentence not in evidence.headlines]
    known: dict[str, set[tuple[str, ...]]] = {label: set() for label in LABELS}
    single: dict[str, str] = {}
    for name in body:
        words = tuple(tokens.lower(i) for i in range(name.start, name.end))
        known[name.label].add(words)
        for word in words[-1:] if name.label == "person" else ():
            single[word] = name.label
    known_words = {word for wordings in known.values() for words in wordings for word in words}
    mended: list[Name] = []
    for name in names:
        if tokens[name.start].sentence not in evidence.headlines:
            mended.append(name)
            continue
        if name.end - name.start == 1:
            if name.label != "person" or tokens.lower(name.start) in known_words:
                mended.append(name)
            continue
        mended += _known_parts(tokens, name, known, single)
    return mended


def _known_parts(
    tokens: Tokens, name: Name, known: dict[str, set[tuple[str, ...]]], single: dict[str, str]
) -> list[Name]:
    parts, at = [], name.start
    if name.label == "person" and name.end - name.start == 2 and tokens.lower(name.start) in lx.given_names():
        return [name]
    while at < name.end:
        for end in range(name.end, at, -1):
            words = tuple(tokens.lower(i) for i in range(at, end))
            label = next(
                (label for label in LABELS if words in known[label]), single.get(words[0]) if len(words) == 1 else None
            )
            if label:
                parts.append(Name(at, end, label))
                at = end
                break
        else:
            at += 1
    if parts or name.label != "person":
        return parts or [name]
    given = lx.given_names()
    start = next((i for i in range(name.start, name.end) if tokens.lower(i) in given), name.start)
    return [Name(start, min(start + 2, name.end), "person")]


def _given_pairs(tokens: Tokens, names: Sequence[Name], labels: Sequence[int], evidence: Evidence) -> list[Name]:
    """Add "Virginia Quill" where the tagger saw a place and a person, or a body of just a given name and a surname."""
    given = lx.given_names()
    lone = {tokens.lower(n.start) for n in names if n.label == "person" and n.end - n.start == 1}
    pairs = []
    for at in range(len(tokens) - 1):
        first, second = tokens[at], tokens[at + 1]
        if not (first.capital and second.capital):
            continue
        odd = LABELS[labels[at]] in ("place", "organization", "other")
        named = first.lower in given or (
            odd and second.lower in lone and second.lower not in given and first.lower not in evidence.small
        )
        if not named or first.sentence != second.sentence or first.lower in lx.nationalities():
            continue
        if second.lower in _NO_SURNAMES or first.lower in _KNOWN or first.sentence in evidence.headlines:
            continue
        alone = not tokens[max(at - 1, 0)].capital or at == 0 or tokens.lower(at - 1) in lx.TITLES
        ends = at + 2 >= len(tokens) or not tokens[at + 2].capital
        marks = {LABELS[labels[at]], LABELS[labels[at + 1]]}
        if alone and ends and "person" not in (LABELS[labels[at]],) and (second.lower in lone or "person" in marks):
            pairs.append(Name(at, at + 2, "person"))
    covered = {i for n in pairs for i in range(n.start, n.end)}
    kept = [n for n in names if not covered & set(range(n.start, n.end))]
    return sorted([*kept, *pairs], key=lambda n: n.start)


def _join_ampersands(tokens: Tokens, names: Sequence[Name]) -> list[Name]:
    joined: list[Name] = []
    for name in names:
        last = joined[-1] if joined else None
        if (
            last
            and last.end == name.start - 1
            and tokens.lower(last.end) in _AMPERSANDS
            and "place" not in (last.label, name.label)
        ):
            joined[-1] = Name(last.start, name.end, "organization")
        elif name.label == "organization" and tokens.lower(name.start - 1) in _AMPERSANDS:
            start = name.start
            while (
                start > 0 and tokens[start - 1].sentence == tokens[name.start].sentence and _goes_on(tokens, start - 1)
            ):
                start -= 1
            joined = [n for n in joined if n.end <= start]
            joined.append(Name(start, name.end, "organization"))
        else:
            joined.append(name)
    return joined


def _join_nicknames(tokens: Tokens, names: Sequence[Name], labels: Sequence[int]) -> list[Name]:
    """A given name, a nickname in marks and a surname are one name: "Juan “Chico” Ferrer", "Coach (Ada) Quill"."""
    joined = list(names)
    for at in range(1, len(tokens) - 3):
        mark, nick, close, surname = (tokens[at + i] for i in range(4))
        if mark.text not in _NICK_MARKS or not nick.capital or close.text != _NICK_MARKS[mark.text]:
            continue
        if not surname.capital or surname.sentence != mark.sentence or surname.lower in _NO_SURNAMES:
            continue
        before = tokens[at - 1]
        people = "person" in (LABELS[labels[at - 1]], LABELS[labels[at + 3]]) or before.lower in lx.given_names()
        if people and before.capital and before.lower not in lx.TITLES | lx.COMMON_CAPITALS:
            start = next((n.start for n in names if n.label == "person" and n.end == at), at - 1)
        elif mark.text == "(" and before.lower in lx.TITLES and nick.lower in lx.given_names():
            start = at
        else:
            continue
        joined = _replaced(joined, [Name(start, at + 4, "person")])
    return joined


def _firms_of_people(tokens: Tokens, names: Sequence[Name], evidence: Evidence) -> list[Name]:
    """A person's name that only opens a body's: "Dick Clark" before "Productions"."""
    bodies = {n.start: n for n in names if n.label == "organization"}
    firms = []
    for name in names:
        after = tokens[name.end] if name.end < len(tokens) else None
        if name.label != "person" or after is None or not after.capital or after.sentence in evidence.headlines:
            continue
        end = bodies[name.end].end if name.end in bodies else name.end + 1
        if tokens.lower(end - 1) in _FIRM_HEADS and after.sentence == tokens[name.start].sentence:
            firms.append(Name(name.start, end, "organization"))
    return _replaced(names, firms)


def _grown(tokens: Tokens, name: Name, labels: Sequence[int], evidence: Evidence) -> Name:
    """A name with the capitalised words before it that belong to it."""
    start = name.start
    given = lx.given_names()
    while start > 0 and tokens[start - 1].capital and tokens[start - 1].sentence == tokens[name.start].sentence:
        before = tokens[start - 1]
        label = LABELS[labels[start - 1]]
        if name.label == "person":
            unknown = (
                name.end - start == 1
                and "-" not in before.text
                and before.lower not in _KNOWN
                and before.lower not in evidence.small
                and before.lower not in lx.nationalities()
            )
            if before.sentence in evidence.headlines or (before.text.isupper() and len(before.text) > 2):
                break
            if (
                before.lower == "affairs"
                or name.end - start > 2
                or not (
                    (before.lower in given and before.lower not in lx.TITLES)
                    or (unknown and label in ("place", "other", "organization"))
                )
            ):
                break
        elif (
            name.label != "organization"
            or label not in ("place", "other", "organization")
            or before.lower in lx.PEOPLE_ROLES
            or before.sentence in evidence.headlines
        ):
            break
        start -= 1
    if _is_compound(tokens, start, name):
        start -= 2
    return Name(start, name.end, name.label)


def _habitual(tokens: Tokens, names: Sequence[Name], evidence: Evidence) -> list[Name]:
    """Names with a capitalised word that stands beside each of their occurrences: "Home" before every "Depot"."""
    places: dict[tuple[str, ...], list[Name]] = {}
    for name in names:
        if name.label in ("person", "organization") and tokens[name.start].sentence not in evidence.headlines:
            places.setdefault(tuple(t.text for t in tokens.items[name.start : name.end]), []).append(name)
    covered = {i for n in names for i in range(n.start, n.end)}
    grown: list[Name] = []
    for found in places.values():
        if len(found) < 2:
            continue
        for side in (-1, 1):
            beside = [n.start - 1 if side < 0 else n.end for n in found]
            if not all(_may_belong(tokens, at, n, evidence) for at, n in zip(beside, found, strict=True)):
                continue
            if len({tokens[at].text for at in beside}) == 1 and covered.isdisjoint(beside):
                found = [
                    Name(min(n.start, at), max(n.end, at + 1), n.label) for n, at in zip(found, beside, strict=True)
                ]
                grown += found
    return _replaced(names, _without_inner(grown))


def _may_belong(tokens: Tokens, at: int, name: Name, evidence: Evidence) -> bool:
    """Whether a word beside a name can be part of it: capitalised, of its sentence, no title and no plain word."""
    if not 0 <= at < len(tokens) or tokens[at].sentence != tokens[name.start].sentence:
        return False
    word = tokens[at]
    plain = word.lower in _KNOWN or word.lower in evidence.small or word.lower in lx.nationalities()
    return word.capital and word.word and not plain and not word.text.isupper()


def _is_compound(tokens: Tokens, start: int, name: Name) -> bool:
    """ "the Immigration and" before "Naturalization Service": one lone word joined to the first word of a body."""
    return (
        name.label == "organization"
        and start > 2
        and tokens.lower(start - 1) == "and"
        and tokens[start - 2].capital
        and not tokens[start - 2].text.isupper()
        and tokens.lower(start - 3) in ("the", "u.s.")
        and tokens.lower(name.end - 1)
        in lx._set("service commission committee department administration council association")
        and name.end - start > 1
    )


def _collectives(tokens: Tokens, names: Sequence[Name]) -> list[Name]:
    """Bodies worded as a name and a common noun: "Quill campaign", "Quill's office", "Varnish government"."""
    found = []
    starts = {n.end: n for n in names}
    nations = lx.nationalities()
    for at, token in enumerate(tokens.items):
        if token.lower not in _COLLECTIVES or token.capital or tokens.lower(at + 1) in _AFTER_COLLECTIVE:
            continue
        begin = at
        if tokens.lower(begin - 1) in _COLLECTIVE_MODIFIERS:
            begin -= 1
        if tokens.lower(begin - 1) in _POSSESSIVES or (
            tokens.lower(begin - 1) in ("'", "’") and tokens.lower(begin - 2).endswith("s")
        ):
            begin -= 1
        if begin in starts:
            found.append(Name(starts[begin].start, at + 1, "organization"))
        elif begin > 0 and tokens[begin - 1].capital and tokens.lower(begin - 1) in nations:
            found.append(Name(begin - 1, at + 1, "organization"))
    return found


def _without_inner(names: Sequence[Name]) -> list[Name]:
    """Names in order, without doubles and without those of the same label that lie wholly inside another."""
    ordered = sorted(dict.fromkeys(names), key=lambda n: (n.start, -n.end))
    kept: list[Name] = []
    for name in ordered:
        if kept and name.end <= kept[-1].end and name.label == kept[-1].label:
            continue
        kept.append(name)
    return kept
