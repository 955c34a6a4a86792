"""The act a cue names: what the guidelines settle by word goes before what the model has learned.

"The cue decides first": a cue such as "denied" or "urged" names its act whatever the content. Neutral cues ("said",
"told") are left to the model, which also reads the content.
"""

from __future__ import annotations

import re
from functools import lru_cache

from onrecord.terms import Act

_VERBS: dict[Act, str] = {
    "deny": """
        deny denies denied denying denial reject rejects rejected rejecting refute refutes refuted refuting
        dispute disputes disputed disputing dismiss dismisses dismissed dismissing rebut rebuts rebutted
        rebuff rebuffs rebuffed disavow disavowed debunk debunks debunked contradict contradicts
        contradicted repudiate repudiates repudiated
    """,
    "confirm": """
        confirm confirms confirmed confirming admit admits admitted admitting acknowledge acknowledges
        acknowledged acknowledging concede concedes conceded conceding confess confesses confessed
    """,
    "accuse": """
        accuse accuses accused accusing blame blames blamed blaming criticize criticizes criticized
        criticizing criticise criticises criticised criticising condemn condemns condemned condemning
        denounce denounces denounced denouncing mock mocks mocked mocking slam slams slammed slamming blast
        blasts blasted blasting decry decries decried assail assails assailed lambast lambasted deride
        derided ridicule ridiculed rebuke rebuked chide chided berate berated
    """,
    "demand": """
        urge urges urged urging demand demands demanded demanding implore implores implored beseech request
        requests requested
    """,
    "promise": """
        promise promises promised promising vow vows vowed vowing pledge pledges pledged pledging
    """,
    "warn": """
        warn warns warned warning threaten threatens threatened threatening caution cautions cautioned
        cautioning
    """,
    "support": """
        praise praises praised praising welcome welcomes welcomed welcoming endorse endorses endorsed
        endorsing applaud applauds applauded applauding hail hails hailed hailing thank thanks thanked
        thanking congratulate congratulated commend commends commended laud lauded
    """,
    "think": """
        believe believes believed believing think thinks thought hope hopes hoped hoping fear fears feared
        fearing want wants wanted wanting prefer prefers preferred wish wishes wished expect expects
        expected expecting doubt doubts doubted worry worries worried
    """,
    "claim": """
        allege alleges alleged alleging claim claims claimed claiming insist insists insisted insisting
        maintain maintains maintained maintaining assert asserts asserted asserting contend contends
        contended contending
    """,
}
_PHRASES: tuple[tuple[Act, str], ...] = (
    (
        "decline",
        r"(?:declin\w+|refus\w+)(?: to)? (?:comment|say|answer|discuss|confirm|speak|elaborate|respond|reveal|disclose)"
        r"|(?:would|will|could|did|does|do|has|have)(?: not|n[’']t) (?:immediately )?"
        r"(?:comment|say|respond|return|reply|elaborate)"
        r"|no comment",
    ),
    (
        "deny",
        r"rul\w+ out|brush\w+ (?:off|aside)|shot? down|push\w* back|knock\w+ down|play\w+ down"
        r"|pleaded (?:not guilty|innocent)",
    ),
    ("demand", r"call\w* (?:on|for|upon)"),
    ("confirm", r"pleaded guilty|took responsibility"),
)
_SETTLED = 0.95
"""Certainty of an act that the cue names: 98% are right on the training articles; calibration has the last word."""
_NEGATION = re.compile(r"\b(?:not|never|n[’']t|no longer)\b|n[’']t\b", re.I)
_WORD = re.compile(r"[a-z]+", re.I)


@lru_cache(maxsize=1)
def _acts() -> dict[str, Act]:
    return {verb: act for act, verbs in _VERBS.items() for verb in verbs.split()}


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[Act, re.Pattern[str]], ...]:
    return tuple((act, re.compile(rf"\b(?:{pattern})\b", re.I)) for act, pattern in _PHRASES)


def act_of(cue: str, guess: Act, probability: float) -> tuple[Act, float]:
    """The act of a cue's words and how sure it is, given the model's ``guess`` and its ``probability``."""
    named = _named(cue)
    if named is None:
        return guess, probability
    return named, max(probability, _SETTLED) if named == guess else _SETTLED


def _named(cue: str) -> Act | None:
    for act, pattern in _patterns():
        if pattern.search(cue):
            return act
    if _NEGATION.search(cue):
        return None
    acts = {found for word in _WORD.findall(cue.casefold()) if (found := _acts().get(word))}
    return acts.pop() if len(acts) == 1 else None
