"""How each source of the catalogue fares, out of the store: what `health` says, and what an export shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from calendar_export.tables.rows import SourceRow
from pipelines.store.store import Store
from spiders.catalogue import Catalogue
from symposia.health import Alarm, Health, State, diagnose
from symposia.outcome import Run, RunStatus
from symposia.schedule import next_crawl

REMEMBERED = 120
"""Runs of a source that are looked at."""
DAYS = 30
"""Days of a source that a page shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fare:
    """A source, its last runs (the oldest first), how it is, and when it is due; None where it is due at once.

    `listed`: whether the catalogue still has it.
    """

    id: str
    name: str
    url: str
    runs: Sequence[Run]
    health: Health
    due: datetime | None
    listed: bool = True

    @property
    def alarms(self) -> tuple[Alarm, ...]:
        """What a person should look at, notes too."""
        return self.health.alarms

    @property
    def needs_a_person(self) -> bool:
        """Whether more than notes is wrong."""
        return self.health.state is State.ILL


def fares_of(catalogue: Catalogue, store: Store, now: datetime) -> list[Fare]:
    """The verified sources, and all that ever were crawled, in the catalogue's order, those that it has no more at the end.

    Of those that no crawl reads unless they are named, nothing is more than a note: taking a source out mends it.
    """
    runs, soon = store.recent_runs(REMEMBERED), store.soon(now)
    named = [source.id for source in catalogue.sources if source.verified or source.id in runs]
    return [
        _fare(name, catalogue, runs.get(name, []), name in soon, now)
        for name in (*named, *sorted(runs.keys() - set(named)))
    ]


def _fare(name: str, catalogue: Catalogue, runs: Sequence[Run], soon: bool, now: datetime) -> Fare:
    source = catalogue.get(name)
    due = next_crawl(runs, every=source.every if source else None, soon=soon)
    wait = due - runs[-1].started if due else timedelta()
    url = source.url if source else ""
    watched = source is not None and source.verified
    return Fare(
        id=name,
        name=source.name if source else name,
        url=url,
        runs=runs,
        health=diagnose(runs, now=now, wait=wait, url=url, watched=watched) if source else Health(state=State.WELL),
        due=due,
        listed=source is not None,
    )


def source_rows(catalogue: Catalogue, store: Store, now: datetime) -> list[SourceRow]:
    """Each source that was ever crawled, and how it fares, by id; the same all day (UTC), as an export is."""
    day = datetime.combine(now.astimezone(UTC), time.min, UTC)
    fares = sorted(fares_of(catalogue, store, day), key=lambda fare: fare.id)
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
        new=run.new,
        notes=tuple(alarm.words for alarm in fare.alarms if alarm.note),
        listed=fare.listed,
        history=_history(fare.runs),
    )


def _history(runs: Sequence[Run]) -> tuple[int | None, ...]:
    """The events of each day's last run, None where it failed; days without a run are left out."""
    days: dict[date, int | None] = {}
    for run in runs:
        days[run.started.date()] = None if run.status is RunStatus.FAILED else run.events
    return tuple(days.values())[-DAYS:]
