"""The whole export: calendars, tables, data and pages, all from the same events."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from functools import cache
from hashlib import sha256
from pathlib import Path

from calendar_export.atom import atom_bytes
from calendar_export.feeds import Feed, shipped_feed, shipped_feeds
from calendar_export.icalendar.calendar import ComponentCache, event_bytes, feed_bytes
from calendar_export.icalendar.lint import Level, VeventCache, lint
from calendar_export.jsonld import events_jsonld
from calendar_export.output_folder import OutputFolder
from calendar_export.page import Site, site_files
from calendar_export.paths import ATOM_PATH, event_calendar_path, feed_path
from calendar_export.selection import Selection, count_upcoming_deadlines, select_events
from calendar_export.settings import ExportSettings
from calendar_export.source_summary import SourceSummary
from calendar_export.tables.csv_files import columns_csv, csv_bytes, deadlines_csv, events_frame, sources_csv
from calendar_export.tables.xlsx import workbook_bytes
from pipelines.topics.taxonomy import Taxonomy, shipped_taxonomy
from symposia.codec import to_json
from symposia.data_files import data_path
from symposia.event import Event
from symposia.program import program_digest

_MAX_LEFT_OUT = 0.1
"""The share of events that calendars may leave out because they fail the check; if more fail, the writer is at fault."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportResult:
    """What an export did.

    Attributes:
        files: All files of the export.
        written: The new and the changed files, as paths below the folder.
        refused: The calendars that failed their check and were not written, each with the first error.
    """

    files: tuple[Path, ...]
    written: tuple[str, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Job:
    """What all files are made from; the caches write and check each event once for all feeds that hold it."""

    selection: Selection
    settings: ExportSettings
    taxonomy: Taxonomy
    sources: Sequence[SourceSummary]
    feeds: Sequence[tuple[Feed, list[Event]]]
    components: ComponentCache = field(default_factory=ComponentCache)
    checked: VeventCache = field(default_factory=VeventCache)


def export(
    events: Iterable[Event],
    out: Path,
    *,
    now: datetime,
    past: bool = False,
    settings: ExportSettings | None = None,
    sources: Sequence[SourceSummary] = (),
    made_from: str = "",
) -> ExportResult:
    """Write all files of an export into `out`; files whose content would be the same are left alone.

    Raises ExportError where a file cannot be written.

    Days begin in UTC: the same events on the same day give the same bytes. An event whose own calendar fails the check
    is left out of the feeds. A feed that fails it is not written, and the old file stays. A feed that has no events any
    more is written empty, as its subscribers still ask for it.

    Args:
        events: All stored events. They are read only if something must be made.
        out: The folder of the export; made where it is missing.
        now: The moment from whose day on events are upcoming.
        past: Write past events too.
        settings: Title, address and feeds of one's own.
        sources: What to tell about each source.
        made_from: A digest of the events; if the last export was made from the same, nothing is read. "" for unknown.
    """
    settings, day = settings or ExportSettings(), datetime.combine(now.astimezone(UTC).date(), time.min, UTC)
    stamp = _digest(made_from, day, past, settings, list(sources), _digest_program()) if made_from else ""
    folder = OutputFolder.open(out)
    if stamp and folder.is_made_from(stamp):
        return ExportResult(files=folder.files())
    job = _prepare(select_events(events, day, past=past), settings, sources, out)
    refused = dict(_put_calendars(folder, job))
    for path, content in _make_other_files(job):
        folder.put(path, content)
    # Without a stamp, the next export checks again: it reports what is wrong until it is mended.
    folder.close("" if refused else stamp)
    return ExportResult(files=folder.files(), written=tuple(folder.written), refused=tuple(sorted(refused.items())))


def _prepare(selection: Selection, settings: ExportSettings, sources: Sequence[SourceSummary], out: Path) -> _Job:
    """Choose the feeds: built-in ones, those of the settings, and those of earlier exports that have no events now."""
    taxonomy = shipped_taxonomy()
    feeds = {feed.name: feed for feed in (*shipped_feeds(selection.for_calendars, taxonomy), *settings.feeds)}
    earlier = sorted(path.stem for path in (out / "feeds").glob("*.ics") if path.stem not in feeds)
    feeds |= {name: feed for name in earlier if (feed := shipped_feed(name, taxonomy))}
    chosen = [(feed, feed.filter.select(selection.for_calendars, selection.now)) for feed in feeds.values()]
    return _Job(selection=selection, settings=settings, taxonomy=taxonomy, sources=sources, feeds=chosen)


def _put_calendars(folder: OutputFolder, job: _Job) -> Iterator[tuple[str, str]]:
    """Write the calendars that pass their check; yield the path of each other one, with its first error."""
    single = [(event, event_calendar_path(event)) for event in job.selection.for_calendars]
    contents = ((path, event_bytes(event, components=job.components)) for event, path in single)
    refused = dict(_put_checked(folder, job, contents))
    yield from refused.items()
    failed = {event.uid for event, path in single if path in refused}
    # If many events fail, the writer is at fault: then no feed may shrink, and each is checked with all its events.
    left_out = failed if len(failed) <= _MAX_LEFT_OUT * len(single) else set()
    yield from _put_checked(folder, job, _make_feeds(job, left_out))


def _put_checked(folder: OutputFolder, job: _Job, calendars: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, str]]:
    for path, content in calendars:
        error = next((finding for finding in lint(content, job.checked) if finding.level is Level.ERROR), None)
        if error is None:
            folder.put(path, content)
        else:
            folder.keep(path)
            yield path, f"line {error.line}: {error.message} ({error.rule})"


def _make_feeds(job: _Job, left_out: Set[str]) -> Iterator[tuple[str, bytes]]:
    for feed, events in job.feeds:
        path = feed_path(feed.name)
        url = f"{job.settings.url}{path}" if job.settings.url else None
        sound = [event for event in events if event.uid not in left_out]
        yield path, feed_bytes(feed, sound, now=job.selection.now, url=url, components=job.components)


def _make_other_files(job: _Job) -> Iterator[tuple[str, bytes]]:
    """The tables and the data, then the pages that link to them."""
    selection, settings = job.selection, job.settings
    yield from _make_tables(job)
    yield "events.json", events_jsonld(selection.listed)
    yield "events.jsonl", _json_lines(selection.upcoming)
    yield ATOM_PATH, atom_bytes(selection.listed, title=settings.title, url=settings.url, now=selection.now)
    yield from site_files(_make_site(job), selection.listed, selection.series)


def _make_tables(job: _Job) -> Iterator[tuple[str, bytes]]:
    listed, now = job.selection.listed, job.selection.now
    frame = events_frame(listed)
    yield "tables/events.csv", csv_bytes(frame)
    topics = sorted({topic for event in listed for topic in event.topics})
    for topic in topics:
        if shipped_feed(f"topic-{topic}", job.taxonomy):
            yield f"tables/topic-{topic}.csv", csv_bytes(frame[[topic in event.topics for event in listed]])
    yield "tables/deadlines.csv", deadlines_csv(listed, now)
    yield "tables/sources.csv", sources_csv(job.sources)
    yield "tables/columns.csv", columns_csv()
    yield "tables/events.xlsx", workbook_bytes(listed, now, job.sources)


def _make_site(job: _Job) -> Site:
    now = job.selection.now
    feeds = [
        (feed, count_upcoming_deadlines(events, now) if feed.deadlines else len(events)) for feed, events in job.feeds
    ]
    return Site(
        taxonomy=job.taxonomy,
        feeds=feeds,
        title=job.settings.title,
        url=job.settings.url,
        source_names={source.id: source.name for source in job.sources},
        sources=job.sources,
    )


def _json_lines(events: Iterable[Event]) -> bytes:
    lines = (json.dumps(to_json(event), ensure_ascii=False) + "\n" for event in events)
    return "".join(lines).encode("utf-8", "replace")


def _digest(*parts: object) -> str:
    return sha256("\x1f".join(map(repr, parts)).encode("utf-8", "replace")).hexdigest()


@cache
def _digest_program() -> str:
    """Digest of the program and the topics: after an upgrade or an edit of the topics, the export is made anew."""
    return program_digest("calendar_export") + sha256(data_path("topics.toml").read_bytes()).hexdigest()
