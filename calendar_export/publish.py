"""The whole export: feeds, table, JSON lines and page, from the same events."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from calendar_export.files import write
from calendar_export.ical import calendar_bytes
from calendar_export.page import page_bytes
from calendar_export.selection import feeds, next_occurrence, subscribed, upcoming
from calendar_export.tables import table_bytes
from symposia.codec import to_json
from symposia.event import Event
from symposia.occurrences import start_of

DESCRIPTION = "Conferences, workshops, webinars and courses for educators, gathered by Symposia."


def export(events: Iterable[Event], out: Path, *, now: datetime, past: bool = False) -> tuple[Path, ...]:
    """Write all files into `out`, those alone that changed; all paths, in order. Raises ExportError.

    Only upcoming events, unless `past`; feeds keep cancelled ones for a while. Everything is made before anything is written. A feed that has no events any
    more stays, empty, as its subscribers still ask for it.
    """
    chosen = sorted(events if past else subscribed(events, now), key=lambda event: (start_of(event), event.uid))
    files = contents(chosen, now, past=past)
    for old in sorted((out / "feeds").glob("*.ics")):
        files.setdefault(
            f"feeds/{old.name}", calendar_bytes([], name=f"Events for educators: {old.stem}", description=DESCRIPTION)
        )
    paths = []
    for name, content in sorted(files.items()):
        write(out / name, content)
        paths.append(out / name)
    return tuple(paths)


def contents(subscribed_to: Sequence[Event], now: datetime, *, past: bool = False) -> dict[str, bytes]:
    """The content of each file, by its path: feeds of all those events, the rest of the upcoming ones, unless `past`."""
    events = subscribed_to if past else upcoming(subscribed_to, now)
    # A series keeps its rule beside the time of its next occurrence, which lists and tables show.
    coming = (replace(next_occurrence(event, now), recurrence=event.recurrence) for event in events)
    listed = sorted(coming, key=lambda event: (start_of(event), event.uid))
    groups = feeds(subscribed_to)
    files = {
        f"feeds/{name}.ics": calendar_bytes(group, name=title, description=DESCRIPTION)
        for name, (title, group) in groups.items()
    }
    files["tables/events.csv"] = table_bytes(listed)
    files["events.jsonl"] = "".join(json.dumps(to_json(event), ensure_ascii=False) + "\n" for event in events).encode(
        "utf-8", "replace"
    )
    counts = [(name, title, len(group)) for name, (title, group) in groups.items()]
    files["index.html"] = page_bytes(listed, counts, frozenset(event.uid for event in events if event.recurrence))
    return files
