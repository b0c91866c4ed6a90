"""Private addresses: a listing must not lead a crawl into the network that it runs in.

The rule holds for the address that is connected to, not for the name: each name is looked up once, the address is checked,
and that very address is connected to. Redirects and robots.txt are no exception.
"""

from __future__ import annotations

import socket
from functools import lru_cache
from http.client import HTTPConnection
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
from twisted.internet.error import DNSLookupError

_NAT64 = IPv6Network("64:ff9b::/96")
"""IPv6 addresses that stand for IPv4 ones (RFC 6052)."""
_UNICAST = IPv6Network("2000::/3")
"""All of IPv6 that is in use on the public internet (RFC 4291, 2.4; IANA's registry of IPv6 address space)."""
_UNROUTED = (IPv6Network("3fff::/20"), IPv6Network("2002::/16"))
"""Parts of it that lead nowhere public: documentation (RFC 9637) and 6to4, which is deprecated (RFC 7526)."""


class PrivateAddressError(IgnoreRequest):
    """A connection was refused: the address is of the loopback, a private network, or the like."""

    def __init__(self, host: str, address: str) -> None:
        where = host if host == address else f"{host} ({address})"
        super().__init__(f"{where} is a private address; to read it all the same: --allow-private")


def is_private_address(address: str) -> bool:
    """Whether an IP address is outside of the public internet (IANA's special-purpose registries, RFC 6890).

    >>> is_private_address("93.184.215.14"), is_private_address("192.168.0.1"), is_private_address("::ffff:127.0.0.1")
    (False, True, True)
    """
    found = _unwrap(ip_address(address.partition("%")[0]))
    if isinstance(found, IPv6Address) and (found not in _UNICAST or any(found in net for net in _UNROUTED)):
        return True
    return found.is_multicast or not found.is_global


def _unwrap(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """Find the IPv4 address that an IPv6 one stands for, mapped or by NAT64; else the address itself.

    All other wrappings are private as they are: IPv4-compatible, translated, Teredo, 6to4, a network's own NAT64.
    """
    if isinstance(address, IPv4Address):
        return address
    return IPv4Address(int(address) & 0xFFFFFFFF) if address in _NAT64 else address.ipv4_mapped or address


def parse_ip_literal(host: str) -> str | None:
    """Parse a host that is written as an IP address, in any spelling that `inet_aton` takes; None for a name.

    >>> parse_ip_literal("127.1"), parse_ip_literal("0x7f000001"), parse_ip_literal("guild.example")
    ('127.0.0.1', '127.0.0.1', None)
    """
    host = host.rstrip(".")
    try:
        return str(ip_address(host))
    except ValueError:
        pass
    try:
        return socket.inet_ntoa(socket.inet_aton(host))
    except (OSError, ValueError):  # ValueError: a character outside of ASCII, or a zero byte
        return None


def connect_publicly(
    address: tuple[str, int], timeout: float | None = None, source: tuple[str, int] | None = None
) -> socket.socket:
    """Connect to a host and port as `socket.create_connection` does, if its address is public or that of a proxy.

    OSError is raised where the host has no address, or none that can be connected to.

    Raises:
        PrivateAddressError: The host has a private address.
    """
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
    """An HTTP connection that is made to no private address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._create_connection = connect_publicly


def is_private_url(url: str) -> bool:
    """Whether an address is not of http or https, or its host is written as a private IP address.

    Names are not looked up: the addresses they lead to are checked when they are connected to.
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
    """Host and port of the proxies that the environment names: they may be private, and have rules of their own."""
    return frozenset(proxy for url in getproxies().values() if (proxy := _split_host_and_port(url)))


def _split_host_and_port(url: str) -> tuple[str, int] | None:
    try:
        parts = urlsplit(url if "://" in url else f"http://{url}")
        return (parts.hostname, parts.port or (443 if parts.scheme == "https" else 80)) if parts.hostname else None
    except ValueError:
        return None


def _is_proxy(host: str) -> bool:
    return any(host == proxy for proxy, _ in proxies())


class GuardedResolver(CachingThreadedResolver):
    """Scrapy's resolver, which every connection asks, also for an IP address; this one refuses private addresses.

    There is one in a process, installed on the reactor. `refused` are the names that it refused, and their addresses:
    Twisted passes on that a name was not resolved, and not why.
    """

    def __init__(self, reactor: ReactorBase, cache_size: int, timeout: float, *, allowed: bool = False) -> None:
        super().__init__(reactor, cache_size, timeout)
        self.allowed = allowed
        self.refused: dict[str, str] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> Self:
        """Make the resolver; with SYMPOSIA_ALLOW_PRIVATE it refuses nothing."""
        resolver = super().from_crawler(crawler, reactor)
        resolver.allowed = crawler.settings.getbool("SYMPOSIA_ALLOW_PRIVATE")
        return resolver

    def getHostByName(self, name: str, timeout: Any = ()) -> Deferred[str]:  # noqa: N802 - Twisted's name
        """Resolve a name; the result fails with DNSLookupError for one that leads to a private address."""
        return super().getHostByName(name, timeout).addCallback(self._check, name)

    def _check(self, address: str, name: str) -> str:
        if not self.allowed and not _is_proxy(name) and is_private_address(address):
            self.refused[name] = address
            # Twisted logs a traceback of any other error.
            raise DNSLookupError(f"{name} leads to the private address {address}")
        return address


class PrivateAddressMiddleware:
    """Refuses private addresses that are written out, and says why the resolver refused a name; it stands next to the network."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the middleware, except in a replay.

        Raises:
            NotConfigured: Private addresses are allowed, or nothing is asked of the network.
        """
        settings = crawler.settings
        if settings.getbool("SYMPOSIA_ALLOW_PRIVATE") or settings.get("SYMPOSIA_REPLAY"):
            raise NotConfigured
        return cls()

    def process_request(self, request: Request) -> None:
        """Refuse what the resolver does not: it knows only IPv4, is not asked behind a proxy, and lets a proxy's name pass.

        Raises:
            PrivateAddressError: The host is written as a private address, or is a proxy of this machine.
        """
        host = urlparse_cached(request).hostname or ""
        written = parse_ip_literal(host)
        if (written and is_private_address(written)) or (_is_proxy(host) and not request.meta.get("proxy")):
            raise PrivateAddressError(host, written or host)

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Tell a name that was refused from one that was not found: Scrapy raises the same for both.

        Raises:
            PrivateAddressError: The name leads to a private address.
        """
        host = urlparse_cached(request).hostname or ""
        address = _find_refused_address(host)
        if isinstance(exception, CannotResolveHostError) and address is not None:
            raise PrivateAddressError(host, address) from exception


def _find_refused_address(host: str) -> str | None:
    """Ask the reactor's resolver which private address it refused for a host; None where it refused none."""
    from twisted.internet import reactor  # to import it is to install one

    resolver = getattr(reactor, "resolver", None)
    return resolver.refused.get(host) if isinstance(resolver, GuardedResolver) else None
