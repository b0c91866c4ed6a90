"""A store that an older Symposia wrote."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from pipelines.normalize.normalize import normalize
from pipelines.store.store import Store
from symposia.event import Recurrence
from symposia.posting import Origin, Posting

NOW = datetime(2026, 11, 2, 4, tzinfo=UTC)
ORIGIN = Origin(source="guild", url="https://guild.example/", fetched_at=NOW, extractor="json-ld", timezone="UTC")


def test_a_store_of_the_first_version(tmp_path: Path) -> None:
    """Its postings get their days, nothing is missing, and all goes on as before."""
    found = [
        normalize(Posting(origin=ORIGIN, source_key="1", name="Phonics", start="2027-03-03T16:00", end="2027-03-05T12:00")),
        normalize(Posting(origin=ORIGIN, source_key="2", name="Chat", start="2027-03-03", recurrence=Recurrence(rrule="FREQ=WEEKLY"))),
    ]  # fmt: skip
    with Store.open(tmp_path / "a.db") as store:
        store.save_crawl("guild", found, now=NOW)
        before = list(store.get_events())
        with store._write() as connection:
            for statement in (
                "DROP INDEX postings_by_day",
                "ALTER TABLE postings DROP COLUMN day",
                "ALTER TABLE postings DROP COLUMN until",
                "ALTER TABLE postings DROP COLUMN missing",
                "ALTER TABLE postings DROP COLUMN clue",
                "DROP TABLE changes",
                "DROP TABLE retired",
                "UPDATE schema_version SET version = 1",
            ):
                connection.exec_driver_sql(statement)

    with Store.open(tmp_path / "a.db") as store:
        with store._read() as connection:
            rows = connection.exec_driver_sql("SELECT key, day, until, missing FROM postings ORDER BY key").all()
        assert [tuple(row) for row in rows] == [
            ("1", "2027-03-03", "2027-03-05", 0),
            ("2", "2027-03-03", "9999-12-31", 0),
        ]
        assert store.save_crawl("guild", found, now=NOW).changed == 0
        assert list(store.get_events()) == before
