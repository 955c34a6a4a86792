"""What pages, API and feeds ask of the record. Reads only; one function for each question.

Everything here leaves out withdrawn statements and, where it counts or lists over articles, copies: a republished
article's statements stand once. Query sets come with what a page shows already joined (person, article, outlet).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, F, Max, Min, Q, QuerySet
from django.db.models.functions import Coalesce, Greatest, Substr, TruncMonth

from onrecord.record.models import (
    Article,
    Claim,
    Outlet,
    Person,
    PersonChange,
    PersonRole,
    Stance,
    Statement,
    StatementChange,
    Tag,
    Wording,
    WordingUse,
)
from onrecord.terms import PARAGRAPH_BREAK, Span

NEWEST_FIRST = (F("published_on").desc(nulls_last=True), "-id")


def shown_statements() -> QuerySet[Statement]:
    """Every statement that lists and counts show: not withdrawn, not retired, not in a copy."""
    return (
        Statement.objects.exclude(status=Statement.Status.WITHDRAWN)
        .filter(is_retired=False, article__original__isnull=True)
        .select_related("article__outlet", "person")
    )


def latest_statements(limit: int = 20) -> QuerySet[Statement]:
    """The newest statements by day of publication."""
    return shown_statements().order_by(*NEWEST_FIRST)[:limit]


def latest_denials(limit: int = 10) -> QuerySet[Statement]:
    """The newest statements that deny something."""
    return shown_statements().filter(denies=True).order_by(*NEWEST_FIRST)[:limit]


MOST_SAME = 50
_BEFORE, _NEARBY = 300, 1_000


def with_surrounding_text(statements: Iterable[Statement], most_words: int) -> list[Statement]:
    """The statements, those of at most ``most_words`` words with some text around them in ``nearby``.

    One query for all of them, which fetches a stretch of each text and never the whole.
    """
    found = list(statements)
    few = [statement.pk for statement in found if len(statement.words.split()) <= most_words]
    start = Greatest(F("start") - _BEFORE, 0)
    texts = Statement.objects.filter(pk__in=few).annotate(
        from_=start, around=Substr("version__text", start + 1, _NEARBY)
    )
    nearby = {pk: (first, text) for pk, first, text in texts.values_list("pk", "from_", "around")} if few else {}
    for statement in found:
        statement.nearby = nearby.get(statement.pk)
    return found


@dataclass(frozen=True, slots=True)
class Speaking:
    person: Person
    statements: int
    denials: int


def who_is_speaking(days: int = 30, limit: int = 10, until: date | None = None) -> list[Speaking]:
    """Who was quoted most in the last ``days`` days of the record, most first.

    ``until``: last day that counts; by default the day of the newest article, so that an archive has a chart too.
    """
    until = until or Article.objects.aggregate(newest=Max("published_on"))["newest"]
    if until is None:
        return []
    counts = (
        shown_statements()
        .filter(person__isnull=False, published_on__gt=until - timedelta(days=days), published_on__lte=until)
        .order_by()
        .values("person")
        .annotate(statements=Count("id"), denials=Count("id", filter=Q(denies=True)))
        .order_by("-statements", "person")[:limit]
    )
    people = Person.objects.in_bulk([row["person"] for row in counts])
    return [Speaking(people[row["person"]], row["statements"], row["denials"]) for row in counts]


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked stretch of a passage; offsets count from the passage's own start."""

    start: int
    end: int
    kind: str
    """``content``, or one of ``MARKED_FIELDS``."""
    address: str
    """Of the statement it belongs to."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of an article's text with its marks, in order of start, longer first."""

    start: int
    """In the article's text."""
    text: str
    marks: tuple[Mark, ...]

    @property
    def end(self) -> int:
        return self.start + len(self.text)


MARKED_FIELDS = ("speaker", "cue", "said_on", "addressee", "venue", "denied_claim", "denied_claim_by")


def paragraphs(text: str) -> list[Span]:
    """Where an article's paragraphs stand in its text."""
    spans, start = [], 0
    for paragraph in text.split(PARAGRAPH_BREAK):
        spans.append(Span(start, start + len(paragraph)))
        start += len(paragraph) + len(PARAGRAPH_BREAK)
    return spans


def passages_of(statement: Statement) -> list[Passage]:
    """The paragraphs that a statement touches, with its source, cue, content, time and so on marked."""
    text = statement.version.text
    return [
        _passage(text, span, [statement]) for span in paragraphs(text) if span.overlaps(statement.extent) and len(span)
    ]


def article_passages(article: Article) -> list[Passage]:
    """The whole text of an article's current version, paragraph by paragraph, every shown statement marked."""
    statements = list(article_statements(article))
    return [_passage(article.text, span, statements) for span in paragraphs(article.text)]


def article_statements(article: Article) -> QuerySet[Statement]:
    """An article's statements in its current version, in order of the text. Withdrawn and retired ones are left out."""
    return (
        Statement.objects.filter(article=article, is_current=True, is_retired=False)
        .exclude(status=Statement.Status.WITHDRAWN)
        .select_related("person", "article__outlet")
        .order_by("start", "n")
    )


def _passage(text: str, span: Span, statements: Sequence[Statement]) -> Passage:
    marks = [
        Mark(max(place.start, span.start) - span.start, min(place.end, span.end) - span.start, kind, statement.address)
        for statement in statements
        for kind, place in _places(statement)
        if place.overlaps(span)
    ]
    return Passage(span.start, span.of(text), tuple(sorted(marks, key=lambda m: (m.start, -m.end, m.kind))))


def _places(statement: Statement) -> list[tuple[str, Span]]:
    named = [(field, statement.span_of(field)) for field in MARKED_FIELDS]
    return [("content", span) for span in statement.contents] + [(kind, span) for kind, span in named if span]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a statement's page shows around it."""

    passages: list[Passage]
    before: Statement | None
    """The statement before it in the article."""
    after: Statement | None
    within: Statement | None
    inner: list[Statement]
    """Statements that its content holds."""
    changes: list[StatementChange]
    """Its public history, oldest first, undone changes too."""
    same_words: list[WordingUse]
    """Other statements that carry the same words, in order of publication."""
    wording: Wording | None
    stances: list[Stance]
    """Claims that it affirms or denies, as the program suggests or an editor confirmed."""
    copies: list[Article]
    """Articles that republish the one it stands in."""


def surroundings(statement: Statement) -> Surroundings:
    """Everything around a statement that its page shows."""
    siblings = list(article_statements(statement.article))
    position = next((i for i, sibling in enumerate(siblings) if sibling.pk == statement.pk), None)
    use = (
        WordingUse.objects.filter(statement=statement, is_apart=False).select_related("wording__first__outlet").first()
    )
    return Surroundings(
        passages=passages_of(statement),
        before=siblings[position - 1] if position else None,
        after=siblings[position + 1] if position is not None and position + 1 < len(siblings) else None,
        within=statement.within,
        inner=[sibling for sibling in siblings if sibling.within_id == statement.pk],
        changes=list(statement.changes.all()),
        same_words=_same_words(use),
        wording=use.wording if use else None,
        stances=list(statement.stances.exclude(status=Stance.Status.REFUSED).select_related("claim").order_by("pk")),
        copies=list(statement.article.copies.select_related("outlet")),
    )


def _same_words(use: WordingUse | None) -> list[WordingUse]:
    if use is None:
        return []
    others = use.wording.uses.filter(is_apart=False, statement__in=shown_statements()).exclude(pk=use.pk)
    found = others.select_related("statement__article__outlet", "statement__person")
    return list(found.order_by("statement__published_on", "statement_id")[:MOST_SAME])


@dataclass(frozen=True, slots=True)
class ClaimCount:
    claim: Claim
    affirmed: int
    denied: int
    last: date | None
    """Last day that somebody spoke to it."""


def claims_by_day(limit: int, first: int = 0) -> list[ClaimCount]:
    """Claims that statements on show affirm or deny, those spoken to last first."""
    shown = (
        Q(stances__statement__is_retired=False, stances__statement__article__original__isnull=True)
        & ~Q(stances__statement__status=Statement.Status.WITHDRAWN)
        & ~Q(stances__status=Stance.Status.REFUSED)
    )
    rows = (
        Claim.objects.annotate(
            affirmed=Count("stances", filter=shown & Q(stances__side=Stance.Side.AFFIRMS)),
            denied=Count("stances", filter=shown & Q(stances__side=Stance.Side.DENIES)),
            last=Max("stances__statement__published_on", filter=shown),
        )
        .filter(denied__gt=0)
        .order_by(F("last").desc(nulls_last=True), "-pk")[first : first + limit]
    )
    return [ClaimCount(row, row.affirmed, row.denied, row.last) for row in rows]


def person_statements(person: Person) -> QuerySet[Statement]:
    """What a person said, newest first."""
    return shown_statements().filter(person=person).order_by(*NEWEST_FIRST)


@dataclass(frozen=True, slots=True)
class Bucket:
    """One month of a timeline."""

    month: date
    """Its first day."""
    statements: int
    denials: int


def timeline(statements: QuerySet[Statement]) -> list[Bucket]:
    """Statements by month: of saying where known, else of publication. Months between with nothing are filled in."""
    rows = (
        statements.order_by()
        .annotate(month=TruncMonth(Coalesce("said_from", "published_on")))
        .filter(month__isnull=False)
        .values("month")
        .annotate(statements=Count("id"), denials=Count("id", filter=Q(denies=True)))
        .order_by("month")
    )
    found = {row["month"]: Bucket(row["month"], row["statements"], row["denials"]) for row in rows}
    return [found.get(month, Bucket(month, 0, 0)) for month in _months(min(found), max(found))] if found else []


def _months(first: date, last: date) -> list[date]:
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [date(number // 12, number % 12 + 1, 1) for number in numbers]


def person_timeline(person: Person) -> list[Bucket]:
    """What a person said by month, for the chart and its table."""
    return timeline(person_statements(person))


@dataclass(frozen=True, slots=True)
class RoleHeld:
    role: str
    """As most articles word it."""
    first: date | None
    last: date | None
    articles: int


def roles_over_time(person: Person) -> list[RoleHeld]:
    """A person's roles with the first and last day the record has them in it, earliest first."""
    rows = (
        PersonRole.objects.filter(person=person)
        .values("key")
        .annotate(first=Min("on"), last=Max("on"), articles=Count("article", distinct=True))
        .order_by("first", "key")
    )
    wordings: dict[str, Counter[str]] = {}
    for key, role in PersonRole.objects.filter(person=person).values_list("key", "role"):
        wordings.setdefault(key, Counter())[role] += 1
    return [RoleHeld(wordings[r["key"]].most_common(1)[0][0], r["first"], r["last"], r["articles"]) for r in rows]


def person_changes(person: Person) -> QuerySet[PersonChange]:
    """Merges, splits and renamings that a person had a part in, oldest first, undone ones too."""
    return PersonChange.objects.filter(Q(source=person) | Q(target=person)).select_related("source", "target")


@dataclass(frozen=True, slots=True)
class OutletCount:
    outlet: Outlet
    statements: int


def outlets_quoting(person: Person, limit: int = 20) -> list[OutletCount]:
    """Outlets that quote a person, most first."""
    rows = (
        shown_statements()
        .filter(person=person, article__outlet__isnull=False)
        .order_by()
        .values("article__outlet")
        .annotate(statements=Count("id"))
        .order_by("-statements", "article__outlet")[:limit]
    )
    outlets = Outlet.objects.in_bulk([row["article__outlet"] for row in rows])
    return [OutletCount(outlets[row["article__outlet"]], row["statements"]) for row in rows]


@dataclass(frozen=True, slots=True)
class TagCount:
    tag: Tag
    articles: int


def tags_about(person: Person, limit: int = 20) -> list[TagCount]:
    """What a person speaks on: tags of the articles that quote them, most first. Their own name says nothing."""
    rows = (
        Tag.objects.filter(articles__statements__in=person_statements(person).order_by())
        .exclude(name__iexact=person.name)
        .annotate(count=Count("articles", distinct=True))
        .order_by("-count", "name")[:limit]
    )
    return [TagCount(tag, tag.count) for tag in rows]


def people_in(statements: QuerySet[Statement], limit: int = 20) -> list[Speaking]:
    """Who speaks in a set of statements (a topic, an outlet, a search), most first."""
    rows = (
        statements.filter(person__isnull=False)
        .order_by()
        .values("person")
        .annotate(statements=Count("id"), denials=Count("id", filter=Q(denies=True)))
        .order_by("-statements", "person")[:limit]
    )
    people = Person.objects.in_bulk([row["person"] for row in rows])
    return [Speaking(people[row["person"]], row["statements"], row["denials"]) for row in rows]


def listed_people(starts_with: str = "") -> QuerySet[Person]:
    """People with something said (``.statement_count``), by name; merged ones are left out."""
    people = Person.objects.filter(merged_into__isnull=True).annotate(
        statement_count=Count(
            "statements",
            filter=Q(statements__article__original__isnull=True) & ~Q(statements__status=Statement.Status.WITHDRAWN),
        )
    )
    return people.filter(statement_count__gt=0, name__istartswith=starts_with).order_by("name")


def listed_articles() -> QuerySet[Article]:
    """Originals, newest first, joined with outlet and tags."""
    return (
        Article.objects.filter(original__isnull=True)
        .select_related("outlet", "credited_outlet", "current")
        .prefetch_related("tags")
        .order_by(F("published_at").desc(nulls_last=True), "-id")
    )


def articles_of(outlet: Outlet) -> QuerySet[Article]:
    """Everything an outlet published, copies too, newest first."""
    return (
        Article.objects.filter(outlet=outlet)
        .select_related("outlet", "original__outlet", "current")
        .prefetch_related("tags")
        .order_by(F("published_at").desc(nulls_last=True), "-id")
    )


def articles_tagged(tag: Tag) -> QuerySet[Article]:
    return listed_articles().filter(tags=tag)


def articles_on(year: int, month: int | None = None, day: int | None = None) -> QuerySet[Article]:
    """Articles by the date in their permalink: of a year, a month or a day."""
    articles = listed_articles().filter(permalink_on__year=year)
    articles = articles.filter(permalink_on__month=month) if month else articles
    return articles.filter(permalink_on__day=day) if day else articles


@dataclass(frozen=True, slots=True)
class ArchiveMonth:
    month: date
    articles: int


def archive_months() -> list[ArchiveMonth]:
    """Months that have articles, newest first."""
    rows = (
        Article.objects.filter(original__isnull=True)
        .annotate(month=TruncMonth("permalink_on"))
        .values("month")
        .annotate(articles=Count("id"))
        .order_by("-month")
    )
    return [ArchiveMonth(row["month"], row["articles"]) for row in rows]


def to_review(limit: int = 50, below: float = 0.8) -> QuerySet[Statement]:
    """Statements for an editor to look at: read by the program with little confidence, least first."""
    return (
        shown_statements()
        .filter(status=Statement.Status.READ, is_current=True, confidence__lt=below)
        .order_by("confidence", "id")[:limit]
    )
