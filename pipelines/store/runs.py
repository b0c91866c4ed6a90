"""How crawls went, and what was asked of which host: kept for a year or so."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select

from pipelines.store.schema import hosts, refusals, runs
from symposia.codec import to_json
from symposia.errors import Cause
from symposia.moments import day_from_text, instant_from_text, moment_from_text, moment_text
from symposia.outcome import HostDay, Refused, Run, RunStatus
from symposia.posting import Posting

RECENT = 60
"""Runs of a source among which the last whole one is looked for."""
KEPT_RUNS = 400
"""Runs of a source that are kept; older ones are forgotten."""
KEPT_REFUSALS = 7
"""Runs of a source whose refused postings are kept."""


def insert_run(connection: Connection, run: Run, refused: Iterable[Refused]) -> None:
    """Keep how a crawl went, and the postings that it refused; forget the oldest of its source."""
    text = json.dumps({**asdict(run), "started": moment_text(run.started), "finished": moment_text(run.finished)})
    added = connection.execute(insert(runs).values(source=run.source, json=text)).inserted_primary_key
    rows = [_refusal(added[0], *one) for one in refused] if added else []
    if rows:
        connection.execute(insert(refusals), rows)
    _forget(connection, run.source)


def load_last_whole_run(connection: Connection, source: str) -> Run | None:
    """The last of a source's recent crawls that read all that it lists; None where none did."""
    query = select(runs.c.json).where(runs.c.source == source).order_by(runs.c.id.desc()).limit(RECENT)
    recent = connection.execute(query).scalars()
    return next((run for run in map(_run, recent) if run.whole), None)


def load_last_runs(connection: Connection) -> dict[str, Run]:
    """The last run of each source, by its id."""
    newest = select(func.max(runs.c.id)).group_by(runs.c.source)
    query = select(runs.c.source, runs.c.json).where(runs.c.id.in_(newest))
    return {row.source: _run(row.json) for row in connection.execute(query)}


def load_recent_runs(connection: Connection, number: int) -> dict[str, list[Run]]:
    """The last runs of each source, by its id: that many at most, the oldest first."""
    place = func.row_number().over(partition_by=runs.c.source, order_by=runs.c.id.desc()).label("place")
    ranked = select(runs.c.id, runs.c.source, runs.c.json, place).subquery()
    query = select(ranked).where(ranked.c.place <= number).order_by(ranked.c.id)
    found: dict[str, list[Run]] = defaultdict(list)
    for row in connection.execute(query):
        found[row.source].append(_run(row.json))
    return dict(found)


def load_refusals(connection: Connection, source: str) -> list[tuple[str, str]]:
    """What the last run of a source refused, and why."""
    last = select(func.max(runs.c.id)).where(runs.c.source == source).scalar_subquery()
    query = select(refusals.c.what, refusals.c.reason).where(refusals.c.run == last)
    return [(row.what, row.reason) for row in connection.execute(query)]


def add_host_days(connection: Connection, days: Sequence[HostDay]) -> None:
    """Add what one crawl asked of hosts to what was asked of them that day."""
    for one in days:
        mine = (hosts.c.host == one.host) & (hosts.c.day == one.day.isoformat())
        text = connection.execute(select(hosts.c.json).where(mine)).scalar()
        total = _sum(_host(text), one) if text else one
        connection.execute(delete(hosts).where(mine))
        connection.execute(insert(hosts), [_host_row(total)])


def load_host_days(connection: Connection, day: date) -> list[HostDay]:
    """What was asked of each host from that day on, a line a host and day, by day and host."""
    query = select(hosts.c.json).where(hosts.c.day >= day.isoformat()).order_by(hosts.c.day, hosts.c.host)
    return [_host(text) for text in connection.execute(query).scalars()]


def _sum(before: HostDay, more: HostDay) -> HostDay:
    counts = ("requests", "received", "not_modified", "refused", "denied")
    return replace(
        more,
        **{name: getattr(before, name) + getattr(more, name) for name in counts},
        delay=max(before.delay, more.delay),
        robots=more.robots or before.robots,
        rest_until=max(filter(None, (before.rest_until, more.rest_until)), default=None),
    )


def _forget(connection: Connection, source: str) -> None:
    mine = select(runs.c.id).where(runs.c.source == source).order_by(runs.c.id.desc())
    for table, column, kept in ((refusals, refusals.c.run, KEPT_REFUSALS), (runs, runs.c.id, KEPT_RUNS)):
        oldest = connection.execute(mine.limit(1).offset(kept - 1)).scalar()
        if oldest is not None:
            old = select(runs.c.id).where(runs.c.source == source, runs.c.id < oldest)
            connection.execute(delete(table).where(column.in_(old)))


def _refusal(run: int, posting: Posting | None, what: str, reason: str) -> dict[str, object]:
    text = json.dumps(to_json(posting), ensure_ascii=False) if posting else None
    return {"run": run, "what": what, "reason": reason, "posting": text}


def _run(text: str) -> Run:
    data: dict[str, Any] = json.loads(text)
    moments = {name: moment_from_text(data[name]) for name in ("started", "finished")}
    cause = Cause(data["cause"]) if data["cause"] else None
    return Run(**{**data, **moments, "status": RunStatus(data["status"]), "cause": cause})


def _host_row(one: HostDay) -> dict[str, str]:
    day, rest = one.day.isoformat(), one.rest_until.isoformat() if one.rest_until else ""
    return {
        "host": one.host,
        "day": day,
        "rest_until": rest,
        "json": json.dumps({**asdict(one), "day": day, "rest_until": rest}),
    }


def _host(text: str) -> HostDay:
    data: dict[str, Any] = json.loads(text)
    rest = instant_from_text(data["rest_until"]) if data["rest_until"] else None
    return HostDay(**{**data, "day": day_from_text(data["day"]), "rest_until": rest})
