"""Whose word counts on where a request comes from: the connection's, or a proxy's that the owner trusts."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Iterable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_FORWARDED = (
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_FORWARDED",
    "HTTP_X_REAL_IP",
)


class TrustedProxies:
    """Sets ``REMOTE_ADDR`` and the scheme from the headers of a trusted proxy; drops those headers from anyone else.

    Everything after this middleware may take ``REMOTE_ADDR`` for the client's address.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.networks = networks(settings.TRUSTED_PROXIES)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        forwarded = {name: request.META.pop(name, "") for name in _FORWARDED}
        peer = request.META.get("REMOTE_ADDR", "")
        if is_in(peer, self.networks):
            request.META["REMOTE_ADDR"] = client_address(peer, forwarded["HTTP_X_FORWARDED_FOR"], self.networks)
            if forwarded["HTTP_X_FORWARDED_PROTO"].strip().lower() == "https":
                request.META["wsgi.url_scheme"] = "https"
        return self.get_response(request)


def networks(words: Iterable[str]) -> tuple[Network, ...]:
    """Addresses and networks as written in the settings."""
    return tuple(ipaddress.ip_network(word, strict=False) for word in words)


def is_in(address: str, among: tuple[Network, ...]) -> bool:
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    return any(ip in network for network in among)


def client_address(peer: str, forwarded_for: str, trusted: tuple[Network, ...]) -> str:
    """The last address in the chain that is not a trusted proxy: what stands before it, a client may have made up."""
    chain = [part.strip() for part in forwarded_for.split(",") if part.strip()]
    address = peer
    for hop in reversed(chain):
        if not is_in(address, trusted):
            break
        try:
            ipaddress.ip_address(hop)
        except ValueError:
            break
        address = hop
    return address
