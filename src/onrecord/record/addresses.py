"""Short addresses that stay: of articles, people and statements. Plain functions, no Django."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from urllib.parse import parse_qsl, urlencode, urlsplit

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32: no letter that is read as another."""
ADDRESS_LENGTH = 10
SLUG_LENGTH = 80

_TRACKING = re.compile(r"^(utm_\w+|fbclid|gclid|mc_cid|mc_eid|ref_src|cmpid|ocid)$", re.IGNORECASE)
_DEFAULT_PORTS = {"http": 80, "https": 443}


def short_address(*parts: str) -> str:
    """Ten letters and digits (50 bits) that always come out the same for the same parts."""
    digest = hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).digest()
    number = int.from_bytes(digest[:8], "big") >> 14
    return "".join(ALPHABET[(number >> shift) & 31] for shift in range(45, -1, -5))


def slugify(words: str, otherwise: str = "untitled") -> str:
    """Words as they stand in a path: letters and digits of any script, joined by hyphens."""
    folded = unicodedata.normalize("NFKD", words).casefold()
    plain = unicodedata.normalize("NFC", "".join(c for c in folded if not unicodedata.combining(c) or ord(c) > 0x36F))
    slug = re.sub(r"['’]", "", plain)
    slug = re.sub(r"[^\w]+|_+", "-", slug).strip("-")[:SLUG_LENGTH].rstrip("-")
    return slug or otherwise


def url_key(url: str) -> str:
    """What makes two URLs the same article: host and path, without scheme, ``www.``, fragment and tracking."""
    parts = urlsplit(url.strip())
    host = (parts.hostname or "").removeprefix("www.")
    port = parts.port if parts.port not in (None, _DEFAULT_PORTS.get(parts.scheme)) else None
    query = urlencode(
        sorted((k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.match(k))
    )
    path = parts.path.rstrip("/") or "/"
    return f"{host}{f':{port}' if port else ''}{path}{f'?{query}' if query else ''}"


def content_hash(title: str | None, text: str) -> str:
    """Hash of what an article says; white space at line ends does not count."""
    lines = "\n".join(line.rstrip() for line in f"{title or ''}\n{text}".strip().splitlines())
    return hashlib.sha256(unicodedata.normalize("NFC", lines).encode("utf-8", "surrogatepass")).hexdigest()
