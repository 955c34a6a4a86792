"""Feeds polled politely: what they newly name is read, a feed that fails is asked ever more seldom."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from onrecord import terms
from onrecord.errors import FetchError, PageError
from onrecord.pages.feeds import Entry, read_entries
from onrecord.pages.fetch import Fetcher, Validators
from onrecord.pages.forms import detect
from onrecord.pages.limits import SNIFFED_BYTES
from onrecord.pages.options import FetchOptions
from onrecord.pages.streams import Stream
from onrecord.record.addresses import url_key
from onrecord.record.ingest import Counts, add_pages
from onrecord.record.locks import writing
from onrecord.record.models import Article, Feed, Reject

LONGEST_WAIT = timedelta(days=1)
LOOK_AGAIN_AFTER = timedelta(days=1)
"""A page that the record has is looked at again for changes when it has not been for this long ..."""
LOOK_AGAIN_WITHIN = timedelta(days=7)
"""... while it was added no longer ago than this."""
MOST_PAGES = 100
"""Pages that one poll fetches; the rest come with the next."""


@dataclass(frozen=True, slots=True)
class Poll:
    """How one poll of a feed went."""

    feed: Feed
    counts: Counts = field(default_factory=Counts)
    is_unchanged: bool = False
    error: str = ""


def due_feeds(now: datetime | None = None) -> list[Feed]:
    """Active feeds whose time has come, the longest waiting first."""
    return list(Feed.objects.filter(is_active=True, next_poll_at__lte=now or timezone.now()).order_by("next_poll_at"))


def seconds_to_next(now: datetime | None = None) -> float:
    """Until a feed is due; an hour where none is watched."""
    first = Feed.objects.filter(is_active=True).order_by("next_poll_at").first()
    return max(0.0, (first.next_poll_at - (now or timezone.now())).total_seconds()) if first else 3600.0


def poll(feed: Feed, options: FetchOptions) -> Poll:
    """Ask a feed, read the pages it newly names, and note when to ask again. A feed that fails raises nothing."""
    validators = {feed.url: Validators(feed.etag or None, feed.last_modified or None)}
    with Fetcher(options, cache=validators) as fetcher:
        try:
            page = fetcher.fetch(feed.url)
            entries = [entry for entry in _entries(page) if not entry.is_sitemap]
        except FetchError as error:
            if error.code == "not_modified":
                _went_well(feed, validators[feed.url], 0)
                return Poll(feed, is_unchanged=True)
            return _failed(feed, str(error))
        except PageError as error:
            return _failed(feed, f"{feed.url}: {error}")
        result = Poll(feed)
        for item in add_pages(_fetched(_wanted(entries, feed), fetcher), source=feed.url, form="feed"):
            result.counts.count(item)
    _went_well(feed, validators.get(page.url or "", validators[feed.url]), result.counts.outcomes["added"])
    return result


def _entries(page: terms.Page) -> Iterator[Entry]:
    stream = Stream(io.BytesIO(page.body))
    if detect(stream.peek(SNIFFED_BYTES), page.name) != "feed":
        raise PageError("is no feed; give the address of its RSS, Atom or JSON Feed", code="not_feed")
    for entry in read_entries(stream, replace(page, body=b"")):
        if isinstance(entry, Entry):
            yield entry


def _wanted(entries: list[Entry], feed: Feed) -> list[Entry]:
    """Entries that the record has not, has not given up on, or should look at again."""
    now = timezone.now()
    settled = Article.objects.filter(Q(read_at__gt=now - LOOK_AGAIN_AFTER) | Q(added_at__lt=now - LOOK_AGAIN_WITHIN))
    keys = {url_key(entry.url): entry for entry in entries}
    known = set(settled.filter(key__in=list(keys)).values_list("key", flat=True))
    given_up = set(
        Reject.objects.filter(source=feed.url, resolved_at__isnull=True, can_retry=False).values_list("name", flat=True)
    )
    return [entry for key, entry in keys.items() if key not in known and entry.url not in given_up][:MOST_PAGES]


def _fetched(entries: list[Entry], fetcher: Fetcher) -> Iterator[terms.Page | terms.Reject]:
    for entry in entries:
        try:
            page = fetcher.fetch(entry.url)
            if detect(page.body[:SNIFFED_BYTES], page.name) not in ("html", "text"):
                raise PageError(f"is no page but {page.media_type}", code="not_html")
            yield replace(page, name=entry.url, known=entry.known, known_from="feed")
        except FetchError as error:
            yield terms.Reject(entry.url, str(error), error.code, entry.url, error.can_retry)
        except PageError as error:
            yield terms.Reject(entry.url, str(error), error.code, entry.url)


def _went_well(feed: Feed, validators: Validators, added: int) -> None:
    with writing():
        feed = Feed.objects.get(pk=feed.pk)
        feed.etag, feed.last_modified = (validators.etag or "")[:500], (validators.last_modified or "")[:100]
        feed.failures, feed.last_error = 0, ""
        feed.articles_added += added
        feed.last_polled_at = timezone.now()
        feed.next_poll_at = feed.last_polled_at + feed.interval
        feed.save()


def _failed(feed: Feed, reason: str) -> Poll:
    with writing():
        feed = Feed.objects.get(pk=feed.pk)
        feed.failures += 1
        feed.last_error = reason
        feed.last_polled_at = timezone.now()
        feed.next_poll_at = feed.last_polled_at + wait_after(feed.interval, feed.failures)
        feed.save()
    return Poll(feed, error=reason)


def wait_after(interval: timedelta, failures: int) -> timedelta:
    """Twice as long for each failure in a row, a day at most."""
    return min(LONGEST_WAIT, interval * (1 << min(failures, 20)))
