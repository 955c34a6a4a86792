"""Every kind of page answers, and shows what it is for."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from onrecord.record.models import Article, Outlet, Person, Statement, Tag, Topic

pytestmark = pytest.mark.django_db


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/search/",
        "/people/",
        "/outlets/",
        "/topics/",
        "/tags/",
        "/archive/",
        "/about/",
        "/privacy/",
        "/opensearch.xml",
    ],
)
def test_an_empty_record_has_all_its_pages(client: Client, path: str) -> None:
    page(client, path)


def test_the_front_page_shows_search_latest_denials_and_who_speaks(client: Client, story: None) -> None:
    html = page(client, "/")
    assert 'role="search"' in html
    assert "Vask confirms contacts" in html
    assert "Kestria is engaged in no negotiations" in html
    assert re.search(r"Speaking now.*Ilena Vask", html, re.DOTALL)


def test_a_copy_is_not_listed_twice(client: Client, story: None) -> None:
    assert page(client, "/").count("there are no talks with Norland at any level") <= 2  # latest and denied


def test_every_statement_article_person_outlet_tag_and_topic_has_its_page(client: Client, story: None) -> None:
    for model in (Statement, Article, Person, Outlet, Tag, Topic):
        for thing in model.objects.all():
            page(client, thing.get_absolute_url())
