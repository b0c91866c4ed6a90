"""`symposia dedupe`: find the postings that announce the same event."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import Any

import click
from cattrs import BaseValidationError

from commands.options import jsonl_option, read_jsonl, write_jsonl
from pipelines.linkage.cluster import cluster
from symposia.codec import event_from_json
from symposia.event import Event, SourceRef


@click.command()
@jsonl_option
def command(jsonl: bool) -> None:
    """Find the postings that announce the same event.

    Read a posting per line: {"id", "name", "start", ...fields of an event}, with its "source" if that is known. Write
    {"id", "event"} for each, in order; postings with the same "event" announce one event. Lines that are no posting are
    named and left out; the exit status is then 1.
    """
    _require_jsonl(jsonl)
    ids: list[Any] = []
    events: list[Event] = []

    def add_posting(record: dict[str, Any]) -> None:
        events.append(_read_event(record))
        ids.append(record["id"])

    all_good = read_jsonl(add_posting)
    first_of_group = {index: group[0] for group in cluster(events) for index in group}
    for index, posting_id in enumerate(ids):
        write_jsonl({"id": posting_id, "event": ids[first_of_group[index]]})
    if not all_good:
        sys.exit(1)


def _require_jsonl(jsonl: bool) -> None:
    if not jsonl:
        raise click.UsageError("this command reads and writes JSON lines: symposia dedupe --jsonl < postings.jsonl")


def _read_event(record: dict[str, Any]) -> Event:
    fields = {name: value for name, value in record.items() if value is not None and name not in ("id", "source")}
    try:
        event = event_from_json({**fields, "uid": str(record["id"]), "sources": [], "evidence": {}})
    except (BaseValidationError, ValueError, TypeError) as error:
        raise click.ClickException(f"id {record['id']!r} is not an event: {_describe_error(error)}") from error
    source = record.get("source")
    refs = (SourceRef(id=str(source), key=str(record["id"]), url=event.url or ""),) if source else ()
    return replace(event, sources=refs)


def _describe_error(error: BaseException) -> str:
    """The message of the innermost error: cattrs nests one group for each class and field."""
    inner = getattr(error, "exceptions", ())
    return _describe_error(inner[0]) if inner else str(error) or type(error).__name__
