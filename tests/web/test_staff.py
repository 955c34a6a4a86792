"""Staff pages: who may, what happens, and how it is taken back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from factories import make_person, make_statement, make_topic
from onrecord.record.actions import people as people_actions
from onrecord.record.actions import statements as statement_actions
from onrecord.record.actions.editor import Editor
from onrecord.record.actions.feeds import add_feed
from onrecord.record.models import Feed, Outlet, Person, PersonChange, Statement, StatementChange, Topic
from onrecord.site import jobs
from onrecord.site.models import ApiToken
from onrecord.site.roles import give_role

pytestmark = pytest.mark.django_db

EDITORS = ["/staff/", "/staff/people/", "/staff/history/", "/staff/pages/", "/staff/topics/", "/staff/tokens/"]
OWNERS = ["/staff/feeds/", "/staff/import/", "/staff/outlets/"]


@pytest.mark.parametrize("path", EDITORS + OWNERS)
def test_strangers_are_asked_to_sign_in_and_readers_are_refused(client: Client, db: None, path: str) -> None:
    from django.contrib.auth.models import User

    answer = client.get(path)
    assert answer.status_code == 302
    assert answer["Location"] == f"/staff/login/?next={path}"
    reader = User.objects.create_user("reader")
    give_role(reader, "reader")
    client.force_login(reader)
    assert client.get(path).status_code == 403
    assert client.post(path).status_code == 403


def test_editors_have_their_pages_and_owners_all(client: Client, editor: Any, owner: Any) -> None:
    client.force_login(editor)
    assert [client.get(path).status_code for path in EDITORS] == [200] * len(EDITORS)
    assert [client.get(path).status_code for path in OWNERS] == [403] * len(OWNERS)
    client.force_login(owner)
    assert [client.get(path).status_code for path in EDITORS + OWNERS] == [200] * len(EDITORS + OWNERS)


def test_the_least_certain_statement_comes_first_and_can_be_skipped(client: Client, editor: Any) -> None:
    for confidence in (0.7, 0.3, 0.95):
        make_statement(confidence=confidence)
    client.force_login(editor)
    html = client.get("/staff/").content.decode()
    assert "30% sure" in html
    assert "2 statements" in html
    least = Statement.objects.get(confidence=0.3)
    assert "70% sure" in client.get(f"/staff/?skip={least.address}").content.decode()


def test_confirm_and_undo(client: Client, editor: Any) -> None:
    statement = make_statement(confidence=0.3)
    client.force_login(editor)
    client.post(f"/staff/statements/{statement.address}/confirm/")
    statement.refresh_from_db()
    assert statement.status == "confirmed"
    assert "checked by an editor" in client.get(statement.get_absolute_url()).content.decode()
    change = StatementChange.objects.get()
    assert f"/staff/changes/{change.pk}/undo/" in client.get("/staff/").content.decode()
    client.post(f"/staff/changes/{change.pk}/undo/")
    statement.refresh_from_db()
    assert statement.status == "read"


def test_a_withdrawn_statement_leaves_the_lists_and_its_page_says_why(client: Client, editor: Any) -> None:
    statement = make_statement(confidence=0.3)
    client.force_login(editor)
    client.post(f"/staff/statements/{statement.address}/withdraw/", {"why": ""})
    statement.refresh_from_db()
    assert statement.status == "read", "a withdrawal needs a reason"
    client.post(f"/staff/statements/{statement.address}/withdraw/", {"why": "Not a statement in the text"})
    client.logout()
    html = client.get(statement.get_absolute_url()).content.decode()
    assert "Not a statement in the text" in html
    assert 'content="noindex"' in html
    assert statement.address not in client.get("/search/").content.decode()


def test_corrections_change_only_what_was_changed(client: Client, editor: Any) -> None:
    statement = make_statement(speaker_role="spokesman", said_on="2031-07-12")
    client.force_login(editor)
    path = f"/staff/statements/{statement.address}/"
    html = client.get(path).content.decode()
    assert 'value="2031-07-12"' in html
    answer = client.post(path, {"said_on": "2031-07-13", "speaker_role": "spokesman", "why": "Sunday"})
    assert answer.status_code == 302
    change = StatementChange.objects.get()
    assert (change.field, change.old, change.new) == ("said_on", "2031-07-12", "2031-07-13")
    public = client.get(statement.get_absolute_url()).content.decode()
    assert "date corrected" in public
    assert "Sunday" in public


def test_a_correction_that_cannot_be_is_refused_with_its_reason(client: Client, editor: Any) -> None:
    statement = make_statement(said_on="2031-07-12")
    client.force_login(editor)
    answer = client.post(f"/staff/statements/{statement.address}/", {"said_on": "next week", "why": "x"})
    assert answer.status_code == 400
    assert 'value="next week"' in answer.content.decode(), "what was typed is kept"
    assert not StatementChange.objects.exists()


def test_people_are_merged_with_a_reason_and_parted_again(client: Client, editor: Any) -> None:
    one, other = make_person("Tomas Orrel"), make_person("T. Orrel-Vane")
    make_statement(speaker="T. Orrel-Vane", source="Tomas Orrel")
    client.force_login(editor)
    client.post("/staff/people/", {"source": other.get_absolute_url(), "target": one.slug, "why": "same man"})
    answer = client.get(other.get_absolute_url())
    assert (answer.status_code, answer["Location"]) == (301, one.get_absolute_url())
    page = client.get(one.get_absolute_url()).content.decode()
    assert "T. Orrel-Vane" in page
    assert "same man" in page
    change = one.changes_to.get()
    client.post(f"/staff/people/changes/{change.pk}/undo/")
    assert client.get(other.get_absolute_url()).status_code == 200
    assert Person.objects.get(pk=other.pk).statements.count() == 1


def test_a_submitted_page_is_queued_and_the_web_process_loads_no_model(client: Client, editor: Any) -> None:
    client.force_login(editor)
    client.post("/staff/pages/", {"url": "https://news.example/story"})
    client.post("/staff/pages/", {"url": "javascript:alert(1)"})
    assert [(job.about, job.status) for job in jobs.recent_jobs()] == [("https://news.example/story", "waiting")]
    assert "https://news.example/story" in client.get("/staff/pages/").content.decode()


def test_the_web_process_loads_no_model() -> None:
    import subprocess
    import sys

    code = (
        "import django, sys; django.setup(); from django.urls import resolve; resolve('/'); "
        "bad = {'onnxruntime', 'tokenizers', 'trafilatura', 'onrecord.flow', 'onrecord.statements'} & "
        "set(sys.modules); "
        "sys.exit(str(bad) if bad else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=_environment())
    assert done.returncode == 0, done.stderr


def _environment() -> dict[str, str]:
    import os

    return {**os.environ, "DJANGO_SETTINGS_MODULE": "onrecord.site.conf"}


def test_an_upload_is_kept_under_a_name_of_ours_and_queued(client: Client, owner: Any, settings: Any) -> None:
    client.force_login(owner)
    export = SimpleUploadedFile("../../../evil.xml", b'<?xml version="1.0"?><rss></rss>')
    client.post("/staff/import/", {"export": export})
    (kept,) = Path(settings.MEDIA_ROOT).iterdir()
    assert kept.parent == Path(settings.MEDIA_ROOT)
    assert kept.stat().st_mode & 0o777 == 0o600
    assert jobs.recent_jobs()[0].about == kept.name
    client.post("/staff/import/", {"export": SimpleUploadedFile("x.xml", b"MZ not xml")})
    assert len(list(Path(settings.MEDIA_ROOT).iterdir())) == 1


def test_feeds_are_watched_and_switched_off(client: Client, owner: Any) -> None:
    client.force_login(owner)
    client.post("/staff/feeds/", {"url": "https://news.example/feed"})
    client.post("/staff/feeds/", {"url": "file:///etc/passwd"})
    feed = Feed.objects.get()
    client.post(f"/staff/feeds/{feed.pk}/", {"on": "no"})
    feed.refresh_from_db()
    assert not feed.is_active


def test_a_licence_opens_the_full_text(client: Client, owner: Any) -> None:
    statement = make_statement()
    Outlet.objects.update(text_licence="none")
    path = statement.article.get_absolute_url()
    assert "talks had begun" not in client.get(path).content.decode()
    client.force_login(owner)
    client.post("/staff/outlets/", {"outlet": "the-aldane-courier", "licence": "own"})
    assert "talks had begun" in client.get(path).content.decode()
    client.post("/staff/outlets/", {"outlet": "the-aldane-courier", "licence": "stolen"})
    assert Outlet.objects.get().text_licence == "own"


def test_a_search_becomes_a_topic(client: Client, editor: Any) -> None:
    make_statement()
    client.force_login(editor)
    client.post("/staff/topics/", {"name": "Tankers", "query": "tanker"})
    client.post("/staff/topics/", {"name": "Broken", "query": "act:shout"})
    topic = Topic.objects.get()
    assert "No tanker was harmed" in client.get(topic.get_absolute_url()).content.decode()
    client.post(f"/staff/topics/{topic.slug}/hide/", {"show": "no"})
    assert client.get(topic.get_absolute_url()).status_code == 404
    assert "hidden from readers" in client.get("/staff/topics/").content.decode()
    client.post(f"/staff/topics/{topic.slug}/hide/", {"show": "yes"})
    assert client.get(topic.get_absolute_url()).status_code == 200


def test_a_token_is_shown_once_and_only_its_hash_is_kept(client: Client, editor: Any) -> None:
    client.force_login(editor)
    html = client.post("/staff/tokens/", {"name": "importer"}).content.decode()
    token = ApiToken.objects.get()
    secret = html.split("<code>onr_")[1].split("</code>")[0]
    assert secret not in token.digest
    assert secret not in client.get("/staff/tokens/").content.decode()


def test_nobody_revokes_another_ones_token(client: Client, editor: Any, owner: Any) -> None:
    from onrecord.site.models import make_token

    token, _ = make_token(owner, "owner's")
    client.force_login(editor)
    assert client.post(f"/staff/tokens/{token.pk}/revoke/").status_code == 404


def test_signing_in_and_out(client: Client, editor: Any) -> None:
    answer = client.post(
        "/staff/login/", {"username": "ada", "password": "correct horse battery", "next": "/staff/people/"}
    )
    assert answer["Location"] == "/staff/people/"
    assert client.get("/staff/logout/").status_code == 405
    client.post("/staff/logout/")
    assert client.get("/staff/").status_code == 302


def changing_paths() -> dict[str, dict[str, str]]:
    """Everything that editors can send, with what would do it; ids of things that exist."""
    one, other = make_person("Tomas Orrel"), make_person("Ilena Vask")
    statement, later = make_statement(confidence=0.3), make_statement(confidence=0.4)
    editor = Editor("Vera Holm")
    confirmed, renamed = statement_actions.confirm(later, editor), people_actions.rename(other, "I. Vask", editor, "x")
    assert renamed
    topic, feed = make_topic(), add_feed("https://news.example/feed")
    return {
        f"/staff/statements/{statement.address}/": {"speaker_role": "mayor", "why": "x"},
        f"/staff/statements/{statement.address}/confirm/": {},
        f"/staff/statements/{statement.address}/withdraw/": {"why": "x"},
        f"/staff/changes/{confirmed.pk}/undo/": {},
        "/staff/people/": {"source": one.slug, "target": other.slug, "why": "x"},
        f"/staff/people/{one.slug}/rename/": {"name": "Nobody", "why": "x"},
        f"/staff/people/{one.slug}/split/": {"statement": statement.address, "why": "x"},
        f"/staff/people/changes/{renamed.pk}/undo/": {},
        "/staff/pages/": {"url": "https://news.example/"},
        "/staff/topics/": {"name": "Tankers", "query": "tanker"},
        f"/staff/topics/{topic.slug}/hide/": {"show": "no"},
        "/staff/tokens/": {"name": "x"},
        "/staff/feeds/": {"url": "https://news.example/other"},
        f"/staff/feeds/{feed.pk}/": {"on": "no"},
        "/staff/outlets/": {
            "outlet": statement.article.outlet.slug if statement.article.outlet else "",
            "licence": "none",
        },
        "/staff/import/": {},
    }


def everything() -> list[Any]:
    """Every row that a staff page can change."""
    tables = (Statement, StatementChange, Person, PersonChange, Topic, Feed, Outlet, ApiToken)
    return [list(table.objects.order_by("pk").values()) for table in tables] + [len(jobs.recent_jobs())]


@pytest.mark.parametrize("role", ["stranger", "reader", "switched off"])
def test_who_may_not_changes_nothing_anywhere(client: Client, db: None, role: str) -> None:
    from django.contrib.auth.models import User

    paths = changing_paths()
    if role != "stranger":
        user = User.objects.create_user("mallory")
        give_role(user, "editor" if role == "switched off" else role)
        client.force_login(user)
        user.is_active = role != "switched off"
        user.save()
    before = everything()
    for path, fields in paths.items():
        answer = client.post(path, fields)
        assert answer.status_code == (403 if role == "reader" else 302), path
        assert role == "reader" or answer["Location"].startswith("/staff/login/"), path
    assert everything() == before


def test_an_editor_is_no_owner(client: Client, editor: Any) -> None:
    paths = {path: fields for path, fields in changing_paths().items() if path.startswith(tuple(OWNERS))}
    assert len(paths) == 4
    client.force_login(editor)
    before = everything()
    assert [client.post(path, fields).status_code for path, fields in paths.items()] == [403] * 4
    assert everything() == before


def test_a_link_or_an_image_changes_nothing(client: Client, owner: Any) -> None:
    paths = changing_paths()
    client.force_login(owner)
    before = everything()
    for path, fields in paths.items():
        client.get(path, fields)
    assert everything() == before


def test_forms_of_other_sites_are_refused(owner: Any) -> None:
    paths = changing_paths()
    client = Client(enforce_csrf_checks=True)
    client.force_login(owner)
    before = everything()
    assert {client.post(path, fields).status_code for path, fields in paths.items()} == {403}
    assert everything() == before


def test_a_person_is_renamed_and_it_is_undone(client: Client, editor: Any) -> None:
    person = make_person("Tomas Orrel")
    make_statement()
    client.force_login(editor)
    client.post(f"/staff/people/{person.slug}/rename/", {"name": "Tomas Orrel-Vane", "why": ""})
    assert not PersonChange.objects.exists(), "a renaming needs a reason"
    client.post(f"/staff/people/{person.slug}/rename/", {"name": "Tomas Orrel-Vane", "why": "he signs so"})
    public = client.get(person.get_absolute_url()).content.decode()
    assert '<h1 dir="auto">Tomas Orrel-Vane</h1>' in public
    assert "Tomas Orrel → Tomas Orrel-Vane" in public
    assert "he signs so" in public
    change = PersonChange.objects.get()
    client.post(f"/staff/people/changes/{change.pk}/undo/", {"next": f"/staff/people/{person.slug}/"})
    assert '<h1 dir="auto">Tomas Orrel</h1>' in client.get(person.get_absolute_url()).content.decode()


def test_a_person_is_split_by_ticking_and_it_is_undone(client: Client, editor: Any) -> None:
    person = make_person("Tomas Orrel")
    his, other = make_statement(), make_statement()
    client.force_login(editor)
    page = client.get(f"/staff/people/{person.slug}/").content.decode()
    assert page.count('type="checkbox"') == 2
    client.post(f"/staff/people/{person.slug}/split/", {"statement": [other.address], "why": "the other one"})
    other.refresh_from_db()
    assert other.person != person
    assert other.person
    assert client.get(other.person.get_absolute_url()).status_code == 200
    client.post(f"/staff/people/changes/{PersonChange.objects.get().pk}/undo/")
    assert set(person.statements.all()) == {his, other}


def test_nobody_splits_off_what_another_one_said(client: Client, editor: Any) -> None:
    person = make_person("Tomas Orrel")
    make_statement()
    foreign = make_statement(speaker="Ilena Vask", source="Tomas Orrel")
    client.force_login(editor)
    for fields in (
        {"statement": [foreign.address], "why": "x"},
        {"statement": [], "why": "x"},
        {"statement": [foreign.address], "target": "nobody-at-all", "why": "x"},
    ):
        client.post(f"/staff/people/{person.slug}/split/", fields)
    assert not PersonChange.objects.exists()
    assert client.post("/staff/people/nobody-at-all/split/", {"why": "x"}).status_code == 404


def test_bodies_that_may_be_one_are_offered(client: Client, editor: Any) -> None:
    make_person("Foreign Ministry of Kestria", "organization")
    make_person("Foreign Ministry", "organization")
    make_person("Foreign Legion", "organization")
    client.force_login(editor)
    page = client.get("/staff/people/").content.decode()
    assert "?source=foreign-ministry-of-kestria&amp;target=foreign-ministry#merge" in page
    assert "foreign-legion" not in page


def test_the_history_shows_what_each_editor_did_with_its_undo(client: Client, editor: Any) -> None:
    statement = make_statement(confidence=0.3)
    client.force_login(editor)
    client.post(f"/staff/statements/{statement.address}/", {"said_on": "2031-07-13", "why": "Sunday"})
    client.post("/staff/people/tomas-orrel/rename/", {"name": "T. Orrel", "why": "shorter"})
    statement_actions.confirm(statement, Editor("Vera Holm"))
    page = client.get("/staff/history/").content.decode()
    assert page.index("confirmation") < page.index("T. Orrel") < page.index("correction of date: nothing → 2031-07-13")
    assert page.count(">Undo<") == 3
    mine = client.get("/staff/history/?by=ada").content.decode()
    assert "confirmation" not in mine
    change = StatementChange.objects.get(field="said_on")
    answer = client.post(f"/staff/changes/{change.pk}/undo/", {"next": "/staff/history/?by=ada"})
    assert answer["Location"] == "/staff/history/?by=ada"
    assert "Taken back" in client.get("/staff/history/?by=ada").content.decode()


def test_the_menu_leads_to_the_replies_that_wait(client: Client, editor: Any) -> None:
    client.force_login(editor)
    assert 'href="/replies/moderation/"' in client.get("/staff/").content.decode()
    assert client.get("/replies/moderation/").status_code == 200
