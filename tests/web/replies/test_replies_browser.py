"""In a real Chromium: the way of a reply from draft to erasure, with and without JavaScript, on desktop and phone."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect

from factories import make_article
from onrecord.record.models import Article
from onrecord.replies.actions.states import FILTER, By, change_state
from onrecord.replies.models import Policy, Reply, Subscription
from onrecord.replies.targets import open_thread, target_of

DESKTOP, PHONE = (1280, 900), (390, 844)

Look = Callable[[Page, str], None]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def story(transactional_db: None) -> Article:
    """An article with a small discussion under it."""
    article = make_article(title="Harbour reopens after nine days")
    thread = open_thread(target_of(article))

    def say(name: str, text: str, parent: Reply | None = None) -> Reply:
        return Reply.objects.create(thread=thread, name=name, text=text, parent=parent, state=Reply.State.PUBLISHED)

    first = say(
        "Ada Kestrel",
        "The port's log shows **nine** days, not five:\n\n> closed from the 4th to the 13th\n\nSee https://port.example/log",
    )
    answer = say("Bo Marsh", "I counted ten, but the log starts in the evening.", first)
    deep = say("Ada Kestrel", "That explains it.", answer)
    say("Cem Tarn", "Thank you both.", deep)
    say("نازنین", "گزارش دقیقی بود. آیا کسی می‌داند وزیر چه گفت؟")
    return article


def profile(browser: Browser, size: tuple[int, int] = DESKTOP, **options: Any) -> BrowserContext:
    return browser.new_context(viewport={"width": size[0], "height": size[1]}, **options)


def sign_in(context: BrowserContext, site: str, client: Client) -> None:
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])


def write(page: Page, name: str, text: str, email: str = "") -> None:
    page.get_by_label("Your reply", exact=True).fill(text)
    page.get_by_label("Name", exact=True).fill(name)
    if email:
        page.get_by_label("E-mail", exact=True).fill(email)
        page.get_by_label("Mail me").select_option("answers")
    page.wait_for_timeout(2_100)  # faster than anyone can write counts as evidence
    page.get_by_role("button", name="Send reply").click()


@pytest.mark.parametrize(("size", "script"), [(DESKTOP, True), (DESKTOP, False), (PHONE, True), (PHONE, False)])
def test_a_reply_from_draft_to_erasure(
    browser: Browser, site: str, story: Article, desk: Client, look: Look, size: tuple[int, int], script: bool
) -> None:
    name = f"{'phone' if size == PHONE else 'desktop'}{'' if script else '-no-script'}"
    guest = profile(browser, size, java_script_enabled=script).new_page()
    guest.goto(site + story.get_absolute_url())
    write(guest, "Dana Holm", "The ferry stood still for eleven days, by the way.", "dana@example.org")
    expect(guest.get_by_text("waits for a moderator", exact=False).first).to_be_visible()
    expect(guest.get_by_text("A writer's first reply waits for a moderator.")).to_be_visible()
    look(guest, f"held-{name}")

    moderators = profile(browser, size, java_script_enabled=script)
    sign_in(moderators, site, desk)
    queue = moderators.new_page()
    queue.goto(f"{site}/replies/moderation/")
    look(queue, f"queue-{name}")
    if script:
        queue.keyboard.press("p")
    else:
        queue.get_by_role("button", name=re.compile("^Publish")).click()
    expect(queue.get_by_text("1 reply is now Published.")).to_be_visible()

    asked = str(mail.outbox[-1].body)
    guest.goto(re.search(r"http\S+/confirm/\S+", asked).group())  # type: ignore[union-attr]
    guest.get_by_role("button", name="Send me mail about new replies").click()
    expect(guest.get_by_text("You will get mail.")).to_be_visible()
    assert Subscription.objects.get().confirmed_at is not None

    Policy.objects.create(mode=Policy.Mode.OPEN)
    other = profile(browser, size, java_script_enabled=script).new_page()
    other.goto(site + story.get_absolute_url())
    other.get_by_role("link", name="Answer Dana Holm").click()
    write(other, "Ed Brook", "On the island we were told it was twelve.")
    expect(other.get_by_text("we were told it was twelve")).to_be_visible()
    assert mail.outbox[-1].to == ["dana@example.org"]
    assert "twelve" in mail.outbox[-1].body
    look(other, f"thread-{name}")

    guest.goto(f"{site}/replies/my-data/")
    guest.get_by_label("E-mail").fill("dana@example.org")
    guest.get_by_role("button", name="Send the link").click()
    expect(guest.get_by_text("A link is on its way")).to_be_visible()
    guest.goto(re.search(r"http\S+/my-data/\S+", str(mail.outbox[-1].body)).group())  # type: ignore[union-attr]
    look(guest, f"my-data-{name}")
    with guest.expect_download() as download:
        guest.get_by_role("button", name="Download everything").click()
    assert "eleven days" in Path(str(download.value.path())).read_text("utf-8")
    guest.get_by_role("button", name="Erase everything").click()
    expect(guest.get_by_text("1 reply was erased")).to_be_visible()
    guest.goto(site + story.get_absolute_url())
    expect(guest.get_by_text("eleven days")).to_have_count(0)
    expect(guest.get_by_text("we were told it was twelve")).to_be_visible()


@pytest.mark.parametrize(("size", "script"), [(DESKTOP, True), (PHONE, False)])
def test_a_reader_signs_in_through_the_provider_and_keeps_the_draft(
    browser: Browser,
    signing_in: None,
    site: str,
    story: Article,
    look: Look,
    size: tuple[int, int],
    script: bool,
) -> None:
    name = f"{'phone' if size == PHONE else 'desktop'}{'' if script else '-no-script'}"
    page = profile(browser, size, java_script_enabled=script).new_page()
    page.goto(site + story.get_absolute_url())
    page.get_by_label("Your reply", exact=True).fill("A thought worth keeping, about the ferry and its eleven days.")
    page.get_by_role("button", name="Sign in first").click()
    look(page, f"sign-in-{name}")
    page.get_by_role("button", name="Continue with Kestria ID").click()
    page.wait_for_url(re.compile("authorize"))
    page.get_by_role("textbox").first.fill("ada")
    page.get_by_role("button", name=re.compile("authorize|allow|log ?in|sign", re.IGNORECASE)).first.click()
    page.wait_for_url(re.compile("/write/"))
    expect(page.get_by_label("Your reply", exact=True)).to_have_value(re.compile("A thought worth keeping"))
    expect(page.get_by_text("You are signed in.")).to_be_visible()
    look(page, f"signed-in-{name}")
    page.get_by_label("Name", exact=True).fill("Ada K.")
    page.wait_for_timeout(2_100)
    page.get_by_role("button", name="Send reply").click()
    expect(page.get_by_text("waits for a moderator", exact=False).first).to_be_visible()
    assert Reply.objects.get(name="Ada K.").user is not None
    page.goto(f"{site}/accounts/3rdparty/")
    expect(page.get_by_text("Kestria ID").first).to_be_visible()
    look(page, f"connections-{name}")
    page.goto(f"{site}/replies/my-data/")
    page.get_by_role("button", name="Erase everything and the account").click()
    expect(page.get_by_text("1 reply was erased")).to_be_visible()
    assert not User.objects.exists()


@pytest.mark.parametrize("locale", ["en-GB", "de-DE", "fr-FR", "fa-IR"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_every_page_is_accessible_in_every_language(
    browser: Browser, site: str, story: Article, desk: Client, look: Look, locale: str, size: tuple[int, int]
) -> None:
    context = profile(browser, size, locale=locale)
    sign_in(context, site, desk)
    reply = Reply.objects.filter(parent=None).first()
    assert reply is not None
    Reply.objects.create(
        thread=reply.thread,
        name="Shop",
        text="Buy now http://watches.example.top",
        state="held",
        reasons=["It contains a link.", "It offers goods for sale."],
        probability=0.97,
    )
    address = f"/replies/to/article/{story.public_id}/"
    pages = {
        "article": story.get_absolute_url(),
        "write": f"{address}write/?to={reply.public_id}",
        "reply": reply.get_absolute_url(),
        "report": f"{reply.get_absolute_url()}report/",
        "queue": "/replies/moderation/",
        "policies": "/replies/moderation/policies/",
        "privacy": "/privacy/replies/",
        "my-data": "/replies/my-data/",
        "subscribe": f"{address}subscribe/",
    }
    for name, where in pages.items():
        page = context.new_page()
        page.goto(site + where)
        look(page, f"{name}-{locale[:2]}-{'phone' if size == PHONE else 'desktop'}")
        page.close()


def test_the_keyboard_alone_is_enough(browser: Browser, site: str, story: Article) -> None:
    page = profile(browser).new_page()
    page.goto(f"{site}/replies/to/article/{story.public_id}/write/")
    page.get_by_label("Your reply", exact=True).focus()
    page.keyboard.type("Written without a mouse, about the harbour.")
    for words in ("Fay Reed", "fay@example.org"):
        page.keyboard.press("Tab")
        page.keyboard.type(words)
    for _ in range(3):
        page.keyboard.press("Tab")
    reached = page.evaluate("document.activeElement.name || document.activeElement.textContent")
    assert reached != "subject_line", "the trap must not be reached"
    for _ in range(4):
        if page.evaluate("document.activeElement.name") == "post":
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("waits for a moderator", exact=False).first).to_be_visible()
    assert Reply.objects.get(name="Fay Reed").email == "fay@example.org"


def test_a_moderator_needs_the_keyboard_only(browser: Browser, site: str, story: Article, desk: Client) -> None:
    thread = Reply.objects.earliest("created_at").thread
    for number in range(3):
        reply = Reply.objects.create(thread=thread, name=f"Reader {number}", text=f"Remark {number}.")
        change_state(reply, Reply.State.HELD, By(FILTER))
    context = profile(browser)
    sign_in(context, site, desk)
    page = context.new_page()
    page.goto(f"{site}/replies/moderation/")

    def press(*keys: str) -> None:
        expect(page.locator(".case").first).to_be_focused()  # the page is ready for keys
        for key in keys:
            page.keyboard.press(key)

    def states() -> list[str]:
        return list(Reply.objects.filter(name__startswith="Reader").order_by("name").values_list("state", flat=True))

    press("p")
    expect(page.get_by_text("1 reply is now Published.")).to_be_visible()
    press("j", "s")
    expect(page.get_by_text("1 reply is now Spam.")).to_be_visible()
    assert states() == ["published", "held", "spam"]
    press("u")
    expect(page.get_by_text("Taken back.")).to_be_visible()
    assert states() == ["published", "held", "held"]
    press("x", "j", "x")
    page.get_by_label("All ticked ones").select_option("remove")
    page.get_by_label("All ticked ones").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("2 replies are now Removed.")).to_be_visible()
    assert states() == ["published", "removed", "removed"]
