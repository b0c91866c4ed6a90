"""The tables of the store as they are today. How a store comes to have them: pipelines/store/migrations."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, String, Table, Text, text

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
    Column("missing", Integer, nullable=False, server_default=text("0")),
    Column("clue", Text, nullable=False, server_default=""),
    Index("postings_by_uid", "uid"),
    Index("postings_by_day", "day"),
)
"""`posting` is what the source says, `reading` the event that it was read as, `digest` of that event.

`day` is the first day, used to look for duplicates; `until` the last, lifecycle.NO_LAST_DAY for a series. `missing` counts the
whole crawls in a row that did not list it; it is lifecycle.PUSHED_OUT where it was pushed out of a list that is always full. `clue`
holds the blocking keys (pipelines/linkage/blocking_keys.py); empty where they are to be found anew.
"""

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
"""UIDs of events that turned out to be another (`into`). No event ever gets them again."""

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
"""The page records: each page of a source as it was last read, and when it was last seen unchanged."""

hosts = Table(
    "hosts",
    metadata,
    Column("host", String(255), primary_key=True),
    Column("day", String(10), primary_key=True),
    Column("rest_until", String(40), nullable=False, server_default=""),
    Column("json", Text, nullable=False),
    Index("hosts_by_day", "day"),
)
"""What was asked of each host, a row a day. `rest_until` is empty where it did not ask to be left alone."""
