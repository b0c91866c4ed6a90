"""Recurrences changed as a whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from symposia.event import Moment, Recurrence


def map_moments(recurrence: Recurrence, change: Callable[[Moment], Moment]) -> Recurrence:
    """The recurrence with each of its days and instants replaced by what `change` makes of it; its rule stays.

    >>> from datetime import date, timedelta
    >>> weekly = Recurrence(rrule="FREQ=WEEKLY", exdates=(date(2027, 3, 3),))
    >>> map_moments(weekly, lambda day: day + timedelta(days=1)).exdates
    (datetime.date(2027, 3, 4),)
    """
    moved = (
        replace(
            occurrence,
            recurrence_id=change(occurrence.recurrence_id),
            start=change(occurrence.start),
            end=change(occurrence.end) if occurrence.end else None,
        )
        for occurrence in recurrence.moved
    )
    return replace(
        recurrence,
        rdates=tuple(map(change, recurrence.rdates)),
        exdates=tuple(map(change, recurrence.exdates)),
        moved=tuple(moved),
    )
