"""Feeds, sitemaps, robots, linked data, oEmbed: what programs read."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any
from urllib.parse import quote

import pytest
from defusedxml import ElementTree
from django.test import Client

from factories import make_article, make_statement
from onrecord.record.models import Article, Outlet, Statement

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"

CHANNELS = [
    "/",
    "/search/",
    "/people/tomas-orrel/",
    "/outlets/the-aldane-courier/",
    "/topics/talks-between-kestria-and-norland/",
]


@pytest.mark.parametrize("path", CHANNELS)
def test_rss_atom_and_json_carry_the_same_statements(client: Client, story: None, path: str) -> None:
    rss = ElementTree.fromstring(client.get(f"{path}feed.rss").content)
    atom = ElementTree.fromstring(client.get(f"{path}feed.atom").content)
    feed = json.loads(client.get(f"{path}feed.json").content)
    links = [item.findtext("link") for item in rss.iter("item")]
    assert links
    assert links == [link.get("href") for entry in atom.iter(f"{ATOM}entry") for link in entry.iter(f"{ATOM}link")]
    assert links == [item["url"] for item in feed["items"]]
    assert feed["version"] == "https://jsonfeed.org/version/1.1"


def test_a_search_feed_keeps_its_filters(client: Client, story: None) -> None:
    feed = json.loads(client.get("/search/feed.json?denies=yes&person=Ilena+Vask").content)
    assert [item["tags"] for item in feed["items"]] == [["denial"]]
    assert feed["home_page_url"].endswith("/search/?denies=yes&person=Ilena+Vask")


def test_an_unknown_kind_of_feed_is_not_found_and_a_broken_search_is_refused(client: Client, story: None) -> None:
    assert client.get("/feed.xlsx").status_code == 404
    assert client.get("/search/feed.rss?q=act:shout").status_code == 400


def test_feeds_survive_characters_that_xml_cannot_hold(client: Client, db: None) -> None:
    article = make_article(title="A \x00 bell\x07 rings", text="Ada Quill said “the \x0b bell \ufffe rang”.")
    make_statement(article, "“the \x0b bell \ufffe rang”", "Ada Quill")
    for kind in ("rss", "atom"):
        ElementTree.fromstring(client.get(f"/feed.{kind}").content)


def test_the_sitemap_lists_everything_once_under_the_owners_address(client: Client, story: None) -> None:
    index = ElementTree.fromstring(client.get("/sitemap.xml", headers={"Host": "localhost"}).content)
    sections = [element.text or "" for element in index.iter() if element.tag.endswith("loc")]
    assert all(section.startswith("http://testserver/sitemap-") for section in sections)
    addresses: list[str] = []
    for section in sections:
        tree = ElementTree.fromstring(client.get(section.removeprefix("http://testserver")).content)
        addresses += [element.text or "" for element in tree.iter() if element.tag.endswith("loc")]
    assert len(addresses) == len(set(addresses))
    copy = Article.objects.get(original__isnull=False)
    assert not any(copy.slug in address for address in addresses)
    for address in addresses:
        assert client.get(address.removeprefix("http://testserver")).status_code == 200


def test_the_news_sitemap_has_own_articles_of_these_days(client: Client, db: None) -> None:
    make_article("Today & <tomorrow>", published=date.today().isoformat())
    make_article("Long ago", published="2001-01-01")
    tree = ElementTree.fromstring(client.get("/sitemap-news.xml").content)
    titles = [element.text for element in tree.iter() if element.tag.endswith("title")]
    assert titles == ["Today & <tomorrow>"]


def test_robots_are_kept_from_staff_and_search(client: Client, db: None) -> None:
    words = client.get("/robots.txt").content.decode()
    assert "Disallow: /staff/" in words
    assert "Sitemap: http://testserver/sitemap.xml" in words


def linked_data(html: str) -> Any:
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    return json.loads(block)


def test_pages_say_what_they_are_in_json_ld(client: Client, story: None) -> None:
    statement = Statement.objects.get(words__startswith="“There were technical")
    data = linked_data(client.get(statement.get_absolute_url()).content.decode())
    assert data["@type"] == "Quotation"
    assert data["creator"]["name"] == "Ilena Vask"
    assert data["isPartOf"]["@type"] == "NewsArticle"
    article = linked_data(client.get(statement.article.get_absolute_url()).content.decode())
    assert len(article["hasPart"]) == 4


def test_a_copy_names_its_original_as_canonical(client: Client, story: None) -> None:
    copy = Article.objects.get(original__isnull=False)
    html = client.get(copy.get_absolute_url()).content.decode()
    assert copy.original
    assert f'rel="canonical" href="http://testserver{copy.original.get_absolute_url()}"' in html


def test_a_licensed_text_names_the_licensors_page_as_canonical(client: Client, db: None) -> None:
    article = make_article()
    Outlet.objects.update(text_licence=Outlet.TextLicence.LICENSED)
    assert f'rel="canonical" href="{article.url}"' in client.get(article.get_absolute_url()).content.decode()


def test_oembed_gives_a_frame_for_a_statements_address_only(client: Client, story: None) -> None:
    statement = Statement.objects.first()
    assert statement
    url = quote(f"http://testserver{statement.get_absolute_url()}", safe="")
    found = client.get(f"/oembed?url={url}&maxwidth=300").json()
    assert found["type"] == "rich"
    assert found["width"] == 300
    assert f"{statement.get_absolute_url()}embed/" in found["html"]
    for other in ("http://evil.example/s/x/", "http://testserver/people/", "http://testserver.evil.example/s/x/", ""):
        assert client.get(f"/oembed?url={quote(other, safe='')}").status_code == 404


def test_a_statement_can_be_cited_as_a_file(client: Client, story: None) -> None:
    statement = Statement.objects.first()
    assert statement
    answer = client.get(f"{statement.get_absolute_url()}cite.bib")
    assert answer["Content-Type"].startswith("application/x-bibtex")
    assert answer.content.decode().startswith(f"@misc{{onrecord-{statement.address},")
