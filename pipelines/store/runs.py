"""The runs of the store, with what each refused, and what was asked of which host."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select

from pipelines.store.event_json import serialize_posting
from pipelines.store.schema import hosts, refusals, runs
from symposia.errors import Cause
from symposia.moments import day_from_text, instant_from_text, moment_from_text, moment_text
from symposia.outcome import HostDay, Refused, Run, RunStatus
from symposia.posting import Posting
from symposia.private_links import without_private

_RECENT = 60
"""Runs of a source among which the last whole one is looked for: two months of nights; an older one says little of today."""
KEPT_RUNS = 400
"""Runs of a source that are kept: a year of nights, and some more."""
KEPT_REFUSALS = 7
"""Runs of a source whose refused postings are kept: a week of nights, to find out why."""


def insert_run(connection: Connection, run: Run, refused: Iterable[Refused]) -> None:
    """Insert a run and the postings that it refused; forget the oldest of its source."""
    text = json.dumps({**asdict(run), "started": moment_text(run.started), "finished": moment_text(run.finished)})
    added = connection.execute(insert(runs).values(source=run.source, json=text)).inserted_primary_key
    rows = [_make_refusal_row(added[0], *refusal) for refusal in refused] if added else []
    if rows:
        connection.execute(insert(refusals), rows)
    _delete_oldest(connection, run.source)


def load_last_whole_run(connection: Connection, source: str) -> Run | None:
    """Load the last of a source's recent runs that read all of its listing; None where none did."""
    query = select(runs.c.json).where(runs.c.source == source).order_by(runs.c.id.desc()).limit(_RECENT)
    recent = connection.execute(query).scalars()
    return next((run for run in map(_parse_run, recent) if run.whole), None)


def judge_by_last_whole(run: Run, before: Run) -> Run:
    """Judge a run by the last whole one: postings that it could not read may be the ones that seem to be missing."""
    if run.refused > before.refused:
        run = replace(run, whole=False)
    if run.cause is Cause.UNRECOGNISED and before.events:
        detail = f"nothing is recognised as an event any more; on {before.started:%Y-%m-%d} there were {before.events}"
        run = replace(run, cause=Cause.LAYOUT_CHANGED, detail=detail)
    return run


def load_last_runs(connection: Connection) -> dict[str, Run]:
    """Load the last run of each source, by its id."""
    newest = select(func.max(runs.c.id)).group_by(runs.c.source)
    query = select(runs.c.source, runs.c.json).where(runs.c.id.in_(newest))
    return {row.source: _parse_run(row.json) for row in connection.execute(query)}


def load_recent_runs(connection: Connection, number: int) -> dict[str, list[Run]]:
    """Load the last runs of each source, by its id: at most that number of each, the oldest first."""
    place = func.row_number().over(partition_by=runs.c.source, order_by=runs.c.id.desc()).label("place")
    ranked = select(runs.c.id, runs.c.source, runs.c.json, place).subquery()
    query = select(ranked).where(ranked.c.place <= number).order_by(ranked.c.id)
    recent: dict[str, list[Run]] = defaultdict(list)
    for row in connection.execute(query):
        recent[row.source].append(_parse_run(row.json))
    return dict(recent)


def load_refusals(connection: Connection, source: str) -> list[tuple[str, str]]:
    """Load what the last run of a source refused: what each is called, and why."""
    last = select(func.max(runs.c.id)).where(runs.c.source == source).scalar_subquery()
    query = select(refusals.c.what, refusals.c.reason).where(refusals.c.run == last)
    return [(row.what, row.reason) for row in connection.execute(query)]


def add_host_days(connection: Connection, days: Sequence[HostDay]) -> None:
    """Add the requests of one crawl to those made to the same hosts on the same day."""
    for host_day in days:
        is_row = (hosts.c.host == host_day.host) & (hosts.c.day == host_day.day.isoformat())
        text = connection.execute(select(hosts.c.json).where(is_row)).scalar()
        total = _add_up(_parse_host_day(text), host_day) if text else host_day
        connection.execute(delete(hosts).where(is_row))
        connection.execute(insert(hosts), [_make_host_row(total)])


def load_host_days(connection: Connection, day: date) -> list[HostDay]:
    """Load what was asked of each host from that day on, sorted by day and host."""
    query = select(hosts.c.json).where(hosts.c.day >= day.isoformat()).order_by(hosts.c.day, hosts.c.host)
    return [_parse_host_day(text) for text in connection.execute(query).scalars()]


def _add_up(before: HostDay, more: HostDay) -> HostDay:
    counts = ("requests", "received", "not_modified", "refused", "denied")
    return replace(
        more,
        **{name: getattr(before, name) + getattr(more, name) for name in counts},
        delay=max(before.delay, more.delay),
        robots=more.robots or before.robots,
        rest_until=max(filter(None, (before.rest_until, more.rest_until)), default=None),
    )


def _delete_oldest(connection: Connection, source: str) -> None:
    """Delete the runs of a source beyond KEPT_RUNS, and what those beyond KEPT_REFUSALS refused."""
    newest_first = select(runs.c.id).where(runs.c.source == source).order_by(runs.c.id.desc())
    for table, column, kept in ((refusals, refusals.c.run, KEPT_REFUSALS), (runs, runs.c.id, KEPT_RUNS)):
        oldest = connection.execute(newest_first.limit(1).offset(kept - 1)).scalar()
        if oldest is not None:
            older = select(runs.c.id).where(runs.c.source == source, runs.c.id < oldest)
            connection.execute(delete(table).where(column.in_(older)))


def _make_refusal_row(run: int, posting: Posting | None, what: str, reason: str) -> dict[str, object]:
    text = serialize_posting(posting) if posting else None
    return {"run": run, "what": without_private(what), "reason": without_private(reason), "posting": text}


def _parse_run(text: str) -> Run:
    data: dict[str, Any] = json.loads(text)
    moments = {name: moment_from_text(data[name]) for name in ("started", "finished")}
    cause = Cause(data["cause"]) if data["cause"] else None
    return Run(**{**data, **moments, "status": RunStatus(data["status"]), "cause": cause})


def _make_host_row(host_day: HostDay) -> dict[str, str]:
    day, rest = host_day.day.isoformat(), host_day.rest_until.isoformat() if host_day.rest_until else ""
    text = json.dumps({**asdict(host_day), "day": day, "rest_until": rest})
    return {"host": host_day.host, "day": day, "rest_until": rest, "json": text}


def _parse_host_day(text: str) -> HostDay:
    data: dict[str, Any] = json.loads(text)
    rest = instant_from_text(data["rest_until"]) if data["rest_until"] else None
    return HostDay(**{**data, "day": day_from_text(data["day"]), "rest_until": rest})
