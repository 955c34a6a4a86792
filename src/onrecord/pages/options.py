"""What a caller may set about reading pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

from onrecord.pages.limits import MAX_PAGE_BYTES

if TYPE_CHECKING:
    from onrecord.pages.fetch import Fetcher


@dataclass(frozen=True, slots=True)
class FetchOptions:
    """How URLs are fetched; the defaults are those of the settings named ``fetch_...`` and ``user_agent``."""

    user_agent: str = "onrecord/0.1 (+https://example.org/onrecord)"
    delay: float = 1.0
    """Seconds between two requests to one host; a longer ``Crawl-delay`` in its robots.txt wins."""
    timeout: float = 20.0
    """Seconds that one request may take, from its name being resolved to its last byte."""
    max_bytes: int = MAX_PAGE_BYTES
    private: bool = False
    """Fetch from private, loopback and other addresses that are not on the public internet too."""

    @classmethod
    def from_settings(cls, settings: Mapping[str, Any]) -> Self:
        return cls(
            user_agent=settings["user_agent"],
            delay=settings["fetch_delay"],
            timeout=settings["fetch_timeout"],
            max_bytes=settings["fetch_max_bytes"],
            private=settings["fetch_private"],
        )


@dataclass(frozen=True, slots=True)
class Options:
    """How sources are read."""

    max_page_bytes: int = MAX_PAGE_BYTES
    """Largest page, article line or feed that is read, after decompression."""
    fetch: FetchOptions = field(default_factory=FetchOptions)

    @classmethod
    def from_settings(cls, settings: Mapping[str, Any]) -> Self:
        return cls(fetch=FetchOptions.from_settings(settings))


class Reading:
    """Options and the one fetcher that all sources of a run share, made when the first URL needs it.

    One fetcher for all keeps the delay between requests to a host that several sources name.
    """

    def __init__(self, options: Options | None = None, fetcher: Fetcher | None = None) -> None:
        self.options = options or Options()
        self._fetcher = fetcher
        self._owns_fetcher = fetcher is None

    @property
    def fetcher(self) -> Fetcher:
        if self._fetcher is None:
            from onrecord.pages.fetch import Fetcher  # the HTTP client takes 0.1 s to import

            self._fetcher = Fetcher(self.options.fetch)
        return self._fetcher

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._fetcher is not None and self._owns_fetcher:
            self._fetcher.close()
