"""Names in bylines: people apart from newsrooms and agencies, without roles and titles."""

from __future__ import annotations

import re
from collections.abc import Iterable

from onrecord.articles.words import one_line, squeezed

AGENCIES = {  # squeezed name -> the name in full
    "ap": "Associated Press", "associatedpress": "Associated Press", "theassociatedpress": "Associated Press",
    "reuters": "Reuters", "thomsonreuters": "Reuters", "thomsonreutersfoundation": "Thomson Reuters Foundation",
    "afp": "Agence France-Presse", "agencefrancepresse": "Agence France-Presse",
    "pti": "Press Trust of India", "presstrustofindia": "Press Trust of India", "ani": "ANI", "ians": "IANS",
    "uni": "UNI",
    "xinhua": "Xinhua", "xinhuanewsagency": "Xinhua", "tass": "TASS", "itartass": "TASS", "rianovosti": "RIA Novosti",
    "interfax": "Interfax", "dpa": "dpa", "deutschepresseagentur": "dpa", "upi": "UPI",
    "unitedpressinternational": "UPI",
    "bloomberg": "Bloomberg", "bloombergnews": "Bloomberg News", "thecanadianpress": "The Canadian Press",
    "canadianpress": "The Canadian Press", "cp": "The Canadian Press", "efe": "EFE", "agenciaefe": "EFE",
    "ansa": "ANSA",
    "kyodo": "Kyodo News", "kyodonews": "Kyodo News", "yonhap": "Yonhap", "yonhapnewsagency": "Yonhap",
    "pressassociation": "Press Association", "thepressassociation": "Press Association", "paultd": "Press Association",
    "aap": "Australian Associated Press", "australianassociatedpress": "Australian Associated Press",
    "anadoluagency": "Anadolu Agency", "anadolu": "Anadolu Agency", "aa": "Anadolu Agency", "irna": "IRNA",
    "isna": "ISNA",
    "mehrnewsagency": "Mehr News Agency", "farsnewsagency": "Fars News Agency",
    "tasnimnewsagency": "Tasnim News Agency",
    "presstv": "Press TV", "sananewsagency": "SANA", "sana": "SANA", "wafa": "WAFA", "antara": "Antara",
    "bernama": "Bernama",
    "newsagencyofnigeria": "News Agency of Nigeria", "nan": "News Agency of Nigeria", "cnnwire": "CNN Wire",
    "statenewsservice": "State News Service", "prnewswire": "PR Newswire",
    "businesswire": "Business Wire",
    "globenewswire": "GlobeNewswire", "accesswire": "ACCESSWIRE", "tribunenewsservice": "Tribune News Service",
    "kaiserhealthnews": "Kaiser Health News", "propublica": "ProPublica",
    "theconversation": "The Conversation",
}  # fmt: skip
"""News agencies and wire services whose reports others carry, as the trade knows them."""

_ROLE = (
    r"staff|writers?|reporters?|editors?|correspondents?|columnists?|contributors?|contributing|producers?|anchor|"
    r"journalists?|photographers?|bureau|desk|team|intern|analyst|critic|author|editorial|chief|senior|associate|assistant|"
    r"deputy|managing|executive|special|freelance|guest|political|business|sports?|science|health|tech|technology|auto|national|"
    r"world|foreign|legal|medical|entertainment|opinion|features?|weather|news|host|blogger|researcher|director|professor|"
    r"multimedia|digital|online|web|copy|wire|services?|network|agency|agencies|press|media|reports?|tv|radio|magazine|"
    r"journal|times|post|herald|tribune|gazette|daily|newspaper|editors|community|newsroom|newswire|admin|administrator|"
    r"webmaster|redaktion|redaksi|redazione|redacción|rédaction|redação|redactie|redactor|команда|редакция"
)
_ROLE_WORD = re.compile(rf"^(?:{_ROLE})$", re.IGNORECASE)
_NO_AUTHOR = frozenset(
    "admin administrator editor editors editorial staff staffwriter staffreporter staffreports "
    "author user guest webmaster "
    "anonymous unknown root wordpress newsdesk newsroom webdesk onlinedesk agencies wireservices "
    "contributor contributors "
    "none null undefined na redaktion redaksi redazione comments share home follow email print".split()
)
_NEVER_IN_NAMES = frozenset(
    "january february march april june july august september october november december monday "
    "tuesday wednesday thursday friday "
    "saturday sunday mon tue wed thu fri sat sun jan feb mar apr jun jul aug sep sept oct nov dec "
    "view more articles see all read "
    "follow share click here show hide full print email comments this that your our advertisement "
    "updated published posted "
    "originally minutes hours ago image photo photos video courtesy getty shutterstock about contact "
    "subscribe listen watch "
    "latest archive profile website twitter facebook instagram linkedin et est pst am pm".split()
)
_CREDENTIALS = re.compile(
    r"(?:,?\s+(?:Ph\.?D\.?|M\.?D\.?|M\.?S\.?c?|B\.?S\.?c?|M\.?A\.?|B\.?A\.?|R\.?D\.?N?|R\.?N\.?|M\.?P\.?H\.?|M\.?B\.?A\.?|J\.?D\.?|"
    r"D\.?O\.?|L\.?D\.?N?|C\.?P\.?A\.?|Esq\.?|F\.?A\.?C\.?P\.?))+(?=,|$|\s*$)"
)
_LEAD_IN = re.compile(
    r"^(?:(?:(?:posted|written|published|reported|compiled|created|submitted|story|words?|text|analysis|"
    r"opinion|review|column)\s+)?(?:by|von|par|por|di|door|oleh|av|af|przez)\s*:?|"
    r"(?:authors?|reporter|autor(?:in)?|auteur|penulis|автор|written|text|words|текст|fotos?)\s*:|автор)\s+",
    re.IGNORECASE,
)
_CUT = re.compile(
    r"\s+(?:is|was|are|for|of|at|in|from|on|via|with|to|read|about|has|have|follow|updated|published|posted|special)\b.*$|"
    r"\s*(?:\S+@\S+|https?://|@\w|[|•·»›]|\s[-–—]\s|\(|\[|\d).*$",
    re.IGNORECASE | re.DOTALL,
)
_DATE_BEFORE = re.compile(r"^[^|]{0,60}\d[^|]{0,20}?\s(?=by\s)", re.IGNORECASE)
_FOR = re.compile(r"\s+for\s", re.IGNORECASE)
_TOGETHER = re.compile(r"\s*(?:;|\s&\s|\band\b|\bund\b|\bet\b|\by\b(?=\s+[A-Z])|\be\b(?=\s+[A-Z])|\bwith\b|/)\s*")
_PARTICLES = frozenset(
    "de da di do dos das del della der den van von la le el al bin ibn ben ten ter y e st du abu af zu mac".split()
)
_HONORIFIC = re.compile(r"^(?:dr|mr|mrs|ms|prof|professor|sir|rev|fr|sen|rep|gov)\.?\s+(?=\S+\s+\S)", re.IGNORECASE)
_PERSON_WORD = re.compile(r"^[^\W\d_][\w.'’‘`´-]*$")
_OF_ORGANIZATION = re.compile(
    r"\b(?:news|press|agency|agencies|media|times|post|herald|tribune|journal|magazine|gazette|network|wire|staff|team|desk|bureau|"
    r"services?|inc|llc|ltd|company|university|institute|foundation|association|society|center|centre|council|office|"
    r"ministry|department|radio|tv|editors?|newsroom|group|blog|reports?|online|channel|today|daily|weekly|review|"
    r"conversation|project|studio|security|intelligence|alliance|union|committee|club|community|international|corp|"
    r"corporation|publishing|communications|school|college|hospital|bank|party|government)\b|\.(?:com|org|net|co)\b",
    re.IGNORECASE,
)


_NEWSPAPER_WORD = re.compile(
    r"\b(?:leader|star|sun|globe|chronicle|courier|dispatch|examiner|express|inquirer|enquirer|mirror|observer|register|sentinel|"
    r"standard|telegraph|bulletin|record|beacon|guardian|independent|ledger|mail|monitor|republic|republican|advocate|advertiser|"
    r"citizen|constitution|democrat|argus|banner|call|capital|bee|eagle|free press|intelligencer|"
    r"plain dealer|union|world|zeitung)\b",
    re.IGNORECASE,
)
_PAPERS_LAST_WORD = re.compile(  # of the words above those that are no surnames
    r"^(?:leader|courier|chronicle|dispatch|examiner|inquirer|enquirer|observer|register|sentinel|telegraph|bulletin|beacon|"
    r"guardian|independent|ledger|monitor|republican?|advocate|advertiser|democrat|argus|intelligencer|express|standard)$",
    re.IGNORECASE,
)
_SMALL_WORDS = frozenset("of the and for in on & de la des del und für et".split())


def agency_named(words: str | None) -> str | None:
    """The full name of the news agency that ``words`` name, ``None`` if they name none."""
    return AGENCIES.get(squeezed(words)) or None


def names_in(line: str) -> tuple[list[str], list[str]]:
    """People and organizations named in a byline such as ``By ANN LEE and BO KHAN, Example Press``.

    Roles ("staff writer"), credentials, handles, dates and account names are neither.
    """
    people: list[str] = []
    organizations: list[str] = []
    for piece in _pieces(line):
        name = _HONORIFIC.sub("", piece.strip(" ,.;:|–—-\t'\"“”"))
        if not name or squeezed(name) in _NO_AUTHOR:
            continue
        if agency := _agency_with_role(name):
            organizations.append(agency)
        elif is_person(name):
            people.append(name)
        elif is_organization(name):
            organizations.append(name)
    return _unique(people), _unique(organizations)


def is_organization(name: str) -> bool:
    """Whether ``name`` reads like an organization's: capitalized words, one of which says what it is, or "The ..."."""
    words = name.split()
    if not 2 <= len(words) <= 7 or len(name) > 60 or _only_role(name):
        return False
    if any(squeezed(word) in _NEVER_IN_NAMES for word in words):
        return False
    if not all(word[0].isupper() or word in _SMALL_WORDS for word in words):
        return False
    return bool(words[0] == "The" or _OF_ORGANIZATION.search(name))


def _is_newspaper(words: list[str]) -> bool:
    """Three words or more with a paper's word at their end: ``Example Falls Leader``."""
    return len(words) > 2 and _PAPERS_LAST_WORD.match(words[-1]) is not None


def newspaper_after(line: str, names: Iterable[str]) -> str | None:
    """``Ann Lee and Bo Khan Example Falls Leader`` -> ``Example Falls Leader``: the paper that follows the names."""
    end = max((line.rfind(name) + len(name) for name in names if name in line), default=0)
    rest = line[end:].strip(" ,|–—-/")
    words = rest.split()
    if (
        end
        and 2 <= len(words) <= 6
        and all(word[0].isupper() or word in _SMALL_WORDS for word in words)
        and not _only_role(rest)
    ):
        return rest if _NEWSPAPER_WORD.search(words[-1]) or is_organization(rest) else None
    return None


def _agency_with_role(name: str) -> str | None:
    """The agency in ``AP`` or ``AP Sports Writer``."""
    words = name.split()
    for count in range(len(words), 0, -1):
        agency = agency_named(" ".join(words[:count]))
        if agency and all(_ROLE_WORD.match(word) for word in words[count:]):
            return agency
    return None


def is_person(name: str) -> bool:
    """Whether ``name`` reads like a person's name: two to five words, capitalized, none that marks an organization."""
    words = name.split()
    if any(squeezed(word) in _NEVER_IN_NAMES for word in words) or _is_newspaper(words):
        return False
    if not 2 <= len(words) <= 5 or words[0].casefold() == "the" or len(name) > 60 or _OF_ORGANIZATION.search(name):
        return False
    if any(_ROLE_WORD.match(word) for word in words[-1:]):
        return False
    if not all(_PERSON_WORD.match(word) for word in words):
        return False
    return all(word[0].isupper() or word.lower() in _PARTICLES or not word[0].islower() for word in words) and (
        words[0][0].isupper() or not words[0][0].islower()
    )


def is_single_name(name: str) -> bool:
    """Whether ``name`` can be the one name somebody writes under: one capitalized word that is no account or role."""
    return bool(
        _PERSON_WORD.match(name)
        and 2 < len(name) < 25
        and name[0].isupper()
        and not name.isupper()
        and not re.search(r"[a-z][A-Z]", name)
        and squeezed(name) not in _NO_AUTHOR
        and not _ROLE_WORD.match(name)
        and not agency_named(name)
    )


def bare_byline(line: str) -> str:
    """A byline without "By" and the like in front."""
    return _LEAD_IN.sub("", one_line(line))


def has_lead_in(line: str) -> bool:
    """Whether a line starts as bylines do: "By ...", "Posted by ...", "Автор: ..."."""
    return bool(_LEAD_IN.match(one_line(line)))


def _pieces(line: str) -> Iterable[str]:
    line = _CREDENTIALS.sub("", bare_byline(_DATE_BEFORE.sub("", line))[:300])
    for part in re.split(r"\s*[,|]\s*|(?<=\w{3})\.\s+(?=[A-Z]\w{3,})", line):
        for piece in _TOGETHER.split(bare_byline(part)):
            name = _CUT.sub("", piece)
            if not (
                _FOR.match(piece[len(name) :]) and _OF_ORGANIZATION.search(name)
            ):  # "Example Media for example.com": in-house
                yield name


def _only_role(name: str) -> bool:
    return all(
        _ROLE_WORD.match(word) or word.lower() in ("of", "the", "in", "at", "for")
        for word in re.split(r"[\s-]+", name)
        if word
    )


def _unique(names: Iterable[str]) -> list[str]:
    kept: dict[str, str] = {}
    for name in names:
        kept.setdefault(squeezed(name), name)
    return list(kept.values())
