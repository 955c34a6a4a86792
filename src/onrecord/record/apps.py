"""The record as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class RecordConfig(AppConfig):
    name = "onrecord.record"
    label = "record"
    verbose_name = "Record"
    default_auto_field = "django.db.models.BigAutoField"
