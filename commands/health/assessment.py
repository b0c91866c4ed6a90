"""How each source of the catalogue is doing, from the store: for `symposia health`, and for the export's health page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from calendar_export.source_summary import SourceSummary
from pipelines.store.store import Store
from spiders.catalogue import Catalogue
from symposia.health import Alarm, Health, State, diagnose
from symposia.outcome import Run, RunStatus
from symposia.schedule import next_crawl

RUNS_CONSIDERED = 120
"""Runs of a source that are considered: four months of nights show what is usual for it."""
DAYS_SHOWN = 30
"""Days of a source's history that the export's page shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceHealth:
    """How a source is doing.

    Attributes:
        runs: Its last runs, the oldest first.
        due: When its next crawl is due; None where it is due now.
        listed: The catalogue still has it.
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
        """What is wrong, and notes."""
        return self.health.alarms

    @property
    def needs_a_person(self) -> bool:
        """Whether an alarm is more than a note."""
        return self.health.state is State.ILL


def assess_sources(catalogue: Catalogue, store: Store, now: datetime) -> list[SourceHealth]:
    """Assess the verified sources and all that were ever crawled: in the catalogue's order, removed ones last.

    Alarms of sources that are only crawled by name are notes: removing them from the catalogue is a remedy.
    """
    runs, soon = store.get_recent_runs(RUNS_CONSIDERED), store.get_sources_with_events_soon(now)
    listed = [source.id for source in catalogue.sources if source.verified or source.id in runs]
    removed = sorted(runs.keys() - set(listed))
    return [_assess(name, catalogue, runs.get(name, []), name in soon, now) for name in (*listed, *removed)]


def _assess(name: str, catalogue: Catalogue, runs: Sequence[Run], soon: bool, now: datetime) -> SourceHealth:
    source = catalogue.get(name)
    if source is None:
        due = next_crawl(runs, every=None, soon=soon)
        return SourceHealth(
            id=name, name=name, url="", runs=runs, health=Health(state=State.WELL), due=due, listed=False
        )
    due = next_crawl(runs, every=source.every, soon=soon)
    wait = due - runs[-1].started if due else timedelta()
    health = diagnose(runs, now=now, wait=wait, url=source.url, watched=source.verified)
    return SourceHealth(id=name, name=source.name, url=source.url, runs=runs, health=health, due=due)


def build_source_summaries(catalogue: Catalogue, store: Store, now: datetime) -> list[SourceSummary]:
    """Summarize each source that was ever crawled, by id; the same all day (UTC), so that an export does not change."""
    midnight = datetime.combine(now.astimezone(UTC), time.min, UTC)
    sources = sorted(assess_sources(catalogue, store, midnight), key=lambda source: source.id)
    return [_summarize(source) for source in sources if source.runs]


def _summarize(source: SourceHealth) -> SourceSummary:
    run = source.runs[-1]
    return SourceSummary(
        id=source.id,
        name=source.name,
        url=source.url,
        status=run.status.value,
        cause=run.cause.value if run.cause else None,
        detail=run.detail,
        checked=run.finished.date(),
        events=run.events,
        refused=run.refused,
        pages=run.pages,
        alarms=tuple(alarm.words for alarm in source.alarms if not alarm.note),
        new=run.new,
        notes=tuple(alarm.words for alarm in source.alarms if alarm.note),
        listed=source.listed,
        history=_count_events_by_day(source.runs),
    )


def _count_events_by_day(runs: Sequence[Run]) -> tuple[int | None, ...]:
    """The events of each day's last run, None where it failed; days without a run are left out."""
    days: dict[date, int | None] = {}
    for run in runs:
        days[run.started.date()] = None if run.status is RunStatus.FAILED else run.events
    return tuple(days.values())[-DAYS_SHOWN:]
