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
    "former new then current late acting deputy senior junior top chief longtime veteran retired outgoing incoming interim "
    "foreign prime vice public general presidential political financial executive independent leading likely presumptive "
    "republican democratic labour conservative liberal conservative-leaning national federal state local campaign party "
    "house senate white staff press media policy law criminal defense first second third co star legendary ex sports film "
    "business human rights fellow career government communications technology world music billionaire self-described "
    "real estate attorney-general lead principal managing creative regional district city county civil climate research"
)
_BREAKS = lx._set(
    "who which that said says told asked added is was are were has had have will would whose where when while and-said wrote "
    "as after before because but"
)
_OPENERS = lx._set("a an the one his her their its our my") | _MODIFIERS
_ISSUING = lx._set("filed issued released sent published wrote commissioned conducted posted")
_BY = lx._set("by from of")
_DASHES = frozenset("—–-")


def describe(tokens: Tokens, entities: Sequence[Entity]) -> None:
    """Fill ``descriptions``, ``described`` and ``issued`` of each entity from what stands around its mentions."""
    for entity in entities:
        for name in entity.mentions:
            for at, wording in _around(tokens, name, entity):
                entity.descriptions.append((at, wording))
            entity.issued |= _documents(tokens, name)
        for _, wording in entity.descriptions:
            entity.described |= content_words(wording)
        if not entity.is_person:
            entity.described |= content_words(entity.name)


def content_words(wording: str) -> set[str]:
    """The words of a description that can identify its bearer, nationalities as their country."""
    nations = lx.nationalities()
    words = set()
    for word in wording.lower().replace("’", "'").replace("-", " ").split():
        bare = word.strip(",.()\"“”").removesuffix("'s").removesuffix("'")
        bare = _FULL_TITLES.get(bare, bare)
        if len(bare) > 1 and bare not in lx.COMMON_CAPITALS:
            words.add(nations.get(bare, nations.get(word, bare)))
    return words


_FULL_TITLES = {
    "sen": "senator", "sens": "senators", "rep": "representative", "reps": "representatives", "gov": "governor", "gen": "general",
    "lt": "lieutenant", "col": "colonel", "sgt": "sergeant", "sec": "secretary", "prof": "professor", "dr": "doctor",
}  # fmt: skip


def _around(tokens: Tokens, name: Name, entity: Entity) -> list[tuple[int, str]]:
    found = []
    if entity.is_person:
        if before := _title_before(tokens, name):
            found.append(before)
        elif tokens.lower(name.start - 1) == "," and (before := _phrase_before(tokens, name.start - 1)):
            found.append(before)
    if entity.is_person and (seat := _seat(tokens, name)):
        entity.described |= seat
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
    "ala": "alabama", "ariz": "arizona", "ark": "arkansas", "calif": "california", "colo": "colorado", "conn": "connecticut",
    "del": "delaware", "fla": "florida", "ga": "georgia", "ill": "illinois", "ind": "indiana", "kan": "kansas", "ky": "kentucky",
    "la": "louisiana", "md": "maryland", "mass": "massachusetts", "mich": "michigan", "minn": "minnesota", "miss": "mississippi",
    "mo": "missouri", "mont": "montana", "neb": "nebraska", "nev": "nevada", "okla": "oklahoma", "ore": "oregon",
    "pa": "pennsylvania", "tenn": "tennessee", "tex": "texas", "vt": "vermont", "va": "virginia", "wash": "washington",
    "wis": "wisconsin", "wyo": "wyoming",
}  # fmt: skip


def _title_before(tokens: Tokens, name: Name) -> tuple[int, str] | None:
    """ "Iranian Deputy Foreign Minister for Political Affairs" right before a name."""
    at = name.start
    seen_role = False
    while at > 0:
        token, word = tokens[at - 1], tokens.lower(at - 1)
        if token.sentence != tokens[name.start].sentence or word in lx.COMMON_CAPITALS - {"for", "of", "and", "to", "at", "the"}:
            break
        if word == "the" and tokens.lower(at - 2) not in ("of", "for"):
            break
        if word in lx.HONORIFICS and not seen_role and word not in lx.TITLES - lx.HONORIFICS:
            at -= 1
            continue
        if word in ROLE_WORDS:
            seen_role = True
        elif word in ("for", "of", "and", "to", "at"):
            if not _role_before(tokens, at - 1):
                break
        elif not (token.capital or word in _MODIFIERS or word in ("the",) or word in ("'s", "’s") or "-" in word[1:-1]):
            break
        at -= 1
        if name.start - at > 16:
            break
    if at > 0 and tokens.lower(at - 1) in ("his", "her", "their", "its") and seen_role:
        at -= 1
    while at < name.start and (tokens.lower(at) in ("for", "of", "and", "to", "at", "'s", "’s") or not tokens[at].word):
        at += 1
    end = name.start
    while end > at and tokens.lower(end - 1) in lx.HONORIFICS:
        end -= 1
    if not seen_role or end <= at or not any(tokens.lower(i) in ROLE_WORDS for i in range(at, end)):
        return None
    return at, tokens.words(at, end)


def _role_before(tokens: Tokens, at: int) -> bool:
    """Whether the word before a connector is a role or belongs to a title ("Secretary of", "chief of")."""
    return tokens.lower(at - 1) in ROLE_WORDS or tokens.lower(at - 2) in ROLE_WORDS


def _phrase_before(tokens: Tokens, comma: int) -> tuple[int, str] | None:
    """ "A spokesman for the ministry" in "A spokesman for the ministry, Jon Reed, said"."""
    at, opened = comma, False
    while at > 0 and comma - at < 14:
        token = tokens[at - 1]
        if token.sentence != tokens[comma].sentence or not (token.word or token.lower in ("'s", "’s")) or token.lower in _BREAKS:
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
    """ "a spokesman for the ministry" in "Jon Reed, a spokesman for the ministry, said"; also after "who is" and "is"."""
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
    opens = articled or (words and (words[0] in _OPENERS or words[0] in ROLE_WORDS or tokens[at].text[0].isupper() or "-" in words[0]))
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
        if token.lower in _BREAKS or token.text in ";.—–()“”\":?!":
            break
        end += 1
    return end


def _documents(tokens: Tokens, name: Name) -> set[str]:
    """Kinds of document that stand with a name: "Elmet poll", "Elmet's new report", "a poll by Elmet"."""
    found = set()
    at = name.end
    if tokens.lower(at) in ("'s", "’s", "'", "’"):
        at += 1
    for ahead in range(at, min(at + 3, len(tokens))):
        if not tokens[ahead].word or tokens.lower(ahead) in lx.COMMON_CAPITALS:
            break
        if tokens.lower(ahead) in lx.DOCUMENTS:
            found.add(singular(tokens.lower(ahead)))
            break
    if tokens.lower(at) in _ISSUING:
        for ahead in range(at + 1, min(at + 7, len(tokens))):
            if tokens.lower(ahead) in lx.DOCUMENTS:
                found.add(singular(tokens.lower(ahead)))
    if tokens.lower(name.start - 1) in _BY or tokens.lower(name.start - 2) in _BY:
        for behind in range(max(name.start - 6, 0), name.start):
            if tokens.lower(behind) in lx.DOCUMENTS and tokens[behind].sentence == tokens[name.start].sentence:
                found.add(singular(tokens.lower(behind)))
    return found


def singular(noun: str) -> str:
    """A document word in the singular."""
    return noun if noun in ("press", "analysis", "figures", "results", "data", "findings") else noun.removesuffix("s")
