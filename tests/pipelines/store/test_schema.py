"""Stores that an older Symposia wrote, and the tables of a new one."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, inspect

from pipelines.normalize.normalize import normalize
from pipelines.store import schema
from pipelines.store.migrations import MIGRATIONS
from pipelines.store.store import Store
from symposia.event import Recurrence
from symposia.posting import Origin, Posting

NOW = datetime(2026, 11, 2, 4, tzinfo=UTC)
ORIGIN = Origin(source="guild", url="https://guild.example/", fetched_at=NOW, extractor="json-ld", timezone="UTC")
VERSION_1 = """
CREATE TABLE schema_version (version INTEGER NOT NULL);
CREATE TABLE events (
    uid VARCHAR(80) NOT NULL, day VARCHAR(10) NOT NULL, digest VARCHAR(64) NOT NULL, json TEXT NOT NULL, PRIMARY KEY (uid)
);
CREATE INDEX events_by_day ON events (day);
CREATE TABLE postings (
    source VARCHAR(200) NOT NULL, "key" VARCHAR(2000) NOT NULL, uid VARCHAR(80) NOT NULL, digest VARCHAR(64) NOT NULL,
    reading TEXT NOT NULL, posting TEXT NOT NULL, first_seen VARCHAR(40) NOT NULL, last_seen VARCHAR(40) NOT NULL,
    PRIMARY KEY (source, "key"), FOREIGN KEY(uid) REFERENCES events (uid)
);
CREATE INDEX postings_by_uid ON postings (uid);
CREATE TABLE runs (id INTEGER NOT NULL, source VARCHAR(200) NOT NULL, json TEXT NOT NULL, PRIMARY KEY (id));
CREATE INDEX runs_by_source ON runs (source, id);
CREATE TABLE refusals (
    id INTEGER NOT NULL, run INTEGER NOT NULL, what TEXT NOT NULL, reason TEXT NOT NULL, posting TEXT,
    PRIMARY KEY (id), FOREIGN KEY(run) REFERENCES runs (id)
);
CREATE INDEX refusals_by_run ON refusals (run);
INSERT INTO schema_version VALUES (1);
"""
"""What version 1 made of a new store in SQLite, which is for ever what it made."""
POSTINGS = (
    Posting(origin=ORIGIN, source_key="1", name="Phonics", start="2027-03-03T16:00", end="2027-03-05T12:00"),
    Posting(origin=ORIGIN, source_key="2", name="Chat", start="2027-03-03", recurrence=Recurrence(rrule="FREQ=WEEKLY")),
    Posting(origin=ORIGIN, source_key="3", name="Choir", start="2027-03-04T01:00", timezone="Australia/Brisbane"),
)


def describe_tables(engine: Engine) -> dict[str, Any]:
    """All tables with their columns, indexes and foreign keys, whatever SQL made them."""
    inspector = inspect(engine)
    return {
        table: (
            [
                (column["name"], str(column["type"]), column["nullable"], column["default"], column["primary_key"])
                for column in inspector.get_columns(table)
            ],
            sorted((index["name"] or "", index["column_names"]) for index in inspector.get_indexes(table)),
            [(key["constrained_columns"], key["referred_table"]) for key in inspector.get_foreign_keys(table)],
        )
        for table in inspector.get_table_names()
    }


@pytest.fixture
def version_1(tmp_path: Path) -> Path:
    """A store of version 1 with the postings: what it shares with today's is as today's writes it."""
    with Store.open(tmp_path / "today.db") as store:
        store.save_crawl("guild", [normalize(posting) for posting in POSTINGS], now=NOW)
    connection = sqlite3.connect(tmp_path / "old.db")
    connection.executescript(VERSION_1)
    connection.execute("ATTACH ? AS today", (str(tmp_path / "today.db"),))
    connection.execute("INSERT INTO events SELECT uid, day, digest, json FROM today.events")
    columns = 'source, "key", uid, digest, reading, posting, first_seen, last_seen'
    connection.execute(f"INSERT INTO postings SELECT {columns} FROM today.postings")
    connection.commit()
    connection.close()
    return tmp_path / "old.db"


def test_a_new_store_has_the_tables_of_the_schema(tmp_path: Path) -> None:
    """Migrations make them, one after the other."""
    Store.open(tmp_path / "new.db").close()
    expected = create_engine(f"sqlite:///{tmp_path / 'expected.db'}")
    schema.metadata.create_all(expected)

    assert describe_tables(create_engine(f"sqlite:///{tmp_path / 'new.db'}")) == describe_tables(expected)


def test_a_store_of_version_1_becomes_one_of_today(version_1: Path, tmp_path: Path) -> None:
    """Its tables are those of a new one."""
    Store.open(version_1).close()
    Store.open(tmp_path / "new.db").close()

    old, new = (create_engine(f"sqlite:///{path}") for path in (version_1, tmp_path / "new.db"))
    assert describe_tables(old) == describe_tables(new)
    with old.connect() as connection:
        assert connection.exec_driver_sql("SELECT version FROM schema_version").scalars().all() == [len(MIGRATIONS)]


def read_days(path: Path) -> list[tuple[str, str, str, int]]:
    """The columns that version 2 fills in, by key."""
    connection = sqlite3.connect(path)
    rows = connection.execute('SELECT "key", day, until, missing FROM postings ORDER BY "key"').fetchall()
    connection.close()
    return rows


def test_postings_of_version_1_get_their_days(version_1: Path) -> None:
    """The first in UTC and the last by the event's own clock; nothing is missing, and a crawl goes on as before."""
    Store.open(version_1).close()

    days = [("1", "2027-03-03", "2027-03-05", 0), ("2", "2027-03-03", "9999-12-31", 0)]
    assert read_days(version_1) == [*days, ("3", "2027-03-03", "2027-03-04", 0)]
    with Store.open(version_1) as store:
        before = list(store.get_events())
        saved = store.save_crawl("guild", [normalize(posting) for posting in POSTINGS], now=NOW)
        assert (saved.new, saved.changed, saved.unchanged) == (0, 0, 3)
        assert list(store.get_events()) == before


def test_a_migration_that_was_cut_off_is_run_again(version_1: Path) -> None:
    """SQLite keeps each change of a table as it is made: half a migration is there after a crash."""
    with sqlite3.connect(version_1) as connection:
        connection.execute("ALTER TABLE postings ADD COLUMN day VARCHAR(10) NOT NULL DEFAULT ''")
    connection.close()

    Store.open(version_1).close()

    assert [day for _, day, _, _ in read_days(version_1)] == ["2027-03-03"] * 3
