"""Pages in: submit an address, watch feeds, import an export; and what became of it."""

from __future__ import annotations

import secrets
from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from onrecord.record.actions import feeds as feed_actions
from onrecord.record.models import Feed, Reject
from onrecord.site import jobs
from onrecord.site.roles import editors_only, owners_only
from onrecord.site.views.staff.common import attempt, back, page

PAGES, FEEDS = "/staff/pages/", "/staff/feeds/"


@editors_only
def pages(request: HttpRequest) -> HttpResponse:
    """Submit a page; see what waits, what was read, and what could not be."""
    if request.method == "POST":
        url = request.POST.get("url", "")
        attempt(request, lambda: jobs.submit_url(url), "Queued. It is read as soon as a worker is free.")
        return back(PAGES)
    rejects = Reject.objects.filter(resolved_at=None).order_by("-last_at")[:30]
    return page(request, "pages", {"jobs": jobs.recent_jobs(), "rejects": rejects})


@owners_only
def feeds(request: HttpRequest) -> HttpResponse:
    """Feeds that are watched, and how their last poll went."""
    if request.method == "POST":
        url = request.POST.get("url", "").strip()
        attempt(request, lambda: feed_actions.add_feed(url), "The feed is watched from now on.")
        return back(FEEDS)
    return page(request, "feeds", {"feeds": Feed.objects.order_by("-is_active", "url")})


@owners_only
@require_POST
def switch_feed(request: HttpRequest, feed: int) -> HttpResponse:
    found = get_object_or_404(Feed, pk=feed)
    on = request.POST.get("on") == "yes"
    attempt(request, lambda: feed_actions.set_feed_active(found, on), "Watched again." if on else "No longer watched.")
    return back(FEEDS)


@owners_only
def import_file(request: HttpRequest) -> HttpResponse:
    """Take a WordPress export; it is read in the background."""
    if request.method == "POST":
        upload = request.FILES.get("export")
        if not isinstance(upload, UploadedFile):
            messages.error(request, "Choose the file that WordPress wrote under Tools, Export.")
        elif not _looks_like_export(upload):
            messages.error(request, "This is no WordPress export: it does not begin as XML. Choose the .xml file.")
        else:
            path = _keep(upload)
            attempt(request, lambda: jobs.submit_import(path), "Queued. The posts appear as they are read.")
        return back("/staff/import/")
    return page(request, "import")


def _looks_like_export(upload: UploadedFile[bytes]) -> bool:
    start = upload.read(512)
    upload.seek(0)
    return bytes(start).lstrip(b"\xef\xbb\xbf \r\n\t").startswith((b"<?xml", b"<rss", b"\x1f\x8b"))


def _keep(upload: UploadedFile[bytes]) -> Path:
    """Store an upload under a name of ours; the name that came with it is never used as a path."""
    folder = Path(settings.MEDIA_ROOT)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / f"{secrets.token_hex(8)}.xml"
    with path.open("xb") as file:
        path.chmod(0o600)
        for chunk in upload.chunks():
            file.write(chunk)
    return path
