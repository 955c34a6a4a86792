"""The record, opened for a command: Django set up, the database made and brought up to date."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

SETTINGS_MODULE = "onrecord.site.conf"


def open_record() -> None:
    """Set Django up and bring the database's tables up to date, once, whoever comes first.

    Raises:
        SettingError: a setting has a value that it cannot have.
    """
    set_up()
    home = record_home()
    home.mkdir(parents=True, exist_ok=True)
    with (home / "opening.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if pending_migrations():
            from django.core.management import call_command

            call_command("migrate", interactive=False, verbosity=0)


def set_up() -> None:
    """Set Django up; the database is not looked at."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS_MODULE)
    django.setup()


def pending_migrations() -> list[str]:
    """Names of changes to the tables that this database has not had yet."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    if connection.vendor == "sqlite":
        Path(connection.settings_dict["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def record_home() -> Path:
    """Folder of the record: snapshots lie in it, the database too unless a setting says otherwise."""
    from django.conf import settings

    return Path(settings.ONRECORD.home)


def snapshot_folder() -> Path:
    from onrecord.record.snapshots import FOLDER

    return record_home() / FOLDER
