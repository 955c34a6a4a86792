from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import ClassVar

import pytest
from django.utils import timezone

from onrecord.errors import InputError
from onrecord.pages.options import FetchOptions
from onrecord.record import ingest
from onrecord.record.actions.feeds import add_feed, set_feed_active
from onrecord.record.models import Article, Feed, Reject
from onrecord.record.watching import LONGEST_WAIT, due_feeds, poll, wait_after
from unit.record.test_ingest import extract_pages

pytestmark = pytest.mark.django_db

PAGE = (
    "<html><head><title>{0}</title></head><body><article><h1>{0}</h1><p>Ada Quill said the port stays open. "
    "The harbour has been in the hands of the town for decades, and nobody in Varrow remembers it otherwise.</p>"
    "</article></body></html>"
)


class Server(BaseHTTPRequestHandler):
    """A site with a feed, which says when it has not changed."""

    status: ClassVar[int] = 200
    pages: ClassVar[list[str]] = ["1", "2"]
    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        host = f"http://{self.headers['Host']}"
        if self.path == "/feed" and self.headers.get("If-None-Match") == f'"{len(self.pages)}"':
            self.answer(304, b"", "application/rss+xml")
        elif self.path == "/feed":
            items = "".join(f"<item><title>Port {n}</title><link>{host}/{n}</link></item>" for n in self.pages)
            self.answer(self.status, f"<rss><channel>{items}</channel></rss>".encode(), "application/rss+xml")
        elif self.path.strip("/") in self.pages:
            self.answer(200, PAGE.format(f"Port {self.path}").encode(), "text/html; charset=utf-8")
        else:
            self.answer(404, b"", "text/plain")

    def answer(self, status: int, body: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("ETag", f'"{len(self.pages)}"')
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Quietly."""


@pytest.fixture
def feed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Feed]:
    monkeypatch.setattr(ingest, "extract_pages", extract_pages)
    monkeypatch.setattr(ingest, "snapshot_folder", lambda: tmp_path)
    Server.status, Server.pages, Server.asked = 200, ["1", "2"], []
    with ThreadingHTTPServer(("127.0.0.1", 0), Server) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield add_feed(f"http://127.0.0.1:{server.server_address[1]}/feed")
        server.shutdown()
        thread.join()


OPTIONS = FetchOptions(delay=0.0, private=True, timeout=10.0)


def test_new_pages_are_read_once_and_an_unchanged_feed_is_not_sent_again(feed: Feed) -> None:
    assert poll(feed, OPTIONS).counts.outcomes == {"added": 2}
    assert Article.objects.count() == 2
    feed.refresh_from_db()
    assert (feed.articles_added, feed.failures, feed.etag) == (2, 0, '"2"')
    assert due_feeds() == []
    assert poll(feed, OPTIONS).is_unchanged
    Server.pages = ["1", "2", "3"]
    Server.asked.clear()
    assert poll(Feed.objects.get(), OPTIONS).counts.outcomes == {"added": 1}
    assert [path for path in Server.asked if path != "/robots.txt"] == ["/feed", "/3"]


def test_a_feed_that_fails_is_asked_ever_more_seldom_and_comes_back(feed: Feed) -> None:
    Server.status = 503
    waits = []
    for _ in range(3):
        assert poll(Feed.objects.get(), OPTIONS).error
        kept = Feed.objects.get()
        waits.append(kept.next_poll_at - timezone.now())
    assert waits[0] < waits[1] < waits[2]
    assert Feed.objects.get().last_error
    Server.status = 200
    assert not poll(Feed.objects.get(), OPTIONS).error
    assert Feed.objects.get().failures == 0
    assert wait_after(timedelta(minutes=30), 10**6) == LONGEST_WAIT


def test_a_page_that_is_gone_is_kept_with_its_reason(feed: Feed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Server, "do_GET", _without_page_2)
    assert poll(feed, OPTIONS).counts.outcomes == {"added": 1, "set aside": 1}
    assert Reject.objects.get().source == feed.url


def _without_page_2(server: Server) -> None:
    if server.path == "/2":
        server.answer(404, b"", "text/plain")
    else:
        _get(server)


_get = Server.do_GET


def test_no_feed_reaches_into_the_own_network(feed: Feed) -> None:
    assert "127.0.0.1" in poll(feed, FetchOptions(delay=0.0)).error
    assert Server.asked == []


def test_feeds_are_web_addresses() -> None:
    for url in ("file:///etc/passwd", "javascript:alert(1)", "ftp://x.example/feed", "nonsense"):
        with pytest.raises(InputError, match="http"):
            add_feed(url)
    feed = add_feed("https://x.example/feed")
    set_feed_active(feed, is_active=False)
    assert due_feeds() == []
    assert add_feed("https://x.example/feed").is_active
