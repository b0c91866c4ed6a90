"""`symposia why`: explain an event: where each field comes from, and why its postings were or were not linked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path

import click
from rapidfuzz import fuzz

from commands.options import store_option
from commands.stored import find_event, load_overrides_at, overrides_option, shorten
from pipelines.events.lifecycle import PUSHED_OUT
from pipelines.events.overrides import Overrides, posting_name
from pipelines.linkage.rekeyed import plain_name
from pipelines.linkage.score import compare, describe_fact
from pipelines.store.postings import StoredPosting
from pipelines.store.store import Store
from symposia.codec import to_json
from symposia.event import Event
from symposia.moments import day_part

_MAX_VALUE_CHARS = 100
"""Characters of a value that are shown: a description is cut."""
_MIN_SIMILARITY = 60
"""The least similarity of name (rapidfuzz's token_sort_ratio, 0 to 100) at which another event's posting is shown."""
_MAX_OTHERS = 10
"""Postings of other events that are shown: the most similar ones explain a doubtful case."""
_MIN_WEIGHT = 0.05
"""The least weight, in log-odds, of a comparison's feature that is shown: a smaller one decides nothing."""
_HIDDEN = ("uid", "sources", "evidence", "topics", "sequence", "created", "last_modified")
"""Fields that are shown in another way, or are bookkeeping."""


@click.command()
@click.argument("event", metavar="EVENT")
@store_option
@overrides_option
def command(event: str, store: str, overrides_path: Path | None) -> None:
    """Explain EVENT: a UID, its beginning, or words of its name.

    Show the source and the words behind each field, the evidence for each topic, where and when each posting was seen,
    why these postings are one event, and why the most similar ones of those days are not.
    """
    overrides = load_overrides_at(overrides_path)
    with Store.open(store, overrides, create=False) as opened:
        found = find_event(opened, event)
        postings, near = opened.get_postings(found.uid), opened.get_postings_near(found)
    lines = (
        *_explain_fields(found),
        *_list_postings(postings),
        *_explain_links(postings, overrides),
        *_explain_others(postings, near, overrides),
    )
    for line in lines:
        click.echo(line)


def _explain_fields(event: Event) -> Iterator[str]:
    evidence = dict(event.evidence)
    yield f"{event.uid}  version {event.sequence}"
    for name, value in to_json(event).items():
        if name not in _HIDDEN and value not in (None, [], False, ""):
            why = evidence.get(name) or evidence.get("extractor", "")
            yield f"  {name}: {shorten(value, _MAX_VALUE_CHARS)}  [{shorten(why, _MAX_VALUE_CHARS)}]"
    for topic in event.topics:
        yield f"  topic {topic}  [{shorten(evidence.get(f'topics.{topic}') or evidence.get('topics', ''), _MAX_VALUE_CHARS)}]"


def _list_postings(postings: Sequence[StoredPosting]) -> Iterator[str]:
    yield f"postings: {len(postings)}"
    for posting in postings:
        missing = "; pushed out of a full list" if posting.missing == PUSHED_OUT else ""
        missing = f"; missing {posting.missing} times" if posting.missing > 0 else missing
        seen = f"first seen {day_part(posting.first_seen)}, last {day_part(posting.last_seen)}"
        yield f"  {posting_name(posting.event)}"
        yield f"    {posting.event.sources[0].url}  {seen}{missing}"


def _explain_links(postings: Sequence[StoredPosting], overrides: Overrides) -> Iterator[str]:
    if len(postings) > 1:
        yield "one event, because"
    for posting, other in combinations(postings, 2):
        yield f"  {posting_name(posting.event)} = {posting_name(other.event)}: {_explain_pair(posting, other, overrides)}"


def _explain_others(
    postings: Sequence[StoredPosting], near: Sequence[StoredPosting], overrides: Overrides
) -> Iterator[str]:
    """The postings of those days with the most similar names that are other events."""
    own = {posting.ref for posting in postings}
    pairs = [(posting, other) for posting in postings for other in near if other.ref not in own]
    rated = [(_rate_similarity(posting, other), posting, other) for posting, other in pairs]
    similar = sorted((pair for pair in rated if pair[0] >= _MIN_SIMILARITY), key=lambda pair: (-pair[0], pair[2].ref))
    if similar:
        yield "kept apart from"
    for _, posting, other in similar[:_MAX_OTHERS]:
        yield f"  {posting_name(other.event)} ({other.event.name}): {_explain_pair(posting, other, overrides)}"


def _rate_similarity(posting: StoredPosting, other: StoredPosting) -> float:
    return fuzz.token_sort_ratio(plain_name(posting.event.name), plain_name(other.event.name))


def _explain_pair(posting: StoredPosting, other: StoredPosting, overrides: Overrides) -> str:
    if overrides.ruling(posting.event, other.event) is not None:
        return "a person's decision"
    comparison = compare(posting.event, other.event)
    if comparison.cannot_link:
        return comparison.cannot_link
    features = (
        f"{describe_fact(name)} {weight:+.1f}" for name, weight in comparison.facts if abs(weight) >= _MIN_WEIGHT
    )
    return f"{comparison.score:.0%} likely: {', '.join(features)}"
