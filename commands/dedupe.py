"""`symposia dedupe`: which postings are one event."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import click
from cattrs import BaseValidationError

from commands.options import answer, jsonl_option, questions
from pipelines.linkage.cluster import clusters
from symposia.codec import event_from_json
from symposia.event import Event, SourceRef


@click.command()
@jsonl_option
def command(jsonl: bool) -> None:
    """Tell which postings are of one real event.

    Reads a posting a line: {"id", "name", "start", ...fields of an event}, with the "source" that it is of, where that is
    known. Writes a line for each, in order: {"id", "event"}, the same "event" for those that are one.
    """
    if not jsonl:
        raise click.UsageError("this reads and writes JSON lines: symposia dedupe --jsonl < postings.jsonl")
    asked = list(questions())
    group_of = {index: group for group in clusters([_event(one) for one in asked]) for index in group}
    for index, one in enumerate(asked):
        answer({"id": one["id"], "event": asked[group_of[index][0]]["id"]})


def _event(data: dict[str, Any]) -> Event:
    """The event in a line. Raises click.ClickException, naming the line's id, for one that has no name or no start."""
    known = {name: value for name, value in data.items() if value is not None and name not in ("id", "source")}
    try:
        event = event_from_json({**known, "uid": str(data["id"]), "sources": [], "evidence": {}})
    except (BaseValidationError, ValueError, TypeError) as error:
        raise click.ClickException(f"id {data['id']!r}: no event can be made of it: {_first(error)}") from error
    source = data.get("source")
    refs = (SourceRef(id=str(source), key=str(data["id"]), url=event.url or ""),) if source else ()
    return replace(event, sources=refs)


def _first(error: BaseException) -> str:
    """What is wrong, by the innermost of the errors."""
    inner = getattr(error, "exceptions", ())
    return _first(inner[0]) if inner else str(error) or type(error).__name__
