"""How often one client may ask: a counter in the cache, for each window of time."""

from __future__ import annotations

import ipaddress
import time

from django.core.cache import cache
from django.http import HttpRequest


def client_of(request: HttpRequest) -> str:
    """The client as far as limits go: an IPv4 address, or the /64 that an IPv6 client has to itself.

    ``REMOTE_ADDR`` is what :class:`onrecord.site.proxies.TrustedProxies` made of it, so no header can change it.
    """
    address = request.META.get("REMOTE_ADDR", "")
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if ip.version == 6:
        return str(ipaddress.ip_network(f"{ip}/64", strict=False))
    return str(ip)


def seconds_to_wait(name: str, client: str, rate: int, window: int = 60) -> int:
    """Count one request; 0 while the client keeps to ``rate`` requests in ``window`` seconds, else the time to wait."""
    now = time.time()
    key = f"rate:{name}:{client}:{int(now // window)}"
    cache.add(key, 0, timeout=window * 2)
    try:
        count = cache.incr(key)
    except ValueError:
        # The cache was full and dropped the counter between the two lines.
        return 0
    return 0 if count <= rate else max(1, int(window - now % window))
