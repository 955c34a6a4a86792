"""In a real Chromium: the way of a reader, axe on every kind of page, no JavaScript, phone and desktop, light and dark.

Where ``ONRECORD_SCREENSHOTS`` names a folder, pictures of the pages go there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Browser, Page, expect

from factories import make_story
from onrecord.record.claims import tie_claims
from onrecord.record.models import Article, Claim, Outlet, Person, Statement, Tag
from onrecord.site.roles import give_role
from web.browsing import DESKTOP, PHONE, complaints, open_page, picture, problems

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def site(live_server: Any, settings: Any) -> str:
    """Address of a running site with the invented story on it."""
    settings.BASE_URL = live_server.url
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
    make_story()
    return str(live_server.url)


def paths() -> dict[str, str]:
    """One page of every kind."""
    for article in Article.objects.all():
        tie_claims(article)
    statement = Statement.objects.get(words__startswith="“Kestria is engaged", article__original=None)
    withdrawn = Statement.objects.get(words="to comment")
    licensed = Article.objects.get(outlet__slug="harbour-wire")
    tag = Tag.objects.get(slug="talks")
    return {
        "front": "/",
        "search": "/search/?q=norland&denies=yes",
        "search-problem": "/search/?q=act:shout",
        "statement": statement.get_absolute_url(),
        "statement-unnamed": withdrawn.get_absolute_url(),
        "embed": f"{statement.get_absolute_url()}embed/",
        "article": statement.article.get_absolute_url(),
        "article-excerpts": licensed.get_absolute_url(),
        "copy": Article.objects.get(original__isnull=False).get_absolute_url(),
        "people": "/people/",
        "person": Person.objects.get(name="Tomas Orrel").get_absolute_url(),
        "person-year": "/people/tomas-orrel/?when=2030",
        "outlets": "/outlets/",
        "outlet": Outlet.objects.get(slug="the-aldane-courier").get_absolute_url(),
        "claims": "/claims/",
        "claim": Claim.objects.earliest("pk").get_absolute_url(),
        "topics": "/topics/",
        "topic": "/topics/talks-between-kestria-and-norland/",
        "tags": "/tags/",
        "tag": tag.get_absolute_url(),
        "archive": "/archive/",
        "month": "/2031/07/",
        "about": "/about/",
        "privacy": "/privacy/",
        "api": "/api/v1/docs",
        "login": "/staff/login/",
        "not-found": "/nothing-here/",
    }


@pytest.mark.parametrize(
    ("size", "scheme"), [(DESKTOP, "light"), (PHONE, "light"), (PHONE, "dark"), (DESKTOP, "dark")], ids=str
)
def test_every_kind_of_page_is_accessible(browser: Browser, site: str, size: tuple[int, int], scheme: str) -> None:
    page = open_page(browser, size, scheme)
    found: list[str] = []
    for name, path in paths().items():
        page.goto(site + path)
        found += problems(page, name)
        picture(page, f"{name}-{size[0]}-{scheme}")
    assert found == []


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=str)
def test_staff_pages_are_accessible(browser: Browser, site: str, live_server: Any, size: tuple[int, int]) -> None:
    page = signed_in(browser, site, "owner", size)
    statement = Statement.objects.get(words="to comment")
    names = (
        "",
        f"statements/{statement.address}/",
        "people/",
        "people/tomas-orrel/",
        "history/",
        "pages/",
        "topics/",
        "feeds/",
        "import/",
        "outlets/",
        "tokens/",
    )
    found: list[str] = []
    for name in names:
        page.goto(f"{site}/staff/{name}")
        found += problems(page, f"staff {name}")
        picture(page, f"staff-{name.strip('/').replace('/', '-') or 'review'}-{size[0]}")
    assert found == []


def signed_in(browser: Browser, site: str, role: str, size: tuple[int, int] = DESKTOP, **options: Any) -> Page:
    user = User.objects.create_user("ada", password="correct horse battery")
    give_role(user, role)
    page = open_page(browser, size, **options)
    page.goto(f"{site}/staff/login/")
    page.get_by_label("Name").fill("ada")
    page.get_by_label("Password").fill("correct horse battery")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Review")).to_be_visible()
    return page


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_from_a_search_for_a_denial_to_the_words_in_the_article(browser: Browser, site: str, javascript: bool) -> None:
    page = open_page(browser, java_script_enabled=javascript)
    page.goto(site)
    page.get_by_label("Search the record").fill("negotiations denies:yes")
    page.get_by_role("button", name="Search").click()
    results = page.locator(".results-list")
    expect(results).to_contain_text("Kestria is engaged in no negotiations")
    expect(results.locator("mark.found").first).to_have_text(re.compile("negotiations", re.IGNORECASE))

    results.get_by_role("link", name="Tomas Orrel").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tomas Orrel")
    page.locator(".chart a[href*='when=2031-07']").first.click()
    expect(page).to_have_url(re.compile("when=2031-07"))
    expect(page.get_by_role("heading", name="What they said, July 2031")).to_be_visible()

    page.locator("#over-time .entry-words a", has_text="Kestria is engaged").click()
    expect(page.locator(".passage mark.mark-content")).to_contain_text("Kestria is engaged")
    expect(page.locator(".passage mark.mark-source")).to_contain_text("Tomas Orrel")
    page.get_by_role("link", name="Read it in the article").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Foreign Ministry: no negotiations with Norland at any level"
    )
    assert page.url.endswith("#ref-3"), "at the words, not at the top"
    page.locator(".notes .note-n").nth(2).click()
    assert "#ref-3" in page.url
    assert page.locator("#ref-3").is_visible()
    assert complaints(page) == []


def test_the_timeline_zooms_in_place_and_back(browser: Browser, site: str) -> None:
    page = open_page(browser)
    page.goto(f"{site}/people/tomas-orrel/")
    page.evaluate("window.stays = true")
    page.locator(".chart a[href*='when=2030-01']").first.click()
    expect(page.get_by_role("heading", name="What they said, January 2030")).to_be_visible()
    assert page.evaluate("window.stays") is True, "only the timeline was replaced"
    page.get_by_role("link", name="All years").click()
    expect(page.get_by_role("heading", name="What they said", exact=True)).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="What they said, January 2030")).to_be_visible()


def test_the_keyboard_reaches_everything(browser: Browser, site: str) -> None:
    page = open_page(browser)
    page.goto(site)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.goto(f"{site}/people/tomas-orrel/")
    link = page.locator(".chart a").first
    link.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("when="))


def test_the_links_land_on_the_words_of_the_original(browser: Browser, site: str) -> None:
    statement = Statement.objects.get(words__startswith="“Kestria is engaged", article__original=None)
    page = open_page(browser)
    page.goto(site + statement.get_absolute_url())
    href = page.get_by_role("link", name="Read it in the original").get_attribute("href") or ""
    body = "".join(f"<p>{part}</p>" for part in statement.version.text.split("\n\n"))
    filler = "<p>Another paragraph about the harbour.</p>" * 200
    page.route(
        "https://news.example/**",
        lambda route: route.fulfill(content_type="text/html; charset=utf-8", body=filler + body),
    )
    page.goto(href)
    page.wait_for_function("window.scrollY > 0")


def test_one_key_confirms_and_one_takes_it_back(browser: Browser, site: str) -> None:
    page = signed_in(browser, site, "editor")
    least = Statement.objects.get(words="to comment")
    expect(page.locator(".case")).to_contain_text("58% sure")
    page.keyboard.press("c")
    expect(page.locator(".notices")).to_contain_text("Confirmed.")
    least.refresh_from_db()
    assert least.status == "confirmed"
    page.keyboard.press("u")
    expect(page.locator(".notices")).to_contain_text("Taken back.")
    page.keyboard.press("w")
    expect(page.locator(".notices")).to_contain_text("Withdrawn.")
    page.goto(site + least.get_absolute_url())
    expect(page.get_by_text("Not a statement in the text").first).to_be_visible()


def test_the_queue_is_worked_through_by_keyboard_alone(browser: Browser, site: str) -> None:
    """Skip, correct, confirm, withdraw, undo: no pointer, and typing a reason triggers no key."""
    page = signed_in(browser, site, "editor")
    case = page.locator(".case .kicker")
    expect(case).to_contain_text("58% sure")
    page.keyboard.press("s")
    expect(case).to_contain_text("64% sure")
    page.keyboard.press("e")
    expect(page.get_by_role("heading", name="Correct a statement")).to_be_visible()
    address = page.url.rstrip("/").rpartition("/")[2]
    role = page.get_by_label("Role")
    role.focus()
    page.keyboard.type("diplomat we cease")
    assert role.input_value() == "diplomat we cease", "letters in a field are letters"
    page.get_by_label("Why (readers see this)").focus()
    page.keyboard.type("The text says so")
    page.keyboard.press("Enter")
    expect(page.locator(".notices")).to_contain_text("Role corrected.")
    statement = Statement.objects.get(address=address)
    assert (statement.speaker_role, statement.status) == ("diplomat we cease", "corrected")

    page.goto(f"{site}/staff/")
    expect(case).to_contain_text("58% sure")
    page.keyboard.press("u")
    expect(page.locator(".notices")).to_contain_text("Taken back.")
    statement.refresh_from_db()
    assert (statement.speaker_role, statement.status) == ("", "read")
    for key, said in (("c", "Confirmed."), ("w", "Withdrawn."), ("c", "Confirmed.")):
        page.keyboard.press(key)
        expect(page.locator(".notices")).to_contain_text(said)
    assert sorted(Statement.objects.exclude(status="read").values_list("status", flat=True)) == [
        "confirmed",
        "confirmed",
        "withdrawn",
    ]
    assert complaints(page) == []


def test_a_person_is_parted_and_renamed_in_the_browser(browser: Browser, site: str) -> None:
    page = signed_in(browser, site, "editor", PHONE)
    page.goto(f"{site}/people/ilena-vask/")
    page.get_by_role("link", name="Merge, split or rename").click()
    page.locator(".ticks label").first.click()
    split = page.get_by_role("region", name="Split off")
    split.get_by_label("Because").fill("Another president")
    split.get_by_role("button").click()
    expect(page.locator(".notices")).to_contain_text("1 statement moved.")
    assert Person.objects.get(slug="ilena-vask-2").statements.count() == 1
    page.get_by_role("button", name="Undo").first.click()
    expect(page.locator(".notices")).to_contain_text("Taken back.")
    assert Person.objects.get(slug="ilena-vask-2").statements.count() == 0
    rename = page.get_by_role("region", name="Rename")
    rename.get_by_label("Shown as").fill("Ilena Vask-Orrel")
    rename.get_by_label("Because").fill("As she signs")
    rename.get_by_role("button").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ilena Vask-Orrel")
    page.get_by_role("button", name="Undo").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ilena Vask")


def test_the_queue_works_without_javascript(browser: Browser, site: str) -> None:
    page = signed_in(browser, site, "editor", java_script_enabled=False)
    page.get_by_role("link", name="Correct").click()
    page.get_by_label("Role").fill("spokeswoman of the Norland government")
    page.get_by_label("Why (readers see this)").fill("As she signs")
    page.get_by_role("button", name="Save corrections").click()
    expect(page.locator(".notices")).to_contain_text("Role corrected.")


@pytest.fixture
def blog() -> Iterator[tuple[str, dict[str, str]]]:
    """Somebody else's site: its address, and its pages by path."""
    pages: dict[str, str] = {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(pages.get(self.path, "").encode())

        def log_message(self, *_: Any) -> None:
            """Nobody reads it."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", pages
        server.shutdown()


def test_a_statement_shows_in_a_foreign_page_and_nothing_else_does(
    browser: Browser, site: str, blog: tuple[str, dict[str, str]]
) -> None:
    statement = Statement.objects.get(words__startswith="“Kestria is engaged", article__original=None)
    page = open_page(browser)
    address, pages = blog
    found = page.request.get(f"{site}/oembed", params={"url": f"{site}{statement.get_absolute_url()}"})
    pages["/"] = found.json()["html"]
    page.goto(address)
    expect(page.frame_locator("iframe").locator("blockquote")).to_contain_text("Kestria is engaged")
    assert complaints(page) == []

    pages["/attack"] = f'<iframe src="{site}/staff/login/"></iframe>'
    page.goto(f"{address}/attack")
    page.wait_for_timeout(500)
    assert page.frame_locator("iframe").locator("form").count() == 0
    assert any("frame-ancestors" in words for words in complaints(page)), "it was the policy that kept it out"
