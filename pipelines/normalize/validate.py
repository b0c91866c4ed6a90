"""The stage that finds what is wrong with an event, mends what can be mended, and rejects what cannot be published."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from pipelines.normalized import NormalizedPosting, Rejected
from symposia.event import Event
from symposia.occurrences import end_of, start_of
from symposia.rrule import rrule_fault

MAX_NAME = 500
"""Longest name, in characters: a longer one is a description that an extractor took for a name."""
YEARS_BACK = 30
"""Years before its page was fetched in which an event can have started: archives go back so far, misread years further."""
YEARS_AHEAD = 10
"""Years after its page was fetched in which an event can start: nobody announces one earlier."""
MAX_DURATION = timedelta(days=400)
"""Longest single event: a course may last a school year; what lasts longer is a mistake, or not an event."""

_has_letters = re.compile(r"[^\W\d_]").search
_is_address = re.compile(r"https?://\S+").fullmatch


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something wrong with an event: a slug for counting, a message, and how to mend it (None: it cannot be published)."""

    slug: str
    message: str
    mend: Callable[[Event], Event] | None = None


class ValidateStage:
    """Mends what is wrong with an event, as of the moment that its page was fetched."""

    name = "validate"

    def __call__(self, normalized: NormalizedPosting) -> NormalizedPosting:
        """Mend a posting's event, and note what was mended.

        Raises:
            Rejected: One of its problems cannot be mended.
        """
        event, problems = normalized.event, find_problems(normalized.event, normalized.posting.origin.fetched_at)
        for problem in problems:
            if problem.mend is None:
                raise Rejected(problem.slug, problem.message)
            event = problem.mend(event)
        if not problems:
            return normalized
        notes = tuple(f"{self.name}/mended/{problem.slug}" for problem in problems)
        return replace(normalized, event=event, notes=(*normalized.notes, *notes))


def find_problems(event: Event, fetched_at: datetime) -> list[Problem]:
    """Find all that is wrong with an event whose page was fetched at that moment; empty for a sound event."""
    return [
        *_check_name(event),
        *_check_time(event, fetched_at),
        *_check_recurrence(event),
        *_check_coordinates(event),
    ]


def _check_name(event: Event) -> Iterator[Problem]:
    if not _has_letters(event.name):
        yield Problem(slug="name_without_letters", message=f"the name says nothing: {event.name[:100]!r}")
    if _is_address(event.name):
        yield Problem(slug="name_is_address", message=f"the name is an address: {event.name[:100]!r}")
    if len(event.name) > MAX_NAME:
        yield Problem(slug="name_too_long", message=f"a name of {len(event.name)} characters")


def _check_time(event: Event, fetched_at: datetime) -> Iterator[Problem]:
    years = event.start.year - fetched_at.year
    if not -YEARS_BACK <= years <= YEARS_AHEAD:
        yield Problem(slug="year_far_off", message=f"the year {event.start.year} is too far off")
    elif _is_too_long(event):
        yield Problem(
            slug="too_long",
            message=f"from {event.start} to {event.end}",
            mend=lambda event: replace(event, end=None),
        )


def _is_too_long(event: Event) -> bool:
    try:
        return end_of(event) - start_of(event) > MAX_DURATION
    except OverflowError:  # It ends on the last day that there is.
        return True


def _check_recurrence(event: Event) -> Iterator[Problem]:
    """Find a rule that calendars refuse: one such rule would keep a whole calendar from being published."""
    recurrence = event.recurrence
    if recurrence and recurrence.rrule and (fault := rrule_fault(recurrence.rrule)):
        rest = replace(recurrence, rrule=None) if recurrence.rdates else None
        yield Problem(slug="no_rule", message=fault, mend=lambda event: replace(event, recurrence=rest))


def _check_coordinates(event: Event) -> Iterator[Problem]:
    place = event.location
    if place is None or _are_coordinates(place.latitude, place.longitude):
        return
    nowhere = replace(place, latitude=None, longitude=None)
    yield Problem(
        slug="no_such_coordinates",
        message=f"{place.latitude}, {place.longitude}",
        mend=lambda event: replace(event, location=nowhere),
    )


def _are_coordinates(latitude: float | None, longitude: float | None) -> bool:
    """Whether both are degrees on the globe (WGS 84), or both are unknown."""
    if latitude is None or longitude is None:
        return latitude is None and longitude is None
    return abs(latitude) <= 90 and abs(longitude) <= 180
