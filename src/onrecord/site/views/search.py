"""Search: the form, what it found, and the same as a feed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from onrecord.record import search as record_search
from onrecord.record.models import Outlet, Statement
from onrecord.record.queries import latest_statements
from onrecord.site import feeds
from onrecord.site.searching import FIELDS, query_text, read_order, read_page
from onrecord.site.sentences import in_sentences, sentence_of
from onrecord.terms import ACTS, KINDS

PAGE_SIZE = 20
MOST_OUTLETS = 200


def search(request: HttpRequest) -> HttpResponse:
    """Words, phrases, exclusion and filters; a query that cannot be read says how to write it."""
    fields = {name: request.GET.get(name, "") for name in FIELDS}
    text = query_text(fields)
    order = read_order(request.GET)
    results, problem = None, ""
    try:
        results = record_search.search(text, order, read_page(request.GET.get("page")), PAGE_SIZE)
    except record_search.QueryError as error:
        problem = str(error)
    query = request.GET.copy()
    for name in ("page", "order"):
        query.pop(name, None)
    context = {
        "fields": fields,
        "q": fields["q"],
        "text": text,
        "order": order,
        "results": results,
        "hits": _shown(results) if results else [],
        "problem": problem,
        "acts": ACTS,
        "kinds": KINDS,
        "outlets": Outlet.objects.order_by("name")[:MOST_OUTLETS],
        "has_filters": any(fields[name] for name in FIELDS if name != "q"),
        "feed_query": f"?{query.urlencode()}" if query else "",
        "previous_page": results.page - 1 if results else 0,
        "next_page": results.page + 1 if results else 0,
        "nav": "search",
    }
    return render(request, "site/search.html", context, status=400 if problem else 200)


def _shown(results: record_search.Results) -> list[tuple[Statement, tuple[record_search.Fragment, ...]]]:
    """Each statement found with its words, or the sentence that few words stand in, what was searched for marked."""
    in_sentences(hit.statement for hit in results.hits)
    shown = []
    for hit in results.hits:
        sentence = sentence_of(hit.statement)
        found = record_search.highlighted(sentence.text, results.query, None) if sentence else hit.fragments
        shown.append((hit.statement, found))
    return shown


def search_feed(request: HttpRequest, kind: str) -> HttpResponse:
    """The newest statements that a search finds."""
    fields = {name: request.GET.get(name, "") for name in FIELDS}
    text = query_text(fields)
    try:
        found = record_search.search(text, "newest", 1, feeds.LENGTH)
    except record_search.QueryError as error:
        return HttpResponse(str(error), status=400, content_type="text/plain; charset=utf-8")
    path = f"/search/?{request.META.get('QUERY_STRING', '')}" if text else "/search/"
    channel = feeds.Channel(text or "All statements", path, "Statements that a search finds.")
    return feeds.response(request, kind, channel, [hit.statement for hit in found.hits])


def latest_feed(request: HttpRequest, kind: str) -> HttpResponse:
    """The newest statements of the whole record."""
    channel = feeds.Channel("Latest statements", "/", "The newest statements on record.")
    return feeds.response(request, kind, channel, latest_statements(feeds.LENGTH))
