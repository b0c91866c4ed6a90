"""Whether two events are one, and which of many are. A first version: by name, time, place and address."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import combinations

from rapidfuzz import fuzz
from w3lib.url import canonicalize_url, url_query_cleaner

from symposia.event import AttendanceMode, Event

SAME_NAME = 90
"""rapidfuzz's token_sort_ratio (0 to 100) from which two names are one."""
SAME_PLACE = 60
"""token_set_ratio below which two places are two."""

_kind_tag = re.compile(
    r"^(?:free |live |online )*(?:webinar|workshop|conference|online|course)\s*[:|–—-]\s*"
    r"|\s*[(\[](?:free |live )*(?:webinar|workshop|conference|online|course)[)\]]\s*$"
    r"|\s+[:|–—-]?\s*(?:webinar|workshop)\s*$"
)
_TRACKING = (
    "utm_source",
    "utm_medium",
    "utm_campaign",
    "utm_term",
    "utm_content",
    "fbclid",
    "gclid",
    "mc_cid",
    "mc_eid",
)
_GENERIC_WORDS = 2
_CROWD = 400
"""Events of one day that are compared each with each; more are compared within the same first letters only."""


def same(a: Event, b: Event) -> str | None:
    """Why `a` and `b` are one real event; None where they are not known to be."""
    if _recurs(a) != _recurs(b) or not _same_time(a, b) or _elsewhere(a, b):
        return None
    if _same_address(a, b):
        return "the same address and time"
    if fuzz.token_sort_ratio(plain_name(a.name), plain_name(b.name), score_cutoff=SAME_NAME) == 0:
        return None
    if len(plain_name(a.name).split()) <= _GENERIC_WORDS and not _vouched(a, b):
        return None
    return "the same name, time and place"


def clusters(events: Sequence[Event], *, within_source: bool = False) -> list[list[int]]:
    """The indexes of `events` that are one event each, in order. Near-linear: only events of one day are compared.

    `within_source`: also join events of one source, which otherwise is trusted to know its own events apart.
    """
    parent = list(range(len(events)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for one, other in _pairs(events):
        if (within_source or not _shares_source(events[one], events[other])) and same(events[one], events[other]):
            first, second = sorted((root(one), root(other)))
            parent[second] = first
    found: dict[int, list[int]] = defaultdict(list)
    for index in range(len(events)):
        found[root(index)].append(index)
    return list(found.values())


def day_of(event: Event) -> date:
    """The day on which an event is looked for: of an instant, its day in UTC."""
    if not isinstance(event.start, datetime):
        return event.start
    return (event.start.astimezone(UTC) if event.start.tzinfo else event.start).date()


def days_near(event: Event) -> tuple[date, ...]:
    """The days on which the same event may be filed elsewhere, where its time or zone is not known."""
    day = day_of(event)
    return day - timedelta(days=1), day, day + timedelta(days=1)


@lru_cache(maxsize=65_536)
def plain_name(name: str) -> str:
    """A name for comparing: casefolded, without "Webinar:" before or after it, and without marks."""
    return " ".join(re.sub(r"[^\w]+", " ", _kind_tag.sub(" ", name.casefold())).split()) or name.casefold()


def _pairs(events: Sequence[Event]) -> Iterator[tuple[int, int]]:
    days: dict[object, list[int]] = defaultdict(list)
    for index, event in enumerate(events):
        days[day_of(event)].append(index)
    for day, indexes in days.items():
        following = days.get(day + timedelta(days=1), []) if isinstance(day, date) else []
        for group in _groups(events, indexes):
            yield from combinations(group, 2)
        for one in indexes:
            yield from ((one, other) for other in following if events[one].all_day != events[other].all_day)


def _groups(events: Sequence[Event], indexes: list[int]) -> Iterable[list[int]]:
    if len(indexes) <= _CROWD:
        return [indexes]
    by_letters: dict[str, list[int]] = defaultdict(list)
    for index in indexes:
        by_letters[min(plain_name(events[index].name).split(), default="")[:3]].append(index)
    return by_letters.values()


def _recurs(event: Event) -> str | None:
    return event.recurrence.rrule or "dates" if event.recurrence else None


def _same_time(a: Event, b: Event) -> bool:
    if isinstance(a.start, datetime) and isinstance(b.start, datetime):
        if (a.start.tzinfo is None) != (b.start.tzinfo is None):
            return a.start.replace(tzinfo=None) == b.start.replace(tzinfo=None)
        return a.start == b.start
    return _local_day(a) == _local_day(b)


def _local_day(event: Event) -> date:
    return event.start.date() if isinstance(event.start, datetime) else event.start


def _elsewhere(a: Event, b: Event) -> bool:
    """Whether both name a place, and not the same."""
    here, there = a.location, b.location
    if here is None or there is None or AttendanceMode.ONLINE in (a.attendance_mode, b.attendance_mode):
        return False
    if here.city and there.city:
        return here.city.casefold() != there.city.casefold()
    if here.name and there.name:
        return fuzz.token_set_ratio(here.name.casefold(), there.name.casefold()) < SAME_PLACE
    return False


def _vouched(a: Event, b: Event) -> bool:
    """Whether more than a name that anybody might give ("Office hours") says that two events are one."""
    organizers = (a.organizer or "").casefold(), (b.organizer or "").casefold()
    if organizers[0] and organizers[0] == organizers[1]:
        return True
    here, there = a.location, b.location
    return bool(here and there and here.name and there.name and here.name.casefold() == there.name.casefold())


def _same_address(a: Event, b: Event) -> bool:
    return bool(a.url and b.url) and _address(a.url or "") == _address(b.url or "") and _specific(a.url or "")


@lru_cache(maxsize=65_536)
def _address(url: str) -> str:
    clean = url_query_cleaner(url, list(_TRACKING), remove=True)
    return canonicalize_url(clean).split("://", 1)[-1].removeprefix("www.").rstrip("/")


def _specific(url: str) -> bool:
    """An address with a path or query of its own: a home page says of no event which it is."""
    return "/" in _address(url) or "?" in _address(url)


def _shares_source(a: Event, b: Event) -> bool:
    return not {source.id for source in a.sources}.isdisjoint(source.id for source in b.sources)
