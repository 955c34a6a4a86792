"""The one place that fetches. It is polite to hosts and trusts no URL.

Polite: robots.txt is obeyed with its Crawl-delay, requests to one host keep their distance, unchanged pages are not
sent again (ETag, Last-Modified), and a host that asks to wait (429, 503, Retry-After) is left alone for as long.

Trusting no URL: only http and https; every hop of a redirect is checked anew; a name is resolved once, its addresses
must be public, and the connection goes to one of the addresses that were checked, so that a name which answers
differently the second time leads nowhere else. Time, size, redirects and headers are bounded. No cookies, no
credentials, no proxy from the environment.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Self
from urllib.parse import urlencode

import httpcore
import httpx
from protego import Protego

from onrecord.errors import FetchError, FetchRefused, PageError
from onrecord.pages.addresses import resolve
from onrecord.pages.encodings import undo_content_coding
from onrecord.pages.limits import MAX_REDIRECTS, MAX_ROBOTS_BYTES, MAX_URL_LENGTH, MAX_WAIT
from onrecord.pages.media import parse_content_type
from onrecord.pages.options import FetchOptions
from onrecord.terms import Page

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_RETRY_LATER = frozenset({408, 425, 429, 500, 502, 503, 504})
_ACCEPT = "text/html,application/xhtml+xml,application/atom+xml,application/rss+xml,application/xml;q=0.9,*/*;q=0.5"
# Robots.txt holds for a day (RFC 9309); a host whose robots.txt could not be read is asked again after ten minutes.
_ROBOTS_SECONDS = 86_400.0
_ROBOTS_FAILED_SECONDS = 600.0
# A longer Retry-After than a day is taken as a day: nobody runs longer, and the number comes from a stranger.
_MAX_RETRY_AFTER = 86_400.0
_HTTP_PORTS = frozenset({80, 443})
_FIRST_UNPRIVILEGED_PORT = 1_024
_DROPPED_HEADERS = frozenset({"set-cookie", "set-cookie2", "www-authenticate"})


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to ask with whether a page has changed."""

    etag: str | None = None
    last_modified: str | None = None

    def headers(self) -> dict[str, str]:
        given = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in given.items() if value}


@dataclass(frozen=True, slots=True)
class _Answer:
    url: httpx.URL
    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class _Robots:
    """Rules of one host, or why they could not be read, in which case nothing may be fetched."""

    rules: Protego | FetchError
    good_until: float


class Fetcher:
    """Fetches pages for one run; not to be shared between threads.

    Args:
        options: how to name ourselves, how fast, how much.
        cache: validators by URL, read and written; a page that has not changed raises with ``not_modified``.
        sleep, clock: how to wait and to tell monotonic time, for tests.
    """

    def __init__(
        self,
        options: FetchOptions | None = None,
        *,
        cache: MutableMapping[str, Validators] | None = None,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.options = options or FetchOptions()
        self._cache = cache if cache is not None else {}
        self._sleep = sleep
        self._clock = clock
        self._robots: dict[str, _Robots] = {}
        self._free_at: dict[str, float] = {}
        self._network = _CheckedNetwork(self.options)
        # No connection is kept: each request has its own time limit, and its own check of where it goes.
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(), max_keepalive_connections=0, network_backend=self._network
        )

    def fetch(self, url: str) -> Page:
        """Fetch one page, following redirects.

        Returns:
            The page with its final URL, headers and the time it was fetched.

        Raises:
            FetchRefused: scheme, address, port or robots.txt forbid it.
            FetchError: it did not come; ``can_retry`` says whether it may come later.
            PageError: it came and is too large or cannot be decompressed.
        """
        target = _checked_url(url)
        for _ in range(MAX_REDIRECTS + 1):
            self._obey_robots(target)
            answer = self._request(target, self._cache.get(str(target), Validators()).headers())
            if answer.status not in _REDIRECTS or "location" not in answer.headers:
                return self._page(answer)
            target = _redirected(answer)
        raise FetchError(f"{url}: redirects more than {MAX_REDIRECTS} times; name its final address", code="redirects")

    def post_form(self, url: str, fields: Mapping[str, str]) -> tuple[int, Mapping[str, str], bytes]:
        """Post a form to a service that the site's owner has chosen. Robots.txt does not speak of those.

        Returns:
            Status, headers by lower-case name, and body. Redirects are not followed.

        Raises:
            FetchRefused: scheme, address or port forbid it.
            FetchError: no answer came.
            PageError: the answer is too large.
        """
        body = urlencode(fields).encode()
        answer = self._request(
            _checked_url(url), {"Content-Type": "application/x-www-form-urlencoded"}, method="POST", content=body
        )
        coding = answer.headers.get("content-encoding", "")
        return answer.status, answer.headers, undo_content_coding(answer.body, coding, self.options.max_bytes)

    def close(self) -> None:
        self._pool.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _page(self, answer: _Answer) -> Page:
        url = str(answer.url)
        if answer.status == 304:
            raise FetchError(f"{url}: has not changed since it was last fetched", code="not_modified")
        if answer.status not in (200, 203):
            raise FetchError(
                f"{url}: the server answers with status {answer.status}{_advice(answer.status)}",
                code=f"http_{answer.status}",
                can_retry=answer.status in _RETRY_LATER,
            )
        validators = Validators(answer.headers.get("etag"), answer.headers.get("last-modified"))
        if validators.headers():
            self._cache[url] = validators
        coding = answer.headers.get("content-encoding", "")
        media_type, charset = parse_content_type(answer.headers.get("content-type", ""))
        return Page(
            body=undo_content_coding(answer.body, coding, self.options.max_bytes),
            name=url,
            url=url,
            media_type=media_type or "application/octet-stream",
            charset=charset,
            fetched=datetime.now(UTC),
            headers=answer.headers,
        )

    def _obey_robots(self, url: httpx.URL) -> None:
        rules = self._robots_of(url)
        if isinstance(rules, FetchError):
            raise FetchError(str(rules), code=rules.code, can_retry=rules.can_retry)
        if not rules.can_fetch(str(url), self._robot_name):
            raise FetchRefused(
                f"{url}: its host's robots.txt does not allow robots to fetch it; save the page by hand", code="robots"
            )

    @property
    def _robot_name(self) -> str:
        """Our name in robots.txt: the product token, without version and address."""
        return self.options.user_agent.partition("/")[0].strip() or "onrecord"

    def _robots_of(self, url: httpx.URL) -> Protego | FetchError:
        origin = _origin(url)
        robots = self._robots.get(origin)
        if robots is None or robots.good_until < self._clock():
            rules = self._fetch_robots(url.join("/robots.txt"))
            seconds = _ROBOTS_FAILED_SECONDS if isinstance(rules, FetchError) else _ROBOTS_SECONDS
            robots = self._robots[origin] = _Robots(rules, self._clock() + seconds)
        return robots.rules

    def _fetch_robots(self, url: httpx.URL) -> Protego | FetchError:
        """RFC 9309: a missing robots.txt allows everything, one that cannot be reached allows nothing."""
        try:
            for _ in range(MAX_REDIRECTS + 1):
                answer = self._request(url, {}, keep=MAX_ROBOTS_BYTES)
                if answer.status not in _REDIRECTS or "location" not in answer.headers:
                    break
                url = _redirected(answer)
            if answer.status >= 500 or answer.status == 429:
                return FetchError(
                    f"{url}: answers with status {answer.status}, so nothing of its host is fetched; try later",
                    code="robots_unreachable",
                    can_retry=True,
                )
            body = answer.body if answer.status == 200 else b""
            body = undo_content_coding(body, answer.headers.get("content-encoding", ""), MAX_ROBOTS_BYTES)
        except FetchRefused:
            raise
        except FetchError as error:
            return error
        except PageError as error:
            return FetchError(f"{url}: {error}", code="robots_unreachable")
        return Protego.parse(body.decode("utf-8-sig", "replace"))

    def _request(
        self,
        url: httpx.URL,
        headers: Mapping[str, str],
        keep: int | None = None,
        *,
        method: str = "GET",
        content: bytes = b"",
    ) -> _Answer:
        """Send one request after the host's turn has come.

        Args:
            url: checked already.
            headers: beside the usual ones.
            keep: take this many bytes of the body and leave the rest, instead of refusing what is too large.
            method, content: what to send, nothing for a GET.
        """
        self._await_turn(url)
        try:
            with _as_fetch_errors(url), self._pool.stream(
                method,
                httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=self._headers(url, headers),
                content=content or None,
                extensions={"timeout": dict.fromkeys(("connect", "read", "write", "pool"), self.options.timeout)},
            ) as response:  # fmt: skip
                answer_headers = _lower_headers(response.headers)
                body = self._body(response, keep)
        finally:
            self._end_turn(url)
        self._heed_retry_after(url, response.status, answer_headers)
        return _Answer(url, response.status, answer_headers, body)

    def _headers(self, url: httpx.URL, headers: Mapping[str, str]) -> list[tuple[str, str]]:
        usual = {
            "Host": url.netloc.decode("ascii"),
            "User-Agent": self.options.user_agent,
            "Accept": _ACCEPT,
            "Accept-Encoding": "gzip, deflate, br",
            "Connection": "close",
        }
        return [*usual.items(), *headers.items()]

    def _body(self, response: httpcore.Response, keep: int | None) -> bytes:
        body = bytearray()
        for chunk in response.iter_stream():
            body += chunk
            if keep is not None:
                if len(body) >= keep:
                    return bytes(body[:keep])
            elif len(body) > self.options.max_bytes:
                raise PageError(
                    f"is larger than the {self.options.max_bytes:,} bytes that one page may have", code="too_large"
                )
        return bytes(body)

    def _await_turn(self, url: httpx.URL) -> None:
        wait = self._free_at.get(url.host, 0.0) - self._clock()
        if wait > MAX_WAIT:
            raise FetchError(f"{url.host}: asks to be left alone for {wait:.0f} more seconds; try later",
                             code="busy", can_retry=True)  # fmt: skip
        if wait > 0:
            self._sleep(wait)
        self._network.deadline = time.monotonic() + self.options.timeout

    def _end_turn(self, url: httpx.URL) -> None:
        robots = self._robots.get(_origin(url))
        rules = robots.rules if robots else None
        asked = rules.crawl_delay(self._robot_name) if isinstance(rules, Protego) else None
        free_at = self._clock() + max(self.options.delay, asked or 0.0)
        self._free_at[url.host] = max(free_at, self._free_at.get(url.host, 0.0))

    def _heed_retry_after(self, url: httpx.URL, status: int, headers: Mapping[str, str]) -> None:
        if status in (429, 503):
            seconds = _retry_after(headers.get("retry-after", ""))
            self._free_at[url.host] = max(self._free_at[url.host], self._clock() + seconds)


class _CheckedNetwork(httpcore.NetworkBackend):
    """Connects to addresses that were checked, and ends every connection when its time is up."""

    def __init__(self, options: FetchOptions) -> None:
        self._private = options.private
        self._backend = httpcore.SyncBackend()
        self.deadline = 0.0

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Any = None,
    ) -> httpcore.NetworkStream:
        failure: Exception = httpcore.ConnectError(f"no address of {host} answers")
        for address in resolve(host, port, private=self._private):
            try:
                stream = self._backend.connect_tcp(
                    address, port, _time_left(self.deadline), local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return _TimedStream(stream, self.deadline)
        raise failure


class _TimedStream(httpcore.NetworkStream):
    """A connection with one time limit for all of it: a server that sends a byte now and then gains nothing by it."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _time_left(self._deadline))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _time_left(self._deadline))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, _time_left(self._deadline))
        return _TimedStream(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _time_left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("the whole request took too long")
    return left


@contextmanager
def _as_fetch_errors(url: httpx.URL) -> Iterator[None]:
    try:
        yield
    except httpcore.TimeoutException as error:
        raise FetchError(f"{url}: took too long; try later or raise ONRECORD_FETCH_TIMEOUT",
                         code="timeout", can_retry=True) from error  # fmt: skip
    except (httpcore.RemoteProtocolError, httpcore.ReadError) as error:
        raise FetchError(f"{url}: the answer breaks off or is no HTTP ({error}); try later",
                         code="broken_answer", can_retry=True) from error  # fmt: skip
    except httpcore.LocalProtocolError as error:
        raise FetchError(f"{url}: cannot be asked for ({error}); check the URL and ONRECORD_USER_AGENT",
                         code="bad_request") from error  # fmt: skip
    except httpcore.NetworkError as error:
        raise FetchError(f"{url}: no connection ({error}); check the address and try later",
                         code="connection", can_retry=True) from error  # fmt: skip


def _checked_url(url: str | httpx.URL) -> httpx.URL:
    """A URL that may be asked for as far as its words tell; its address is checked when connecting."""
    shown = str(url)[:200]
    if len(str(url)) > MAX_URL_LENGTH:
        raise FetchRefused(f"{shown}...: is longer than {MAX_URL_LENGTH:,} characters", code="bad_url")
    try:
        parsed = httpx.URL(url).copy_with(fragment=None)
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchRefused(f"{shown}: is no URL ({error}); check its spelling", code="bad_url") from error
    if parsed.scheme not in ("http", "https") or not parsed.host:
        raise FetchRefused(f"{shown}: only http and https URLs are fetched", code="scheme")
    if parsed.userinfo:
        raise FetchRefused(
            f"{parsed.host}: the URL carries a user name or password; name it without", code="credentials"
        )
    if parsed.port is not None and parsed.port not in _HTTP_PORTS and parsed.port < _FIRST_UNPRIVILEGED_PORT:
        raise FetchRefused(f"{shown}: port {parsed.port} belongs to another service than the web", code="port")
    return parsed


def _redirected(answer: _Answer) -> httpx.URL:
    try:
        return _checked_url(answer.url.join(answer.headers["location"]))
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchRefused(f"{answer.url}: redirects to what is no URL ({error})", code="bad_url") from error


def _origin(url: httpx.URL) -> str:
    return f"{url.scheme}://{url.netloc.decode('ascii')}"


def _lower_headers(headers: list[tuple[bytes, bytes]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for raw_name, raw_value in headers:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        if name not in _DROPPED_HEADERS:
            found[name] = f"{found[name]}, {value}" if name in found else value
    return found


def _retry_after(value: str) -> float:
    try:
        seconds = float(value) if value.strip().isdecimal() else _seconds_until(parsedate_to_datetime(value))
    except (ValueError, TypeError, OverflowError):
        return 0.0
    return min(max(seconds, 0.0), _MAX_RETRY_AFTER)


def _seconds_until(moment: datetime) -> float:
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() - time.time()


def _advice(status: int) -> str:
    if status in _RETRY_LATER:
        return "; try later"
    if status in (401, 402, 403):
        return "; it does not give the page to robots: save it by hand"
    if status in (404, 410):
        return "; the page is gone: look for it in a web archive"
    return ""
