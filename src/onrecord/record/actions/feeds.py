"""Feeds that are watched."""

from __future__ import annotations

from onrecord.errors import InputError
from onrecord.record.locks import writing
from onrecord.record.models import Feed
from onrecord.record.storable import web_url


def add_feed(url: str) -> Feed:
    """Watch a feed; one that is watched already is switched on again.

    Raises:
        InputError: it is no http or https URL.
    """
    checked = web_url(url)
    if not checked:
        raise InputError(f"{url!r} is no web address. Give the feed's http or https URL.", code="feed")
    with writing():
        feed, is_new = Feed.objects.get_or_create(url=checked)
        if not is_new and not feed.is_active:
            feed.is_active = True
            feed.save(update_fields=["is_active"])
        return feed


def set_feed_active(feed: Feed, is_active: bool) -> None:
    """Switch the watching of a feed on or off; what it brought stays."""
    with writing():
        feed.is_active = is_active
        feed.save(update_fields=["is_active"])
