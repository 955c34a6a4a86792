"""Every address of the site."""

from __future__ import annotations

from django.apps import apps
from django.conf import settings
from django.contrib.auth.views import LogoutView
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path, register_converter
from django.views.generic import RedirectView, TemplateView

from onrecord.site.api.app import api
from onrecord.site.api.docs import api_docs
from onrecord.site.sitemaps import SECTIONS, news
from onrecord.site.sitemaps import index as sitemap_index
from onrecord.site.views import about, articles, errors, front, outlets, people, search, statements, topics
from onrecord.site.views.staff import history, intake, owners, review
from onrecord.site.views.staff import people as staff_people
from onrecord.site.views.staff.signing_in import SignIn


class _Digits:
    def to_python(self, value: str) -> int:
        return int(value)


class FourDigits(_Digits):
    """A year in a permalink."""

    regex = "[0-9]{4}"

    def to_url(self, value: int) -> str:
        return f"{value:04d}"


class TwoDigits(_Digits):
    """A month or a day in a permalink."""

    regex = "[0-9]{2}"

    def to_url(self, value: int) -> str:
        return f"{value:02d}"


register_converter(FourDigits, "yyyy")
register_converter(TwoDigits, "mm")

urlpatterns = [
    path("", front.front, name="front"),
    path("feed.<str:kind>", search.latest_feed, name="latest-feed"),
    path("search/", search.search, name="search"),
    path("search/feed.<str:kind>", search.search_feed, name="search-feed"),
    path("s/<slug:address>/", statements.statement, name="statement"),
    path("s/<slug:address>/embed/", statements.embed, name="embed"),
    path("s/<slug:address>/cite.bib", statements.bibtex, name="bibtex"),
    path("oembed", statements.oembed, name="oembed"),
    path("people/", people.people, name="people"),
    path("people/<str:slug>/", people.person, name="person"),
    path("people/<str:slug>/feed.<str:kind>", people.person_feed, name="person-feed"),
    path("outlets/", outlets.outlets, name="outlets"),
    path("outlets/<str:slug>/", outlets.outlet, name="outlet"),
    path("outlets/<str:slug>/feed.<str:kind>", outlets.outlet_feed, name="outlet-feed"),
    path("topics/", topics.topics, name="topics"),
    path("topics/<str:slug>/", topics.topic, name="topic"),
    path("topics/<str:slug>/feed.<str:kind>", topics.topic_feed, name="topic-feed"),
    path("claims/", topics.claims, name="claims"),
    path("claims/<str:slug>/", topics.claim, name="claim"),
    path("tags/", articles.tags, name="tags"),
    path("tags/<str:slug>/", articles.tagged, {"kind": "tag"}, name="tag"),
    path("categories/<str:slug>/", articles.tagged, {"kind": "category"}, name="category"),
    path("archive/", articles.archive, name="archive"),
    path("about/", about.about, name="about"),
    path("privacy/", about.privacy, name="privacy"),
    path("favicon.ico", RedirectView.as_view(url=f"{settings.STATIC_URL}site/mark.svg"), name="favicon"),
    path("robots.txt", about.robots, name="robots"),
    path("healthz", about.health, name="health"),
    path(
        "opensearch.xml",
        TemplateView.as_view(template_name="site/opensearch.xml", content_type="application/opensearchdescription+xml"),
        name="opensearch",
    ),
    path("sitemap.xml", sitemap_index, name="sitemap"),
    path("sitemap-news.xml", news, name="sitemap-news"),
    path("sitemap-<section>.xml", sitemap, {"sitemaps": SECTIONS}, name="sitemap-section"),
    path("staff/", review.queue, name="staff"),
    path("staff/login/", SignIn.as_view(), name="login"),
    path("staff/logout/", LogoutView.as_view(), name="logout"),
    path("staff/statements/<slug:address>/", review.correct, name="staff-correct"),
    path("staff/statements/<slug:address>/confirm/", review.confirm, name="staff-confirm"),
    path("staff/statements/<slug:address>/withdraw/", review.withdraw, name="staff-withdraw"),
    path("staff/statements/<slug:address>/apart/", review.part_words, name="staff-apart"),
    path("staff/statements/<slug:address>/claims/<str:slug>/", review.judge_claim, name="staff-judge"),
    path("staff/changes/<int:change>/undo/", review.undo, name="staff-undo"),
    path("staff/people/", staff_people.people, name="staff-people"),
    path("staff/people/changes/<int:change>/undo/", staff_people.undo_person, name="staff-undo-person"),
    path("staff/people/<str:slug>/", staff_people.person, name="staff-person"),
    path("staff/people/<str:slug>/rename/", staff_people.rename, name="staff-rename"),
    path("staff/people/<str:slug>/split/", staff_people.split, name="staff-split"),
    path("staff/history/", history.history, name="staff-history"),
    path("staff/pages/", intake.pages, name="staff-pages"),
    path("staff/feeds/", intake.feeds, name="staff-feeds"),
    path("staff/feeds/<int:feed>/", intake.switch_feed, name="staff-switch-feed"),
    path("staff/import/", intake.import_file, name="staff-import"),
    path("staff/topics/", owners.topics, name="staff-topics"),
    path("staff/topics/<str:slug>/hide/", owners.hide_topic, name="staff-hide-topic"),
    path("staff/outlets/", owners.outlets, name="staff-outlets"),
    path("staff/tokens/", owners.tokens, name="staff-tokens"),
    path("staff/tokens/<int:token>/revoke/", owners.revoke_token, name="staff-revoke-token"),
    path("api/v1/docs", api_docs, name="api-docs"),
    path("api/v1/", api.urls),
    path("<yyyy:year>/", articles.dated, name="year"),
    path("<yyyy:year>/<mm:month>/", articles.dated, name="month"),
    path("<yyyy:year>/<mm:month>/<mm:day>/", articles.dated, name="day"),
    path("<yyyy:year>/<mm:month>/<mm:day>/<str:slug>/", articles.article, name="article"),
]

if apps.is_installed("onrecord.replies"):
    urlpatterns.append(path("", include("onrecord.replies.urls")))

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
