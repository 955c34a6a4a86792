"""Which network addresses a stranger's URL may lead to: public ones only, in every spelling and disguise."""

from __future__ import annotations

import ipaddress
import socket

from onrecord.errors import FetchError, FetchRefused

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# IPv6 networks whose last 32 bits are an IPv4 address: NAT64 (RFC 6052, RFC 8215), IPv4-compatible (RFC 4291).
_EMBEDDING_NETWORKS = tuple(ipaddress.IPv6Network(net) for net in ("64:ff9b::/96", "64:ff9b:1::/48", "::/96"))
# Special networks that Python's tables learnt of only lately: protocol assignments, 6to4 relays, documentation.
_SPECIAL_NETWORKS = tuple(ipaddress.ip_network(net) for net in ("192.0.0.0/24", "192.88.99.0/24", "3fff::/20"))


def is_public(address: Address) -> bool:
    """Whether an address lies on the public internet, and so does any IPv4 address hidden in it."""
    if isinstance(address, ipaddress.IPv6Address):
        embedded = _embedded(address)
        if embedded:
            return all(is_public(inner) for inner in embedded)
        if address.is_site_local:
            return False
    special = address.is_multicast or address.is_reserved or address.is_unspecified or address.is_link_local
    return address.is_global and not special and not any(address in network for network in _SPECIAL_NETWORKS)


def resolve(host: str, port: int, *, private: bool = False) -> list[str]:
    """The addresses of ``host``, all of which may be connected to.

    The system's resolver reads every spelling that it would connect to (``0177.0.0.1``, ``2130706433``, ``0x7f.1``),
    so that what is checked is what is used. The caller connects to one of these addresses and not to the name, which
    might answer differently the next time.

    Raises:
        FetchRefused: one of the addresses is not public, and ``private`` is false.
        FetchError: the name has no address.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchError(
            f"{host}: no address found; check the name and your connection", code="dns", can_retry=True
        ) from error
    addresses = [str(entry[4][0]) for entry in found]
    for address in addresses:
        if not private and not is_public(ipaddress.ip_address(address.partition("%")[0])):
            raise FetchRefused(
                f"{host} leads to {address}, which is not on the public internet; "
                "set ONRECORD_FETCH_PRIVATE=yes if you mean to read your own network",
                code="private_address",
            )
    return addresses


def _embedded(address: ipaddress.IPv6Address) -> list[ipaddress.IPv4Address]:
    if address.ipv4_mapped:
        return [address.ipv4_mapped]
    if address.sixtofour:
        return [address.sixtofour]
    if address.teredo:
        return list(address.teredo)
    if any(address in network for network in _EMBEDDING_NETWORKS):
        return [ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)]
    return []
