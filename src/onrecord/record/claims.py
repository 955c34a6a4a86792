"""Claims: what denials deny, and who affirms it. Everything here is a suggestion until an editor confirms it.

A denial whose article spells out what is denied makes a claim of those words, or joins one of the same weeks that says
the same. Affirming it are statements that the denied words themselves report ("denied reports that …"), and statements
of the same weeks that hold nearly all of the claim's words. Words that agree are no proof that meanings do, so every
tie says that the program suggested it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import QuerySet

from onrecord.record.addresses import slugify
from onrecord.record.models import Article, Claim, Stance, Statement
from onrecord.record.search import Days, Query, QueryError, Term, matching
from onrecord.record.words import tokens

FEWEST = 2
"""Words with a meaning of their own that a claim must have: "it" and "the report" are none."""
ENOUGH = 4
"""Of which a claim must have this many to be recognized in other words."""
SAME = 0.75
"""Share of the words of two claims that must agree for them to be one."""
HOLDS = 0.8
"""Share of a claim's words that a statement must hold to affirm it."""
DAYS = timedelta(days=30)
_MOST_CLAIMS = 500
_MOST_STATEMENTS = 50
_SOUGHT = 3
_PLAIN = frozenset(
    "a an the this that these those it its he she they them his her their him we our us i my you your who whom whose "
    "which what of in on at by for from to with into over under about between against during after before until than "
    "as and or nor but if so because while is are was were be been being am has have had having do doe did done doing "
    "will would shall should can could may might must not no never any some such there here then also only just ever "
    "report claim allegation accusation charge suggestion statement said say saying told alleged reported "
    "whether".split()
)


def meaning_words(words: str) -> frozenset[str]:
    """Folded words without those that any sentence has."""
    return frozenset(token.text for token in tokens(words)) - _PLAIN


def tie_claims(article: Article) -> None:
    """Make or find the claims that an article's denials deny and its statements affirm; ties that no longer hold and
    that no editor judged are let go."""
    statements = list(_shown().filter(article=article).select_related("article", "version"))
    denials = [one for one in statements if one.denies and len(meaning_words(one.denied_claim)) >= FEWEST]
    denied = {denial: _claim_of(denial) for denial in denials}
    found = {_tie(claim, denial, Stance.Side.DENIES) for denial, claim in denied.items()}
    # Before anything is taken to affirm: what is no longer denied here is no claim on that account.
    _let_go(article, found, Stance.Side.DENIES)
    for denial, claim in denied.items():
        found |= {_tie(claim, other, Stance.Side.AFFIRMS) for other in _affirming(denial, statements)}
    for statement in statements:
        if not statement.denies:
            found |= {_tie(claim, statement, Stance.Side.AFFIRMS) for claim in _affirmed(statement)}
    _let_go(article, found, Stance.Side.AFFIRMS)


def _let_go(article: Article, found: set[tuple[int, int]], side: Stance.Side) -> None:
    """Ties of an article that were suggested once and were not found again, and claims that nothing is tied to then."""
    known = Stance.objects.filter(statement__article=article, status=Stance.Status.SUGGESTED, side=side)
    stale = [stance for stance in known if (stance.claim_id, stance.statement_id) not in found]
    Stance.objects.filter(pk__in=[stance.pk for stance in stale]).delete()
    Claim.objects.filter(pk__in=[stance.claim_id for stance in stale], stances=None).delete()


def _shown() -> QuerySet[Statement]:
    return Statement.objects.exclude(status=Statement.Status.WITHDRAWN).filter(
        is_current=True, is_retired=False, article__original__isnull=True
    )


def _claim_of(denial: Statement) -> Claim:
    """The claim it denies already, one that says the same, or a new one."""
    tied = Stance.objects.filter(statement=denial, side=Stance.Side.DENIES).select_related("claim").order_by("pk")
    refused = {stance.claim_id for stance in tied if stance.status == Stance.Status.REFUSED}
    words = " ".join(denial.denied_claim.split()).strip(" ,;")
    known = [stance.claim for stance in tied if stance.claim_id not in refused]
    same = [claim for claim in known if meaning_words(claim.words) == meaning_words(words)]
    same += [claim for claim in _claims_near(denial) if claim.pk not in refused and _say_the_same(claim.words, words)]
    return same[0] if same else Claim.objects.create(words=words, slug=_free_slug(words))


def _say_the_same(one: str, other: str) -> bool:
    mine, theirs = meaning_words(one), meaning_words(other)
    if mine == theirs:
        return True
    return min(len(mine), len(theirs)) >= ENOUGH and len(mine & theirs) / len(mine | theirs) >= SAME


def _claims_near(statement: Statement) -> list[Claim]:
    """Claims that statements of the same weeks deny, the newest first."""
    claims = Claim.objects.filter(stances__side=Stance.Side.DENIES)
    if statement.published_on:
        days = (statement.published_on - DAYS, statement.published_on + DAYS)
        claims = claims.filter(stances__statement__published_on__range=days)
    return list(claims.distinct().order_by("-pk")[:_MOST_CLAIMS])


def _affirming(denial: Statement, beside: list[Statement]) -> Iterator[Statement]:
    """Statements that the denied words report, and those elsewhere that hold the claim's words."""
    span = denial.span_of("denied_claim")
    for other in beside:
        if other.pk != denial.pk and not other.denies and span:
            inside = sum(len(content) for content in other.contents if span.contains(content))
            if inside and inside * 2 >= len(span):
                yield other
    wanted = meaning_words(denial.denied_claim)
    if len(wanted) >= ENOUGH:
        for other in _of_the_same_weeks(wanted, denial.published_on):
            if not other.denies and other.article_id != denial.article_id and _holds(other, wanted):
                yield other


def _of_the_same_weeks(wanted: frozenset[str], day: date | None) -> list[Statement]:
    """Statements that have the longest of the words, which are the rarest as a rule."""
    terms = tuple(Term((word,)) for word in sorted(wanted, key=lambda word: (-len(word), word))[:_SOUGHT])
    try:
        found = matching(Query(terms=terms, published=Days(day - DAYS, day + DAYS) if day else None))
    except (QueryError, OverflowError):
        return []
    return list(found.order_by("-pk")[:_MOST_STATEMENTS])


def _affirmed(statement: Statement) -> list[Claim]:
    """Claims of the same weeks whose words a statement holds."""
    if len(meaning_words(statement.words)) < ENOUGH:
        return []
    claims = [claim for claim in _claims_near(statement) if len(meaning_words(claim.words)) >= ENOUGH]
    return [claim for claim in claims if _holds(statement, meaning_words(claim.words))]


def _holds(statement: Statement, wanted: frozenset[str]) -> bool:
    return len(wanted & meaning_words(statement.words)) / len(wanted) >= HOLDS


def _tie(claim: Claim, statement: Statement, side: Stance.Side) -> tuple[int, int]:
    """The tie, made if there is none. What an editor judged stays as they judged it."""
    Stance.objects.get_or_create(
        claim=claim, statement=statement, defaults={"side": side, "confidence": statement.confidence}
    )
    return claim.pk, statement.pk


def _free_slug(words: str) -> str:
    base = slugify(words, otherwise="claim")[:80].rstrip("-")
    taken = set(Claim.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(s for n in range(1, len(taken) + 2) if (s := base if n == 1 else f"{base}-{n}") not in taken)
