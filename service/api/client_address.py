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


def client_address(request: Request, settings: Settings) -> str:
    """Where a request comes from.

    A proxy adds the address that it was reached from at the end of X-Forwarded-For. What lies before the
    last address that is no trusted proxy may be invented by the client, so it is not looked at.
    """
    networks = _networks(settings.trusted_proxies)
    address = request.client.host if request.client is not None else ""
    forwarded = ",".join(request.headers.getlist("x-forwarded-for")).split(",")
    for earlier in reversed([part.strip() for part in forwarded if part.strip()]):
        if not _is_in(address, networks):
            break
        address = earlier
    return address
