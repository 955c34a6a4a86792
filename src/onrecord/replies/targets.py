"""What a thread hangs under: an article, a statement or a claim of the record, by its permanent id."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import Http404

from onrecord.record.models import Article, Claim, Outlet, Statement
from onrecord.replies.models import Thread


@dataclass(frozen=True, slots=True)
class Target:
    """A thing of the record, as the reply section needs it."""

    kind: str
    key: str
    title: str
    url: str
    text: str
    language: str
    outlet: Outlet | None
    published_on: date | None

    @property
    def anchor(self) -> str:
        return f"{self.url}#replies"


def target_of(thing: Article | Statement | Claim) -> Target:
    """The target a page's object stands for."""
    if isinstance(thing, Article):
        return _of_article(thing)
    if isinstance(thing, Statement):
        return _of_statement(thing)
    return Target("claim", thing.slug, thing.words, thing.get_absolute_url(), thing.words, "", None, None)


def find_target(kind: str, key: str) -> Target:
    """The target at an address.

    Raises:
        Http404: there is none.
    """
    thing: Article | Statement | Claim | None = None
    if kind == Thread.Kind.ARTICLE:
        thing = Article.objects.select_related("outlet", "current").filter(public_id=key).first()
    elif kind == Thread.Kind.STATEMENT:
        thing = Statement.objects.select_related("article__outlet", "version").filter(address=key).first()
    elif kind == Thread.Kind.CLAIM:
        thing = Claim.objects.filter(slug=key).first()
    if thing is None:
        raise Http404(f"no {kind} {key}")
    return target_of(thing)


def _of_article(article: Article) -> Target:
    return Target(
        kind="article",
        key=article.public_id,
        title=article.title or article.public_id,
        url=article.get_absolute_url(),
        text=article.text,
        language=article.language,
        outlet=article.outlet,
        published_on=article.published_on,
    )


def _of_statement(statement: Statement) -> Target:
    article = statement.article
    return Target(
        kind="statement",
        key=statement.address,
        title=f"{statement.speaker_name}: {statement.words}".strip(": ")[:200],
        url=statement.get_absolute_url(),
        text=statement.version.text,
        language=article.language,
        outlet=article.outlet,
        published_on=article.published_on,
    )


def open_thread(target: Target) -> Thread:
    """The target's thread, made if there is none yet."""
    thread, _ = Thread.objects.get_or_create(kind=target.kind, key=target.key)
    return thread
