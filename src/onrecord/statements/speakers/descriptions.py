"""What an article says of those it names: titles before a name, appositions around it, documents tied to it."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.statements.speakers import lexicon as lx
from onrecord.statements.speakers.entities import Entity
from onrecord.statements.speakers.names import Name
from onrecord.statements.speakers.tokens import Tokens

ROLE_WORDS = lx.PEOPLE_ROLES | lx.TITLES - lx.HONORIFICS | lx.RELATIONS
_PLURAL_TITLES = lx._set("sens. reps. govs. messrs. presidents ministers senators officials justices")
_MODIFIERS = lx._set(
    "former new then current late acting deputy senior junior top chief longtime veteran retired outgoing "
    "incoming interim foreign prime vice public general presidential political financial executive independent "
    "leading likely presumptive republican democratic labour conservative liberal conservative-leaning "
    "national federal state local campaign party house senate white staff press media policy law criminal "
    "defense first second third co star legendary ex sports film business human rights fellow career "
    "government communications technology world music billionaire self-described real estate attorney-general "
    "lead principal managing creative regional district city county civil climate research"
)
_BREAKS = lx._set(
    "who which that said says told asked added is was are were has had have will would whose where when while "
    "and-said wrote as after before because but"
)
_OPENERS = lx._set("a an the one his her their its our my") | _MODIFIERS
_TITLE_LINKS = frozenset(("for", "of", "and", "to", "at", "'s", "’s"))
_ISSUING = lx._set("filed issued released sent published wrote commissioned conducted posted")
_BY = lx._set("by from of")
_DASHES = frozenset("—–-")


def describe(tokens: Tokens, entities: Sequence[Entity]) -> None:
    """Fill ``descriptions``, ``described`` and ``issued`` of each entity from what stands around its mentions."""
    for entity in entities:
        for name in entity.mentions:
            for at, wording in _around(tokens, name, entity):
                if _is_whole(wording):
                    entity.descriptions.append((at, wording))
            entity.issued |= _documents(tokens, name)
        for _, wording in entity.descriptions:
            entity.described |= content_words(wording)
        if not entity.is_person:
            entity.described |= content_words(entity.name)


def _is_whole(wording: str) -> bool:
    """Whether a description is no fragment ("aides to", "With his win in the capital")."""
    words = wording.lower().split()
    return words[-1] not in _LOOSE_ENDS and words[0] not in _LOOSE_ENDS


_LOOSE_ENDS = lx._set(
    "to for of with and or in by from on at as than about against over between during after before the"
)


def content_words(wording: str) -> set[str]:
    """The words of a description that can identify its bearer, nationalities as their country."""
    nations = lx.nationalities()
    words = set()
    for word in wording.lower().replace("’", "'").replace("-", " ").split():
        bare = word.strip(',.()"“”').removesuffix("'s").removesuffix("'")
        bare = _FULL_TITLES.get(bare, bare)
        if len(bare) > 1 and bare not in lx.COMMON_CAPITALS:
            words.add(nations.get(bare, nations.get(word, bare)))
    return words


_FULL_TITLES = {
    "sen": "senator",
    "sens": "senators",
    "rep": "representative",
    "reps": "representatives",
    "gov": "governor",
    "gen": "general",
    "lt": "lieutenant",
    "col": "colonel",
    "sgt": "sergeant",
    "sec": "secretary",
    "prof": "professor",
    "dr": "doctor",
}


def _around(tokens: Tokens, name: Name, entity: Entity) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    if entity.is_person:
        before = _title_before(tokens, name)
        if before is None and tokens.lower(name.start - 1) == ",":
            before = _phrase_before(tokens, name.start - 1)
        found += [before] if before else []
        entity.described |= _seat(tokens, name)
    if after := _apposition_after(tokens, name, entity.is_person):
        found.append(after)
    return found


def _seat(tokens: Tokens, name: Name) -> set[str]:
    """Party and state of "(D-Calif.)" or ", R-Texas," after a name."""
    at = name.end + 1
    if tokens.lower(name.end) not in ("(", ",") or at >= len(tokens):
        return set()
    party, _, state = tokens[at].text.partition("-")
    if party not in _PARTIES or not state:
        return set()
    return {_PARTIES[party], _STATES.get(state.rstrip(".").lower(), state.lower())}


_PARTIES = {"D": "democrat", "R": "republican", "I": "independent", "Lab": "labour", "Con": "conservative"}
_STATES = {
    "ala": "alabama",
    "ariz": "arizona",
    "ark": "arkansas",
    "calif": "california",
    "colo": "colorado",
    "conn": "connecticut",
    "del": "delaware",
    "fla": "florida",
    "ga": "georgia",
    "ill": "illinois",
    "ind": "indiana",
    "kan": "kansas",
    "ky": "kentucky",
    "la": "louisiana",
    "md": "maryland",
    "mass": "massachusetts",
    "mich": "michigan",
    "minn": "minnesota",
    "miss": "mississippi",
    "mo": "missouri",
    "mont": "montana",
    "neb": "nebraska",
    "nev": "nevada",
    "okla": "oklahoma",
    "ore": "oregon",
    "pa": "pennsylvania",
    "tenn": "tennessee",
    "tex": "texas",
    "vt": "vermont",
    "va": "virginia",
    "wash": "washington",
    "wis": "wisconsin",
    "wyo": "wyoming",
}


def _title_before(tokens: Tokens, name: Name) -> tuple[int, str] | None:
    """The title before a name: "Iranian Deputy Foreign Minister for Political Affairs"."""
    start, seen_role = _title_start(tokens, name)
    if seen_role and tokens.lower(start - 1) in ("his", "her", "their", "its"):
        start -= 1
    while start < name.start and (tokens.lower(start) in _TITLE_LINKS or not tokens[start].word):
        start += 1
    end = name.start
    while end > start and tokens.lower(end - 1) in lx.HONORIFICS:
        end -= 1
    if end <= start or not any(tokens.lower(i) in ROLE_WORDS for i in range(start, end)):
        return None
    return start, tokens.words(start, end)


def _title_start(tokens: Tokens, name: Name) -> tuple[int, bool]:
    """First token of what can be a title before a name, and whether a role was among the words."""
    at, seen_role = name.start, False
    while at > 0 and name.start - at <= 16 and tokens[at - 1].sentence == tokens[name.start].sentence:
        word = tokens.lower(at - 1)
        if word in ROLE_WORDS:
            seen_role = True
        elif not _in_title(tokens, at - 1):
            break
        at -= 1
    return at, seen_role


def _in_title(tokens: Tokens, at: int) -> bool:
    """Whether a word that is no role can stand inside a title."""
    word = tokens.lower(at)
    if word == "the":
        return tokens.lower(at - 1) in ("of", "for")
    if word in _TITLE_LINKS - {"'s", "’s"}:
        return _role_before(tokens, at)
    if word in lx.COMMON_CAPITALS and not (word == "new" and tokens.lower(at + 1) in _AFTER_NEW):
        return False
    return tokens[at].capital or word in _MODIFIERS | lx.HONORIFICS | {"'s", "’s"} or "-" in word[1:-1]


_AFTER_NEW = lx._set("york jersey hampshire mexico zealand orleans delhi england")


def _role_before(tokens: Tokens, at: int) -> bool:
    """Whether the word before a connector is a role or belongs to a title ("Secretary of", "chief of")."""
    return tokens.lower(at - 1) in ROLE_WORDS or tokens.lower(at - 2) in ROLE_WORDS


def _phrase_before(tokens: Tokens, comma: int) -> tuple[int, str] | None:
    """ "A spokesman for the ministry" in "A spokesman for the ministry, Jon Reed, said"."""
    at, opened = comma, False
    while at > 0 and comma - at < 14:
        token = tokens[at - 1]
        if (
            token.sentence != tokens[comma].sentence
            or not (token.word or token.lower in ("'s", "’s"))
            or token.lower in _BREAKS
        ):
            break
        at -= 1
        if token.lower in ("'s", "’s") and tokens[at - 1].capital and not tokens[at - 2].capital:
            at, opened = at - 1, True
            break
        if token.lower in ("a", "an", "his", "her", "their", "its", "one") or (token.lower == "the" and comma - at > 1):
            opened = True
            if tokens.lower(at - 1) not in lx.ORG_CONNECTORS | {"at", "with"}:
                break
    opened = opened or tokens[at].first
    if tokens.lower(at) in ("a", "an", "the"):
        at += 1
    head_roles = [i for i in range(at, comma) if tokens.lower(i) in ROLE_WORDS]
    if not opened or not head_roles or at >= comma or head_roles[0] - at > 6:
        return None
    return at, tokens.words(at, comma)


def _apposition_after(tokens: Tokens, name: Name, person: bool) -> tuple[int, str] | None:
    """ "a spokesman for it" in "Jon Reed, a spokesman for it, said"; also after "who is" and "is"."""
    at = name.end
    opening = tokens.lower(at)
    if opening in (",", "(", "—", "–", "-", ";"):
        at += 1
        while at + 1 < len(tokens) and (tokens[at].text.isdigit() or tokens.lower(at) in _DASHES):
            at += 2 if tokens.lower(at + 1) == "," else 1
        if person and tokens.lower(at) == "who" and tokens.lower(at + 1) in ("is", "was"):
            at += 2
    elif person and opening in ("is", "was", "became") and tokens.lower(at + 1) in ("a", "an", "the"):
        at += 1
    else:
        return None
    end = _apposition_end(tokens, at, name)
    if tokens.lower(at) in ("a", "an", "the"):
        at += 1
        articled = True
    else:
        articled = False
    words = [tokens.lower(i) for i in range(at, end)]
    if person and not any(w in ROLE_WORDS for w in words[:9]):
        return None
    opens = articled or (
        words and (words[0] in _OPENERS or words[0] in ROLE_WORDS or tokens[at].text[0].isupper() or "-" in words[0])
    )
    if not opens or end - at < 1 or (not person and not articled) or (not person and len(words) < 2):
        return None
    if words and words[0] in ("and", "or", "but", "she", "he"):
        return None
    return at, tokens.words(at, end)


def _apposition_end(tokens: Tokens, at: int, name: Name) -> int:
    end = at
    while end < len(tokens) and end - at < 30 and tokens[end].sentence == tokens[name.start].sentence:
        token = tokens[end]
        if token.lower == ",":
            state = tokens.lower(end + 2) == "," and end + 1 < len(tokens) and tokens[end + 1].text.endswith(".")
            if not state:
                break
            end += 2
        if token.lower in _BREAKS or token.text in ';.—–()“”":?!':
            break
        end += 1
    return end


def _documents(tokens: Tokens, name: Name) -> set[str]:
    """Kinds of document that stand with a name: "Elmet poll", "Elmet filed a suit", "a poll by Elmet"."""
    at = name.end
    if tokens.lower(at) in ("'s", "’s", "'", "’"):
        at += 1
    found = set(_kinds_in(tokens, at, at + 3, plain=True)[:1])
    if tokens.lower(at) in _ISSUING:
        found.update(_kinds_in(tokens, at + 1, at + 7))
    if tokens.lower(name.start - 1) in _BY or tokens.lower(name.start - 2) in _BY:
        found.update(_kinds_in(tokens, max(name.start - 6, 0), name.start))
    return found


def _kinds_in(tokens: Tokens, start: int, end: int, plain: bool = False) -> list[str]:
    """Document words among some tokens of one sentence; ``plain`` stops at marks and function words."""
    kinds: list[str] = []
    for at in range(start, min(end, len(tokens))):
        word = tokens.lower(at)
        if tokens[at].sentence != tokens[start].sentence:
            break
        if plain and (not tokens[at].word or word in lx.COMMON_CAPITALS):
            break
        if word in lx.DOCUMENTS:
            kinds.append(singular(word))
    return kinds


def singular(noun: str) -> str:
    """A document word in the singular."""
    return noun if noun in ("press", "analysis", "figures", "results", "data", "findings") else noun.removesuffix("s")
