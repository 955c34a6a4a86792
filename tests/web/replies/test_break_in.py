"""Attempts to break in. Each ends where it should: nowhere."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail, signing
from django.test import Client
from django.utils import timezone

from onrecord.record.models import Article
from onrecord.replies import notices
from onrecord.replies.exchange.carried import text_of_html
from onrecord.replies.identity import COOKIE
from onrecord.replies.markup import to_html
from onrecord.replies.models import Policy, Reply

pytestmark = pytest.mark.django_db

SCRIPTS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "<a href='javascript:alert(1)'>x</a>",
    "![x](http://tracker.example/x.png)",
    "[x](https://a.example/'onmouseover='alert(1))",
    "<svg/onload=alert(1)>",
    "<javascript:alert(1)>",
    '"><script>alert(1)</script>',
    "<!--><script>alert(1)</script>-->",
    "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
]


@pytest.mark.parametrize("script", SCRIPTS)
def test_no_script_survives_in_a_reply(
    guest: Client, client: Client, write: Any, article: Article, open_site: Policy, script: str
) -> None:
    write(guest, text=f"A remark on the harbour {script}", name=script[:60])
    Reply.objects.update(state="published")
    page = client.get(article.get_absolute_url()).content.decode().casefold()
    section = page[page.index('id="replies"') :]
    assert "a remark on the harbour" in section
    for bad in ("<script>", "<img", "<svg", "<math", 'href="javascript', 'href="data:', "<a href='"):
        assert bad not in section
    assert " onerror=" not in section.replace("&lt;img src=x onerror=", "")


@pytest.mark.parametrize("field", ["name", "email", "website", "text", "to", "since", "subject_line", "notify"])
def test_nothing_is_reflected_unescaped(guest: Client, write: Any, field: str) -> None:
    values = {"name": "", field: '"><script>alert(1)</script>'}
    assert b"<script>alert" not in write(guest, **values).content


@pytest.mark.parametrize(
    "website", ["javascript:alert(1)", "data:text/html,x", "ftp://a.example", "//a.example\nx", "https://"]
)
def test_a_website_must_be_one(guest: Client, write: Any, website: str) -> None:
    write(guest, website=website)
    assert not Reply.objects.filter(website__startswith=("javascript")).exists()
    assert all(reply.website.startswith(("https://", "http://")) for reply in Reply.objects.all())


@pytest.mark.parametrize(
    "headers", [{}, {"origin": "https://evil.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}]
)
def test_a_forged_post_stores_nothing_and_loses_no_draft(article: Article, write: Any, headers: dict[str, str]) -> None:
    response = write(Client(headers=headers, enforce_csrf_checks=True), text="My long draft.")
    assert response.status_code == 403
    assert "My long draft." in response.content.decode()
    assert not Reply.objects.exists()


def test_a_forged_post_moderates_and_erases_nothing(moderator: User, make_reply: Any) -> None:
    reply = make_reply("held")
    client = Client(enforce_csrf_checks=True, headers={"origin": "https://evil.example"})
    client.force_login(moderator)
    assert client.post("/replies/moderation/act/", {"one": f"publish:{reply.public_id}"}).status_code == 403
    assert client.post("/replies/my-data/account/", {"export": "1"}).status_code == 403
    reply.refresh_from_db()
    assert reply.state == "held"


def test_only_the_writer_edits_and_deletes(guest: Client, write: Any, open_site: Policy) -> None:
    write(guest)
    reply = Reply.objects.get()
    stranger = Client(headers={"origin": "http://testserver"})
    stranger.cookies[COOKIE] = "x" * 32
    for action in ("edit", "delete"):
        assert stranger.get(f"/replies/{reply.public_id}/{action}/").status_code == 403
        assert stranger.post(f"/replies/{reply.public_id}/{action}/", {"text": "mine now"}).status_code == 403
    account = Client(headers={"origin": "http://testserver"})
    account.force_login(User.objects.create_user("other"))
    assert account.post(f"/replies/{reply.public_id}/delete/").status_code == 403
    reply.refresh_from_db()
    assert "nine days" in reply.text


def test_an_empty_key_is_nobodys(make_reply: Any) -> None:
    reply = make_reply(author_key="")
    client = Client(headers={"origin": "http://testserver"})
    assert client.post(f"/replies/{reply.public_id}/delete/").status_code == 403


def test_an_account_cannot_touch_the_reply_of_a_guest_with_its_address(make_reply: Any, client: Client) -> None:
    reply = make_reply(email="ada@example.org", author_key="somebody")
    user = User.objects.create_user("ada", "ada@example.org")
    client.force_login(user)
    client.post("/replies/my-data/account/", {"erase": "1"})
    reply.refresh_from_db()
    assert reply.email == "ada@example.org", "the account never proved that the address is its own"


def test_forwarded_addresses_count_from_trusted_proxies_only(guest: Client, write: Any, settings: Any) -> None:
    settings.REPLY_RATE = 2
    codes = []
    for n in range(4):
        guest.defaults["HTTP_X_FORWARDED_FOR"] = f"203.0.{n}.9"
        codes.append(write(guest).status_code)
    assert codes == [302, 302, 429, 429]
    assert set(Reply.objects.values_list("network", flat=True)) == {"127.0.0.0/24"}


@pytest.mark.parametrize("name", ["Ada\r\nBcc: all@example.org", "Ada\nSubject: x", "Ada\x00", "Ada\u202egro.elpmaxe"])
def test_a_name_cannot_break_a_mail(guest: Client, write: Any, name: str) -> None:
    write(guest, name=name)
    for reply in Reply.objects.all():
        assert not set(reply.name) & set("\r\n\x00\u202e")


def test_an_address_with_a_line_break_is_refused(guest: Client, write: Any) -> None:
    assert write(guest, email="a@example.org\nBcc: b@example.org", notify="answers").status_code == 422
    assert not mail.outbox


def test_mail_is_plain_text_and_a_title_cannot_add_headers(article: Article, make_reply: Any) -> None:
    Article.objects.update(title="Harbour\r\nBcc: all@example.org")
    notices.confirm_subscription(make_reply().thread.subscriptions.create(email="ada@example.org", scope="thread"))
    message = mail.outbox[0]
    assert message.content_subtype == "plain"
    assert "\n" not in message.subject
    assert "Bcc" not in message.message()


def test_html_in_a_reply_reaches_mail_as_text(make_reply: Any) -> None:
    first = make_reply()
    first.thread.subscriptions.create(
        email="ada@example.org", scope="thread", confirmed_at=first.created_at, reply=None
    )
    notices.reply_published(make_reply(text="<b>bold</b> <script>x</script> https://a.example", name="<i>Bo</i>"))
    assert mail.outbox[0].content_subtype == "plain"
    assert "<script>" not in mail.outbox[0].body


@pytest.mark.parametrize(
    "onward", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_moderation_goes_back_to_this_site_only(desk: Client, make_reply: Any, onward: str) -> None:
    reply = make_reply("held")
    response = desk.post("/replies/moderation/act/", {"one": f"publish:{reply.public_id}", "next": onward})
    assert response["Location"] == "/replies/moderation/"


@pytest.mark.parametrize("pattern", ["<" * 9, "[" * 9, "*a_" * 3, "> " * 5, "http://a.", "((((", "`", "a@b.", "!"])
def test_a_megabyte_is_refused_quickly(guest: Client, write: Any, pattern: str) -> None:
    text = (pattern * 1_000_000)[:900_000]
    start = time.process_time()
    response = write(guest, text=text)
    assert response.status_code in (400, 413, 422)
    assert time.process_time() - start < 5


@pytest.mark.parametrize("pattern", ["[", "*", "_a", "> ", "- ", "`", "[](", "<a ", "![", "http://a", "**a*"])
def test_the_longest_reply_is_rendered_quickly(pattern: str) -> None:
    start = time.process_time()
    to_html((pattern * 5_000)[:5_000])
    assert time.process_time() - start < 2


def test_a_deep_chain_of_answers_still_shows(make_reply: Any, client: Client, article: Article) -> None:
    parent = None
    for _ in range(400):
        parent = make_reply(parent=parent)
    assert client.get(article.get_absolute_url()).status_code == 200


def test_moderators_pages_and_held_replies_are_not_cached_or_indexed(guest: Client, write: Any) -> None:
    write(guest)
    response = guest.get(Reply.objects.get().get_absolute_url())
    assert "no-store" in response["Cache-Control"]
    assert "noindex" in response["X-Robots-Tag"]


def test_no_script_survives_on_any_page_that_shows_a_reply(
    desk: Client, client: Client, make_reply: Any, article: Article
) -> None:
    """Whatever got into the table, by a form, an import or a mistake: names, websites, addresses, reasons, reports."""
    nasty = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>"
    fields = {"name": nasty[:60], "email": "x@example.org", "website": f"javascript:alert(3)//{nasty}", "text": nasty}
    published = make_reply("published", **fields, published_at=timezone.now())
    held = make_reply("held", **fields, parent=published, source=nasty[:20], source_id="1", reasons=[nasty])
    held.reports.create(reason="other", words=nasty, reporter="1")
    held.log.create(after="held", by_name=nasty, why=nasty)
    pages = {
        desk: ("/replies/moderation/", f"/replies/moderation/author/{held.public_id}/", held.get_absolute_url()),
        client: (
            article.get_absolute_url(),
            published.get_absolute_url(),
            f"{published.get_absolute_url()}report/",
            f"/replies/to/article/{article.public_id}/",
            f"/replies/to/article/{article.public_id}/write/?to={published.public_id}",
            f"/replies/to/article/{article.public_id}/feed.atom",
        ),
    }
    for browser, addresses in pages.items():
        for address in addresses:
            response = browser.get(address)
            assert response.status_code == 200, address
            page = response.content.decode().casefold()
            assert "<script>alert" not in page, address
            assert "<img src=x" not in page, address
            assert 'href="javascript' not in page, address


def test_the_export_of_a_person_is_no_page(guest: Client, client: Client, write: Any) -> None:
    write(guest, email="ada@example.org", text="<script>alert(1)</script> about the harbour")
    link = f"/replies/my-data/{signing.dumps({'email': 'ada@example.org'}, salt=notices.RIGHTS_SALT)}/"
    response = client.post(link, {"export": "1"})
    assert response["Content-Type"].startswith("application/json")
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_token_made_for_something_else_opens_no_data(client: Client) -> None:
    other = signing.dumps({"email": "ada@example.org"}, salt="onrecord.replies.form")
    assert client.post(f"/replies/my-data/{other}/", {"export": "1"}).status_code == 403


def test_one_account_does_not_edit_or_export_the_replies_of_another(make_reply: Any) -> None:
    ada, bo = User.objects.create_user("ada"), User.objects.create_user("bo")
    reply = make_reply(user=ada)
    client = Client(headers={"origin": "http://testserver"})
    client.force_login(bo)
    assert client.post(f"/replies/{reply.public_id}/edit/", {"text": "mine now"}).status_code == 403
    assert client.post(f"/replies/{reply.public_id}/delete/").status_code == 403
    assert json.loads(client.post("/replies/my-data/account/", {"export": "1"}).content)["replies"] == []


def test_a_held_reply_is_seen_by_its_writer_and_moderators_only(guest: Client, desk: Client, write: Any) -> None:
    write(guest)
    address = Reply.objects.get().get_absolute_url()
    assert [browser.get(address).status_code for browser in (guest, desk, Client())] == [200, 200, 404]


def test_an_account_is_limited_whatever_networks_it_comes_from(write: Any, settings: Any) -> None:
    settings.REPLY_RATE = 2
    settings.TRUSTED_PROXIES = ("127.0.0.1",)
    client = Client(headers={"origin": "http://testserver"})
    client.force_login(User.objects.create_user("ada"))
    codes = []
    for n in range(4):
        client.defaults["HTTP_X_FORWARDED_FOR"] = f"203.0.{n}.9"
        codes.append(write(client, text=f"Remark number {n} on the harbour.").status_code)
    assert codes == [302, 302, 429, 429]


@pytest.mark.parametrize("pattern", ["<a ", "<", "&", "<p>", "<a href='x'>", "<!--", "</", "<script>"])
def test_a_megabyte_of_html_in_an_import_is_read_quickly(pattern: str) -> None:
    start = time.process_time()
    text_of_html((pattern * 1_000_000)[:1_000_000])
    assert time.process_time() - start < 5
