"""Seconds and memory to export many events, and to export them again unchanged; beside a plain script of the same libraries.

    python benchmarks/export.py [EVENTS]        50000 without an argument

Events are made up: over a year from a fixed day, in eight time zones, with descriptions of up to 200 words; one in eight is
a series, one in twelve lasts several days; topics, kinds, modes, languages, countries, prices and deadlines vary. They are
put into a store, and then, each in a process of its own that reads that store:

    everything     `symposia export`: all calendars, tables, data and pages
    unchanged      the same again
    plain          a script of icalendar and pandas: all events once, in one calendar and one table

Only the ratios mean anything beyond this machine.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from sqlalchemy import create_engine, insert

from pipelines.events.uid import uid_for
from pipelines.linkage.days import day_of
from pipelines.store import schema
from pipelines.store.store import Store
from pipelines.topics.taxonomy import shipped_taxonomy
from symposia.codec import to_json
from symposia.event import (
    AttendanceMode,
    Credit,
    Deadline,
    DeadlineKind,
    Event,
    Kind,
    Location,
    Moment,
    Price,
    Recurrence,
    SourceRef,
)

EVENTS = 50_000
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
PARTS = ("everything", "unchanged", "plain")
ZONES = (
    "America/New_York", "America/Chicago", "America/Los_Angeles", "Europe/London", "Europe/Berlin", "Europe/Madrid",
    "Asia/Tokyo", "Australia/Sydney",
)  # fmt: skip
CITIES = (
    ("Boston", "US"), ("Chicago", "US"), ("Toronto", "CA"), ("Leeds", "GB"), ("Bonn", "DE"), ("Sevilla", "ES"),
    ("Lyon", "FR"), ("Osaka", "JP"), ("Perth", "AU"),
)  # fmt: skip
RULES = ("FREQ=WEEKLY;COUNT=12", "FREQ=WEEKLY;BYDAY=TU", "FREQ=MONTHLY;BYDAY=1WE", "FREQ=DAILY;COUNT=5")
LANGUAGES = ("en", "en", "en", "en-GB", "es", "de", "fr", "ja")
WORDS = (
    "reading", "writing", "classroom", "science", "inquiry", "assessment", "students", "teachers", "early", "learning",
    "community", "design", "literacy", "mathematics", "project", "school", "leadership", "support", "language", "data",
    "feedback", "practice", "curriculum", "equity", "online", "library",
)  # fmt: skip


def made_up(number: int) -> Iterator[Event]:
    """So many events, the same each time."""
    random = Random(number)
    topics = sorted(shipped_taxonomy().topics)
    for key in map(str, range(number)):
        timed, several = random.random() < 0.8, random.random() < 1 / 12
        zone = random.choice(ZONES)
        day = NOW.date() + timedelta(days=random.randrange(1, 365))
        start, end = times(day, ZoneInfo(zone), random, timed=timed and not several, several=several)
        mode = random.choice([None, *AttendanceMode])
        city, country = random.choice(CITIES)
        found = NOW - timedelta(days=random.randrange(200), minutes=random.randrange(1_440))
        yield Event(
            uid=uid_for("benchmark", key),
            name=text(random, 3, 12).capitalize(),
            start=start,
            end=end,
            timezone=zone if isinstance(start, datetime) else None,
            attendance_mode=mode,
            kind=random.choice([None, *Kind]),
            location=None if mode is AttendanceMode.ONLINE else Location(name="Hall", city=city, country=country),
            url=f"https://guild.example/events/{key}",
            registration_url=f"https://guild.example/events/{key}/register" if random.random() < 0.5 else None,
            description=text(random, 0, 200),
            organizer=text(random, 1, 4).title(),
            keywords=tuple(random.sample(WORDS, random.randrange(4))),
            topics=tuple(random.sample(topics, random.randrange(4))),
            language=random.choice(LANGUAGES),
            price=random.choice([None, None, Price(is_free=True), Price(is_free=False, low=45.0, currency="USD")]),
            deadlines=(Deadline(kind=DeadlineKind.REGISTRATION, at=day - timedelta(days=7)),) * (random.random() < 0.3),
            credit=(Credit(hours=2.0, unit="CEU"),) * (random.random() < 0.2),
            recurrence=Recurrence(rrule=random.choice(RULES)) if not several and random.random() < 1 / 8 else None,
            created=found,
            last_modified=found + timedelta(hours=random.randrange(48)) if random.random() < 0.3 else found,
            sources=(SourceRef(id=f"source{int(key) % 300}", key=key, url=f"https://guild.example/events/{key}"),),
        )


def times(day: date, zone: ZoneInfo, random: Random, *, timed: bool, several: bool) -> tuple[Moment, Moment | None]:
    """The start and the end of an event on that day."""
    if not timed:
        return day, day + timedelta(days=random.randrange(1, 4)) if several else None
    start = datetime(day.year, day.month, day.day, random.randrange(8, 20), random.choice([0, 30]), tzinfo=zone)
    return start, start + timedelta(minutes=random.choice([45, 60, 90, 180]))


def text(random: Random, least: int, most: int) -> str:
    """From `least` to `most` words."""
    return " ".join(random.choices(WORDS, k=random.randint(least, most)))


def fill(store: Path, number: int) -> None:
    """Make a store of so many events."""
    Store.open(store).close()
    rows = (
        {"uid": one.uid, "day": day_of(one).isoformat(), "digest": "", "json": json.dumps(to_json(one))}
        for one in made_up(number)
    )
    engine = create_engine(f"sqlite:///{store}")
    with engine.begin() as connection:
        connection.execute(insert(schema.events), list(rows))
    engine.dispose()


def ours(store: Path, out: Path) -> None:
    """The export, as the command makes it."""
    from calendar_export.publish import export
    from calendar_export.settings import ExportSettings

    settings = ExportSettings(url="https://events.example/")
    with Store.open(store) as opened:
        done = export(opened.get_events(), out, now=NOW, settings=settings, made_from=opened.get_fingerprint())
    if done.refused:
        print(f"refused: {done.refused}", flush=True)


def plain(store: Path, out: Path) -> None:
    """What a script of two libraries does: every event once in a calendar, and once in a table."""
    import icalendar
    import pandas

    out.mkdir()
    calendar = icalendar.Calendar()
    calendar.add("PRODID", "-//a script//EN")
    calendar.add("VERSION", "2.0")
    with Store.open(store) as opened:
        events = list(opened.get_events())
    for event in events:
        component = icalendar.Event()
        component.add("UID", event.uid)
        component.add("DTSTAMP", event.last_modified)
        component.add("SUMMARY", event.name)
        component.add("DTSTART", event.start)
        if event.end:
            component.add("DTEND", event.end if isinstance(event.end, datetime) else event.end + timedelta(days=1))
        component.add("DESCRIPTION", event.description)
        component.add("URL", event.url)
        component.add("CATEGORIES", event.topics)
        if event.location:
            component.add("LOCATION", f"{event.location.name}, {event.location.city}")
        if event.recurrence and event.recurrence.rrule:
            component.add("RRULE", icalendar.vRecur.from_ical(event.recurrence.rrule))
        calendar.add_component(component)
    calendar.add_missing_timezones()
    (out / "events.ics").write_bytes(calendar.to_ical())
    pandas.DataFrame([to_json(event) for event in events]).to_csv(out / "events.csv", index=False)


def measure(part: str, store: Path, out: Path) -> None:
    """Do one part; print its seconds and its megabytes, as JSON."""
    before = state(out)
    began = time.perf_counter()
    (plain if part == "plain" else ours)(store, out)
    seconds = time.perf_counter() - began
    after = state(out)
    print(
        json.dumps(
            {
                "seconds": seconds,
                "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
                "files": len(after),
                "written": sum(before.get(name) != one for name, one in after.items()),
                "size": sum(size for size, _ in after.values()) / 1e6,
            }
        )
    )


def state(folder: Path) -> dict[str, tuple[int, int]]:
    """The size and the time of each file below a folder."""
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {str(path): (about.st_size, about.st_mtime_ns) for path in paths if (about := path.stat())}


def main() -> None:
    """Make the store, and each part in a process of its own, as memory is not given back."""
    if len(sys.argv) == 4:
        measure(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
        return
    number = int(sys.argv[1]) if len(sys.argv) == 2 else EVENTS
    with tempfile.TemporaryDirectory() as folder:
        store, found = Path(folder) / "symposia.db", {}
        fill(store, number)
        for part in PARTS:
            out = Path(folder) / ("plain" if part == "plain" else "export")
            ran = subprocess.run(
                [sys.executable, __file__, part, str(store), str(out)], check=True, stdout=subprocess.PIPE, text=True
            )
            *said, last = ran.stdout.splitlines()
            one = found[part] = json.loads(last)
            print(*said, f"{part:>10}, {number:,} events: {one['seconds']:7.1f} s, {one['memory']:6,.0f} MB of memory; "
                f"{one['written']:,} of {one['files']:,} files written, {one['size']:,.0f} MB", sep="\n", flush=True)  # fmt: skip
    whole, same, script = (found[part] for part in PARTS)
    print(
        f"everything takes {whole['seconds'] / script['seconds']:.2f} times the script's time, for "
        f"{whole['size'] / script['size']:.1f} times its bytes, and {whole['memory'] / script['memory']:.2f} times its "
        f"memory; unchanged takes {same['seconds'] / whole['seconds']:.3f} of everything's time"
    )


if __name__ == "__main__":
    main()
