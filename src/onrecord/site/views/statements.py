"""The statement's page, its embedded form, and its citation as a file."""

from __future__ import annotations

from csp.constants import NONE
from csp.decorators import csp_replace
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import Resolver404, resolve
from django.utils.html import format_html
from django.views.decorators.clickjacking import xframe_options_exempt

from onrecord.record import queries
from onrecord.record.models import Statement, StatementChange
from onrecord.site import citing, edtf
from onrecord.site.linked import statement_ld
from onrecord.site.links import absolute
from onrecord.site.marking import pieces
from onrecord.site.templatetags.reading import past, speaker

EMBED_WIDTH, EMBED_HEIGHT = 600, 320

_EVERYTHING: QuerySet[Statement] = Statement.objects.select_related(
    "article__outlet", "article__credited_outlet", "article__original__outlet", "person", "version", "within__person"
)


def statement(request: HttpRequest, address: str) -> HttpResponse:
    """Everything the record knows about one statement. A withdrawn one stays, marked as withdrawn."""
    found = get_object_or_404(_EVERYTHING.all(), address=address)
    around = queries.surroundings(found)
    return render(
        request,
        "site/statement.html",
        {
            "statement": found,
            "article": found.article,
            "around": around,
            "passages": [pieces(passage) for passage in around.passages],
            "place": _place(found),
            "withdrawal": _withdrawal(found, around.changes),
            "citation": citing.cite(found),
            "linked": statement_ld(found),
            "embed_code": _embed_code(found),
        },
    )


@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"], "form-action": [NONE]})  # type: ignore[arg-type]
def embed(request: HttpRequest, address: str) -> HttpResponse:
    """The statement as other sites may show it in a frame. Nothing in it can be clicked to change anything."""
    found = get_object_or_404(_EVERYTHING.all(), address=address)
    return render(request, "site/embed.html", {"statement": found, "article": found.article})


def bibtex(request: HttpRequest, address: str) -> HttpResponse:
    found = get_object_or_404(_EVERYTHING.all(), address=address)
    answer = HttpResponse(citing.bibtex(found), content_type="application/x-bibtex; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="onrecord-{found.address}.bib"'
    return answer


def oembed(request: HttpRequest) -> HttpResponse:
    """oEmbed 1.0, JSON: how to show a statement's address as a frame."""
    if request.GET.get("format", "json") != "json":
        return JsonResponse({"error": "Only format=json is offered."}, status=501)
    found = _statement_at(request.GET.get("url", ""))
    if found is None:
        return JsonResponse({"error": "The url parameter is no statement's address on this site."}, status=404)
    answer = JsonResponse(
        {
            "version": "1.0",
            "type": "rich",
            "title": f"{speaker(found)} {past(found.act)}",
            "author_name": speaker(found),
            "provider_name": request.get_host(),
            "provider_url": absolute("/"),
            "width": _at_most(request.GET.get("maxwidth"), EMBED_WIDTH),
            "height": _at_most(request.GET.get("maxheight"), EMBED_HEIGHT),
            "html": _embed_code(found),
        }
    )
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


def _statement_at(url: str) -> Statement | None:
    prefix = absolute("/")
    if not url.startswith(prefix):
        return None
    try:
        match = resolve("/" + url.removeprefix(prefix).partition("#")[0].partition("?")[0])
    except Resolver404:
        return None
    if match.url_name != "statement":
        return None
    return _EVERYTHING.filter(address=match.kwargs["address"]).first()


def _place(found: Statement) -> str:
    """Where the words stand on the article's page: in its text, or among its statements where the text is not shown."""
    article = found.article
    path = article.get_absolute_url()
    if not found.is_current or found.is_retired or found.status == Statement.Status.WITHDRAWN:
        return path
    shows_text = bool(article.outlet and article.outlet.shows_full_text and found.content_spans)
    return f"{path}#{'ref' if shows_text else 'note'}-{found.n}"


def _embed_code(found: Statement) -> str:
    return format_html(
        '<iframe src="{}" width="{}" height="{}" title="{} {}" loading="lazy"></iframe>',
        absolute(f"{found.get_absolute_url()}embed/"),
        EMBED_WIDTH,
        EMBED_HEIGHT,
        speaker(found),
        " ".join(filter(None, (past(found.act), edtf.in_words(found.said_on)))),
    )


def _withdrawal(found: Statement, changes: list[StatementChange]) -> StatementChange | None:
    if found.status != Statement.Status.WITHDRAWN:
        return None
    kept = [c for c in changes if c.kind == StatementChange.Kind.WITHDRAWAL and c.undone_at is None]
    return kept[-1] if kept else None


def _at_most(words: str | None, most: int) -> int:
    return min(int(words), most) if words and words.isascii() and words.isdigit() and 0 < len(words) < 6 else most
