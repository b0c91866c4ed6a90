"""robots.txt (RFC 9309), obeyed: what may be asked for, and how often. Where it cannot be read, nothing is asked for."""

from __future__ import annotations

import asyncio
from typing import Self

from protego import Protego
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest, NotConfigured
from scrapy.http.request import NO_CALLBACK
from scrapy.utils.httpobj import urlparse_cached

from spiders.hosts import SERVER_ERROR, TOO_MANY_REQUESTS, LeftAloneError, raise_delay, request_host, spider_of
from symposia.errors import Cause

MAX_SIZE = 512 * 1024
"""Bytes of a robots.txt that are read: RFC 9309, 2.5, asks for at least 500 KiB."""
MAX_DELAY = 30.0
"""Longest Crawl-delay that is obeyed, in seconds: a host that asks for more would never be read to the end."""
_REDIRECT = 300
"""From this status on an answer is no robots.txt: redirects were followed already."""
_HIGH_PRIORITY = 1000
"""Of a request that all others to its host wait for; pages have 0 and less."""


class RobotsMiddleware:
    """Asks each host once a crawl for its robots.txt, and holds every request to it; replaces Scrapy's own.

    A host without one (4xx) allows everything (RFC 9309, 2.3.1.3). One that answers 429 or 5xx, or is not reached, allows
    nothing (2.3.1.4): its pages are not asked for, and fail for the same cause. `Crawl-delay` and `Request-rate` are
    obeyed.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.agent: str = crawler.settings["USER_AGENT"]
        self._rules: dict[str, asyncio.Task[Protego | None]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the middleware, except where robots.txt is not to be obeyed.

        Raises:
            NotConfigured: ROBOTSTXT_OBEY is off.
        """
        if not crawler.settings.getbool("ROBOTSTXT_OBEY"):
            raise NotConfigured
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let a request pass if its host's robots.txt allows it, and wait as long between two as it asks.

        What kept robots.txt from being read is raised for every request to its host.

        Raises:
            IgnoreRequest: It is forbidden.
        """
        parts = urlparse_cached(request)
        if request.meta.get("dont_obey_robotstxt") or parts.scheme not in ("http", "https"):
            return
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._rules:
            self._rules[site] = asyncio.ensure_future(self._fetch_rules(f"{site}/robots.txt"))
        try:
            rules = await asyncio.shield(self._rules[site])
        except Exception:
            request.meta["dont_retry"] = True  # robots.txt was tried again before it failed.
            raise
        if rules is None:
            return
        if not rules.can_fetch(request.url, self.agent):
            spider_of(self.crawler).ledger.count(request_host(request), "denied")
            raise IgnoreRequest("Forbidden by robots.txt")
        raise_delay(self.crawler, request, at_least=min(_find_delay(rules, self.agent), MAX_DELAY))

    async def _fetch_rules(self, url: str) -> Protego | None:
        """Fetch the rules of a host; None where it has none. Raises whatever kept them from being read."""
        request = Request(url, NO_CALLBACK, priority=_HIGH_PRIORITY, meta={"dont_obey_robotstxt": True})
        robots, host = spider_of(self.crawler).ledger.robots, request_host(request)
        robots[host] = "unreachable"
        assert self.crawler.engine is not None
        response = await self.crawler.engine.download_async(request)
        if response.status == TOO_MANY_REQUESTS or response.status >= SERVER_ERROR:
            cause = Cause.BLOCKED if response.status == TOO_MANY_REQUESTS else Cause.HTTP
            raise LeftAloneError(host, cause, f"its robots.txt answers HTTP {response.status}")
        exists = response.status < _REDIRECT
        robots[host] = "obeyed" if exists else "none"
        return parse_robots(response.body) if exists else None


def parse_robots(body: bytes) -> Protego:
    r"""Parse a robots.txt: its first MAX_SIZE bytes.

    >>> rules = parse_robots(b"User-agent: *\nDisallow: /private\nCrawl-delay: 5")
    >>> rules.can_fetch("https://guild.example/private", "symposia"), rules.crawl_delay("symposia")
    (False, 5.0)
    """
    rules: Protego = Protego.parse(body[:MAX_SIZE].decode("utf-8", "ignore"))
    return rules


def _find_delay(rules: Protego, agent: str) -> float:
    """Find how many seconds a host wants to lie between two requests; 0 where it does not say."""
    rate = rules.request_rate(agent)
    return max(rules.crawl_delay(agent) or 0.0, rate.seconds / rate.requests if rate and rate.requests else 0.0)
