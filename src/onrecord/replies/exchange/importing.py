"""Replies into the store: each once, in its thread, under the article its URL names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.http import Http404

from onrecord.record.addresses import url_key
from onrecord.record.models import Article
from onrecord.replies.actions.states import IMPORT, By, change_state
from onrecord.replies.exchange.carried import Carried
from onrecord.replies.identity import text_key
from onrecord.replies.models import Reply, Thread
from onrecord.replies.targets import find_target
from onrecord.terms import Reject


@dataclass(slots=True)
class Imported:
    """What became of an import."""

    added: int = 0
    known: int = 0
    """Were here already; nothing is changed."""
    by_state: Counter[str] = field(default_factory=Counter)
    rejects: list[Reject] = field(default_factory=list)


class _RollBack(Exception):
    pass


def import_replies(items: Iterable[Carried | Reject], source: str, *, dry_run: bool = False) -> Imported:
    """Store replies. Running it twice adds nothing; a dry run does all the work and keeps nothing.

    Args:
        source: which system they come from; with the reply's id there it says whether it is known.
    """
    result = Imported()
    try:
        with transaction.atomic():
            _store(items, source, result)
            if dry_run:
                raise _RollBack
    except _RollBack:
        pass
    return result


def _store(items: Iterable[Carried | Reject], source: str, result: Imported) -> None:
    find_thread = _thread_finder()
    made: list[tuple[Reply, str]] = []
    for item in items:
        if isinstance(item, Reject):
            result.rejects.append(item)
        elif _is_known(item, source):
            result.known += 1
        else:
            thread = find_thread(item)
            if thread is None:
                result.rejects.append(_homeless(item))
                continue
            made.append((_add(item, source, thread), item.parent))
            result.added += 1
            result.by_state[item.state] += 1
    _tie(made, source)


def _is_known(item: Carried, source: str) -> bool:
    if item.public_id and Reply.objects.filter(public_id=item.public_id).exists():
        return True
    return Reply.objects.filter(source=source, source_id=item.source_id).exists()


def _thread_finder() -> Callable[[Carried], Thread | None]:
    found: dict[tuple[str, str], Thread | None] = {}

    def find(item: Carried) -> Thread | None:
        place = (item.kind, item.key or item.url)
        if place not in found:
            found[place] = _find_thread(item)
        return found[place]

    return find


def _find_thread(item: Carried) -> Thread | None:
    kind, key = item.kind, item.key
    if key:
        try:
            find_target(kind, key)
        except Http404:
            key = ""
    if not key and item.url:
        kind = Thread.Kind.ARTICLE
        key = Article.objects.filter(key=url_key(item.url)).values_list("public_id", flat=True).first() or ""
    return Thread.objects.get_or_create(kind=kind, key=key)[0] if key else None


def _add(item: Carried, source: str, thread: Thread) -> Reply:
    reply = Reply.objects.create(
        **({"public_id": item.public_id} if item.public_id else {}),
        thread=thread,
        name=item.name,
        email=item.email,
        website=item.website,
        text=item.text,
        text_key=text_key(item.text),
        created_at=item.created,
        edited_at=item.edited,
        published_at=item.published,
        language=item.language,
        source=source,
        source_id=item.source_id,
    )
    change_state(reply, item.state, By(IMPORT))
    return reply


def _tie(made: list[tuple[Reply, str]], source: str) -> None:
    """Hang answers under what they answer, which may have come later in the file or in an earlier import."""
    wanted = {parent for _, parent in made if parent}
    by_id = {reply.source_id: reply for reply in Reply.objects.filter(source=source, source_id__in=wanted)}
    by_public = {reply.public_id: reply for reply in Reply.objects.filter(public_id__in=wanted)}
    for reply, parent_id in made:
        parent = by_id.get(parent_id) or by_public.get(parent_id)
        if parent is not None and parent.pk != reply.pk and parent.thread_id == reply.thread_id:
            reply.parent = parent
            reply.save(update_fields=["parent"])


def _homeless(item: Carried) -> Reject:
    where = item.url or f"{item.kind} {item.key}"
    return Reject(
        f"reply {item.source_id}",
        f"No article in the record has the address {where}. Add it with `onrecord add`, then import again.",
        "no_article",
        url=item.url or None,
    )
