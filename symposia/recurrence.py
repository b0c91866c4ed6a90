"""Changing every moment of a recurrence at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from symposia.event import Moment, Recurrence


def map_moments(recurrence: Recurrence, change: Callable[[Moment], Moment]) -> Recurrence:
    """`recurrence`, each of its days or instants replaced by what `change` makes of it."""
    moved = (
        replace(
            one,
            recurrence_id=change(one.recurrence_id),
            start=change(one.start),
            end=change(one.end) if one.end else None,
        )
        for one in recurrence.moved
    )
    return replace(
        recurrence,
        rdates=tuple(map(change, recurrence.rdates)),
        exdates=tuple(map(change, recurrence.exdates)),
        moved=tuple(moved),
    )
