"""Work that waits in the queue, done by ``onrecord work`` and never by the web process."""

from __future__ import annotations

from django_tasks import task


@task()
def read_source(source: str, form: str) -> str:
    """Add a page or an export to the record; returns what became of it, in words."""
    # Imported here: the web process imports this module to queue the task, and must not load a model for it.
    from onrecord.record.ingest import Counts, add_sources
    from onrecord.settings import load
    from onrecord.terms import Reject

    counts, reasons = Counts(), []
    for item in add_sources([source], form, jobs=1, settings=load()):  # type: ignore[arg-type]
        counts.count(item)
        if isinstance(item, Reject):
            reasons.append(item.reason)
    outcomes = ", ".join(f"{name} {number}" for name, number in sorted(counts.outcomes.items())) or "nothing found"
    return f"{outcomes}; statements {counts.statements}" + "".join(f". {reason}" for reason in reasons[:3])
