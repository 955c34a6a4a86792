"""The moderators' pages: the queue, its actions, an author's history, the policies."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from onrecord.record.models import Outlet
from onrecord.replies.actions import states
from onrecord.replies.forms import PolicyForm
from onrecord.replies.identity import is_moderator
from onrecord.replies.learning import site_filter
from onrecord.replies.models import ModerationLog, Policy, Reply, Thread
from onrecord.replies.targets import Target, find_target

ACTIONS = {
    "publish": Reply.State.PUBLISHED,
    "hold": Reply.State.HELD,
    "spam": Reply.State.SPAM,
    "remove": Reply.State.REMOVED,
}
_PAGE = 30
_AT_ONCE = 100


def moderators_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Others are asked to sign in; those signed in without the role are refused."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if is_moderator(request):
            return view(request, *args, **kwargs)
        if request.user.is_authenticated:
            raise PermissionDenied("Your role does not allow this. Ask an owner of this site.")
        return redirect_to_login(request.get_full_path())

    return guarded


@require_safe
@moderators_only
def queue(request: HttpRequest) -> HttpResponse:
    """Replies by state, oldest held ones first, with filters."""
    chosen = _filters(request)
    page = Paginator(_select(chosen), _PAGE).get_page(request.GET.get("page"))
    reply_filter = site_filter()
    context = {
        "page": page,
        "chosen": chosen,
        "states": Reply.State.choices,
        "counts": dict(Reply.objects.values_list("state").annotate(Count("id"))),
        "cases": [_case(reply) for reply in page],
        "last": ModerationLog.objects.filter(by=request.user.pk, undone_by=None, undoes=None).first(),
        "decisions": reply_filter.decisions,
        "is_warm": reply_filter.is_warm,
        "nav": "staff",
        "query": request.GET.urlencode(),
    }
    return render(request, "replies/moderation/queue.html", context)


def _filters(request: HttpRequest) -> dict[str, str]:
    state = request.GET.get("state", Reply.State.HELD)
    return {
        "state": state if state in Reply.State.values or state == "reported" else Reply.State.HELD,
        "q": request.GET.get("q", "").strip()[:100],
        "kind": request.GET.get("kind", ""),
    }


def _select(chosen: dict[str, str]) -> QuerySet[Reply]:
    found = Reply.objects.select_related("thread", "parent", "user").annotate(
        open_reports=Count("reports", filter=Q(reports__settled_at=None), distinct=True)
    )
    is_reported = chosen["state"] == "reported"
    found = found.filter(open_reports__gt=0) if is_reported else found.filter(state=chosen["state"])
    if chosen["q"]:
        words = chosen["q"]
        found = found.filter(Q(text__icontains=words) | Q(name__icontains=words) | Q(email__iexact=words))
    if chosen["kind"] in Thread.Kind.values:
        found = found.filter(thread__kind=chosen["kind"])
    return found.order_by("created_at" if chosen["state"] in ("held", "reported") else "-created_at", "id")


def _case(reply: Reply) -> dict[str, Any]:
    return {
        "reply": reply,
        "target": _target(reply),
        "reports": list(reply.reports.filter(settled_at=None)),
        "log": list(reply.log.all()[:5]),
        "percent": None if reply.probability is None else round(reply.probability * 100),
    }


def _target(reply: Reply) -> Target | None:
    try:
        return find_target(reply.thread.kind, reply.thread.key)
    except Http404:
        return None


@require_POST
@moderators_only
def act(request: HttpRequest) -> HttpResponse:
    """Do one thing to one reply (``one=publish:ID``) or to all ticked ones (``bulk=spam``)."""
    name, ids = _chosen(request)
    state = ACTIONS.get(name)
    if state is None or not ids:
        messages.error(request, _("Tick at least one reply and choose what to do."))
        return redirect(_back(request))
    user = request.user
    assert isinstance(user, User)
    replies = list(Reply.objects.filter(public_id__in=ids, erased_at=None).exclude(state=state))
    for reply in replies:
        states.moderate(reply, state, user, request.POST.get("why", "").strip())
    done = ngettext("%(n)d reply is now %(state)s.", "%(n)d replies are now %(state)s.", len(replies))
    messages.success(request, done % {"n": len(replies), "state": Reply.State(state).label})
    return redirect(_back(request))


def _chosen(request: HttpRequest) -> tuple[str, list[str]]:
    one = request.POST.get("one", "")
    if one:
        name, _colon, public_id = one.partition(":")
        return name, [public_id] if public_id.isalnum() else []
    return request.POST.get("bulk", ""), [one for one in request.POST.getlist("ids")[:_AT_ONCE] if one.isalnum()]


@require_POST
@moderators_only
def undo(request: HttpRequest, log_id: int) -> HttpResponse:
    """Take back a decision."""
    user = request.user
    assert isinstance(user, User)
    row = states.undo(get_object_or_404(ModerationLog, pk=log_id, by__isnull=False), user)
    if row is None:
        messages.error(request, _("Something else has happened to this reply since, so this cannot be undone."))
    else:
        messages.success(request, _("Taken back. The filter has forgotten it too."))
    return redirect(_back(request))


@require_safe
@moderators_only
def author(request: HttpRequest, public_id: str) -> HttpResponse:
    """Everything the writer of a reply has written here, as far as account or browser tell."""
    reply = get_object_or_404(Reply, public_id=public_id)
    if reply.user_id is not None:
        mine = Reply.objects.filter(user_id=reply.user_id)
    elif reply.author_key:
        mine = Reply.objects.filter(author_key=reply.author_key)
    else:
        mine = Reply.objects.filter(pk=reply.pk)
    counts = dict(mine.values_list("state").annotate(Count("id")))
    replies = mine.select_related("thread").order_by("-created_at")[:200]
    context = {"reply": reply, "cases": [_case(other) for other in replies], "counts": counts, "nav": "staff"}
    return render(request, "replies/moderation/author.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@moderators_only
def policies(request: HttpRequest, slug: str = "") -> HttpResponse:
    """The site's rules, and those of outlets that have their own."""
    outlet = get_object_or_404(Outlet, slug=slug) if slug else None
    policy = Policy.objects.filter(outlet=outlet).first() or Policy(outlet=outlet)
    form = PolicyForm(request.POST if request.method == "POST" else None, instance=policy)
    if request.method == "POST" and form.is_valid():
        if "drop" in request.POST and policy.pk and outlet:
            policy.delete()
        else:
            form.save()
        messages.success(request, _("The rules are changed."))
        return redirect(request.path)
    context = {
        "form": form,
        "outlet": outlet,
        "policy": policy,
        "others": Policy.objects.exclude(outlet=None).select_related("outlet"),
        "outlets": Outlet.objects.all()[:200],
        "nav": "staff",
    }
    return render(request, "replies/moderation/policies.html", context)


@require_POST
@moderators_only
def close(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Close a thread, or open it again."""
    target = find_target(kind, key)
    thread, _made = Thread.objects.get_or_create(kind=target.kind, key=target.key)
    thread.closed_at = None if thread.closed_at else timezone.now()
    thread.save(update_fields=["closed_at"])
    return redirect(target.anchor)


def _back(request: HttpRequest) -> str:
    """Where the form came from, on this site only."""
    onward = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(onward, allowed_hosts={request.get_host()}) and onward.startswith("/replies/"):
        return onward
    return "/replies/moderation/"
