"""Addresses that nobody on the web has: a listing must not lead a crawl into the network that it runs in.

What counts is the address that is connected to, not the name: names are looked up once, held against this, and connected to
as they were looked up, for each request, redirect and robots.txt.
"""

from __future__ import annotations

import socket
from functools import lru_cache
from http.client import HTTPConnection, HTTPSConnection
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
_UNICAST = IPv6Network("2000::/3")
"""All that IPv6 has given out of the public internet (RFC 4291, 2.4; IANA's registry of IPv6 address space)."""
_NEVER = (IPv6Network("3fff::/20"), IPv6Network("2002::/16"))
"""What is in it and leads nowhere public: documentation (RFC 9637), and 6to4, which is over (RFC 7526)."""

_refused: dict[str, str] = {}
"""The names that this process has looked up and refused, and their addresses: Twisted keeps no reason of ours."""


class PrivateAddressError(IgnoreRequest):
    """An address of the loopback, a private network, or the like."""

    def __init__(self, host: str, address: str) -> None:
        where = host if host == address else f"{host} ({address})"
        super().__init__(f"{where} is a private address; to read it all the same: --allow-private")


def is_private_address(address: str) -> bool:
    """Whether an IP address is none of the public internet (IANA's special-purpose registries, RFC 6890), in any wrapping."""
    found = _within(ip_address(address.partition("%")[0]))
    if isinstance(found, IPv6Address) and (found not in _UNICAST or any(found in net for net in _NEVER)):
        return True
    return found.is_multicast or not found.is_global


def _within(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The IPv4 address that an IPv6 one stands for, mapped or by NAT64; else the address itself.

    All other wrappings are outside of what is public: IPv4-compatible, translated, Teredo, 6to4, a network's own NAT64.
    """
    if isinstance(address, IPv4Address):
        return address
    return IPv4Address(int(address) & 0xFFFFFFFF) if address in _NAT64 else address.ipv4_mapped or address


def parse_ip_literal(host: str) -> str | None:
    """The IP address that a host is written as, in any spelling that `inet_aton` takes (127.1, 0x7f000001); None for a name."""
    host = host.rstrip(".")
    try:
        return str(ip_address(host))
    except ValueError:
        pass
    try:
        return socket.inet_ntoa(socket.inet_aton(host))
    except (OSError, ValueError):  # UnicodeError, or a zero
        return None


def connect_publicly(
    address: tuple[str, int], timeout: float | None = None, source: tuple[str, int] | None = None
) -> socket.socket:
    """A connection to a host and port, as `socket.create_connection` makes it. Raises PrivateAddressError, OSError."""
    host, port = address
    failed: OSError = OSError(f"{host} has no address")
    for _, _, _, _, (found, *_) in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        if address not in proxies() and is_private_address(str(found)):
            raise PrivateAddressError(host, str(found))
        try:
            return socket.create_connection((str(found), port), timeout, source)
        except OSError as error:
            failed = error
    raise failed


class GuardedConnection(HTTPConnection):
    """A connection that is made to no private address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._create_connection = connect_publicly


class GuardedTlsConnection(HTTPSConnection):
    """The same, with TLS: whose certificate it must be is asked by name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._create_connection = connect_publicly


def is_private_url(url: str) -> bool:
    """Whether an address is of another scheme than http and https, or its host is a private one, written out.

    Names are not looked up: what they lead to counts when they are connected to.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return True
    written = parse_ip_literal(parts.hostname or "")
    return (
        parts.scheme not in ("http", "https")
        or not parts.hostname
        or (written is not None and is_private_address(written))
    )


@lru_cache(maxsize=1)
def proxies() -> frozenset[tuple[str, int]]:
    """Host and port of the proxies that this machine is set up with: they may be private, and hold these rules themselves."""
    return frozenset(proxy for url in getproxies().values() if (proxy := _host_and_port(url)))


def _host_and_port(url: str) -> tuple[str, int] | None:
    try:
        parts = urlsplit(url if "://" in url else f"http://{url}")
        return (parts.hostname, parts.port or (443 if parts.scheme == "https" else 80)) if parts.hostname else None
    except ValueError:
        return None


def _is_proxy(host: str) -> bool:
    return any(host == proxy for proxy, _ in proxies())


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
        if not self.allowed and not _is_proxy(name) and is_private_address(address):
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
        """Called by Scrapy. Raises PrivateAddressError for a private address that is written out, and for a proxy itself.

        The resolver knows IPv4 alone, is not asked behind a proxy, and lets a proxy's name pass on every port.
        """
        host = urlparse_cached(request).hostname or ""
        written = parse_ip_literal(host)
        if (written and is_private_address(written)) or (_is_proxy(host) and not request.meta.get("proxy")):
            raise PrivateAddressError(host, written or host)

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Called by Scrapy: a name that was refused is one that was not found, to Twisted. Raises PrivateAddressError."""
        host = urlparse_cached(request).hostname or ""
        if isinstance(exception, CannotResolveHostError) and host in _refused:
            raise PrivateAddressError(host, _refused[host]) from exception
