"""Trying to break in: hostile pages, forged forms and headers, injected queries, wandering paths."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client

from factories import make_article, make_outlet, make_statement
from onrecord.record.models import Claim, Outlet, Person, Stance, Statement, Tag, Topic
from onrecord.site.links import safe_next, text_fragment_url, web_url
from onrecord.site.proxies import client_address, networks

pytestmark = pytest.mark.django_db

SCRIPT = "</script><script>alert(1)</script>"
BREAKOUT = "\"'><img src=x onerror=alert(1)>"
HOSTILE = f"{SCRIPT}{BREAKOUT}{{{{7*7}}}}<svg/onload=alert(1)>"
RAW = ("<script>alert", "<img src=x", "<svg/onload", "javascript:alert")


def make_hostile_record() -> Statement:
    """A statement every text field of which tries to break out of the page."""
    words = f"“{HOSTILE} said”"
    article = make_article(
        title=HOSTILE,
        text=f"{HOSTILE} Speaker told {HOSTILE} in Hall {HOSTILE}, on {HOSTILE}: {words} against {HOSTILE} claim.",
        outlet=make_outlet(HOSTILE, homepage="javascript:alert(1)"),
        url="javascript:alert(document.domain)//",
        tags=(HOSTILE,),
        categories=(HOSTILE,),
        byline=[HOSTILE],
        posted_by=HOSTILE,
        section=HOSTILE,
        language='en" onload="alert(1)',
        credited_date=HOSTILE[:40],
        updated='"><script>alert(1)</script>',
        credited_outlet=make_outlet(f"Other {HOSTILE}"),
    )
    statement = make_statement(
        article,
        words,
        speaker=f"{HOSTILE} Speaker",
        cue="told",
        speaker_role=HOSTILE,
        addressee=HOSTILE,
        venue=HOSTILE,
        said_on_words=HOSTILE,
        denies=True,
        denied_claim=HOSTILE,
        denied_claim_by=HOSTILE,
    )
    claim = Claim.objects.create(slug="hostile", words=HOSTILE)
    Stance.objects.create(claim=claim, statement=statement, side="denies")
    Topic.objects.create(name=HOSTILE, slug="hostile", query="said", description=HOSTILE)
    return statement


def paths_of(statement: Statement) -> list[str]:
    things: list[Any] = [*Person.objects.all(), *Outlet.objects.all(), *Tag.objects.all(), *Topic.objects.all()]
    address = statement.get_absolute_url()
    return [
        "/",
        "/search/",
        "/search/?q=said",
        "/people/",
        "/outlets/",
        "/tags/",
        "/topics/",
        "/archive/",
        "/claims/hostile/",
        address,
        f"{address}embed/",
        statement.article.get_absolute_url(),
        *(thing.get_absolute_url() for thing in things),
    ]


class Elements(HTMLParser):
    """Reads a page as a browser does, and notes what could run."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.found += [f"{tag} {name}" for name in given if name.startswith("on") or name == "style"]
        self.found += [
            f"{tag} {value}"
            for value in given.values()
            if (value or "").strip().lower().startswith(("javascript:", "data:"))
        ]
        is_ours = given.get("type") == "application/ld+json" or (given.get("src") or "").startswith("/static/")
        if tag in ("img", "iframe", "object", "embed", "base") or (tag == "script" and not is_ours):
            self.found.append(tag)


def assert_harmless(html: str, path: str) -> None:
    assert not Elements(html).found, path
    for raw in RAW[:3]:
        assert raw not in html, (path, raw)


def test_no_field_of_a_hostile_page_breaks_out(client: Client) -> None:
    for path in paths_of(make_hostile_record()):
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert_harmless(answer.content.decode(), path)


def test_nor_on_the_staff_pages(client: Client, owner: Any) -> None:
    statement = make_hostile_record()
    Statement.objects.update(confidence=0.1)
    client.force_login(owner)
    for path in (
        "/staff/",
        f"/staff/statements/{statement.address}/",
        "/staff/people/",
        "/staff/outlets/",
        "/staff/topics/",
    ):
        assert_harmless(client.get(path).content.decode(), path)
    client.post(f"/staff/statements/{statement.address}/withdraw/", {"why": HOSTILE})
    assert_harmless(client.get(statement.get_absolute_url()).content.decode(), "withdrawn")


def test_nor_in_feeds_where_readers_render_html(client: Client) -> None:
    make_hostile_record()
    for item in client.get("/feed.json").json()["items"]:
        assert_harmless(item["content_html"], "/feed.json")


@pytest.mark.parametrize("value", [SCRIPT, BREAKOUT, HOSTILE, "javascript:alert(1)"])
@pytest.mark.parametrize(
    "path",
    [
        "/search/?q={}",
        "/search/?person={}&role={}",
        "/search/?said_from={}",
        "/search/?order={}&page={}",
        "/people/?starts={}",
        "/{}/",
        "/people/{}/",
        "/staff/login/?next={}",
    ],
)
def test_what_a_request_says_is_never_echoed_raw(client: Client, path: str, value: str) -> None:
    from urllib.parse import quote

    html = client.get(path.format(*[quote(value, safe="")] * 2)).content.decode()
    for raw in RAW[:3]:
        assert raw not in html


def test_links_lead_to_web_pages_only(client: Client) -> None:
    statement = make_hostile_record()
    assert text_fragment_url(statement) == ""
    for bad in (
        "javascript:alert(1)",
        " JavaScript:alert(1)",
        "data:text/html,x",
        "//evil.example",
        "http://",
        "http://[",
        "\x00",
    ):
        assert web_url(bad) == ""
    assert web_url("https://news.example/a") == "https://news.example/a"


@pytest.mark.parametrize(
    "query",
    [
        '"',
        "'",
        "' OR 1=1 --",
        '" OR "a" NEAR "b',
        "a* OR b*",
        "NOT",
        "AND AND",
        "column:x",
        "^x",
        "x) UNION SELECT 1",
        "\x00",
        "%",
        "_",
        "🙂",
        "(" * 300,
        "act:deny'",
        'person:"',
        "-" * 200,
        "a\\",
        "{{7*7}}",
        "person:' OR 1=1",
    ],
)
def test_queries_stay_queries(client: Client, story: None, query: str) -> None:
    for path in ("/search/", "/search/feed.rss", "/api/v1/statements"):
        for field in ("q", "person", "outlet", "said_from"):
            assert client.get(path, {field: query}).status_code in (200, 400, 422), (path, field)
    assert Statement.objects.exists()


@pytest.mark.parametrize(
    "path",
    [
        "/static/../conf.py",
        "/static/%2e%2e/conf.py",
        "/static/..%2f..%2fconf.py",
        "/static//etc/passwd",
        "/2031/07/13/../../../etc/passwd/",
        "/people/..%2f..%2fetc%2fpasswd/",
        "/sitemap-../../x.xml",
        "/s/%2e%2e/",
        "/9999/99/99/x/",
        "/0000/00/00/x/",
        "/2031/02/30/",
        "/s/\x00/",
    ],
)
def test_paths_lead_nowhere_else(client: Client, db: None, path: str) -> None:
    assert client.get(path).status_code in (400, 404)


def test_a_forged_host_is_refused_and_never_printed(client: Client, story: None) -> None:
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 400
    html = client.get(
        "/", headers={"X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"}
    ).content.decode()
    assert "evil.example" not in html


def test_forwarded_headers_count_only_from_trusted_proxies(client: Client, db: None) -> None:
    trusted = networks(["10.0.0.0/8", "::1"])
    assert client_address("203.0.113.5", "198.51.100.1", trusted) == "203.0.113.5"
    assert client_address("10.0.0.1", "198.51.100.1", trusted) == "198.51.100.1"
    assert client_address("10.0.0.1", "6.6.6.6, 198.51.100.1, 10.0.0.2", trusted) == "198.51.100.1"
    assert client_address("10.0.0.1", "nonsense", trusted) == "10.0.0.1"
    assert client_address("::1", "2001:db8::7", trusted) == "2001:db8::7"


def test_a_stranger_cannot_claim_https(settings: Any, db: None) -> None:
    settings.SECURE_SSL_REDIRECT = True
    claim = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "198.51.100.1"}
    assert Client().get("/about/", headers=claim).status_code == 301
    settings.TRUSTED_PROXIES = ("127.0.0.1",)
    assert Client().get("/about/", headers=claim).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/staff/people/",
        "/staff/pages/",
        "/staff/topics/",
        "/staff/tokens/",
        "/staff/feeds/",
        "/staff/outlets/",
        "/staff/import/",
        "/staff/logout/",
        "/staff/login/",
    ],
)
def test_forms_need_their_token(owner: Any, path: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(owner)
    answer = client.post(path, {"url": "https://x.example/", "name": "x", "query": "x"})
    assert answer.status_code == 403
    assert "Nothing was changed" in answer.content.decode()


def test_statement_forms_need_their_token_and_the_post_method(editor: Any) -> None:
    statement = make_statement(confidence=0.2)
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    for action in ("confirm", "withdraw"):
        assert client.post(f"/staff/statements/{statement.address}/{action}/", {"why": "x"}).status_code == 403
        assert client.get(f"/staff/statements/{statement.address}/{action}/").status_code == 405
    assert not statement.changes.exists()


NEXTS = [
    "https://evil.example/",
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "javascript:alert(1)",
    "/\t/evil.example",
    "http:///evil.example",
    "///evil.example",
]


@pytest.mark.parametrize("where", NEXTS)
def test_next_never_leaves_the_site(client: Client, editor: Any, where: str) -> None:
    answer = client.post("/staff/login/", {"username": "ada", "password": "correct horse battery", "next": where})
    assert answer["Location"] == "/staff/"
    statement = make_statement(confidence=0.2)
    confirmed = client.post(f"/staff/statements/{statement.address}/confirm/", {"next": where})
    assert confirmed["Location"] == "/staff/"
    assert safe_next(where, "/staff/") == "/staff/"


def test_pages_cannot_be_framed_but_the_embedded_statement_can(client: Client, story: None) -> None:
    statement = Statement.objects.first()
    assert statement
    page = client.get(statement.get_absolute_url())
    assert page["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    embedded = client.get(f"{statement.get_absolute_url()}embed/")
    assert "X-Frame-Options" not in embedded
    assert "frame-ancestors *" in embedded["Content-Security-Policy"]
    assert "frame-ancestors 'none'" not in embedded["Content-Security-Policy"]
    assert "<form" not in embedded.content.decode()


def test_every_page_carries_the_headers_that_guard_it(client: Client, story: None) -> None:
    answer = client.get("/")
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"


def test_reading_sets_no_cookie(client: Client, story: None) -> None:
    for path in ("/", "/search/?q=talks", "/people/tomas-orrel/", "/about/"):
        assert not client.get(path).cookies


def test_guessing_passwords_is_slowed(client: Client, editor: Any) -> None:
    answers = [client.post("/staff/login/", {"username": "ada", "password": f"guess {n}"}) for n in range(12)]
    assert answers[-1].status_code == 429
    assert client.post("/staff/login/", {"username": "ada", "password": "correct horse battery"}).status_code == 429


def test_errors_tell_strangers_nothing(client: Client, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    from onrecord.record import queries

    def fail(*_: Any) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(queries, "latest_statements", fail)
    client.raise_request_exception = False
    answer = client.get("/")
    assert answer.status_code == 500
    assert "secret" not in answer.content.decode()
