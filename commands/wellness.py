"""How each source of the catalogue fares, out of the store: what `health` says, and what an export shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from calendar_export.rows import SourceRow
from pipelines.store import Store
from spiders.catalogue import Catalogue
from symposia.health import Alarm, alarms_of
from symposia.outcome import Run, RunStatus
from symposia.schedule import next_crawl

REMEMBERED = 120
"""Runs of a source that are looked at."""
DAYS = 30
"""Days of a source that a page shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fare:
    """A source, its last runs (the oldest first), what is wrong with it, and when it is due; None where it is due at once."""

    id: str
    name: str
    url: str
    runs: Sequence[Run]
    alarms: tuple[Alarm, ...]
    due: datetime | None

    @property
    def needs_a_person(self) -> bool:
        """Whether more than notes is wrong."""
        return any(not alarm.note for alarm in self.alarms)


def fares_of(catalogue: Catalogue, store: Store, now: datetime) -> list[Fare]:
    """The verified sources, and all that ever were crawled, in the catalogue's order, those that it has no more at the end."""
    runs, soon = store.recent_runs(REMEMBERED), store.soon(now)
    named = [source.id for source in catalogue.sources if source.verified or source.id in runs]
    return [
        _fare(name, catalogue, runs.get(name, []), name in soon, now)
        for name in (*named, *sorted(runs.keys() - set(named)))
    ]


def _fare(name: str, catalogue: Catalogue, runs: Sequence[Run], soon: bool, now: datetime) -> Fare:
    source = catalogue.get(name)
    due = next_crawl(runs, every=source.every if source else None, soon=soon)
    # What is crawled only when it is named is never late.
    watched = source is not None and source.verified and due is not None
    wait = due - runs[-1].started if watched and due else timedelta(days=10_000)
    return Fare(
        id=name,
        name=source.name if source else name,
        url=source.url if source else "",
        runs=runs,
        alarms=alarms_of(runs, now=now, wait=wait),
        due=due,
    )


def source_rows(catalogue: Catalogue, store: Store, now: datetime) -> list[SourceRow]:
    """Each source that was ever crawled, and how it fares, by id."""
    fares = sorted(fares_of(catalogue, store, now), key=lambda fare: fare.id)
    return [_row(fare) for fare in fares if fare.runs]


def _row(fare: Fare) -> SourceRow:
    run = fare.runs[-1]
    return SourceRow(
        id=fare.id,
        name=fare.name,
        url=fare.url,
        status=run.status.value,
        cause=run.cause.value if run.cause else None,
        detail=run.detail,
        checked=run.finished.date(),
        events=run.events,
        refused=run.refused,
        pages=run.pages,
        alarms=tuple(alarm.words for alarm in fare.alarms if not alarm.note),
        history=_history(fare.runs),
    )


def _history(runs: Sequence[Run]) -> tuple[int | None, ...]:
    """The events of each day's last run, None where it failed."""
    days: dict[date, int | None] = {}
    for run in runs:
        days[run.started.date()] = None if run.status is RunStatus.FAILED else run.events
    return tuple(days.values())[-DAYS:]
