"""From a reply to the state it gets: the filter's verdict, a second opinion where the site asks for one, the rules."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from onrecord.replies import second_opinion
from onrecord.replies.identity import text_key
from onrecord.replies.learning import pack, site_filter
from onrecord.replies.models import Policy, Reply, Thread
from onrecord.replies.policies import Rules
from onrecord.replies.targets import Target
from onrecord.spam import Submission, Verdict
from onrecord.spam.akismet import Opinion
from onrecord.spam.text import read_text

_HOSTS_LOOKED_AT = 5

EVERY_REPLY_WAITS = _("Every reply here waits for a moderator.")
FIRST_REPLY_WAITS = _("A writer's first reply waits for a moderator.")
SECOND_OPINION = _("A second filter took it for spam.")
ASKED_AGAIN = _("A second filter wants to look at it again.")
SIMPLE_REASON = _("The filter took it for advertising.")


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is known about a posting beside its words."""

    form_seconds: float | None = None
    honeypot: bool = False
    user_agent: str = ""
    address: str = ""
    """Truncated address."""


@dataclass(frozen=True, slots=True)
class Screening:
    """The state a reply should have and why."""

    state: str
    reasons: list[str]
    verdict: Verdict
    opinion: Opinion | None = None
    text_key: str = field(default="")

    def apply_to(self, reply: Reply) -> None:
        """Write everything but the state, which is changed by an action of its own."""
        reply.reasons = self.reasons
        reply.probability = self.verdict.probability
        reply.vector = pack(self.verdict.vector)
        reply.text_key = self.text_key
        after = self.opinion.recheck_after if self.opinion else None
        reply.recheck_at = timezone.now() + timedelta(seconds=after) if after else None


def screen(reply: Reply, target: Target, rules: Rules, circumstances: Circumstances) -> Screening:
    """Judge a reply, new or edited. Reads, and changes nothing."""
    key = text_key(reply.text)
    verdict = site_filter().judge(_submission(reply, target, circumstances, key))
    opinion = None
    if verdict.action != "spam":
        opinion = second_opinion.ask(reply, target, circumstances.address, circumstances.user_agent)
    state, reasons = _decide(reply, rules, verdict, opinion)
    return Screening(state, reasons, verdict, opinion, key)


def _decide(reply: Reply, rules: Rules, verdict: Verdict, opinion: Opinion | None) -> tuple[str, list[str]]:
    reasons = list(verdict.reasons)
    if verdict.action == "spam" or (opinion and opinion.discard):
        return Reply.State.SPAM, reasons or [SIMPLE_REASON]
    if opinion and opinion.spam:
        reasons.append(SECOND_OPINION)
    if opinion and opinion.recheck_after:
        reasons.append(ASKED_AGAIN)
    if rules.mode == Policy.Mode.HOLD_ALL:
        reasons.append(EVERY_REPLY_WAITS)
    elif rules.mode == Policy.Mode.HOLD_FIRST and not _published_before(reply):
        reasons.append(FIRST_REPLY_WAITS)
    held = verdict.action == "hold" or bool(reasons)
    return (Reply.State.HELD, reasons) if held else (Reply.State.PUBLISHED, [])


def _submission(reply: Reply, target: Target, circumstances: Circumstances, key: str) -> Submission:
    mine = _own_replies(reply)
    hour_ago = timezone.now() - timedelta(hours=1)
    others = Reply.objects.exclude(pk=reply.pk)
    return Submission(
        text=reply.text,
        name=reply.name,
        website=reply.website,
        article_text=target.text,
        article_language=target.language or None,
        own_hosts=(urlsplit(settings.BASE_URL).hostname or "",),
        form_seconds=circumstances.form_seconds,
        honeypot=circumstances.honeypot,
        published_before=mine.filter(state=Reply.State.PUBLISHED).count() if mine is not None else 0,
        spam_before=mine.filter(state=Reply.State.SPAM).count() if mine is not None else 0,
        from_network=others.filter(network=reply.network, created_at__gt=hour_ago).count() if reply.network else 0,
        same_elsewhere=_threads_with(key, reply.thread, others) if key else 0,
        spam_hosts=_spam_hosts(reply.text, others),
    )


def _spam_hosts(text: str, others: QuerySet[Reply]) -> frozenset[str]:
    """Hosts linked here that moderators have seen in spam, and never in a reply they published."""
    hosts = set(read_text(text).hosts[:_HOSTS_LOOKED_AT])
    return frozenset(
        host
        for host in hosts
        if others.filter(decision__spam=True, text__icontains=host).exists()
        and not others.filter(decision__spam=False, text__icontains=host).exists()
    )


def _threads_with(key: str, thread: Thread, others: QuerySet[Reply]) -> int:
    return others.filter(text_key=key).exclude(thread=thread).values("thread").distinct().count()


def _own_replies(reply: Reply) -> QuerySet[Reply] | None:
    """Other replies by the same account or browser. A typed name or e-mail address proves nothing."""
    if reply.user_id is not None:
        mine = Reply.objects.filter(user_id=reply.user_id)
    elif reply.author_key:
        mine = Reply.objects.filter(author_key=reply.author_key)
    else:
        return None
    return mine.exclude(pk=reply.pk)


def _published_before(reply: Reply) -> bool:
    mine = _own_replies(reply)
    return mine is not None and mine.filter(state=Reply.State.PUBLISHED).exists()
