"""robots.txt (RFC 9309), obeyed: what may be asked for, and how often; where nobody can say, nothing is asked for."""

from __future__ import annotations

import asyncio
from typing import Self

from protego import Protego
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest, NotConfigured
from scrapy.http.request import NO_CALLBACK
from scrapy.utils.httpobj import urlparse_cached

from spiders.ledger import SERVER_ERROR, TOO_MANY, LeftAloneError, delay_of, get_ledger, host_of
from symposia.errors import Cause

MAX_SIZE = 512 * 1024
"""Bytes of a robots.txt that are read; RFC 9309, 2.5, asks for 500 KiB at least."""
MAX_DELAY = 30.0
"""Seconds of Crawl-delay that are obeyed at most: a host that asks for more would never be read to the end."""
_FIRST = 1000
"""The priority of a request that others wait for."""


class RobotsMiddleware:
    """Asks each host once a crawl for its robots.txt, and holds every request to it; in place of Scrapy's own.

    A host without one (4xx) allows all; one that is not well (5xx, 429), or not reached, allows nothing (2.3.1.3, 2.3.1.4):
    the pages then fail by the same cause, and are not asked for. `Crawl-delay` and `Request-rate` are obeyed.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.agent: str = crawler.settings["USER_AGENT"]
        self._rules: dict[str, asyncio.Task[Protego | None]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Built by Scrapy."""
        if not crawler.settings.getbool("ROBOTSTXT_OBEY"):
            raise NotConfigured
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Called by Scrapy. Raises IgnoreRequest for what is forbidden, and what kept robots.txt from being read."""
        parts = urlparse_cached(request)
        if request.meta.get("dont_obey_robotstxt") or parts.scheme not in ("http", "https"):
            return
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._rules:
            self._rules[site] = asyncio.ensure_future(self._ask(f"{site}/robots.txt"))
        try:
            rules = await asyncio.shield(self._rules[site])
        except Exception:
            request.meta["dont_retry"] = True  # It was tried again before it failed.
            raise
        if rules is None:
            return
        if not rules.can_fetch(request.url, self.agent):
            get_ledger(self.crawler).count(host_of(request), "denied")
            raise IgnoreRequest("Forbidden by robots.txt")
        delay_of(self.crawler, request, at_least=min(_delay(rules, self.agent), MAX_DELAY))

    async def _ask(self, url: str) -> Protego | None:
        """The rules of a host; None where it has none. Raises whatever kept them from being read."""
        request = Request(url, NO_CALLBACK, priority=_FIRST, meta={"dont_obey_robotstxt": True})
        robots, host = get_ledger(self.crawler).robots, host_of(request)
        robots[host] = "unreachable"
        assert self.crawler.engine is not None
        response = await self.crawler.engine.download_async(request)
        if response.status == TOO_MANY or response.status >= SERVER_ERROR:
            cause = Cause.BLOCKED if response.status == TOO_MANY else Cause.HTTP
            raise LeftAloneError(host, cause, f"its robots.txt answers HTTP {response.status}")
        robots[host] = "obeyed" if response.status < 300 else "none"
        return parse_robots(response.body) if response.status < 300 else None


def parse_robots(body: bytes) -> Protego:
    """What a robots.txt says; the rest of one that is too large is not read."""
    rules: Protego = Protego.parse(body[:MAX_SIZE].decode("utf-8", "ignore"))
    return rules


def _delay(rules: Protego, agent: str) -> float:
    """The seconds between two requests that a host asks for."""
    rate = rules.request_rate(agent)
    return max(rules.crawl_delay(agent) or 0.0, rate.seconds / rate.requests if rate and rate.requests else 0.0)
