"""``{% load replies %}{% replies_for object %}``: the reply section of an article, statement or claim."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

from onrecord.replies.languages import language_for
from onrecord.replies.markup import to_html
from onrecord.replies.models import Thread
from onrecord.replies.section import section_context
from onrecord.replies.targets import target_of

register = template.Library()


@register.simple_tag(takes_context=True)
def replies_for(context: Context, thing: Any) -> SafeString:
    """The replies under a thing of the record and the form to write one, in the reader's language."""
    request = context["request"]
    request.shows_replies = True
    language = language_for(request)
    with translation.override(language):
        section = section_context(request, target_of(thing), language)
        return mark_safe(render_to_string("replies/section.html", section, request))  # noqa: S308  a template made it


@register.simple_tag
def reply_count(thing: Any) -> int:
    """How many replies are published under a thing of the record."""
    target = target_of(thing)
    thread = Thread.objects.filter(kind=target.kind, key=target.key).first()
    return thread.replies.filter(state="published").count() if thread else 0


@register.filter
def website_link(website: str) -> str:
    """A writer's website where it may be linked to. Forms and imports store no others; this is the second lock."""
    return website if website.startswith(("https://", "http://")) else ""


@register.filter
def reply_html(text: str) -> SafeString:
    """A reply's text as safe HTML."""
    return to_html(text)
