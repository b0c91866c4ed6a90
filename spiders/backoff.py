"""Back-off: wait before asking a failing host again, longer each time, and give it up for this run in the end."""

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

from spiders.hosts import (
    SERVER_ERROR,
    TOO_MANY_REQUESTS,
    UNAVAILABLE,
    LeftAloneError,
    request_host,
    spider_of,
)
from symposia.errors import Cause

MAX_REST = timedelta(days=7)
"""The longest pause that a host may ask for; a longer one is most likely a mistake."""
_STEP = 0.5
"""Seconds after which a wait checks whether the crawl was told to stop."""
_MAX_BROKEN_PAGES = 3
"""Failing pages from which on the host counts as broken: one page that always fails must not stop the others."""


class BackOffMiddleware:
    """Tries again what Scrapy's RetryMiddleware does, which it replaces, but waits before it does.

    It waits as long as `Retry-After` says (RFC 9110, 10.2.3), else SYMPOSIA_BACKOFF seconds, twice as long each time. A
    host is asked no more in this run if it wants a longer wait than SYMPOSIA_MAX_WAIT, goes on answering 429 or 503, or
    answers 5xx for its listing or for several pages; if it said until when, no run asks it before then.
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
        """Make the middleware, except in a replay, which gives the same answer each time.

        Raises:
            NotConfigured: This is a replay.
        """
        if crawler.settings.get("SYMPOSIA_REPLAY"):
            raise NotConfigured
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Stop a request to a host that is left alone.

        Raises:
            LeftAloneError: The host answered badly in this run, or asked an earlier one to be left alone until later.
        """
        host, spider = request_host(request), spider_of(self.crawler)
        spider.left_alone.check(host)
        until = spider.resting_hosts.get(host)
        if until and until > spider.now():
            raise LeftAloneError(host, Cause.BLOCKED, f"it asked not to be asked before {until:%Y-%m-%d %H:%M} UTC")

    async def process_response(self, request: Request, response: Response) -> Request | Response:
        """Wait and try again after an answer that may be better next time; else leave the host alone, if it is to blame."""
        if response.status < SERVER_ERROR and response.status not in self._codes:
            return response
        asked = parse_retry_after(response.headers.get("Retry-After"), spider_of(self.crawler).now())
        wait = self._next_wait(request) if asked is None else asked.total_seconds()
        if response.status in self._codes and (asked is None or wait <= self._longest):
            retry = self._make_retry(request, response_status_message(response.status))
            if retry is not None:
                await self._pause(wait)
                return retry
        self._leave_alone(request, response.status, asked)
        return response

    async def process_exception(self, request: Request, exception: Exception) -> Request | None:
        """Wait and try again after a connection that broke, or a name that was not found."""
        retry = self._make_retry(request, exception) if isinstance(exception, self._errors) else None
        if retry is not None:
            await self._pause(self._next_wait(request))
        return retry

    def _make_retry(self, request: Request, reason: str | Exception) -> Request | None:
        """Make the next try of a request; None where it was tried often enough."""
        if request.meta.get("dont_retry") or self.crawler.spider is None:
            return None
        return get_retry_request(
            request, spider=self.crawler.spider, reason=reason, max_retry_times=self._tries, give_up_log_level="DEBUG"
        )

    async def _pause(self, seconds: float) -> None:
        """Wait, or until the crawl is told to stop."""
        engine: Any = self.crawler.engine
        while seconds > 0 and engine.running:
            await asyncio.sleep(min(seconds, _STEP))
            seconds -= _STEP

    def _next_wait(self, request: Request) -> float:
        """Find how many seconds to wait before the next try: twice as many each time."""
        tries: int = request.meta.get("retry_times", 0)
        return float(min(self._base * 2**tries, self._longest))

    def _leave_alone(self, request: Request, status: int, asked: timedelta | None) -> None:
        """Give the host up, if its answer is about the host rather than the page."""
        host, spider = request_host(request), spider_of(self.crawler)
        self._broken[host].add(request.url)
        is_about_host = status in (TOO_MANY_REQUESTS, UNAVAILABLE) or asked is not None or request.meta.get("fatal")
        if is_about_host or len(self._broken[host]) >= _MAX_BROKEN_PAGES:
            cause = Cause.BLOCKED if status == TOO_MANY_REQUESTS else Cause.HTTP
            spider.left_alone.add(host, cause, f"it answered HTTP {status}")
        if asked:
            spider.ledger.rest_until[host] = spider.now() + asked


def parse_retry_after(value: bytes | None, at: datetime) -> timedelta | None:
    """Parse a `Retry-After` header, of seconds or of a date (RFC 9110, 10.2.3).

    Returns:
        How long, from `at` on, the server asks to be left alone, a week at most; None where it does not say.

    >>> parse_retry_after(b"120", datetime(2026, 11, 2, tzinfo=UTC))
    datetime.timedelta(seconds=120)
    >>> parse_retry_after(b"Mon, 02 Nov 2026 01:00:00 GMT", datetime(2026, 11, 2, tzinfo=UTC))
    datetime.timedelta(seconds=3600)
    """
    text = (value or b"").decode("latin-1").strip()
    if text.isascii() and text.isdigit():
        return min(timedelta(seconds=int(text[:9])), MAX_REST)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    until = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(max(until - at, timedelta()), MAX_REST)
