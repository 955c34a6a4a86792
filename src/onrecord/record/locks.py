"""One writer at a time, on either database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

_WRITERS = 0x0EC0_4D00
"""Number of the lock that writers of the record take on PostgreSQL."""


@contextmanager
def writing() -> Iterator[None]:
    """A transaction that no other writer of the record runs beside.

    Writers look for an article, person or outlet and create it where there is none; two at once would create it twice.
    On SQLite the transaction itself is the lock (``transaction_mode`` IMMEDIATE).
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_WRITERS])
        yield
