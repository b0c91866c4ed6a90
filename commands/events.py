"""`symposia events`: list the stored events, one occurrence per line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import click

from commands.options import jsonl_option, parse_moment, store_option, write_jsonl
from pipelines.store.store import Store
from symposia.codec import to_json
from symposia.event import Event
from symposia.moments import moment_text
from symposia.occurrences import occurrences, start_of

HORIZON = timedelta(days=366)
"""How far ahead the occurrences of a recurring event are listed; with --all, how far before and after its last crawl."""

_ALL_TIME = datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC)


@click.command()
@store_option
@click.option("--all", "everything", is_flag=True, help="Past events too.")
@click.option("--as-of", metavar="DATE", help="The day to count from; default: today.")
@jsonl_option
def command(store: str, everything: bool, as_of: str | None, jsonl: bool) -> None:
    """List the upcoming events.

    Occurrences of a recurring event are listed for a year from today; with --all, for a year before and after its last
    crawl.
    """
    with Store.open(store, create=False) as opened:
        found = _find_occurrences(opened, parse_moment(as_of), everything)
        for event in sorted(found, key=lambda event: (start_of(event), event.uid)):
            if jsonl:
                write_jsonl({**to_json(event), "sources": list(dict.fromkeys(source.id for source in event.sources))})
            else:
                click.echo(f"{moment_text(event.start)}  {event.name}  {event.url or ''}".rstrip())


def _find_occurrences(store: Store, now: datetime, everything: bool) -> Iterator[Event]:
    seen = store.get_last_seen() if everything else {}
    for event in store.get_events():
        yield from occurrences(event, *_choose_window(event, now, seen.get(event.uid) if everything else None))


def _choose_window(event: Event, now: datetime, seen: datetime | None) -> tuple[datetime, datetime]:
    """The first and last moment to list; `seen`: when its last crawl was, None for upcoming events only."""
    if seen is None:
        return now, (now + HORIZON if event.recurrence else _ALL_TIME[1])
    return (seen - HORIZON, seen + HORIZON) if event.recurrence else _ALL_TIME
