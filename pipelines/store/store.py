"""The store: postings as they were read, the events they make up, and how each crawl went. SQLite unless told otherwise."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Connection, Engine, create_engine, event, func, select, update
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from pipelines.events.lifecycle import Coverage
from pipelines.events.overrides import Overrides
from pipelines.linkage.days import near_days
from pipelines.normalized import Reading
from pipelines.store import runs, schema
from pipelines.store.changes import Change, changes_since, history_of
from pipelines.store.pages import keep_round, memory_of, soon_sources
from pipelines.store.postings import Kept, on_days, with_uids
from pipelines.store.save import Saved, crawl_of, rematch, retag, save_crawl
from symposia.codec import event_from_json, instant_from_text
from symposia.errors import Cause, NoStoreError, StoreError
from symposia.event import Event
from symposia.outcome import HostDay, Refused, Run
from symposia.visit import Memory, Round

_MISSING = "there is no store yet; `symposia crawl` makes one, and --store names another"


class Store:
    """An open store; close it, or use it in a `with`. Every method raises StoreError where the database does not answer."""

    def __init__(self, engine: Engine, where: str, overrides: Overrides) -> None:
        self._engine = engine
        self._where = where
        self._overrides = overrides

    @classmethod
    def open(cls, where: str | Path, overrides: Overrides | None = None, *, create: bool = True) -> Self:
        """The store at `where`, a file or a database URL; made, or brought up to date, where it needs to be.

        `overrides` are a person's decisions, which hold for all that is saved. Without `create`, NoStoreError is
        raised where there is none: what only reads must not take a wrong name for a store without events.
        """
        if not create and "://" not in str(where) and not Path(where).exists():
            raise NoStoreError(f"{where}: {_MISSING}")
        url = str(where) if "://" in str(where) else f"sqlite:///{_made(Path(where))}"
        engine = create_engine(url)
        if make_url(url).get_backend_name() == "sqlite":
            event.listen(engine, "connect", _set_pragmas)
        store = cls(engine, str(where), overrides or Overrides())
        try:
            with store._writing() as connection:
                if not create and schema.is_new(connection):
                    raise NoStoreError(f"{where}: {_MISSING}")
                schema.migrate(connection, str(where))
        except StoreError:
            engine.dispose()
            raise
        return store

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def save(
        self,
        source: str,
        readings: Sequence[Reading],
        *,
        now: datetime,
        run: Run | None = None,
        unread: Iterable[Refused] = (),
        learned: Round = Round(),  # noqa: B008 - it is frozen
        hosts: Sequence[HostDay] = (),
    ) -> Saved:
        """Keep what a crawl of `source` read, how it went (`run`) and what it refused (`unread`), in one transaction;

        with it, what was `learned` of its pages, and what was asked of `hosts`. What is the same as before is not written
        again. Postings that are no longer listed are counted as missing where the run was whole; without a run, none is.
        """
        refused = list(unread)
        with self._writing() as connection:
            before = runs.last_whole(connection, source)
            run = _in_light_of(run, before) if run and before else run
            keys = learned.unread | {posting.source_key for posting, _, _ in refused if posting is not None}
            crawl = crawl_of(source, readings, now, _coverage(run, keys), _coverage(before) if before else None)
            saved = save_crawl(connection, replace(crawl, seen=learned.seen), self._overrides)
            keep_round(connection, source, learned, now)
            runs.add_hosts(connection, hosts)
            if run is not None:
                runs.record_run(connection, replace(run, new=saved.new, changed=saved.changed), refused)
            return saved

    def memory(self, source: str, now: datetime) -> Memory:
        """What is known of a source's pages before it is crawled."""
        with self._reading() as connection:
            return memory_of(connection, source, now)

    def soon(self, now: datetime) -> frozenset[str]:
        """The sources that list an event which takes place within days."""
        with self._reading() as connection:
            return soon_sources(connection, now)

    def check(self) -> None:
        """Raises StoreError where a store in SQLite is damaged, or takes no writing."""
        with self._writing() as connection:
            if self._engine.dialect.name == "sqlite":
                said = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
                if said != "ok":
                    raise StoreError(f"{self._where}: damaged: {said}")
            connection.execute(update(schema.schema_version).values(version=schema.schema_version.c.version))

    def record_run(self, run: Run, refused: Iterable[Refused] = ()) -> None:
        """Keep how a crawl went, and the postings that it refused."""
        with self._writing() as connection:
            runs.record_run(connection, run, refused)

    def rematch(self, now: datetime) -> Saved:
        """Group all postings anew, and set all fields that a person has decided; in one transaction."""
        with self._writing() as connection:
            return rematch(connection, self._overrides, now)

    def retag(self, tagged: Callable[[Reading], Reading], now: datetime) -> Saved:
        """Say anew of all postings what they are about, and match them anew; in one transaction."""
        with self._writing() as connection:
            return retag(connection, self._overrides, tagged, now)

    def event(self, uid: str) -> Event | None:
        """The event of that UID, or the one that it became; None for no UID of this store."""
        with self._reading() as connection:
            while into := connection.execute(select(schema.retired.c.into).where(schema.retired.c.uid == uid)).scalar():
                uid = into
            text = connection.execute(select(schema.events.c.json).where(schema.events.c.uid == uid)).scalar()
            return event_from_json(json.loads(text)) if text else None

    def postings(self, uid: str) -> list[Kept]:
        """The postings of an event, the first seen first."""
        with self._reading() as connection:
            return sorted(with_uids(connection, [uid]), key=lambda one: one.age)

    def near(self, event: Event) -> list[Kept]:
        """The postings on the days on which a duplicate of the event may be."""
        with self._reading() as connection:
            return list(on_days(connection, [day.isoformat() for day in near_days(event)]))

    def history(self, uid: str) -> list[Change]:
        """What was changed of an event, the oldest first."""
        with self._reading() as connection:
            return history_of(connection, uid)

    def changes(self, since: str) -> list[Change]:
        """What was changed of any event from a day or moment (ISO 8601) on, the oldest first."""
        with self._reading() as connection:
            return changes_since(connection, since)

    def last_runs(self) -> dict[str, Run]:
        """The last run of each source, by its id."""
        with self._reading() as connection:
            return runs.last_runs(connection)

    def recent_runs(self, number: int = 30) -> dict[str, list[Run]]:
        """The last runs of each source, by its id: that many at most, the oldest first."""
        with self._reading() as connection:
            return runs.recent_runs(connection, number)

    def refusals(self, source: str) -> list[tuple[str, str]]:
        """What the last run of `source` refused, and why."""
        with self._reading() as connection:
            return runs.refusals_of(connection, source)

    def hosts(self, since: date) -> list[HostDay]:
        """What was asked of each host from that day (UTC) on, a line a host and day, by day and host."""
        with self._reading() as connection:
            return runs.hosts_since(connection, since)

    def events(self) -> Iterator[Event]:
        """All events, by their first day and then their UID."""
        query = select(schema.events.c.json).order_by(schema.events.c.day, schema.events.c.uid)
        with self._reading() as connection:
            for row in connection.execute(query):
                yield event_from_json(json.loads(row.json))

    def fingerprint(self) -> str:
        """A digest of all events: the same where they are the same, at a fraction of the time of reading them."""
        digest = sha256()
        query = select(schema.events.c.uid, schema.events.c.json).order_by(schema.events.c.day, schema.events.c.uid)
        with self._reading() as connection:
            for row in connection.execute(query):
                digest.update(f"{row.uid}\x1f{row.json}\x1e".encode("utf-8", "surrogatepass"))
        return digest.hexdigest()

    def last_seen(self) -> dict[str, datetime]:
        """When each event was last seen at any source, by its UID."""
        query = select(schema.postings.c.uid, func.max(schema.postings.c.last_seen)).group_by(schema.postings.c.uid)
        with self._reading() as connection:
            return {uid: instant_from_text(seen) for uid, seen in connection.execute(query)}

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._answering(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._answering(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _answering(self) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            reason = getattr(error, "orig", None) or error
            raise StoreError(f"{self._where}: the store does not answer: {reason}") from error


def _made(path: Path) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{path}: the folder cannot be made: {error.strerror}") from error
    return path


def _set_pragmas(connection: Any, _: object) -> None:
    cursor = connection.cursor()
    # WAL lets an export read while a crawl writes; NORMAL is safe with it (sqlite.org/wal.html).
    for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON", "busy_timeout = 30000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _in_light_of(run: Run, before: Run) -> Run:
    """The run, judged by the last whole one too."""
    if run.refused > before.refused:
        # What cannot be read any more may be what seems to be missing.
        run = replace(run, whole=False)
    if run.cause is Cause.UNRECOGNISED and before.events:
        detail = f"nothing is recognised as an event any more; on {before.started:%Y-%m-%d} there were {before.events}"
        run = replace(run, cause=Cause.LAYOUT_CHANGED, detail=detail)
    return run


def _coverage(run: Run | None, unread: frozenset[str] = frozenset()) -> Coverage:
    if run is None:
        return Coverage()
    return Coverage(whole=run.whole, listed=run.postings, pages=run.pages, unread=unread)
