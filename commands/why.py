"""`symposia why`: where everything that is said of an event comes from, and what it was held against."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import click
from rapidfuzz import fuzz

from commands.options import store_option
from commands.stored import event_called, overrides_at, overrides_option
from pipelines.events.lifecycle import LEFT
from pipelines.events.overrides import Overrides, name_of
from pipelines.linkage.rekeyed import plain_name
from pipelines.linkage.score import compare, fact_in_words
from pipelines.store.postings import Kept
from pipelines.store.store import Store
from symposia.codec import to_json
from symposia.event import Event

_MAX_VALUE = 100
_ALIKE = 60
"""rapidfuzz's token_sort_ratio (0 to 100) of the names, from which a posting that is another event is worth a line."""
_MAX_NEAR = 10
_TELLING = 0.05
"""The weight, in log-odds, from which a fact is told."""
_HIDDEN = ("uid", "sources", "evidence", "topics", "sequence", "created", "last_modified")


@click.command()
@click.argument("event", metavar="EVENT")
@store_option
@overrides_option
def command(event: str, store: str, overrides_path: Path | None) -> None:
    """Say why EVENT (a UID, its beginning, or words of its name) is as it is.

    For each field the source and the words, for each topic its evidence, for each posting where and when it was seen;
    why these postings are one event, and why those most like them are not.
    """
    overrides = overrides_at(overrides_path)
    with Store.open(store, overrides, create=False) as opened:
        found = event_called(opened, event)
        postings, near = opened.postings(found.uid), opened.near(found)
    for line in (*_fields(found), *_seen(postings), *_joined(postings, overrides), *_apart(postings, near, overrides)):
        click.echo(line)


def _fields(event: Event) -> Iterator[str]:
    evidence = dict(event.evidence)
    yield f"{event.uid}  version {event.sequence}"
    for name, value in to_json(event).items():
        if name not in _HIDDEN and value not in (None, [], False, ""):
            why = evidence.get(name) or evidence.get("extractor", "")
            yield f"  {name}: {_short(value)}  [{_short(why)}]"
    for topic in event.topics:
        yield f"  topic {topic}  [{_short(evidence.get(f'topics.{topic}') or evidence.get('topics', ''))}]"


def _seen(postings: Sequence[Kept]) -> Iterator[str]:
    yield f"postings: {len(postings)}"
    for one in postings:
        missing = "; pushed out of a full list" if one.missing == LEFT else ""
        missing = f"; missing {one.missing} times" if one.missing > 0 else missing
        yield f"  {name_of(one.event)}"
        yield f"    {one.event.sources[0].url}  first seen {one.first_seen[:10]}, last {one.last_seen[:10]}{missing}"


def _joined(postings: Sequence[Kept], overrides: Overrides) -> Iterator[str]:
    if len(postings) > 1:
        yield "one event, because"
    for one, other in combinations(postings, 2):
        yield f"  {name_of(one.event)} = {name_of(other.event)}: {_facts(one, other, overrides)}"


def _apart(postings: Sequence[Kept], near: Sequence[Kept], overrides: Overrides) -> Iterator[str]:
    """The postings of those days that are most like the event's, and are not among them."""
    own = {one.ref for one in postings}
    held = [(_likeness(mine, one), mine, one) for mine in postings for one in near if one.ref not in own]
    close = sorted((one for one in held if one[0] >= _ALIKE), key=lambda one: (-one[0], one[2].ref))
    if close:
        yield "kept apart from"
    for _, mine, one in close[:_MAX_NEAR]:
        yield f"  {name_of(one.event)} ({one.event.name}): {_facts(mine, one, overrides)}"


def _likeness(one: Kept, other: Kept) -> float:
    return fuzz.token_sort_ratio(plain_name(one.event.name), plain_name(other.event.name))


def _facts(one: Kept, other: Kept, overrides: Overrides) -> str:
    decided = overrides.ruling(one.event, other.event)
    if decided is not None:
        return "a person's decision"
    found = compare(one.event, other.event)
    if found.apart:
        return found.apart
    told = (f"{fact_in_words(name)} {weight:+.1f}" for name, weight in found.facts if abs(weight) >= _TELLING)
    return f"{found.score:.0%} likely: {', '.join(told)}"


def _short(value: Any) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= _MAX_VALUE else text[: _MAX_VALUE - 1] + "…"
