"""What could not be read: kept until it can be."""

from __future__ import annotations

from django.utils import timezone

from onrecord import terms
from onrecord.record.locks import writing
from onrecord.record.models import Reject
from onrecord.record.storable import MAX_URL, storable_fields


def keep_reject(reject: terms.Reject, source: str, form: str) -> Reject:
    """Keep a reject with its reason; the same again counts one more attempt."""
    reject = storable_fields(reject)
    now = timezone.now()
    with writing():
        kept, is_new = Reject.objects.get_or_create(
            source=source[:MAX_URL],
            name=reject.name[:500],
            defaults={"code": reject.code[:40], "reason": reject.reason},
        )
        kept.url, kept.form = (reject.url or "")[:MAX_URL], form[:20]
        kept.code, kept.reason, kept.can_retry = reject.code[:40], reject.reason, reject.can_retry
        kept.attempts += not is_new
        kept.last_at, kept.resolved_at = now, None
        kept.save()
        return kept


def resolve_rejects(source: str, name: str) -> None:
    """What was rejected under this name has been read now."""
    open_ones = Reject.objects.filter(source=source[:MAX_URL], name=name[:500], resolved_at__isnull=True)
    if open_ones.exists():
        open_ones.update(resolved_at=timezone.now(), last_at=timezone.now())
