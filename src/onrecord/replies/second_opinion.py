"""Akismet as a second opinion, where the site has a key: off by default, and the privacy page says when it is on.

Sent are the reply's words, name and website, and the network; never the e-mail address and never the whole IP address.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping

from django.conf import settings

from onrecord.errors import FetchError, OnrecordError, PageError
from onrecord.pages.fetch import Fetcher
from onrecord.pages.options import FetchOptions
from onrecord.replies.models import Reply
from onrecord.replies.targets import Target, find_target
from onrecord.spam.akismet import Akismet, Answer, Comment, Opinion

log = logging.getLogger(__name__)

_TIMEOUT = 4.0


def client() -> Akismet | None:
    """The site's client, ``None`` where no key is set."""
    key = settings.AKISMET_KEY
    return Akismet(key, settings.BASE_URL, post=_post) if key else None


def ask(reply: Reply, target: Target, address: str, user_agent: str = "", *, why: str = "") -> Opinion | None:
    """Akismet's opinion, ``None`` where the site does not ask or no answer came."""
    akismet = client()
    if akismet is None:
        return None
    try:
        return akismet.check(_comment(reply, target, address, user_agent, why))
    except (OnrecordError, OSError) as error:
        log.warning("second opinion: %s", error)
        return None


def tell(reply: Reply, *, spam: bool) -> None:
    """Tell Akismet what a moderator decided against its opinion."""
    akismet = client()
    if akismet is None:
        return
    comment = _comment(reply, find_target(reply.thread.kind, reply.thread.key), reply.network)
    try:
        if spam:
            akismet.submit_spam(comment)
        else:
            akismet.submit_ham(comment)
    except (OnrecordError, OSError) as error:
        log.warning("second opinion: %s", error)


def _comment(reply: Reply, target: Target, address: str, user_agent: str = "", why: str = "") -> Comment:
    return Comment(
        ip=address.partition("/")[0],
        content=reply.text,
        author=reply.name,
        author_url=reply.website,
        permalink=f"{settings.BASE_URL}{target.url}",
        user_agent=user_agent[:300],
        created=reply.created_at.isoformat(timespec="seconds"),
        language=reply.language,
        recheck_reason=why,
    )


def _post(url: str, fields: Mapping[str, str]) -> Answer:
    with Fetcher(FetchOptions(timeout=_TIMEOUT, delay=0.0)) as fetcher:
        try:
            status, headers, body = fetcher.post_form(url, fields)
        except PageError as error:
            raise FetchError(str(error)) from error
    return Answer(status, headers, body.decode("utf-8", "replace"))
