"""The tables of the store, and how an older store becomes one of today."""

from __future__ import annotations

import json
from collections.abc import Callable

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    insert,
    inspect,
    select,
    text,
    update,
)

from pipelines.events.lifecycle import last_day
from pipelines.linkage.days import day_of
from symposia.codec import event_from_json
from symposia.errors import StoreError

metadata = MetaData()

schema_version = Table("schema_version", metadata, Column("version", Integer, nullable=False))

events = Table(
    "events",
    metadata,
    Column("uid", String(80), primary_key=True),
    Column("day", String(10), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("json", Text, nullable=False),
    Index("events_by_day", "day"),
)

postings = Table(
    "postings",
    metadata,
    Column("source", String(200), primary_key=True),
    Column("key", String(2000), primary_key=True),
    Column("uid", ForeignKey("events.uid"), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("reading", Text, nullable=False),
    Column("posting", Text, nullable=False),
    Column("first_seen", String(40), nullable=False),
    Column("last_seen", String(40), nullable=False),
    Column("day", String(10), nullable=False, server_default=""),
    Column("until", String(10), nullable=False, server_default=""),
    Column("missing", Integer, nullable=False, server_default="0"),
    Column("clue", Text, nullable=False, server_default=""),
    Index("postings_by_uid", "uid"),
    Index("postings_by_day", "day"),
)
"""`day` is the first day, by which duplicates are looked for; `until` the last, `EVER` for a series. `missing`: the whole
crawls in a row that did not list it, LEFT where it was pushed out of a list that is always full. `clue`: see pipelines/linkage/blocking_keys.py."""

changes = Table(
    "changes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("uid", String(80), nullable=False),
    Column("at", String(40), nullable=False),
    Column("source", String(200), nullable=False),
    Column("field", String(40), nullable=False),
    Column("old", Text),
    Column("new", Text),
    Index("changes_by_uid", "uid", "id"),
    Index("changes_by_time", "at", "id"),
)

retired = Table(
    "retired",
    metadata,
    Column("uid", String(80), primary_key=True),
    Column("into", String(80), nullable=False),
    Column("at", String(40), nullable=False),
)
"""The UIDs of events that turned out to be another, and of which: no event is ever called so again."""

runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("source", String(200), nullable=False),
    Column("json", Text, nullable=False),
    Index("runs_by_source", "source", "id"),
)

refusals = Table(
    "refusals",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("run", ForeignKey("runs.id"), nullable=False),
    Column("what", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("posting", Text),
    Index("refusals_by_run", "run"),
)

visits = Table(
    "visits",
    metadata,
    Column("source", String(200), primary_key=True),
    Column("url", String(2000), primary_key=True),
    Column("seen", String(40), nullable=False),
    Column("json", Text, nullable=False),
)
"""The pages of each source as they were last read, and when each was last seen to be so."""

hosts = Table(
    "hosts",
    metadata,
    Column("host", String(255), primary_key=True),
    Column("day", String(10), primary_key=True),
    Column("rest_until", String(40), nullable=False, server_default=""),
    Column("json", Text, nullable=False),
    Index("hosts_by_day", "day"),
)
"""What was asked of each host, a row a day."""


def _first(connection: Connection) -> None:
    metadata.create_all(connection)


def _second(connection: Connection) -> None:
    """What lifecycle and incremental matching need: days of postings, how long they are missing, changes, retired UIDs."""
    metadata.create_all(connection)
    has = {column["name"] for column in inspect(connection).get_columns("postings")}
    for name, kind in (("day", "VARCHAR(10)"), ("until", "VARCHAR(10)"), ("missing", "INTEGER")):
        if name not in has:
            default = 0 if kind == "INTEGER" else "''"
            connection.execute(text(f"ALTER TABLE postings ADD COLUMN {name} {kind} NOT NULL DEFAULT {default}"))
    if "day" not in has:
        connection.execute(text("CREATE INDEX postings_by_day ON postings (day)"))
        _fill_days(connection)


def _fill_days(connection: Connection) -> None:
    rows = connection.execute(select(postings.c.source, postings.c.key, postings.c.reading)).all()
    for source, key, reading in rows:
        event = event_from_json(json.loads(reading))
        days = {"day": day_of(event).isoformat(), "until": last_day(event)}
        mine = (postings.c.source == source) & (postings.c.key == key)
        connection.execute(update(postings).where(mine).values(days))


def _third(connection: Connection) -> None:
    """What incremental crawling needs: pages as they were, and what was asked of hosts."""
    metadata.create_all(connection)


def _fourth(connection: Connection) -> None:
    """What tells that a posting can be no duplicate before it is read. Empty until the posting is next looked at."""
    if "clue" not in {column["name"] for column in inspect(connection).get_columns("postings")}:
        connection.execute(text("ALTER TABLE postings ADD COLUMN clue TEXT NOT NULL DEFAULT ''"))


MIGRATIONS: tuple[Callable[[Connection], None], ...] = (_first, _second, _third, _fourth)
"""Step N makes a store of version N out of one of version N - 1. Steps are only ever added."""


def migrate(connection: Connection, where: str) -> None:
    """Bring the store at `where` to the newest version. Raises StoreError for one that a newer Symposia wrote."""
    version = _version(connection)
    if version > len(MIGRATIONS):
        raise StoreError(
            f"{where}: the store is of version {version}; this Symposia knows {len(MIGRATIONS)}: update it first"
        )
    for step in MIGRATIONS[version:]:
        step(connection)
    if version == 0:
        connection.execute(insert(schema_version).values(version=len(MIGRATIONS)))
    elif version < len(MIGRATIONS):
        connection.execute(update(schema_version).values(version=len(MIGRATIONS)))


def is_new(connection: Connection) -> bool:
    """Whether a database holds no store yet."""
    return _version(connection) == 0


def _version(connection: Connection) -> int:
    if not inspect(connection).has_table("schema_version"):
        return 0
    return connection.execute(select(schema_version.c.version)).scalar() or 0
