"""Every error onrecord raises. Each message says what is wrong and what to do about it.

OnrecordError
├── InputError           the input cannot be read; set aside, the rest goes on
│   ├── PageError        bytes that are no readable page (code: why)
│   └── NoArticle        a page that holds no article
├── FetchError           a URL could not be fetched
│   └── FetchRefused     we will not fetch it: robots.txt, private address, scheme
├── ModelError           the statement model is missing, damaged or of another version
├── SettingError         a setting has a value it cannot have
└── SpanMismatch         a span does not stand for the words it was made from
"""

from __future__ import annotations


class OnrecordError(Exception):
    """Root of the tree. ``code`` is a short stable word for counting."""

    code = "error"


class InputError(OnrecordError):
    """Input that cannot be read. It is set aside with its reason; everything else goes on."""

    code = "input"

    def __init__(self, message: str, *, code: str | None = None) -> None:
        super().__init__(message)
        if code:
            self.code = code


class PageError(InputError):
    """Bytes that are no readable page."""

    code = "page"


class NoArticle(InputError):
    """A page without an article on it."""

    code = "no_article"


class FetchError(OnrecordError):
    """A URL could not be fetched; trying again later may work when ``can_retry`` is true."""

    code = "fetch"

    def __init__(self, message: str, *, code: str | None = None, can_retry: bool = False) -> None:
        super().__init__(message)
        self.can_retry = can_retry
        if code:
            self.code = code


class FetchRefused(FetchError):
    """A URL that we will not fetch: robots.txt, a private address, a scheme other than http and https."""

    code = "fetch_refused"


class ModelError(OnrecordError):
    """The statement model is missing, damaged or of another version."""

    code = "model"


class SettingError(OnrecordError):
    """A setting has a value that it cannot have."""

    code = "setting"


class SpanMismatch(OnrecordError):
    """A span does not stand for the words it was made from."""

    code = "span"
