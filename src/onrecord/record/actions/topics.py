"""Topics: searches that are kept and have a page."""

from __future__ import annotations

from onrecord.errors import InputError
from onrecord.record.actions.editor import Editor
from onrecord.record.addresses import slugify
from onrecord.record.locks import writing
from onrecord.record.models import Topic
from onrecord.record.search import parse


def save_topic(
    name: str, query: str, by: Editor, description: str = "", slug: str = "", is_public: bool = True
) -> Topic:
    """Keep a search under a name, or change the topic that has this slug.

    Raises:
        QueryError: the query cannot be read.
        InputError: the name or the query is missing.
    """
    name, query = " ".join(name.split())[:200], query.strip()
    if not name or parse(query).is_empty:
        raise InputError("A topic needs a name and a search that asks for something.", code="topic")
    with writing():
        topic = Topic.objects.filter(slug=slug).first() if slug else None
        topic = topic or Topic(slug=_free_slug(name), by=by.name)
        topic.name, topic.query, topic.description, topic.is_public = name, query, description.strip(), is_public
        topic.save()
        return topic


def set_topic_public(topic: Topic, is_public: bool) -> Topic:
    """Hide a topic from readers, or show it again; the statements it shows are untouched."""
    with writing():
        topic.is_public = is_public
        topic.save(update_fields=["is_public"])
        return topic


def _free_slug(name: str) -> str:
    base = slugify(name, otherwise="topic")[:90]
    taken = set(Topic.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(s for n in range(1, len(taken) + 2) if (s := base if n == 1 else f"{base}-{n}") not in taken)
