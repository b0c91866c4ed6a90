"""Addresses that nobody on the web has: a listing must not lead a crawl into the network that it runs in.

What counts is the address that is connected to, not the name: names are looked up once, held against this, and connected to
as they were looked up, for each request, redirect and robots.txt.
"""

from __future__ import annotations

import socket
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any, Self
from urllib.parse import urlsplit
from urllib.request import getproxies

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError, IgnoreRequest, NotConfigured
from scrapy.resolver import CachingThreadedResolver
from scrapy.utils.httpobj import urlparse_cached
from twisted.internet.base import ReactorBase
from twisted.internet.defer import Deferred

_NAT64 = IPv6Network("64:ff9b::/96")
"""IPv6 addresses that stand for IPv4 ones (RFC 6052)."""

_refused: dict[str, str] = {}
"""The names that this process has looked up and refused, and their addresses: Twisted keeps no reason of ours."""


class PrivateAddressError(IgnoreRequest):
    """An address of the loopback, a private network, or the like."""

    def __init__(self, host: str, address: str) -> None:
        where = host if host == address else f"{host} ({address})"
        super().__init__(f"{where} is a private address; to read it all the same: --allow-private")


def is_private(address: str) -> bool:
    """Whether an IP address is none of the public internet (IANA's special-purpose registries, RFC 6890), in any wrapping."""
    found = ip_address(address.partition("%")[0])
    return any(one.is_multicast or not one.is_global for one in (found, *_within(found)))


def _within(address: IPv4Address | IPv6Address) -> list[IPv4Address]:
    """The IPv4 addresses that an IPv6 one leads to: mapped, 6to4, Teredo, NAT64."""
    if isinstance(address, IPv4Address):
        return []
    found = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if address in _NAT64:
        found.append(IPv4Address(int(address) & 0xFFFFFFFF))
    return [one for one in found if one is not None]


def connected(
    address: tuple[str, int], timeout: float | None = None, source: tuple[str, int] | None = None
) -> socket.socket:
    """A connection to a host and port, as `socket.create_connection` makes it. Raises PrivateAddressError, OSError."""
    host, port = address
    failed: OSError = OSError(f"{host} has no address")
    for _, _, _, _, (found, *_) in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        if host not in proxies() and is_private(str(found)):
            raise PrivateAddressError(host, str(found))
        try:
            return socket.create_connection((str(found), port), timeout, source)
        except OSError as error:
            failed = error
    raise failed


def leads_inside(url: str) -> bool:
    """Whether an address is of another scheme than http and https, or its host is private, or has no address at all."""
    try:
        parts = urlsplit(url)
        return parts.scheme not in ("http", "https") or _host_is_private(parts.hostname or "")
    except ValueError:
        return True


@lru_cache(maxsize=4096)
def _host_is_private(host: str) -> bool:
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except OSError:
        return True
    return any(is_private(str(one[4][0])) for one in found)


@lru_cache(maxsize=1)
def proxies() -> frozenset[str]:
    """The hosts of the proxies that this machine is set up with: they may be private, and hold these rules themselves."""
    return frozenset(filter(None, (urlsplit(url).hostname for url in getproxies().values())))


class GuardedResolver(CachingThreadedResolver):
    """Scrapy's resolver of names, through which every connection goes, of IP addresses too; it refuses private ones."""

    def __init__(self, reactor: ReactorBase, cache_size: int, timeout: float, *, allowed: bool = False) -> None:
        super().__init__(reactor, cache_size, timeout)
        self.allowed = allowed

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> Self:
        """Built by Scrapy."""
        resolver = super().from_crawler(crawler, reactor)
        resolver.allowed = crawler.settings.getbool("SYMPOSIA_ALLOW_PRIVATE")
        return resolver

    def getHostByName(self, name: str, timeout: Any = ()) -> Deferred[str]:  # noqa: N802 - Twisted's name
        """Called by Twisted. Fails with PrivateAddressError."""
        return super().getHostByName(name, timeout).addCallback(self._checked, name)

    def _checked(self, address: str, name: str) -> str:
        if not self.allowed and name not in proxies() and is_private(address):
            _refused[name] = address
            raise PrivateAddressError(name, address)
        return address


class PrivateAddressMiddleware:
    """Says why a private address was refused, and refuses those that are written out; next to the network."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Built by Scrapy; not used where private addresses are allowed, nor in a replay."""
        settings = crawler.settings
        if settings.getbool("SYMPOSIA_ALLOW_PRIVATE") or settings.get("SYMPOSIA_REPLAY"):
            raise NotConfigured
        return cls()

    def process_request(self, request: Request) -> None:
        """Called by Scrapy. Raises PrivateAddressError for an IP address, as the resolver knows IPv4 alone."""
        host = urlparse_cached(request).hostname or ""
        try:
            private = is_private(host)
        except ValueError:
            return
        if private:
            raise PrivateAddressError(host, host)

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Called by Scrapy: a name that was refused is one that was not found, to Twisted. Raises PrivateAddressError."""
        host = urlparse_cached(request).hostname or ""
        if isinstance(exception, CannotResolveHostError) and host in _refused:
            raise PrivateAddressError(host, _refused[host]) from exception
