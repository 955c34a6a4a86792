"""Outlets: found by name, and what the owner says of them."""

from __future__ import annotations

from urllib.parse import urlsplit

from onrecord.errors import InputError
from onrecord.record.addresses import slugify
from onrecord.record.locks import writing
from onrecord.record.models import Outlet
from onrecord.record.people.names import body_key


def outlet_named(name: str, article_url: str = "") -> Outlet | None:
    """The outlet of this name, created where the record has none. Call it inside a transaction."""
    key = body_key(name)[:200]
    if not key:
        return None
    parts = urlsplit(article_url)
    homepage = f"{parts.scheme}://{parts.netloc}/" if parts.hostname else ""
    outlet = Outlet.objects.filter(key=key).first()
    if outlet is None:
        return Outlet.objects.create(name=name[:200], key=key, slug=_free_slug(name), homepage=homepage[:500])
    if homepage and not outlet.homepage:
        outlet.homepage = homepage[:500]
        outlet.save(update_fields=["homepage"])
    return outlet


def set_text_licence(outlet: Outlet, licence: str) -> None:
    """Say whether readers may see the full text of an outlet's articles.

    Raises:
        InputError: there is no such licence.
    """
    if licence not in Outlet.TextLicence.values:
        raise InputError(f"{licence!r} is no text licence. Choose from: {', '.join(Outlet.TextLicence.values)}.")
    with writing():
        outlet.text_licence = licence
        outlet.save(update_fields=["text_licence"])


def _free_slug(name: str) -> str:
    base = slugify(name, otherwise="outlet")[:90]
    taken = set(Outlet.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(s for n in range(1, len(taken) + 2) if (s := base if n == 1 else f"{base}-{n}") not in taken)
