"""Why two postings can't be one event, whatever else agrees."""

from __future__ import annotations

from datetime import datetime, timedelta

from rapidfuzz import fuzz

from pipelines.linkage.features.place import relation
from pipelines.linkage.features.record import TELLING, Sketch
from pipelines.linkage.features.title import Title, generic_words, kinds_beside, weigh, weight_of

NEAR = 3
"""Days between two starts beyond which nothing is compared."""
_HOUR = timedelta(hours=1)
_SAME_VENUE = 60
"""rapidfuzz's token_set_ratio (0 to 100) below which two venues are two."""


def apart(a: Sketch, b: Sketch) -> str | None:
    """Why two can't be one event; None where they can."""
    if abs((a.day - b.day).days) > NEAR:
        return "another day"
    if a.sources & b.sources and not _may_be_twins(a, b):
        return "the source tells them apart"
    if a.title.years and b.title.years and not a.title.years & b.title.years:
        return "another year"
    if a.numbers - b.numbers and b.numbers - a.numbers:
        return "another edition or part"
    if (a.recurs is None) != (b.recurs is None) or (a.recurs and a.recurs != b.recurs):
        return "one recurs, or otherwise"
    timed_or_own = a.start or b.start or a.sources & b.sources or other_venue(a, b)
    if timed_or_own and relation(a.place, b.place) in ("other city", "other country"):
        return "another city"
    if a.start and b.start and another_time(a.start, b.start, loosely=a.floating or b.floating):
        return "another time"
    if _is_beside(a.title, b.title) or _is_beside(b.title, a.title):
        return "one is held beside the other"
    if _anybodys(a.title) and _anybodys(b.title) and not _vouched(a, b):
        return "a name that anybody may give"
    return None


def another_time(a: datetime, b: datetime, *, loosely: bool) -> bool:
    """Whether two start more than an hour apart: by the instant, and `loosely`, as no zone is stated, by the clock too.

    Two that do are never one event: `clues.may_be_one` counts on it.
    """
    clocks = abs(a.replace(tzinfo=None) - b.replace(tzinfo=None))
    if a.tzinfo is None or b.tzinfo is None:
        return clocks > _HOUR
    return (min(abs(a - b), clocks) if loosely else abs(a - b)) > _HOUR


def _may_be_twins(a: Sketch, b: Sketch) -> bool:
    """Whether one source may say the same twice, as lists that many write do.

    It is trusted to know apart what a calendar gives a UID, what has other numbers or rooms, days that don't overlap (a
    series' don't), and what it gives an hour, but for one page announced twice.
    """
    if (a.has_uid and b.has_uid) or a.numbers != b.numbers or other_venue(a, b):
        return False
    if a.start or b.start:
        return a.start == b.start and _same_page(a, b)
    return a.day == b.day or (a.day <= (b.last or b.day) and b.day <= (a.last or a.day))


def _same_page(a: Sketch, b: Sketch) -> bool:
    """Whether both have one address, which is neither a home page nor a list."""
    if a.address is None or b.address is None or a.address.page != b.address.page:
        return False
    return not (a.address.home or a.address.listing)


def _is_beside(small: Title, large: Title) -> bool:
    """Whether one name is the other's with more to it: "Workshop on Robots at the School Libraries Conference"."""
    if not small.bag & kinds_beside("small") - large.bag or not large.bag & kinds_beside("large"):
        return False
    own = {word for word in large.bag if weight_of(word) >= TELLING}
    return bool(own) and own <= small.bag and weigh(small.bag - large.bag) >= 1


def _anybodys(title: Title) -> bool:
    """Whether a name is but what many call their events: "Office hours", "Board meeting"."""
    return all(word in generic_words() or weight_of(word) < TELLING for word in title.words)


def _vouched(a: Sketch, b: Sketch) -> bool:
    """Whether something beside such a name says that two are one: who invites, the venue, or the page."""
    if a.organizer and a.organizer == b.organizer:
        return True
    if a.place.venue and a.place.venue == b.place.venue:
        return True
    return _same_page(a, b)


def other_venue(a: Sketch, b: Sketch) -> bool:
    """Whether both name a venue, and not the same."""
    if not a.place.venue or not b.place.venue:
        return False
    here, there = (" ".join(sorted(one.place.venue)) for one in (a, b))
    return fuzz.token_set_ratio(here, there) < _SAME_VENUE
