"""The whole export: calendars, tables, data and pages, from the same events."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from functools import cache
from hashlib import sha256
from pathlib import Path

from calendar_export.atom import atom_bytes
from calendar_export.feeds import Feed, feed_called, shipped_feeds
from calendar_export.icalendar.calendar import Blocks, event_bytes, feed_bytes
from calendar_export.icalendar.deadline_vevent import number_ahead
from calendar_export.icalendar.lint import Known, Level, lint
from calendar_export.jsonld import events_json
from calendar_export.output_folder import Folder
from calendar_export.page import Site, event_path, site_files
from calendar_export.selection import Selection, selection_of
from calendar_export.settings import ExportSettings
from calendar_export.tables.csv_files import csv_bytes, deadlines_bytes, dictionary_bytes, frame_of, sources_bytes
from calendar_export.tables.rows import SourceRow
from calendar_export.tables.xlsx import workbook_bytes
from pipelines.topics.taxonomy import Taxonomy, shipped_taxonomy
from symposia.codec import to_json
from symposia.data_files import data_path
from symposia.event import Event
from symposia.program import program_digest

_FAULTY = 0.1
"""The share of events that may be left out of calendars as they fail the check."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """All files of an export, the names of those that changed, and the calendars that failed their check, each with why."""

    files: tuple[Path, ...]
    written: tuple[str, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Job:
    """What the makers of files are given. `feeds`: each calendar and its events; `blocks`, `known`: made and checked once."""

    selection: Selection
    settings: ExportSettings
    taxonomy: Taxonomy
    sources: Sequence[SourceRow]
    feeds: Sequence[tuple[Feed, list[Event]]]
    blocks: Blocks = field(default_factory=Blocks)
    known: Known = field(default_factory=Known)


def export(
    events: Iterable[Event],
    out: Path,
    *,
    now: datetime,
    past: bool = False,
    settings: ExportSettings | None = None,
    sources: Sequence[SourceRow] = (),
    made_from: str = "",
) -> Exported:
    """Write all files into `out`, those alone that differ. Raises ExportError.

    Days begin in UTC, and what is over stays until its day is: the same events on the same day give the same bytes. Only
    upcoming events, unless `past`; calendars keep cancelled ones for a while. A calendar that fails its check is not
    written, and the old one stays; an event that does is left out of the others. A calendar that has no events any more
    stays, empty, as its subscribers still ask for it.
    `made_from` is a digest of the events: where the last export was made from the same, nothing is read or made.
    """
    settings, day = settings or ExportSettings(), datetime.combine(now.astimezone(UTC).date(), time.min, UTC)
    stamp = _digest(made_from, day, past, settings, list(sources), _program()) if made_from else ""
    folder = Folder.open(out)
    if stamp and folder.is_made_from(stamp):
        return Exported(files=folder.files())
    job = _job(selection_of(events, day, past=past), settings, sources, out)
    refused = dict(_put_calendars(folder, job))
    for name, content in _others(job):
        folder.put(name, content)
    # What is wrong is said until it is mended.
    folder.close("" if refused else stamp)
    return Exported(files=folder.files(), written=tuple(folder.written), refused=tuple(sorted(refused.items())))


def _job(selection: Selection, settings: ExportSettings, sources: Sequence[SourceRow], out: Path) -> _Job:
    taxonomy = shipped_taxonomy()
    feeds = {feed.name: feed for feed in (*shipped_feeds(selection.subscribed, taxonomy), *settings.feeds)}
    gone = sorted(path.stem for path in (out / "feeds").glob("*.ics") if path.stem not in feeds)
    feeds |= {name: feed for name in gone if (feed := feed_called(name, taxonomy))}
    chosen = [(feed, feed.where.chosen(selection.subscribed, selection.now)) for feed in feeds.values()]
    return _Job(selection=selection, settings=settings, taxonomy=taxonomy, sources=sources, feeds=chosen)


def _put_calendars(folder: Folder, job: _Job) -> Iterator[tuple[str, str]]:
    """Write the calendars that pass their check; the names of the others, each with what is wrong."""
    alone = [(event, event_path(event).replace(".html", ".ics")) for event in job.selection.subscribed]
    faulty = dict(_put(folder, job, ((name, event_bytes(event, blocks=job.blocks)) for event, name in alone)))
    yield from faulty.items()
    left_out = {event.uid for event, name in alone if name in faulty}
    # Where many are faulty, it is we who write them wrong: then each calendar is checked with all of its own.
    yield from _put(folder, job, _feeds(job, left_out if len(left_out) <= _FAULTY * len(alone) else set()))


def _put(folder: Folder, job: _Job, calendars: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, str]]:
    for name, content in calendars:
        fault = next((one for one in lint(content, job.known) if one.level is Level.ERROR), None)
        if fault is None:
            folder.put(name, content)
        else:
            folder.keep(name)
            yield name, f"line {fault.line}: {fault.message} ({fault.rule})"


def _feeds(job: _Job, left_out: Set[str]) -> Iterator[tuple[str, bytes]]:
    for feed, events in job.feeds:
        name = f"feeds/{feed.name}.ics"
        url = f"{job.settings.url}{name}" if job.settings.url else None
        sound = [event for event in events if event.uid not in left_out]
        yield name, feed_bytes(feed, sound, now=job.selection.now, url=url, blocks=job.blocks)


def _others(job: _Job) -> Iterator[tuple[str, bytes]]:
    """The tables, the data, and last the pages, which lead to all that."""
    yield from _tables(job)
    yield "events.json", events_json(job.selection.listed)
    yield "events.jsonl", _lines(job.selection.stored)
    yield (
        "feeds/new.atom",
        atom_bytes(job.selection.listed, title=job.settings.title, url=job.settings.url, now=job.selection.now),
    )
    yield from site_files(_site(job), job.selection.listed, job.selection.series)


def _tables(job: _Job) -> Iterator[tuple[str, bytes]]:
    listed, now = job.selection.listed, job.selection.now
    frame = frame_of(listed)
    yield "tables/events.csv", csv_bytes(frame)
    topics = sorted({topic for event in listed for topic in event.topics})
    for topic in topics:
        if feed_called(f"topic-{topic}", job.taxonomy):
            yield f"tables/topic-{topic}.csv", csv_bytes(frame[[topic in event.topics for event in listed]])
    yield "tables/deadlines.csv", deadlines_bytes(listed, now)
    yield "tables/sources.csv", sources_bytes(job.sources)
    yield "tables/columns.csv", dictionary_bytes()
    yield "tables/events.xlsx", workbook_bytes(listed, now, job.sources)


def _site(job: _Job) -> Site:
    now = job.selection.now
    feeds = [(feed, number_ahead(events, now) if feed.deadlines else len(events)) for feed, events in job.feeds]
    names = {source.id: source.name for source in job.sources}
    settings = job.settings
    return Site(
        taxonomy=job.taxonomy, feeds=feeds, title=settings.title, url=settings.url, sources=names, health=job.sources
    )


def _lines(events: Iterable[Event]) -> bytes:
    lines = (json.dumps(to_json(event), ensure_ascii=False) + "\n" for event in events)
    return "".join(lines).encode("utf-8", "replace")


def _digest(*parts: object) -> str:
    return sha256("\x1f".join(map(repr, parts)).encode("utf-8", "replace")).hexdigest()


@cache
def _program() -> str:
    """A digest of what makes the files: an export is made anew after an upgrade, or an edit of the topics."""
    return program_digest("calendar_export") + sha256(data_path("topics.toml").read_bytes()).hexdigest()
