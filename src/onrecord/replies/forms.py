"""What readers and moderators fill in."""

from __future__ import annotations

import re
import time
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from onrecord.replies.models import Policy, Report, Subscription
from onrecord.replies.models.threads import NAME_LENGTH, TEXT_LENGTH, URL_LENGTH

_SINCE_SALT = "onrecord.replies.form"
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
"""Control and direction characters, and what an XML export cannot hold."""
_HTTP = URLValidator(schemes=["http", "https"])


def since_token() -> str:
    """When a form was shown, signed."""
    return signing.dumps(int(time.time()), salt=_SINCE_SALT)


def seconds_since(token: str) -> float | None:
    """Seconds since the form was shown, ``None`` for a token that is not ours."""
    try:
        shown = signing.loads(token[:200], salt=_SINCE_SALT)
    except signing.BadSignature:
        return None
    return max(0.0, time.time() - shown) if isinstance(shown, int) else None


def one_line(value: str) -> str:
    """A value that goes into a name or a mail: no line breaks, no control or direction characters."""
    return " ".join(_CONTROL.sub(" ", value).split())


class WriteForm(forms.Form):
    """A reply. ``subject_line`` is a trap: people do not see it, programs fill it."""

    name = forms.CharField(
        label=_("Name"), max_length=NAME_LENGTH, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        max_length=254,
        help_text=_("Never shown."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    website = forms.CharField(
        label=_("Website"), required=False, max_length=URL_LENGTH, widget=forms.URLInput(attrs={"autocomplete": "url"})
    )
    text = forms.CharField(
        label=_("Your reply"),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        help_text=_("*emphasis*, **strong**, > quote, and links are understood."),
    )
    notify = forms.ChoiceField(
        label=_("Mail me"), required=False, choices=[("", _("Nothing")), *Subscription.Scope.choices]
    )
    subject_line = forms.CharField(label=_("Leave this empty"), required=False, max_length=500)
    since = forms.CharField(required=False, widget=forms.HiddenInput)
    to = forms.CharField(required=False, max_length=12, widget=forms.HiddenInput)

    template_name = "replies/parts/fields.html"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("prefix", "")
        kwargs.setdefault("auto_id", "reply-%s")
        super().__init__(*args, **kwargs)
        if not settings.MAIL_WORKS:
            del self.fields["notify"]

    def clean_name(self) -> str:
        name = one_line(self.cleaned_data["name"])
        if not name:
            raise ValidationError(_("Write a name; it need not be your real one."))
        return name

    def clean_website(self) -> str:
        website = one_line(self.cleaned_data["website"])
        if not website:
            return ""
        website = website if "://" in website else f"https://{website}"
        _HTTP(website)
        return website

    def clean_text(self) -> str:
        return clean_text(self.cleaned_data["text"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("notify") and not cleaned.get("email"):
            self.add_error("email", _("We need an e-mail address to write to you."))
        return cleaned


def clean_text(text: str) -> str:
    """A reply's text: one kind of line end, no control characters, not empty."""
    text = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if not text:
        raise ValidationError(_("Write a few words."))
    return text


class EditForm(forms.Form):
    text = forms.CharField(
        label=_("Your reply"), max_length=TEXT_LENGTH, widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"})
    )

    def clean_text(self) -> str:
        return clean_text(self.cleaned_data["text"])


class ReportForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("What is wrong with it?"), choices=Report.Reason.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(label=_("In your words"), required=False, max_length=500)

    def clean_words(self) -> str:
        return one_line(self.cleaned_data["words"])


class MyDataForm(forms.Form):
    email = forms.EmailField(label=_("E-mail"), max_length=254)


class SubscribeForm(forms.Form):
    email = forms.EmailField(label=_("E-mail"), max_length=254)


class PolicyForm(forms.ModelForm[Policy]):
    class Meta:
        model = Policy
        fields = ("mode", "close_after_days", "slow_mode_seconds")
        labels: ClassVar = {
            "mode": _("Who appears at once"),
            "close_after_days": _("Close after so many days"),
            "slow_mode_seconds": _("Seconds between two replies of one writer"),
        }
