"""The JSON form of postings and events, both ways.

A day is `2026-03-03`; an instant is `2026-03-03T16:00+01:00`, with its offset where the zone is known; what is unknown
is null. An event's `timezone` gives its instants back their zone.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from functools import cache, partial
from typing import Any
from zoneinfo import ZoneInfo

from cattrs import Converter
from cattrs.preconf.json import make_converter

from symposia.event import Event, Moment
from symposia.moments import moment_from_text, moment_text
from symposia.posting import Posting
from symposia.recurrence import map_moments
from symposia.zones import resolve_zone


def to_json(value: Posting | Event) -> dict[str, object]:
    """`value` as what `json.dumps` takes, every field there; pairs of evidence become an object."""
    data: dict[str, object] = _converter().unstructure(value)
    return {**data, "evidence": dict(value.evidence)}


def event_from_json(data: dict[str, Any]) -> Event:
    """The event that `to_json` wrote. Raises `cattrs.ClassValidationError` for anything else."""
    zone = ZoneInfo(data["timezone"]) if isinstance(data.get("timezone"), str) else None
    event = _converter().structure(_with_pairs(data, zone), Event)
    if zone is None or event.recurrence is None:
        return event
    return replace(event, recurrence=map_moments(event.recurrence, partial(_in_zone, zone=zone)))


def posting_from_json(data: dict[str, Any]) -> Posting:
    """The posting that `to_json` wrote. Raises `cattrs.ClassValidationError` for anything else."""
    posting = _converter().structure(_with_pairs(data), Posting)
    zone = resolve_zone(posting.timezone)
    if posting.recurrence is None or zone is None:
        return posting
    return replace(posting, recurrence=map_moments(posting.recurrence, partial(_in_zone, zone=ZoneInfo(zone))))


@cache
def _converter() -> Converter:
    converter = make_converter()
    converter.register_structure_hook(Moment, lambda moment, _: _moment(moment))
    # Most of what is structured is words, and cattrs looks long at each.
    converter.register_structure_hook_func(
        lambda kind: kind == tuple[tuple[str, str], ...], lambda pairs, _: tuple((str(a), str(b)) for a, b in pairs)
    )
    converter.register_structure_hook_func(
        lambda kind: kind == tuple[str, ...], lambda words, _: tuple(map(str, words))
    )
    converter.register_structure_hook(date, lambda text, _: date.fromisoformat(text))
    converter.register_unstructure_hook(date, moment_text)
    converter.register_unstructure_hook(datetime, moment_text)
    converter.register_unstructure_hook(Moment, moment_text)
    return converter


def _moment(moment: str | Moment) -> Moment:
    return moment if isinstance(moment, date) else moment_from_text(moment)


def _with_pairs(data: dict[str, Any], zone: ZoneInfo | None = None) -> dict[str, Any]:
    """The data with evidence as pairs, and the event's times in its zone."""
    pairs = {**data, "evidence": tuple((data.get("evidence") or {}).items())}
    with suppress(ValueError, TypeError):  # What is no time is refused with all else that is wrong.
        pairs |= {name: _in_zone(_moment(data[name]), zone) for name in ("start", "end") if zone and data.get(name)}
    return pairs


def _in_zone(moment: Moment, zone: ZoneInfo) -> Moment:
    return moment.astimezone(zone) if isinstance(moment, datetime) and moment.tzinfo else moment
