"""`symposia history`: what was changed of an event, when, and by whose crawl."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict

import click

from commands.options import answer, jsonl_option, store_option
from commands.stored import event_called
from pipelines.events.lifecycle import GONE
from pipelines.store.changes import CREATED, JOINED, MISSING, Change
from pipelines.store.store import Store

_MAX_VALUE = 70


@click.command()
@click.argument("event", metavar="EVENT")
@store_option
@jsonl_option
def command(event: str, store: str, jsonl: bool) -> None:
    """Tell what was changed of EVENT: a UID, its beginning, or words of its name."""
    with Store.open(store, create=False) as opened:
        show(opened.history(event_called(opened, event).uid), jsonl, named=False)


def show(made: Iterable[Change], jsonl: bool, *, named: bool) -> None:
    """Print changes, a line each; with the event's UID where they are `named`."""
    for one in made:
        if jsonl:
            answer(asdict(one))
        else:
            uid = f"  {one.uid}" if named else ""
            click.echo(f"{one.at[:16]}{uid}  {_said(one)}  ({one.source or 'rematch'})")


def _said(one: Change) -> str:
    if one.field == CREATED:
        return f"new: {_short(one.new)}"
    if one.field == JOINED:
        return f"{one.uid} turned out to be {_short(one.new)}"
    if one.field == MISSING:
        times = "once" if one.new == "1" else "twice: it is gone" if one.new == str(GONE) else f"{one.new} times"
        return f"not listed, {times}"
    return f"{one.field}: {_short(one.old)} -> {_short(one.new)}"


def _short(value: str | None) -> str:
    if value is None:
        return "nothing"
    try:
        read = json.loads(value)
    except ValueError:
        read = value  # it was too long to be kept whole
    text = " ".join((read if isinstance(read, str) else value).split())
    return text if len(text) <= _MAX_VALUE else text[: _MAX_VALUE - 1] + "…"
