from __future__ import annotations

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Reading pages, staff pages, API and feeds."""

    name = "onrecord.site"
    label = "site"
    verbose_name = "Site"
    default_auto_field = "django.db.models.BigAutoField"
