"""Akismet (API 1.1) as a second opinion, over a function that posts a form. Off unless a site has a key.

Nothing is sent from here by itself: the caller hands in ``post`` and decides what about a reply may leave the site.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from onrecord.errors import OnrecordError, SettingError

ENDPOINT = "https://rest.akismet.com/1.1/"
_KEY = re.compile(r"[A-Za-z0-9]{4,64}\Z")


class Answer(NamedTuple):
    """An HTTP answer."""

    status: int
    headers: Mapping[str, str]
    """Names in lower case."""
    text: str


Post = Callable[[str, Mapping[str, str]], Answer]
"""Posts a form to a URL. Raises an :class:`OnrecordError` where no answer came."""


class AkismetError(OnrecordError):
    """Akismet gave no opinion; the reply is judged without it."""

    code = "akismet"


@dataclass(frozen=True, slots=True)
class Comment:
    """What Akismet is told about a reply. ``ip`` is required by its API; give a truncated one."""

    ip: str
    content: str
    author: str = ""
    author_email: str = ""
    author_url: str = ""
    permalink: str = ""
    user_agent: str = ""
    created: str = ""
    """ISO 8601."""
    kind: str = "reply"
    language: str = ""
    recheck_reason: str = ""

    def form(self) -> dict[str, str]:
        fields = {
            "user_ip": self.ip,
            "comment_content": self.content,
            "comment_author": self.author,
            "comment_author_email": self.author_email,
            "comment_author_url": self.author_url,
            "permalink": self.permalink,
            "user_agent": self.user_agent,
            "comment_date_gmt": self.created,
            "comment_type": self.kind,
            "blog_lang": self.language,
            "recheck_reason": self.recheck_reason,
        }
        return {name: value for name, value in fields.items() if value}


class Opinion(NamedTuple):
    """Akismet's opinion of a reply."""

    spam: bool
    discard: bool = False
    """Its "pro tip": so plain that it need not be kept for a moderator."""
    recheck_after: int | None = None
    """Seconds after which it wants to be asked again; until then the reply should be held."""


@dataclass(frozen=True, slots=True)
class Akismet:
    """A client for one site."""

    key: str
    site: str
    """The site's front page URL, which the key belongs to."""
    post: Post = field(repr=False)
    endpoint: str = ENDPOINT

    def __post_init__(self) -> None:
        if not _KEY.match(self.key):
            raise SettingError("The Akismet key may hold letters and digits only. Copy it from akismet.com/account.")

    def verify_key(self) -> bool:
        """Whether the key is valid for the site."""
        answer = self._ask("verify-key", {"key": self.key})
        if answer.text.strip() not in {"valid", "invalid"}:
            raise AkismetError(_complaint(answer))
        return answer.text.strip() == "valid"

    def check(self, comment: Comment) -> Opinion:
        """Ask for an opinion.

        Raises:
            AkismetError: it gave none; the message holds its own explanation.
        """
        answer = self._ask("comment-check", comment.form())
        verdict = answer.text.strip()
        if verdict not in {"true", "false"}:
            raise AkismetError(_complaint(answer))
        after = answer.headers.get("x-akismet-recheck-after", "")
        return Opinion(
            spam=verdict == "true",
            discard=answer.headers.get("x-akismet-pro-tip", "").strip() == "discard",
            recheck_after=int(after) if after.isdecimal() else None,
        )

    def submit_spam(self, comment: Comment) -> None:
        """Tell it that it missed spam."""
        self._submit("submit-spam", comment)

    def submit_ham(self, comment: Comment) -> None:
        """Tell it that it took a good reply for spam."""
        self._submit("submit-ham", comment)

    def _submit(self, method: str, comment: Comment) -> None:
        answer = self._ask(method, comment.form())
        if answer.status != 200 or not answer.text.startswith("Thanks"):
            raise AkismetError(_complaint(answer))

    def _ask(self, method: str, form: Mapping[str, str]) -> Answer:
        return self.post(self.endpoint + method, {"api_key": self.key, "blog": self.site, **form})


def _complaint(answer: Answer) -> str:
    headers = answer.headers
    explanation = headers.get("x-akismet-debug-help") or headers.get("x-akismet-alert-msg") or "no explanation"
    return (
        f"Akismet gave no opinion (HTTP {answer.status}): {explanation}. "
        "Check ONRECORD_AKISMET_KEY; replies are judged without it."
    )
