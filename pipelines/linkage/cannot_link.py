"""Cannot-link constraints: why two postings are not one event, whatever else agrees."""

from __future__ import annotations

from datetime import datetime, timedelta

from rapidfuzz import fuzz

from pipelines.linkage.features.place import PlaceRelation, compare_places
from pipelines.linkage.features.record import DISTINCTIVE, FeatureRecord
from pipelines.linkage.features.title import TitleFeatures, generic_words, kinds_beside, total_weight, weight_of

MAX_DAYS_BETWEEN = 3
"""Most days between the starts of one event's postings: some lists begin with the day of arrival, or of a workshop."""
_MAX_BETWEEN_STARTS = timedelta(hours=1)
"""Most hours between one event's starts: a source may state when the doors open, or forget summer time."""
_SAME_VENUE = 60
"""rapidfuzz's token_set_ratio (0 to 100) below which two names are of two venues."""


def cannot_link(a: FeatureRecord, b: FeatureRecord) -> str | None:
    """Why two postings cannot be one event, in words for people; None where they may be."""
    if abs((a.day - b.day).days) > MAX_DAYS_BETWEEN:
        return "another day"
    if a.sources & b.sources and not _may_be_listed_twice(a, b):
        return "the source tells them apart"
    if a.title.years and b.title.years and not a.title.years & b.title.years:
        return "another year"
    if a.numbers - b.numbers and b.numbers - a.numbers:
        return "another edition or part"
    if (a.recurs is None) != (b.recurs is None) or (a.recurs and a.recurs != b.recurs):
        return "one recurs, or otherwise"
    if _are_elsewhere(a, b):
        return "another city"
    if a.start and b.start and starts_differ(a.start, b.start, loosely=a.floating or b.floating):
        return "another time"
    if _is_held_beside(a.title, b.title) or _is_held_beside(b.title, a.title):
        return "one is held beside the other"
    if _is_generic(a.title) and _is_generic(b.title) and not _are_vouched_for(a, b):
        return "a name that anybody may give"
    return None


def starts_differ(a: datetime, b: datetime, *, loosely: bool) -> bool:
    """Whether two starts are more than an hour apart: as instants, or by the clock where either has no zone.

    With `loosely`, for zones that are only assumed, it is enough that the clocks agree. Postings whose starts differ are
    never one event: `blocking_keys.may_match_any` relies on it.

    >>> from datetime import UTC, timezone
    >>> four = datetime(2027, 3, 3, 16, tzinfo=UTC)
    >>> elsewhere = four.replace(tzinfo=timezone(timedelta(hours=5)))
    >>> starts_differ(four, elsewhere, loosely=False), starts_differ(four, elsewhere, loosely=True)
    (True, False)
    """
    on_clock = abs(a.replace(tzinfo=None) - b.replace(tzinfo=None))
    if a.tzinfo is None or b.tzinfo is None:
        return on_clock > _MAX_BETWEEN_STARTS
    return (min(abs(a - b), on_clock) if loosely else abs(a - b)) > _MAX_BETWEEN_STARTS


def venues_differ(a: FeatureRecord, b: FeatureRecord) -> bool:
    """Whether both name a venue, and not the same."""
    if not a.place.venue or not b.place.venue:
        return False
    here, there = (" ".join(sorted(record.place.venue)) for record in (a, b))
    return fuzz.token_set_ratio(here, there) < _SAME_VENUE


def _may_be_listed_twice(a: FeatureRecord, b: FeatureRecord) -> bool:
    """Whether one source may list one event twice, as sources with many editors do.

    Two postings of a source are two events if both have a UID in a calendar, if their numbers or venues differ, or if
    their days don't overlap. With a time of day they are two as well, unless both have the same start and page.
    """
    if (a.has_uid and b.has_uid) or a.numbers != b.numbers or venues_differ(a, b):
        return False
    if a.start or b.start:
        return a.start == b.start and _have_one_page(a, b)
    return a.day == b.day or (a.day <= (b.last or b.day) and b.day <= (a.last or a.day))


def _are_elsewhere(a: FeatureRecord, b: FeatureRecord) -> bool:
    """Whether two are in different cities, and either has a time of day, one source lists both, or their venues differ.

    Without any of these it may be one conference of several days, which some sources list under the next town.
    """
    if not (a.start or b.start or a.sources & b.sources or venues_differ(a, b)):
        return False
    return compare_places(a.place, b.place) in (PlaceRelation.OTHER_CITY, PlaceRelation.OTHER_COUNTRY)


def _have_one_page(a: FeatureRecord, b: FeatureRecord) -> bool:
    """Whether both have the same address, and it is neither a home page nor a list."""
    return a.url is not None and b.url is not None and a.url.page == b.url.page and a.url.is_own_page


def _is_held_beside(small: TitleFeatures, large: TitleFeatures) -> bool:
    """Whether one name is the other's with more to it: "Workshop on Robots at the School Libraries Conference"."""
    if not small.word_set & kinds_beside("small") - large.word_set or not large.word_set & kinds_beside("large"):
        return False
    distinctive = {word for word in large.word_set if weight_of(word) >= DISTINCTIVE}
    # It must have a word of its own, or it is the same event under two kinds.
    return bool(distinctive) and distinctive <= small.word_set and total_weight(small.word_set - large.word_set) >= 1


def _is_generic(title: TitleFeatures) -> bool:
    """Whether many organisers use the name: "Office hours", "Board meeting"."""
    return all(word in generic_words() or weight_of(word) < DISTINCTIVE for word in title.words)


def _are_vouched_for(a: FeatureRecord, b: FeatureRecord) -> bool:
    """Whether the organizer, the venue or the page says that two postings with a generic name are one event."""
    if a.organizer and a.organizer == b.organizer:
        return True
    if a.place.venue and a.place.venue == b.place.venue:
        return True
    return _have_one_page(a, b)
