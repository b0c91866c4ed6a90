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
from pipelines.normalized import NormalizedPosting
from pipelines.store import runs, schema
from pipelines.store.changes import Change, load_changes_since, load_event_changes
from pipelines.store.pages import load_known_pages, load_sources_with_events_soon, save_page_updates
from pipelines.store.postings import StoredPosting, load_by_uid, load_on_days
from pipelines.store.save import SaveCounts, collect_crawl, relink_postings, retag_postings, save_crawl
from symposia.codec import event_from_json
from symposia.errors import Cause, NoStoreError, StoreError
from symposia.event import Event
from symposia.moments import instant_from_text
from symposia.outcome import HostDay, Refused, Run
from symposia.page_record import KnownPages, PageUpdates

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

    def save_crawl(
        self,
        source: str,
        readings: Sequence[NormalizedPosting],
        *,
        now: datetime,
        run: Run | None = None,
        unread: Iterable[Refused] = (),
        learned: PageUpdates = PageUpdates(),  # noqa: B008 - it is frozen
        hosts: Sequence[HostDay] = (),
    ) -> SaveCounts:
        """Keep what a crawl of `source` read, how it went (`run`) and what it refused (`unread`), in one transaction;

        with it, what was `learned` of its pages, and what was asked of `hosts`. What is the same as before is not written
        again. Postings that are no longer listed are counted as missing where the run was whole; without a run, none is.
        """
        refused = list(unread)
        with self._writing() as connection:
            before = runs.load_last_whole_run(connection, source)
            run = _in_light_of(run, before) if run and before else run
            keys = learned.unread | {posting.source_key for posting, _, _ in refused if posting is not None}
            crawl = collect_crawl(source, readings, now, _coverage(run, keys), _coverage(before) if before else None)
            saved = save_crawl(connection, replace(crawl, seen=learned.seen), self._overrides)
            save_page_updates(connection, source, learned, now)
            runs.add_host_days(connection, hosts)
            if run is not None:
                runs.insert_run(connection, replace(run, new=saved.new, changed=saved.changed), refused)
            return saved

    def get_known_pages(self, source: str, now: datetime) -> KnownPages:
        """What is known of a source's pages before it is crawled."""
        with self._reading() as connection:
            return load_known_pages(connection, source, now)

    def get_sources_with_events_soon(self, now: datetime) -> frozenset[str]:
        """The sources that list an event which takes place within days."""
        with self._reading() as connection:
            return load_sources_with_events_soon(connection, now)

    def check_integrity(self) -> None:
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
            runs.insert_run(connection, run, refused)

    def relink_postings(self, now: datetime) -> SaveCounts:
        """Group all postings anew, and set all fields that a person has decided; in one transaction."""
        with self._writing() as connection:
            return relink_postings(connection, self._overrides, now)

    def retag_postings(self, tagged: Callable[[NormalizedPosting], NormalizedPosting], now: datetime) -> SaveCounts:
        """Say anew of all postings what they are about, and match them anew; in one transaction."""
        with self._writing() as connection:
            return retag_postings(connection, self._overrides, tagged, now)

    def get_event(self, uid: str) -> Event | None:
        """The event of that UID, or the one that it became; None for no UID of this store."""
        with self._reading() as connection:
            while into := connection.execute(select(schema.retired.c.into).where(schema.retired.c.uid == uid)).scalar():
                uid = into
            text = connection.execute(select(schema.events.c.json).where(schema.events.c.uid == uid)).scalar()
            return event_from_json(json.loads(text)) if text else None

    def get_postings(self, uid: str) -> list[StoredPosting]:
        """The postings of an event, the first seen first."""
        with self._reading() as connection:
            return sorted(load_by_uid(connection, [uid]), key=lambda one: one.age)

    def get_postings_near(self, event: Event) -> list[StoredPosting]:
        """The postings on the days on which a duplicate of the event may be."""
        with self._reading() as connection:
            return list(load_on_days(connection, [day.isoformat() for day in near_days(event)]))

    def get_event_changes(self, uid: str) -> list[Change]:
        """What was changed of an event, the oldest first."""
        with self._reading() as connection:
            return load_event_changes(connection, uid)

    def get_changes_since(self, since: str) -> list[Change]:
        """What was changed of any event from a day or moment (ISO 8601) on, the oldest first."""
        with self._reading() as connection:
            return load_changes_since(connection, since)

    def get_last_runs(self) -> dict[str, Run]:
        """The last run of each source, by its id."""
        with self._reading() as connection:
            return runs.load_last_runs(connection)

    def get_recent_runs(self, number: int = 30) -> dict[str, list[Run]]:
        """The last runs of each source, by its id: that many at most, the oldest first."""
        with self._reading() as connection:
            return runs.load_recent_runs(connection, number)

    def get_refusals(self, source: str) -> list[tuple[str, str]]:
        """What the last run of `source` refused, and why."""
        with self._reading() as connection:
            return runs.load_refusals(connection, source)

    def get_host_days(self, since: date) -> list[HostDay]:
        """What was asked of each host from that day (UTC) on, a line a host and day, by day and host."""
        with self._reading() as connection:
            return runs.load_host_days(connection, since)

    def get_events(self) -> Iterator[Event]:
        """All events, by their first day and then their UID."""
        query = select(schema.events.c.json).order_by(schema.events.c.day, schema.events.c.uid)
        with self._reading() as connection:
            for row in connection.execute(query):
                yield event_from_json(json.loads(row.json))

    def get_fingerprint(self) -> str:
        """A digest of all events: the same where they are the same, at a fraction of the time of reading them."""
        digest = sha256()
        query = select(schema.events.c.uid, schema.events.c.json).order_by(schema.events.c.day, schema.events.c.uid)
        with self._reading() as connection:
            for row in connection.execute(query):
                digest.update(f"{row.uid}\x1f{row.json}\x1e".encode("utf-8", "surrogatepass"))
        return digest.hexdigest()

    def get_last_seen(self) -> dict[str, datetime]:
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
