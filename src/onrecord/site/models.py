"""What the site itself keeps: tokens for the API."""

from __future__ import annotations

import hashlib
import secrets
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.utils import timezone

PREFIX = "onr_"


class ApiToken(models.Model):
    """Lets a program write through the API in a user's name. Only a hash is kept; the token is shown once."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=100)
    """What it is for, in the owner's words."""
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-created_at", "-id"]

    def __str__(self) -> str:
        return f"{self.name} ({self.user})"


def make_token(user: User, name: str) -> tuple[ApiToken, str]:
    """A new token and its secret, which nothing can show again."""
    secret = PREFIX + secrets.token_urlsafe(32)
    return ApiToken.objects.create(user=user, name=name.strip()[:100] or "unnamed", digest=digest_of(secret)), secret


def digest_of(secret: str) -> str:
    # A token is 256 random bits, so a plain hash cannot be guessed back as a password's could.
    return hashlib.sha256(secret.encode()).hexdigest()
