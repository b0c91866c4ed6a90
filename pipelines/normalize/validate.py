"""What is wrong with an event, and whether it can still be published."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from pipelines.normalized import NormalizedPosting, Rejected
from symposia.event import Event
from symposia.occurrences import end_of, start_of
from symposia.rules import rule_fault

MAX_NAME = 500
YEARS_BACK = 30
YEARS_AHEAD = 10
MAX_LENGTH = timedelta(days=400)
"""A single event that is longer is a mistake, or not an event."""

_has_letters = re.compile(r"[^\W\d_]").search
_address = re.compile(r"https?://\S+").fullmatch


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something wrong with an event: a slug for counting, words, and how to mend it; `mend` None: it cannot be published."""

    slug: str
    words: str
    mend: Callable[[Event], Event] | None = None


def find_problems(event: Event, fetched_at: datetime) -> list[Problem]:
    """All that is wrong with `event`, as of the moment that its page was fetched; an empty list where it is well."""
    return [*_of_name(event), *_of_time(event, fetched_at), *_of_rule(event), *_of_place(event)]


def validate(reading: NormalizedPosting) -> tuple[NormalizedPosting, list[str]]:
    """The reading without what is wrong with its event, and the slugs of what was. Raises Unreadable where nothing mends it."""
    event, found = reading.event, find_problems(reading.event, reading.posting.origin.fetched_at)
    for problem in found:
        if problem.mend is None:
            raise Rejected(problem.slug, problem.words)
        event = problem.mend(event)
    return (replace(reading, event=event) if found else reading), [problem.slug for problem in found]


def _of_name(event: Event) -> Iterator[Problem]:
    if not _has_letters(event.name):
        yield Problem(slug="name_without_letters", words=f"the name says nothing: {event.name[:100]!r}")
    if _address(event.name):
        yield Problem(slug="name_is_address", words=f"the name is an address: {event.name[:100]!r}")
    if len(event.name) > MAX_NAME:
        yield Problem(slug="name_too_long", words=f"a name of {len(event.name)} characters")


def _of_time(event: Event, fetched_at: datetime) -> Iterator[Problem]:
    years = event.start.year - fetched_at.year
    if not -YEARS_BACK <= years <= YEARS_AHEAD:
        yield Problem(slug="year_far_off", words=f"the year {event.start.year} is too far off")
    elif _too_long(event):
        yield Problem(
            slug="too_long", words=f"from {event.start} to {event.end}", mend=lambda one: replace(one, end=None)
        )


def _too_long(event: Event) -> bool:
    try:
        return end_of(event) - start_of(event) > MAX_LENGTH
    except OverflowError:  # It ends on the last day that there is.
        return True


def _of_rule(event: Event) -> Iterator[Problem]:
    """A rule that calendars refuse: one such event would keep a whole calendar from being published."""
    rule = event.recurrence.rrule if event.recurrence else None
    if event.recurrence and rule and (wrong := rule_fault(rule)):
        alone = replace(event.recurrence, rrule=None) if event.recurrence.rdates else None
        yield Problem(slug="no_rule", words=wrong, mend=lambda one: replace(one, recurrence=alone))


def _of_place(event: Event) -> Iterator[Problem]:
    place = event.location
    if place is None or (place.latitude is None and place.longitude is None):
        return
    if (
        place.latitude is None
        or place.longitude is None
        or not (abs(place.latitude) <= 90 and abs(place.longitude) <= 180)
    ):
        nowhere = replace(place, latitude=None, longitude=None)
        yield Problem(
            slug="no_such_coordinates",
            words=f"{place.latitude}, {place.longitude}",
            mend=lambda one: replace(one, location=nowhere),
        )
