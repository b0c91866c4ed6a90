"""What a crawl knows of the hosts that it asks: what was asked of each, and which are left alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Protocol, cast

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.utils.httpobj import urlparse_cached

from symposia.errors import Cause
from symposia.outcome import HostDay

TOO_MANY_REQUESTS = 429
"""RFC 6585, 4."""
UNAVAILABLE = 503
"""RFC 9110, 15.6.4."""
SERVER_ERROR = 500
"""From this status on the server failed, not the request (RFC 9110, 15.6)."""


class LeftAloneError(IgnoreRequest):
    """The host gets no more requests in this run: it is overloaded or failing. `cause` is the cause of its last answer."""

    def __init__(self, host: str, cause: Cause, why: str) -> None:
        super().__init__(f"{host} is left alone: {why}")
        self.cause = cause


class LeftAloneHosts:
    """The hosts that get no more requests in a run, and why.

    One object is shared by all crawls of a process: a host that serves several sources is the same for each of them.
    """

    def __init__(self) -> None:
        self._reasons: dict[str, tuple[Cause, str]] = {}

    def add(self, host: str, cause: Cause, why: str) -> None:
        """Ask a host nothing more in this run."""
        self._reasons[host] = (cause, why)

    def check(self, host: str) -> None:
        """Check that a host may be asked.

        Raises:
            LeftAloneError: It is left alone.
        """
        if host in self._reasons:
            raise LeftAloneError(host, *self._reasons[host])


class HostLedger:
    """What the crawl of one source asks of each host.

    `robots` says of each host what is known of its robots.txt, `rest_until` until when it asked to be left alone; see HostDay.
    """

    def __init__(self) -> None:
        self.robots: dict[str, str] = {}
        self.rest_until: dict[str, datetime] = {}
        self._counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._delays: dict[str, float] = {}

    def count(self, host: str, what: str, number: int = 1) -> None:
        """Add to one of the counts of a HostDay; `what` is the name of its field."""
        self._counts[host][what] += number

    def note_delay(self, host: str, delay: float) -> None:
        """Note how many seconds lie between two requests: the longest time counts."""
        self._delays[host] = max(delay, self._delays.get(host, 0.0))

    def to_host_days(self, day: date) -> tuple[HostDay, ...]:
        """List what was asked of each host, as done on that day (UTC)."""
        hosts = self._counts.keys() | self.robots.keys() | self.rest_until.keys()
        return tuple(
            HostDay(
                host=host,
                day=day,
                robots=self.robots.get(host, ""),
                delay=round(self._delays.get(host, 0.0), 3),
                rest_until=self.rest_until.get(host),
                **self._counts[host],
            )
            for host in sorted(hosts)
        )


class PoliteSpider(Protocol):
    """The side of a spider that the downloader middlewares talk to."""

    ledger: HostLedger
    left_alone: LeftAloneHosts

    @property
    def resting_hosts(self) -> Mapping[str, datetime]:
        """Hosts that asked an earlier run to be left alone, and until when."""

    def now(self) -> datetime:
        """The moment that the clocks of this crawl show, in UTC."""


def spider_of(crawler: Crawler) -> PoliteSpider:
    """The spider of a crawl that is under way."""
    return cast("PoliteSpider", crawler.spider)


def request_host(request: Request) -> str:
    """The host that a request is for, in lower case, with the port where it is not the usual one."""
    return urlparse_cached(request).netloc.rpartition("@")[2].casefold()


def find_delay(crawler: Crawler, request: Request) -> float:
    """Find how many seconds lie between two requests to a request's host; 0 where there is no queue for it yet."""
    slot = _find_slot(crawler, request)
    return float(slot.delay) if slot else 0.0


def raise_delay(crawler: Crawler, request: Request, at_least: float) -> None:
    """Raise the delay between two requests to a request's host to at least so many seconds, once it has a queue."""
    if slot := _find_slot(crawler, request):
        slot.delay = max(slot.delay, at_least)


def _find_slot(crawler: Crawler, request: Request) -> Any:
    """Find Scrapy's queue of a request's host; None where there is none yet."""
    engine: Any = crawler.engine
    return engine.downloader.slots.get(engine.downloader.get_slot_key(request))
