"""`symposia history`: list what changed in an event, when, and in which source."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict

import click

from commands.options import jsonl_option, store_option, write_jsonl
from commands.stored import find_event, shorten
from pipelines.events.lifecycle import GONE_AFTER
from pipelines.store.changes import CREATED, JOINED, MISSING, Change
from pipelines.store.store import Store
from symposia.moments import minute_part

_MAX_VALUE_CHARS = 70
"""Characters of a value that are shown: old and new fit on two lines of a terminal."""


@click.command()
@click.argument("event", metavar="EVENT")
@store_option
@jsonl_option
def command(event: str, store: str, jsonl: bool) -> None:
    """List what changed in EVENT: a UID, its beginning, or words of its name."""
    with Store.open(store, create=False) as opened:
        print_changes(opened.get_event_changes(find_event(opened, event).uid), jsonl, with_uid=False)


def print_changes(changes: Iterable[Change], jsonl: bool, *, with_uid: bool) -> None:
    """Print one line per change.

    Args:
        changes: What changed, in the order to print.
        jsonl: Print JSON lines; they always hold the event's UID.
        with_uid: Print the event's UID on each line.
    """
    for change in changes:
        if jsonl:
            write_jsonl(asdict(change))
        else:
            uid = f"  {change.uid}" if with_uid else ""
            click.echo(f"{minute_part(change.at)}{uid}  {_describe_change(change)}  ({change.source or 'rematch'})")


def _describe_change(change: Change) -> str:
    if change.field == CREATED:
        return f"new: {_format_value(change.new)}"
    if change.field == JOINED:
        return f"{change.uid} turned out to be {_format_value(change.new)}"
    if change.field == MISSING:
        return f"not listed, {_describe_missing(change.new)}"
    return f"{change.field}: {_format_value(change.old)} -> {_format_value(change.new)}"


def _describe_missing(times: str | None) -> str:
    if times == "1":
        return "once"
    return "twice: it is gone" if times == str(GONE_AFTER) else f"{times} times"


def _format_value(value: str | None) -> str:
    if value is None:
        return "nothing"
    try:
        decoded = json.loads(value)
    except ValueError:
        decoded = value  # It was too long to be stored whole.
    return shorten(decoded if isinstance(decoded, str) else value, _MAX_VALUE_CHARS)
