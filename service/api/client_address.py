"""The network address of a client, also behind a reverse proxy."""

from collections.abc import Collection
from functools import cache
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from fastapi import Request

from service.settings import Settings


@cache
def _networks(proxies: tuple[str, ...]) -> tuple[IPv4Network | IPv6Network, ...]:
    return tuple(ip_network(proxy) for proxy in proxies)


def _is_in(address: str, networks: Collection[IPv4Network | IPv6Network]) -> bool:
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    return any(parsed in network for network in networks)


def _as_written(address: str) -> str:
    """The address as everybody writes it: a socket for IPv6 gives those of IPv4 as `::ffff:192.0.2.1`."""
    try:
        mapped = getattr(ip_address(address), "ipv4_mapped", None)
    except ValueError:
        return address
    return address if mapped is None else str(mapped)


def client_address(request: Request, settings: Settings) -> str:
    """Where a request comes from.

    A proxy adds the address that it was reached from at the end of X-Forwarded-For. What lies before the
    last address that is no trusted proxy may be invented by the client, so it is not looked at.
    """
    networks = _networks(settings.trusted_proxies)
    address = _as_written(request.client.host) if request.client is not None else ""
    forwarded = ",".join(request.headers.getlist("x-forwarded-for")).split(",")
    for earlier in reversed([part.strip() for part in forwarded if part.strip()]):
        if not _is_in(address, networks):
            break
        address = _as_written(earlier)
    return address
