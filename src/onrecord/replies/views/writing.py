"""Writing: post, preview, edit, delete, report. All of it works without JavaScript, and no error loses a draft."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from onrecord.replies import identity
from onrecord.replies.actions import posting, reports, subscriptions
from onrecord.replies.actions.states import By
from onrecord.replies.forms import EditForm, ReportForm, WriteForm, seconds_since
from onrecord.replies.limits import Limit, is_over
from onrecord.replies.markup import to_html
from onrecord.replies.models import Reply, Thread
from onrecord.replies.origin import ours_only
from onrecord.replies.policies import is_closed, rules_for, wait_seconds
from onrecord.replies.screening import Circumstances
from onrecord.replies.section import DRAFT, write_form
from onrecord.replies.targets import Target, find_target, open_thread
from onrecord.replies.views.threads import reply_or_404

_KEPT_FIELDS = ("name", "email", "website", "text", "notify", "to")


def _ask_again(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """The answer to a post whose origin is not known: nothing is stored, the draft is shown with a token."""
    target = find_target(kind, key)
    form = WriteForm(request.POST)
    form.errors.setdefault("__all__", form.error_class([_("Please look at your reply and send it once more.")]))
    return _form_page(request, target, form, status=403)


def _start_again(request: HttpRequest, public_id: str) -> HttpResponse:
    messages.error(request, _("Nothing was changed. Please send the form once more."))
    return redirect("replies:reply", public_id)


@require_http_methods(["GET", "HEAD", "POST"])
@ours_only(_ask_again)
def write(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """The form on a page of its own, and what it sends: a preview, a way to the sign-in, or a reply."""
    if request.method == "POST":
        return _write(request, find_target(kind, key))
    target = find_target(kind, key)
    return _form_page(request, target, write_form(request, target, request.GET.get("to", "")[:12]))


def _write(request: HttpRequest, target: Target) -> HttpResponse:
    form = WriteForm(request.POST)
    if "sign_in" in request.POST:
        return _to_sign_in(request, target)
    thread = Thread.objects.filter(kind=target.kind, key=target.key).first()
    rules = rules_for(target)
    if is_closed(target, thread, rules):
        form.errors.setdefault("__all__", form.error_class([_("No more replies are taken here.")]))
        return _form_page(request, target, form, status=403)
    if not form.is_valid():
        return _form_page(request, target, form, status=422)
    if "preview" in request.POST:
        return _form_page(request, target, form, preview=str(to_html(form.cleaned_data["text"])))
    return _post(request, target, form)


def _post(request: HttpRequest, target: Target, form: WriteForm) -> HttpResponse:
    thread = open_thread(target)
    secret = request.COOKIES.get(identity.COOKIE, "") if identity.author_key(request) else identity.new_secret()
    reply = _new_reply(request, thread, form, secret)
    rules = rules_for(target)
    wait = wait_seconds(thread, rules, user_id=reply.user_id, key=reply.author_key, network=reply.network)
    if wait and not identity.is_moderator(request):
        words = ngettext(
            "Slow mode: please wait %(n)d more second.", "Slow mode: please wait %(n)d more seconds.", wait
        ) % {"n": wait}
        form.add_error(None, words)
        return _form_page(request, target, form, status=429)
    if not identity.is_moderator(request) and is_over(Limit("writer", settings.REPLY_RATE), _writer(reply)):
        form.add_error(None, _("You have sent many replies just now. Wait a minute and send this one again."))
        return _form_page(request, target, form, status=429)
    if identity.is_moderator(request):
        posting.post_as_moderator(reply, By.moderator(request.user))  # type: ignore[arg-type]
    else:
        posting.post(reply, target, rules, _circumstances(request, form), consent_words())
    _subscribe(form, thread, reply)
    if request.COOKIES.get(settings.SESSION_COOKIE_NAME):
        request.session.pop(DRAFT, None)
    response = _thanks(request, reply, target)
    if reply.user_id is None:
        identity.remember_writer(response, secret)
    return response


def _writer(reply: Reply) -> str:
    """The account or browser that writes, whichever networks it comes from."""
    return f"user {reply.user_id}" if reply.user_id else f"guest {reply.author_key}"


def _new_reply(request: HttpRequest, thread: Thread, form: WriteForm, secret: str) -> Reply:
    fields = form.cleaned_data
    signed_in = request.user.is_authenticated
    parent = (
        thread.replies.filter(public_id=fields["to"], state=Reply.State.PUBLISHED).first() if fields["to"] else None
    )
    return Reply(
        thread=thread,
        parent=parent,
        user_id=request.user.pk if signed_in else None,
        author_key="" if signed_in else identity.hidden("author", secret),
        name=fields["name"],
        email=fields["email"],
        website=fields["website"],
        text=fields["text"],
        language=translation.get_language() or "en",
        network=identity.network_of(request),
    )


def _circumstances(request: HttpRequest, form: WriteForm) -> Circumstances:
    return Circumstances(
        form_seconds=seconds_since(form.cleaned_data["since"]),
        honeypot=bool(form.cleaned_data["subject_line"]),
        user_agent=request.headers.get("User-Agent", ""),
        address=identity.network_of(request),
    )


def _subscribe(form: WriteForm, thread: Thread, reply: Reply) -> None:
    scope = form.cleaned_data.get("notify")
    if scope and reply.state != Reply.State.SPAM:
        subscriptions.subscribe(thread, reply.email, scope, reply.language, reply)


def _thanks(request: HttpRequest, reply: Reply, target: Target) -> HttpResponse:
    if reply.is_published:
        return HttpResponseRedirect(f"{target.url}#reply-{reply.public_id}")
    return redirect(reply)


def _to_sign_in(request: HttpRequest, target: Target) -> HttpResponse:
    """Keep the draft in the session, which lives on through the sign-in."""
    fields = {name: request.POST.get(name, "")[:6_000] for name in _KEPT_FIELDS}
    request.session[DRAFT] = {"kind": target.kind, "key": target.key, "fields": fields}
    onward = reverse("replies:write", args=[target.kind, target.key])
    return redirect(f"{reverse('replies:sign-in')}?{urlencode({'next': onward})}")


def _form_page(
    request: HttpRequest, target: Target, form: WriteForm, *, preview: str = "", status: int = 200
) -> HttpResponse:
    answered = str(form["to"].value() or "")
    is_id = answered.isalnum()  # what was sent may be anything, and databases do not look for everything
    to = Reply.objects.filter(public_id=answered, state=Reply.State.PUBLISHED).first() if is_id else None
    context: dict[str, Any] = {
        "target": target,
        "form": form,
        "preview": preview,
        "to": to,
        "can_sign_in": bool(settings.SIGN_IN_EMAIL or settings.SIGN_IN_PROVIDERS),
        "reader": request.user if request.user.is_authenticated else None,
        "own_page": True,
        "language": translation.get_language() or "en",
    }
    return render(request, "replies/write.html", context, status=status)


def consent_words() -> str:
    """What the writer agrees to by sending the form; stands beside the button and is kept with the consent."""
    return _(
        "By sending this you agree that your reply and name are shown, "
        "and that the rest is kept as the privacy page says."
    )


@require_http_methods(["GET", "HEAD", "POST"])
@ours_only(_start_again)
def edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Change one's own reply, for a while after posting."""
    reply = reply_or_404(request, public_id)
    if not identity.is_writer(request, reply) or not reply.may_still_be_edited():
        return _not_yours(request, reply)
    target = find_target(reply.thread.kind, reply.thread.key)
    form = EditForm(request.POST if request.method == "POST" else None, initial={"text": reply.text})
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "replies/edit.html", {"reply": reply, "target": target, "form": form}, status=status)
    if identity.is_moderator(request):
        posting.edit_as_moderator(reply, form.cleaned_data["text"])
    else:
        here = Circumstances(address=identity.network_of(request), user_agent=request.headers.get("User-Agent", ""))
        posting.edit(reply, form.cleaned_data["text"], target, rules_for(target), here)
    return redirect(reply)


@require_http_methods(["GET", "HEAD", "POST"])
@ours_only(_start_again)
def delete(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take one's own reply back."""
    reply = reply_or_404(request, public_id)
    if not identity.is_writer(request, reply) or reply.erased_at is not None:
        return _not_yours(request, reply)
    target = find_target(reply.thread.kind, reply.thread.key)
    if request.method != "POST":
        return render(request, "replies/delete.html", {"reply": reply, "target": target})
    posting.delete(reply)
    messages.success(request, _("Your reply is deleted."))
    return redirect(target.anchor)


@require_http_methods(["GET", "HEAD", "POST"])
@ours_only(_start_again)
def report(request: HttpRequest, public_id: str) -> HttpResponse:
    """Tell the moderators about a reply."""
    reply = reply_or_404(request, public_id)
    target = find_target(reply.thread.kind, reply.thread.key)
    form = ReportForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reporter = f"user {request.user.pk}" if request.user.is_authenticated else identity.network_of(request)
        reports.report(reply, form.cleaned_data["reason"], form.cleaned_data["words"], reporter)
        messages.success(request, _("Thank you. A moderator will look at it."))
        return redirect(target.anchor)
    status = 422 if request.method == "POST" else 200
    return render(request, "replies/report.html", {"reply": reply, "target": target, "form": form}, status=status)


def _not_yours(request: HttpRequest, reply: Reply) -> HttpResponse:
    """One answer for "not yours" and "too late", so that neither says who wrote what."""
    words = _("This reply can no longer be changed from here.")
    return render(request, "replies/refused.html", {"words": words, "reply": reply}, status=403)
