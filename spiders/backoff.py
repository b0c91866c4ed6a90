"""Waiting where a host is not well: what it asks for, longer each time, and then not at all for the rest of the run."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.exceptions import NotConfigured
from scrapy.http import Response
from scrapy.utils.misc import load_object
from scrapy.utils.response import response_status_message

from spiders.ledger import SERVER_ERROR, TOO_MANY, LeftAloneError, get_ledger, host_of
from symposia.errors import Cause

UNAVAILABLE = 503
LONGEST = timedelta(days=7)
"""For how long a host may ask to be left alone; a longer time is most likely a mistake."""
_STEP = 0.5
"""Seconds after which a wait looks whether it is still wanted."""
_PAGES = 3
"""Pages of a host that may be broken before the host is: one page that always fails is no reason to read no other."""

_tired: dict[str, tuple[Cause, str]] = {}
"""The hosts that this process, which is one run, asks no more, and why: they are the same for each source."""


class BackOffMiddleware:
    """Tries again what Scrapy does, but waits; in place of Scrapy's RetryMiddleware.

    Waits are those of `Retry-After` (RFC 9110, 10.2.3), else SYMPOSIA_BACKOFF seconds, twice as long each time. A host
    that asks for more than SYMPOSIA_MAX_WAIT, goes on answering 429 or 503, or 5xx for its listing or several pages, is
    asked no more in this run; where it said until when, in no run before then.
    """

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        self.crawler = crawler
        self._tries = settings.getint("RETRY_TIMES") if settings.getbool("RETRY_ENABLED") else 0
        self._codes = frozenset(map(int, settings.getlist("RETRY_HTTP_CODES")))
        self._errors = tuple(map(load_object, settings.getlist("RETRY_EXCEPTIONS")))
        self._base = settings.getfloat("SYMPOSIA_BACKOFF")
        self._longest = settings.getfloat("SYMPOSIA_MAX_WAIT")
        self._broken: defaultdict[str, set[str]] = defaultdict(set)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Built by Scrapy; not used in a replay, whose answers are what they are."""
        if crawler.settings.get("SYMPOSIA_REPLAY"):
            raise NotConfigured
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Called by Scrapy. Raises LeftAloneError for a host that is left alone."""
        host = host_of(request)
        if host in _tired:
            raise LeftAloneError(host, *_tired[host])
        spider: Any = self.crawler.spider
        until = spider.book.memory.rests.get(host)
        if until and until > self._now():
            raise LeftAloneError(host, Cause.BLOCKED, f"it asked not to be asked before {until:%Y-%m-%d %H:%M} UTC")

    async def process_response(self, request: Request, response: Response) -> Request | Response:
        """Called by Scrapy."""
        if response.status < SERVER_ERROR and response.status not in self._codes:
            return response
        asked = parse_retry_after(response.headers.get("Retry-After"), self._now())
        wait = asked.total_seconds() if asked is not None else None
        if response.status in self._codes and (wait is None or wait <= self._longest):
            again = self._again(request, response_status_message(response.status))
            if again is not None:
                await self._pause(self._wait(request) if wait is None else wait)
                return again
        self._leave(request, response.status, asked)
        return response

    async def process_exception(self, request: Request, exception: Exception) -> Request | None:
        """Called by Scrapy: connections that broke, names that were not found."""
        again = self._again(request, exception) if isinstance(exception, self._errors) else None
        if again is not None:
            await self._pause(self._wait(request))
        return again

    def _again(self, request: Request, reason: str | Exception) -> Request | None:
        if request.meta.get("dont_retry") or self.crawler.spider is None:
            return None
        return get_retry_request(
            request, spider=self.crawler.spider, reason=reason, max_retry_times=self._tries, give_up_log_level="DEBUG"
        )

    async def _pause(self, seconds: float) -> None:
        """Wait; not to the end, where the crawl is told to stop meanwhile."""
        engine: Any = self.crawler.engine
        while seconds > 0 and engine.running:
            await asyncio.sleep(min(seconds, _STEP))
            seconds -= _STEP

    def _now(self) -> datetime:
        spider: Any = self.crawler.spider
        moment: datetime = spider.now()
        return moment

    def _wait(self, request: Request) -> float:
        tries: int = request.meta.get("retry_times", 0)
        return float(min(self._base * 2**tries, self._longest))

    def _leave(self, request: Request, status: int, asked: timedelta | None) -> None:
        """Ask the host no more, where its answer means the host rather than the page."""
        host = host_of(request)
        self._broken[host].add(request.url)
        means_host = status in (TOO_MANY, UNAVAILABLE) or asked is not None or request.meta.get("fatal")
        if means_host or len(self._broken[host]) >= _PAGES:
            _tired[host] = (Cause.BLOCKED if status == TOO_MANY else Cause.HTTP, f"it answered HTTP {status}")
        if asked:
            get_ledger(self.crawler).rests[host] = self._now() + asked


def parse_retry_after(value: bytes | None, at: datetime) -> timedelta | None:
    """How long a server asks to be left alone (RFC 9110, 10.2.3: seconds, or a date), a week at most; None where it doesn't."""
    text = (value or b"").decode("latin-1").strip()
    if text.isascii() and text.isdigit():
        return min(timedelta(seconds=int(text[:9])), LONGEST)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    until = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(max(until - at, timedelta()), LONGEST)
