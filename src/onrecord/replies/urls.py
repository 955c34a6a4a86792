"""Addresses of the reply section. Included at the site's root."""

from __future__ import annotations

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.generic import RedirectView

from onrecord.replies.views import akismet, moderation, rights, sign_in, threads, writing

_own = [
    path("replies/sign-in/", sign_in.sign_in, name="sign-in"),
    path("replies/moderation/", moderation.queue, name="queue"),
    path("replies/moderation/act/", moderation.act, name="act"),
    path("replies/moderation/undo/<int:log_id>/", moderation.undo, name="undo"),
    path("replies/moderation/author/<slug:public_id>/", moderation.author, name="author"),
    path("replies/moderation/policies/", moderation.policies, name="policies"),
    path("replies/moderation/policies/<str:slug>/", moderation.policies, name="outlet-policy"),
    path("replies/moderation/close/<slug:kind>/<str:key>/", moderation.close, name="close"),
    path("replies/my-data/", rights.ask, name="my-data-ask"),
    path("replies/my-data/account/", rights.my_account, name="my-account"),
    path("replies/my-data/<str:token>/", rights.my_data, name="my-data"),
    path("replies/subscriptions/confirm/<str:token>/", rights.confirm, name="confirm"),
    path("replies/subscriptions/end/<str:token>/", rights.unsubscribe, name="unsubscribe"),
    path("replies/to/<slug:kind>/<str:key>/", threads.thread, name="thread"),
    path("replies/to/<slug:kind>/<str:key>/write/", writing.write, name="write"),
    path("replies/to/<slug:kind>/<str:key>/subscribe/", rights.subscribe, name="subscribe"),
    path("replies/to/<slug:kind>/<str:key>/feed.atom", threads.feed, name="feed"),
    path("replies/<slug:public_id>/", threads.reply, name="reply"),
    path("replies/<slug:public_id>/edit/", writing.edit, name="edit"),
    path("replies/<slug:public_id>/delete/", writing.delete, name="delete"),
    path("replies/<slug:public_id>/report/", writing.report, name="report"),
    path("privacy/replies/", rights.privacy, name="privacy"),
]
if settings.AKISMET_KEYS_OF_OTHERS:
    _own += [
        path("replies/akismet/1.1/verify-key", akismet.verify_key, name="akismet-verify"),
        path("replies/akismet/1.1/comment-check", akismet.comment_check, name="akismet-check"),
        path("replies/akismet/1.1/submit-spam", akismet.submit, name="akismet-spam"),
        path("replies/akismet/1.1/submit-ham", akismet.submit, name="akismet-ham"),
    ]


def account_urls(*, by_email: bool) -> list[URLPattern | URLResolver]:
    """allauth's pages. Without accounts by e-mail those that are about them lead to the sign-in."""
    patterns: list[URLPattern | URLResolver] = [path("accounts/", include("allauth.urls"))]
    if not by_email:
        for_accounts = r"^accounts/(?:login|signup|reauthenticate|inactive|email|confirm-email|password|2fa)/"
        patterns.insert(
            0, re_path(for_accounts, RedirectView.as_view(pattern_name="replies:sign-in", query_string=True))
        )
    return patterns


urlpatterns: list[URLPattern | URLResolver] = [path("", include((_own, "replies")))]
if settings.SIGN_IN_EMAIL or settings.SIGN_IN_PROVIDERS:
    urlpatterns += account_urls(by_email=settings.SIGN_IN_EMAIL)
