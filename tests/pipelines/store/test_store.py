"""The store: what is new, what has changed, and what is left alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipelines.normalize.normalize import normalize
from pipelines.normalized import NormalizedPosting
from pipelines.store.store import Store
from symposia.errors import Cause, StoreError
from symposia.event import Event, Location
from symposia.outcome import Run, RunStatus
from symposia.posting import Origin, Posting

MONDAY = datetime(2026, 11, 2, 4, tzinfo=UTC)
TUESDAY = MONDAY + timedelta(days=1)


def reading(source: str = "guild", key: str = "1", fetched_at: datetime = MONDAY, **words: object) -> NormalizedPosting:
    """A reading of a posting with those words."""
    origin = Origin(
        source=source, url=f"https://{source}.example/", fetched_at=fetched_at, extractor="json-ld", timezone="UTC"
    )
    known = {"name": "Phonics for Grade One Teachers", "start": "2027-03-03T16:00", **words}
    return normalize(Posting(origin=origin, source_key=key, **known))  # type: ignore[arg-type]


def saved(path: Path, *crawls: tuple[str, Sequence[NormalizedPosting], datetime]) -> list[Event]:
    """The events of a store after those crawls."""
    with Store.open(path) as store:
        for source, readings, now in crawls:
            store.save_crawl(source, readings, now=now)
        return list(store.get_events())


def test_an_unchanged_crawl_changes_nothing(tmp_path: Path) -> None:
    """The event keeps its sequence and the moment of its last change."""
    once = saved(tmp_path / "a.db", ("guild", [reading()], MONDAY))
    twice = saved(tmp_path / "a.db", ("guild", [reading(fetched_at=TUESDAY)], TUESDAY))

    assert twice == once
    assert (once[0].sequence, once[0].created, once[0].last_modified) == (0, MONDAY, MONDAY)


@pytest.mark.parametrize(
    ("change", "sequence"),
    [
        ({"start": "2027-03-04T16:00"}, 1),
        ({"name": "Phonics for Grade Two Teachers"}, 1),
        ({"location": Location(name="Hall", city="Leeds")}, 1),
        ({"status": "https://schema.org/EventCancelled"}, 1),
        ({"url": "https://guild.example/1"}, 1),
        ({"attendance_mode": "online"}, 1),
        ({"name": "phonics for  grade one TEACHERS"}, 0),
        ({"description": "Bring a pencil."}, 0),
        ({"keywords": ("reading",)}, 0),
    ],
)
def test_a_significant_change_raises_the_sequence(tmp_path: Path, change: dict[str, object], sequence: int) -> None:
    """And last_modified; the UID stays. A cosmetic change raises neither."""
    before = saved(tmp_path / "a.db", ("guild", [reading()], MONDAY))[0]
    after = saved(tmp_path / "a.db", ("guild", [reading(**change)], TUESDAY))[0]

    assert after.uid == before.uid
    assert (after.sequence, after.last_modified, after.created) == (
        sequence,
        TUESDAY if sequence else MONDAY,
        MONDAY,
    )


def test_two_sources_make_one_event(tmp_path: Path) -> None:
    """The first one's UID stays, and both are named; whichever of the crawls comes later."""
    first = saved(tmp_path / "a.db", ("guild", [reading()], MONDAY))[0]
    second = reading("other", "x", name="Webinar: Phonics for Grade One Teachers", description="A longer text.")
    both = saved(tmp_path / "a.db", ("other", [second], TUESDAY))

    assert [event.uid for event in both] == [first.uid]
    assert [ref.id for ref in both[0].sources] == ["guild", "other"]
    assert both[0].description == "A longer text."


def test_what_a_source_no_longer_lists_stays(tmp_path: Path) -> None:
    """An empty crawl takes nothing away."""
    assert len(saved(tmp_path / "a.db", ("guild", [reading()], MONDAY), ("guild", [], TUESDAY))) == 1


def test_the_order_of_a_crawl_does_not_matter(tmp_path: Path) -> None:
    """The same readings in another order make the same events."""
    many = [
        reading(key=str(n), name=f"Session {n} of the course on fractions", start=f"2027-03-{n:02}")
        for n in range(1, 20)
    ]

    assert saved(tmp_path / "a.db", ("guild", many, MONDAY)) == saved(tmp_path / "b.db", ("guild", many[::-1], MONDAY))


def test_runs_and_refusals_are_kept(tmp_path: Path) -> None:
    """The last run of each source, and why postings were refused."""
    run = Run(
        source="guild",
        started=MONDAY,
        finished=TUESDAY,
        status=RunStatus.FAILED,
        cause=Cause.DNS,
        detail="no such host",
    )
    with Store.open(tmp_path / "a.db") as store:
        store.record_run(replace(run, status=RunStatus.OK, cause=None))
        store.record_run(run, [(reading().posting, "Phonics", "no date"), (None, "a block", "not JSON")])

        assert store.get_last_runs() == {"guild": run}
        assert store.get_refusals("guild") == [("Phonics", "no date"), ("a block", "not JSON")]


@pytest.mark.parametrize("content", [b"this is no database, only words " * 100, b"SQLite format 3\x00" + bytes(4000)])
def test_what_is_no_store_is_refused(tmp_path: Path, content: bytes) -> None:
    """The error names the file."""
    path = tmp_path / "broken.db"
    path.write_bytes(content)

    with pytest.raises(StoreError, match=r"broken\.db"):
        Store.open(path)


def test_a_newer_store_is_refused(tmp_path: Path) -> None:
    """Rather than damaged."""
    with Store.open(tmp_path / "a.db") as store, store._write() as connection:
        connection.exec_driver_sql("UPDATE schema_version SET version = 99")

    with pytest.raises(StoreError, match="version 99"):
        Store.open(tmp_path / "a.db")
