"""The store: postings as they were read, the events they make up, and how each crawl went. SQLite unless told otherwise."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Self

from sqlalchemy import Connection, Engine, func, select, update
from sqlalchemy.exc import SQLAlchemyError

from pipelines.events.lifecycle import Coverage
from pipelines.events.overrides import Overrides
from pipelines.linkage.days import near_days
from pipelines.normalized import NormalizedPosting
from pipelines.store import runs
from pipelines.store.changes import Change, load_changes_since, load_event_changes
from pipelines.store.crawl_content import CrawlContent, merge_by_key
from pipelines.store.engine import hide_password, is_url, make_engine
from pipelines.store.migrations import find_version, migrate
from pipelines.store.pages import load_known_pages, load_sources_with_events_soon, save_page_updates
from pipelines.store.postings import StoredPosting, load_by_uid, load_on_days
from pipelines.store.save import relink_postings, retag_postings, save_crawl
from pipelines.store.schema import events, postings, retired, schema_version
from pipelines.store.write_events import SaveCounts
from symposia.codec import event_from_json
from symposia.errors import NoStoreError, StoreError
from symposia.event import Event
from symposia.moments import instant_from_text
from symposia.outcome import HostDay, Refused, Run
from symposia.page_record import KnownPages, PageUpdates

_NO_STORE = "there is no store yet; `symposia crawl` makes one, and --store names another"


class Store:
    """An open store; close it, or use it in a `with`. Every method raises StoreError where the database does not answer."""

    def __init__(self, engine: Engine, where: str, overrides: Overrides) -> None:
        self._engine = engine
        self._where = where
        self._overrides = overrides

    @classmethod
    def open(cls, where: str | Path, overrides: Overrides | None = None, *, create: bool = True) -> Self:
        """Open a store; make it where it is missing, and bring it up to date.

        Args:
            where: A file, or a database URL.
            overrides: A person's decisions, which hold for all that is saved.
            create: Make a store where there is none. A command that only reads does not want it: it would take a wrong
                name for a store without events.

        Raises:
            NoStoreError: There is no store, and `create` is off.
            StoreError: The database does not answer, or a newer Symposia wrote the store.
        """
        if not create and not is_url(where) and not Path(where).exists():
            raise NoStoreError(f"{hide_password(where)}: {_NO_STORE}")
        store = cls(make_engine(where), hide_password(where), overrides or Overrides())
        try:
            with store._write() as connection:
                if not create and not find_version(connection):
                    raise NoStoreError(f"{hide_password(where)}: {_NO_STORE}")
                migrate(connection, hide_password(where))
        except StoreError:
            store.close()
            raise
        return store

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections to the database."""
        self._engine.dispose()

    def save_crawl(
        self,
        source: str,
        normalized: Sequence[NormalizedPosting],
        *,
        now: datetime,
        run: Run | None = None,
        refused: Sequence[Refused] = (),
        pages: PageUpdates = PageUpdates(),  # noqa: B008 - it is frozen
        hosts: Sequence[HostDay] = (),
    ) -> SaveCounts:
        """Save what a crawl of a source found, in one transaction; what is the same as before is not written again.

        Args:
            source: The source's id.
            normalized: The postings that were read.
            now: The moment under which all of it is saved.
            run: How the crawl went. What a whole one no longer lists is counted as missing; without a run, nothing is.
            refused: What could not be read.
            pages: What was found out about the source's pages.
            hosts: What was asked of which host.
        """
        keys = pages.refused_keys | {posting.source_key for posting, _, _ in refused if posting is not None}
        with self._write() as connection:
            before = runs.load_last_whole_run(connection, source)
            run = runs.judge_by_last_whole(run, before) if run and before else run
            crawl = CrawlContent(
                source=source,
                normalized=merge_by_key(normalized),
                now=now,
                coverage=_make_coverage(run, keys),
                before=_make_coverage(before) if before else None,
                seen_keys=pages.seen_keys,
            )
            counts = save_crawl(connection, crawl, self._overrides)
            save_page_updates(connection, source, pages, now)
            runs.add_host_days(connection, hosts)
            if run is not None:
                runs.insert_run(connection, replace(run, new=counts.new, changed=counts.changed), refused)
        return counts

    def record_run(self, run: Run, refused: Iterable[Refused] = ()) -> None:
        """Save how a crawl went that has nothing else to save, and what it refused."""
        with self._write() as connection:
            runs.insert_run(connection, run, refused)

    def relink_postings(self, now: datetime) -> SaveCounts:
        """Link all postings anew and apply people's decisions, in one transaction."""
        with self._write() as connection:
            return relink_postings(connection, self._overrides, now)

    def retag_postings(self, tag: Callable[[NormalizedPosting], NormalizedPosting], now: datetime) -> SaveCounts:
        """Tag all postings anew by `tag`, and link them anew; in one transaction."""
        with self._write() as connection:
            return retag_postings(connection, self._overrides, tag, now)

    def check_integrity(self) -> None:
        """Check that a store in SQLite is not damaged, and that any store can be written.

        Raises:
            StoreError: It is damaged, or cannot be written.
        """
        with self._write() as connection:
            if self._engine.dialect.name == "sqlite":
                result = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
                if result != "ok":
                    raise StoreError(f"{self._where}: damaged: {result}")
            connection.execute(update(schema_version).values(version=schema_version.c.version))

    def get_known_pages(self, source: str, now: datetime) -> KnownPages:
        """Get what is known of a source's pages before it is crawled at `now`."""
        with self._read() as connection:
            return load_known_pages(connection, source, now)

    def get_sources_with_events_soon(self, now: datetime) -> frozenset[str]:
        """Get the ids of the sources that list an event which takes place within a week."""
        with self._read() as connection:
            return load_sources_with_events_soon(connection, now)

    def get_events(self) -> Iterator[Event]:
        """Get all events, by their first day and then their UID."""
        query = select(events.c.json).order_by(events.c.day, events.c.uid)
        with self._read() as connection:
            for row in connection.execute(query):
                yield event_from_json(json.loads(row.json))

    def get_event(self, uid: str) -> Event | None:
        """Get the event of a UID, or the one that it turned out to be; None where no event ever had it."""
        with self._read() as connection:
            while into := connection.execute(select(retired.c.into).where(retired.c.uid == uid)).scalar():
                uid = into
            text = connection.execute(select(events.c.json).where(events.c.uid == uid)).scalar()
            return event_from_json(json.loads(text)) if text else None

    def get_fingerprint(self) -> str:
        """Get a digest of all events, in a fraction of the time of reading them; equal events give equal digests."""
        digest = sha256()
        query = select(events.c.uid, events.c.json).order_by(events.c.day, events.c.uid)
        with self._read() as connection:
            for row in connection.execute(query):
                digest.update(f"{row.uid}\x1f{row.json}\x1e".encode("utf-8", "surrogatepass"))
        return digest.hexdigest()

    def get_last_seen(self) -> dict[str, datetime]:
        """Get when each event was last seen at any source, by its UID."""
        query = select(postings.c.uid, func.max(postings.c.last_seen)).group_by(postings.c.uid)
        with self._read() as connection:
            return {uid: instant_from_text(seen) for uid, seen in connection.execute(query)}

    def get_postings(self, uid: str) -> list[StoredPosting]:
        """Get the postings of an event, the first seen first."""
        with self._read() as connection:
            return sorted(load_by_uid(connection, [uid]), key=lambda posting: posting.age)

    def get_postings_near(self, event: Event) -> list[StoredPosting]:
        """Get the postings on all days that may hold a duplicate of the event."""
        with self._read() as connection:
            return list(load_on_days(connection, [day.isoformat() for day in near_days(event)]))

    def get_event_changes(self, uid: str) -> list[Change]:
        """Get the changes of an event, the oldest first."""
        with self._read() as connection:
            return load_event_changes(connection, uid)

    def get_changes_since(self, since: str) -> list[Change]:
        """Get the changes of all events from a day or moment (ISO 8601) on, the oldest first."""
        with self._read() as connection:
            return load_changes_since(connection, since)

    def get_last_runs(self) -> dict[str, Run]:
        """Get the last run of each source, by its id."""
        with self._read() as connection:
            return runs.load_last_runs(connection)

    def get_recent_runs(self, number: int = 30) -> dict[str, list[Run]]:
        """Get the last runs of each source, by its id: at most that number of each, the oldest first."""
        with self._read() as connection:
            return runs.load_recent_runs(connection, number)

    def get_refusals(self, source: str) -> list[tuple[str, str]]:
        """Get what the last run of a source refused: what each is called, and why."""
        with self._read() as connection:
            return runs.load_refusals(connection, source)

    def get_host_days(self, since: date) -> list[HostDay]:
        """Get what was asked of each host from that day (UTC) on, sorted by day and host."""
        with self._read() as connection:
            return runs.load_host_days(connection, since)

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        with self._translate_errors(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def _read(self) -> Iterator[Connection]:
        with self._translate_errors(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _translate_errors(self) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            reason = " ".join(str(getattr(error, "orig", None) or error).split())
            raise StoreError(f"{self._where}: the store does not answer: {reason}") from error


def _make_coverage(run: Run | None, unread: frozenset[str] = frozenset()) -> Coverage:
    if run is None:
        return Coverage()
    return Coverage(whole=run.whole, listed=run.postings, pages=run.pages, unread=unread)
