"""What happens to readers' data: the page that says so, export and erasure, subscriptions."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.models import User
from django.core import signing
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from onrecord.replies import notices
from onrecord.replies.actions import rights, subscriptions
from onrecord.replies.disclosure import disclosure
from onrecord.replies.forms import MyDataForm, SubscribeForm
from onrecord.replies.limits import Limit, is_over
from onrecord.replies.models import Subscription
from onrecord.replies.targets import find_target, open_thread

_LINKS_A_DAY = Limit("my-data", 5, 86_400)


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is stored, where it goes and for how long, as the settings are now."""
    return render(request, "replies/privacy.html", disclosure())


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for the link by mail (guests), or act at once (accounts)."""
    form = MyDataForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and settings.MAIL_WORKS:
        address = form.cleaned_data["email"]
        # The same answer and the same work whether or not the address is known: the mail goes out in both cases.
        if not is_over(_LINKS_A_DAY, address.casefold()):
            notices.my_data(address, translation.get_language() or "en")
        messages.success(request, _("A link is on its way to this address. It works for one hour."))
        return redirect("replies:my-data-ask")
    context = {
        "form": form,
        "mail_works": settings.MAIL_WORKS,
        "reader": _account(request),
        "has_accounts": bool(settings.SIGN_IN_EMAIL or settings.SIGN_IN_PROVIDERS),
    }
    return render(request, "replies/my_data_ask.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def my_data(request: HttpRequest, token: str) -> HttpResponse:
    """Export or erase by the link in the mail."""
    try:
        email = str(signing.loads(token, salt=notices.RIGHTS_SALT, max_age=notices.RIGHTS_SECONDS)["email"])
    except (signing.BadSignature, KeyError, TypeError):
        return _bad_link(request)
    if request.method == "POST" and "export" in request.POST:
        return _download(rights.export_of(email=email))
    if request.method == "POST" and "erase" in request.POST:
        n = rights.erase_all(email=email)
        return _private(render(request, "replies/erased.html", {"n": n}))
    found = rights.replies_of(email=email)
    return _private(render(request, "replies/my_data.html", {"replies": found, "email": email}))


@require_http_methods(["POST"])
def my_account(request: HttpRequest) -> HttpResponse:
    """Export or erase an account's data in one click."""
    user = _account(request)
    if user is None:
        return redirect("replies:my-data-ask")
    email = _verified_email(user)
    if "export" in request.POST:
        return _download(rights.export_of(email=email, user=user))
    if "erase" in request.POST and not (user.is_staff or user.is_superuser or user.groups.exists()):
        logout(request)
        n = rights.erase_all(email=email, user=user)
        return _private(render(request, "replies/erased.html", {"n": n}))
    messages.error(request, _("An account with duties on this site is removed by its owner."))
    return redirect("replies:my-data-ask")


@require_http_methods(["GET", "HEAD", "POST"])
def subscribe(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Ask for mail about a thread without writing in it."""
    target = find_target(kind, key)
    form = SubscribeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and settings.MAIL_WORKS:
        language = translation.get_language() or "en"
        subscriptions.subscribe(open_thread(target), form.cleaned_data["email"], Subscription.Scope.THREAD, language)
        messages.success(request, _("We have sent you a mail. Nothing more is sent until you follow the link in it."))
        return redirect(target.anchor)
    context = {"form": form, "target": target, "mail_works": settings.MAIL_WORKS}
    return render(request, "replies/subscribe.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Say yes to mail. A click, not a look, so that a mail scanner confirms nothing."""
    subscription = get_object_or_404(Subscription.objects.select_related("thread", "reply"), token=token)
    target = find_target(subscription.thread.kind, subscription.thread.key)
    if request.method == "POST":
        subscriptions.confirm(subscription, mail_words())
        messages.success(request, _("You will get mail. Each one has a link to end it."))
        return redirect(target.anchor)
    context = {"subscription": subscription, "target": target, "words": mail_words()}
    return _private(render(request, "replies/confirm.html", context))


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """End mail with one click (RFC 8058: a mail program posts here without having seen any form)."""
    subscription = Subscription.objects.filter(token=token).first()
    if request.method == "POST" and subscription is not None:
        subscriptions.end(subscription)
        subscription = None
    return _private(render(request, "replies/unsubscribe.html", {"subscription": subscription}))


def mail_words() -> str:
    return _("Send me mail about new replies until I end it.")


def _account(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) and request.user.is_authenticated else None


def _verified_email(user: User) -> str:
    """The account's address where it was verified; an address somebody only typed is nobody's proof."""
    found = EmailAddress.objects.filter(user=user, verified=True, primary=True).first()
    return str(found.email) if found else ""


def _download(data: dict[str, object]) -> HttpResponse:
    response = JsonResponse(data, json_dumps_params={"indent": 2, "ensure_ascii": False})
    response["Content-Disposition"] = 'attachment; filename="my-replies.json"'
    return _private(response)


def _bad_link(request: HttpRequest) -> HttpResponse:
    words = _("This link has expired or is incomplete. Ask for a new one.")
    return render(request, "replies/refused.html", {"words": words}, status=403)


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-store"
    # The address holds a secret for nobody else. Not "no-referrer": browsers then hide our own forms' origin too.
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex"
    return response
