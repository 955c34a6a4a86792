"""How often one client may ask: a number in the cache, for each window of time and for all processes together."""

from __future__ import annotations

import ipaddress
import time

from django.http import HttpRequest

from onrecord.replies.limits import count_one


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
    count = count_one(f"rate:{name}:{client}:{int(now // window)}", window * 2)
    return 0 if count <= rate else max(1, int(window - now % window))
