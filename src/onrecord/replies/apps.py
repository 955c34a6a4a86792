"""Readers' replies as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class RepliesConfig(AppConfig):
    name = "onrecord.replies"
    label = "replies"
    verbose_name = "Replies"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from onrecord.replies import checks, daily  # noqa: F401  they register themselves: checks, and a job
