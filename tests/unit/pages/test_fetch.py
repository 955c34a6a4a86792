"""The fetcher: polite to hosts, bounded in time and size, and not to be led anywhere it should not go."""

from __future__ import annotations

import contextlib
import gzip
import ipaddress
import socket
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from onrecord.errors import FetchError, FetchRefused, PageError
from onrecord.pages.addresses import is_public
from onrecord.pages.fetch import Fetcher, Validators
from onrecord.pages.options import FetchOptions


def refusal(fetcher: Fetcher, url: str) -> str:
    with pytest.raises((FetchError, PageError)) as raised:
        fetcher.fetch(url)
    assert len(str(raised.value)) > 10
    return raised.value.code


def test_page_comes_with_what_the_server_told(site: Any, fetcher: Fetcher) -> None:
    url = site.add(
        "/a", "<html>Jürgen".encode("latin-1"), Content_Type="text/html; charset=ISO-8859-1", Set_Cookie="id=1"
    )
    page = fetcher.fetch(url + "#part")
    assert (page.url, page.media_type, page.charset) == (url, "text/html", "iso-8859-1")
    assert page.fetched is not None
    assert datetime.now(UTC) - page.fetched < timedelta(minutes=1)
    assert "content-type" in page.headers
    assert "set-cookie" not in page.headers
    asked = dict(site.asked)["/a"]
    assert asked["user-agent"].startswith("onrecord/")
    fetcher.fetch(url)
    assert "cookie" not in site.asked[-1][1]


def test_gzip_is_undone(site: Any, fetcher: Fetcher) -> None:
    assert fetcher.fetch(site.add("/z", gzip.compress(b"<html>z"), Content_Encoding="gzip")).body == b"<html>z"


# Politeness


def test_robots_txt_is_obeyed_and_asked_for_once(site: Any, fetcher: Fetcher) -> None:
    site.add(
        "/robots.txt",
        b"User-agent: *\nDisallow: /\n\nUser-agent: onrecord\nDisallow: /private",
        Content_Type="text/plain",
    )
    site.add("/open")
    site.add("/private/a")
    assert fetcher.fetch(site.url("/open")).body
    assert refusal(fetcher, site.url("/private/a")) == "robots"
    assert site.paths == ["/robots.txt", "/open"]


def test_robots_txt_holds_for_where_a_redirect_leads(site: Any, fetcher: Fetcher) -> None:
    site.add("/robots.txt", b"User-agent: *\nDisallow: /private", Content_Type="text/plain")
    site.add("/open", b"", 302, Location="/private/a")
    assert refusal(fetcher, site.url("/open")) == "robots"
    assert "/private/a" not in site.paths


@pytest.mark.parametrize(("status", "code"), [(500, "robots_unreachable"), (429, "robots_unreachable"), (403, None)])
def test_unreadable_robots_txt_forbids_and_a_missing_one_allows(
    site: Any, fetcher: Fetcher, status: int, code: str | None
) -> None:
    site.add("/robots.txt", b"", status)
    url = site.add("/a")
    if code:
        assert refusal(fetcher, url) == code
        assert refusal(fetcher, url) == code
        assert site.paths == ["/robots.txt"]
    else:
        assert fetcher.fetch(url).body


def test_requests_to_one_host_keep_their_distance(site: Any, clock: Any) -> None:
    url = site.add("/a")
    with Fetcher(FetchOptions(delay=3, private=True), sleep=clock.sleep, clock=clock) as fetcher:
        fetcher.fetch(url)
        fetcher.fetch(url)
    assert clock.slept == [3, 3]  # after robots.txt, and between the two


def test_crawl_delay_wins_if_it_is_longer(site: Any, clock: Any) -> None:
    site.add("/robots.txt", b"User-agent: *\nCrawl-delay: 7", Content_Type="text/plain")
    url = site.add("/a")
    with Fetcher(FetchOptions(delay=1, private=True), sleep=clock.sleep, clock=clock) as fetcher:
        for _ in range(3):
            fetcher.fetch(url)
    assert clock.slept == [1, 7, 7]


def test_crawl_delay_of_hours_is_not_waited_for(site: Any, fetcher: Fetcher, clock: Any) -> None:
    site.add("/robots.txt", b"User-agent: *\nCrawl-delay: 9000", Content_Type="text/plain")
    url = site.add("/a")
    fetcher.fetch(url)
    assert refusal(fetcher, url) == "busy"
    assert sum(clock.slept) == 0


@pytest.mark.parametrize("after", ["30", "in 40 seconds"])
def test_host_that_asks_to_wait_is_left_alone(site: Any, fetcher: Fetcher, clock: Any, after: str) -> None:
    date = format_datetime(datetime.now(UTC) + timedelta(seconds=40))
    url = site.add("/a", b"", 429, Retry_After=date if after == "in 40 seconds" else after)
    with pytest.raises(FetchError) as raised:
        fetcher.fetch(url)
    assert (raised.value.code, raised.value.can_retry) == ("http_429", True)
    site.add("/a")
    fetcher.fetch(url)
    assert 20 < sum(clock.slept) < 60


def test_long_wait_sets_the_url_aside(site: Any, fetcher: Fetcher, clock: Any) -> None:
    site.add("/a", b"", 503, Retry_After="99999999999")
    assert refusal(fetcher, site.url("/a")) == "http_503"
    assert refusal(fetcher, site.url("/b")) == "busy"
    assert clock.slept == []


@pytest.mark.parametrize("after", ["soon", "-5", "²", "Mon, 99 Foo 2019", "\x00"])
def test_nonsense_in_retry_after_is_ignored(site: Any, fetcher: Fetcher, clock: Any, after: str) -> None:
    site.answers["/a"] = (503, {"Retry-After": after.replace("\x00", "0x10")}, b"")
    assert refusal(fetcher, site.url("/a")) == "http_503"
    site.add("/b")
    assert fetcher.fetch(site.url("/b")).body
    assert clock.slept == []


@pytest.mark.parametrize(("status", "can_retry"), [(404, False), (410, False), (403, False), (500, True), (503, True)])
def test_status_tells_whether_to_try_again(site: Any, fetcher: Fetcher, status: int, can_retry: bool) -> None:
    url = site.add("/a", b"", status)
    with pytest.raises(FetchError) as raised:
        fetcher.fetch(url)
    assert (raised.value.code, raised.value.can_retry) == (f"http_{status}", can_retry)


def test_unchanged_pages_are_not_sent_again(site: Any) -> None:
    url = site.add("/a", ETag='"v1"', Last_Modified="Sun, 14 Jul 2019 10:00:00 GMT")
    cache: dict[str, Validators] = {}
    with Fetcher(FetchOptions(delay=0, private=True), cache=cache) as fetcher:
        fetcher.fetch(url)
    assert cache == {url: Validators('"v1"', "Sun, 14 Jul 2019 10:00:00 GMT")}
    site.add("/a", b"", 304)
    with Fetcher(FetchOptions(delay=0, private=True), cache=cache) as fetcher:
        assert refusal(fetcher, url) == "not_modified"
    asked = site.asked[-1][1]
    assert asked["if-none-match"] == '"v1"'
    assert asked["if-modified-since"] == "Sun, 14 Jul 2019 10:00:00 GMT"


# Bounds


def test_redirects_are_followed_to_the_final_url(site: Any, fetcher: Fetcher) -> None:
    site.add("/a", b"", 301, Location="b?x=1")
    site.add("/b?x=1", b"", 307, Location=site.url("/c"))
    final = site.add("/c")
    assert fetcher.fetch(site.url("/a")).url == final


def test_redirects_in_a_circle_end(site: Any, fetcher: Fetcher) -> None:
    site.add("/a", b"", 302, Location="/a")
    assert refusal(fetcher, site.url("/a")) == "redirects"
    assert len(site.asked) < 10


def test_large_answers_are_left(site: Any, fetcher: Fetcher) -> None:
    assert refusal(fetcher, site.add("/big", b"x" * 200_000)) == "too_large"
    assert refusal(fetcher, site.add("/bomb", gzip.compress(bytes(50_000_000)), Content_Encoding="gzip")) == "too_large"


def test_endless_answer_is_left(site: Any, fetcher: Fetcher) -> None:
    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
        try:
            while True:
                handler.wfile.write(b"x" * 10_000)
        except OSError:
            handler.close_connection = True

    site.answers["/endless"] = endless
    assert refusal(fetcher, site.url("/endless")) == "too_large"


@pytest.mark.parametrize("start", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n"])
def test_server_that_drips_is_left_in_time(site: Any, clock: Any, start: bytes) -> None:
    """A byte now and then keeps any time limit on single reads from running out."""

    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(start)
        try:
            for byte in b"HTTP/1.1 200 OK and so on for a long while":
                handler.wfile.write(bytes([byte]))
                time.sleep(0.1)
        except OSError:
            pass
        handler.close_connection = True

    site.answers["/drip"] = drip
    site.add("/robots.txt", b"")
    with Fetcher(FetchOptions(delay=0, timeout=0.5, private=True), sleep=clock.sleep, clock=clock) as fetcher:
        started = time.monotonic()
        assert refusal(fetcher, site.url("/drip")) == "timeout"
        assert time.monotonic() - started < 2


@pytest.mark.parametrize(
    "written",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort",
        b"SSH-2.0-x\r\n",
        b"",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 200_000,
    ],
)
def test_broken_answers_are_told(site: Any, fetcher: Fetcher, written: bytes) -> None:
    def broken(handler: BaseHTTPRequestHandler) -> None:
        with contextlib.suppress(OSError):
            handler.wfile.write(written)
        handler.close_connection = True

    site.answers["/broken"] = broken
    assert refusal(fetcher, site.url("/broken")) == "broken_answer"


def test_host_that_does_not_answer_can_be_tried_later(fetcher: Fetcher) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        with pytest.raises(FetchError) as raised:
            fetcher.fetch(f"http://127.0.0.1:{taken.getsockname()[1]}/")
    assert (raised.value.code, raised.value.can_retry) == ("connection", True)


# Break-ins


@pytest.fixture
def public_only(clock: Any) -> Any:
    with Fetcher(FetchOptions(delay=0, timeout=1), sleep=clock.sleep, clock=clock) as made:
        yield made


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.255.255.254", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0",
        "100.64.0.1", "192.0.2.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.0.8",
        "::1", "::", "fe80::1", "fc00::1", "fec0::1", "ff02::1", "2001:db8::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::a00:1",
        "2002:7f00:1::", "2001:0:7f00:1::", "2001:0:808:808::80ff:fffe",
    ],
)  # fmt: skip
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "93.184.215.14", "2606:2800:21f:cb07::1", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_addresses_that_are_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "0177.0.0.1", "2130706433", "0x7f000001", "0x7f.1", "127.1", "0", "[::1]", "[::ffff:127.0.0.1]",
     "[::ffff:7f00:1]", "localhost", "LOCALHOST", "169.254.169.254", "１２７.0.0.1", "127。0。0。1"],
)  # fmt: skip
def test_private_hosts_are_refused_in_every_spelling(site: Any, public_only: Fetcher, host: str) -> None:
    site.add("/secret")
    with pytest.raises(FetchRefused):
        public_only.fetch(f"http://{host}:{site.port}/secret")
    assert site.asked == []


def test_name_that_leads_inside_is_refused(site: Any, public_only: Fetcher, names: dict[str, list[str]]) -> None:
    names["evil.example"] = ["127.0.0.1"]
    assert refusal(public_only, f"http://evil.example:{site.port}/") == "private_address"
    assert site.asked == []


def test_name_that_answers_differently_the_second_time_leads_nowhere(
    site: Any, public_only: Fetcher, names: dict[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """DNS rebinding: the address that was checked is the one connected to, and each request is checked."""
    connected: list[str] = []

    def connect(address: tuple[str, int], *args: Any, **kwargs: Any) -> socket.socket:
        connected.append(address[0])
        raise OSError("no way out of the tests")

    monkeypatch.setattr(socket, "create_connection", connect)
    names["rebind.example"] = ["93.184.215.14", "127.0.0.1"]
    assert refusal(public_only, f"http://rebind.example:{site.port}/") == "connection"
    assert connected == ["93.184.215.14"]
    assert site.asked == []


def test_redirect_inside_is_refused(site: Any, names: dict[str, list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    """A public host that sends us to a private one."""
    from onrecord.pages import addresses

    monkeypatch.setattr(addresses, "is_public", lambda address: str(address) == "127.0.0.2")
    names["public.example"] = ["127.0.0.2"]
    site.add("/a", b"", 302, Location=f"http://127.0.0.1:{site.port}/secret")
    real = socket.create_connection
    monkeypatch.setattr(
        socket, "create_connection", lambda address, *rest, **more: real(("127.0.0.1", address[1]), *rest, **more)
    )
    with Fetcher(FetchOptions(delay=0, timeout=1)) as fetcher:
        assert refusal(fetcher, f"http://public.example:{site.port}/a") == "private_address"
    assert "/secret" not in site.paths
    assert dict(site.asked)["/a"]["host"] == f"public.example:{site.port}"


@pytest.mark.parametrize(
    "location",
    [
        "file:///etc/passwd",
        "ftp://quay.example/",
        "gopher://x/_",
        "javascript:alert(1)",
        "http://user:pass@quay.example/",
        "http://quay.example:22/",
        "http://[::1",
    ],
)
def test_redirects_to_what_is_no_web_page_are_refused(site: Any, fetcher: Fetcher, location: str) -> None:
    site.add("/a", b"", 302, Location=location)
    with pytest.raises(FetchRefused):
        fetcher.fetch(site.url("/a"))


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("file:///etc/passwd", "scheme"),
        ("ftp://quay.example/", "scheme"),
        ("http://", "scheme"),
        ("http://user:secret@quay.example/", "credentials"),
        ("http://quay.example:25/", "port"),
        ("http://quay.example/" + "a" * 9_000, "bad_url"),
        ("http://[::1", "bad_url"),
        ("http://quay.example/\r\nX-Injected: 1", "bad_url"),
    ],
)
def test_urls_are_refused_by_their_words(public_only: Fetcher, url: str, code: str) -> None:
    with pytest.raises(FetchRefused) as raised:
        public_only.fetch(url)
    assert raised.value.code == code
    assert "secret" not in str(raised.value)


def test_proxies_of_the_environment_are_not_used(site: Any, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    assert fetcher.fetch(site.add("/a")).body


def test_hostile_robots_txt_takes_no_time(site: Any, fetcher: Fetcher) -> None:
    rules = b"User-agent: *\nDisallow: /" + b"*a" * 2_000 + b"b$\n" + b"Disallow: /x\n" * 20_000 + b"\xff" * 100_000
    site.add("/robots.txt", rules, Content_Type="text/plain")
    url = site.add("/" + "a" * 3_000)
    started = time.process_time()
    assert fetcher.fetch(url).body
    assert time.process_time() - started < 2
