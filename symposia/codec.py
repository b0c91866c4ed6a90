"""The JSON form of postings and events, both ways.

Days and instants are as `symposia.moments` writes them, with an offset where the zone is known; what is unknown is null. An
event's `timezone` gives its instants back their zone, as RFC 9557 does with its suffix.
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
from symposia.moments import day_from_text, moment_from_text, moment_text
from symposia.posting import Posting
from symposia.recurrence import map_moments
from symposia.zones import resolve_zone


def to_json(value: Posting | Event) -> dict[str, object]:
    """A posting or event as what `json.dumps` takes: every field by its name, and the pairs of evidence as an object.

    >>> data = to_json(Event(uid="a", name="Teaching Reading", start=date(2027, 3, 3), evidence=(("start", "DTSTART"),)))
    >>> data["start"], data["end"], data["topics"], data["evidence"]
    ('2027-03-03', None, [], {'start': 'DTSTART'})
    """
    data: dict[str, object] = _converter().unstructure(value)
    return {**data, "evidence": dict(value.evidence)}


def event_from_json(data: dict[str, Any]) -> Event:
    """The event that `to_json` wrote. Raises `cattrs.ClassValidationError` for anything else.

    >>> data = {"uid": "a", "name": "Chat", "start": "2027-03-03T16:00+01:00", "timezone": "Europe/Berlin"}
    >>> event_from_json(data).start
    datetime.datetime(2027, 3, 3, 16, 0, tzinfo=zoneinfo.ZoneInfo(key='Europe/Berlin'))
    """
    zone = ZoneInfo(data["timezone"]) if isinstance(data.get("timezone"), str) else None
    event = _converter().structure(_with_pairs_and_zone(data, zone), Event)
    if zone is None or event.recurrence is None:
        return event
    return replace(event, recurrence=map_moments(event.recurrence, partial(_shown_in_zone, zone=zone)))


def posting_from_json(data: dict[str, Any]) -> Posting:
    """The posting that `to_json` wrote. Raises `cattrs.ClassValidationError` for anything else."""
    posting = _converter().structure(_with_pairs_and_zone(data), Posting)
    zone = resolve_zone(posting.timezone)
    if posting.recurrence is None or zone is None:
        return posting
    return replace(posting, recurrence=map_moments(posting.recurrence, partial(_shown_in_zone, zone=ZoneInfo(zone))))


@cache
def _converter() -> Converter:
    converter = make_converter()
    converter.register_structure_hook(Moment, lambda moment, _: _to_moment(moment))
    # Nearly all values are strings, and cattrs is slow on each of them.
    converter.register_structure_hook_func(
        lambda kind: kind == tuple[tuple[str, str], ...], lambda pairs, _: tuple((str(a), str(b)) for a, b in pairs)
    )
    converter.register_structure_hook_func(
        lambda kind: kind == tuple[str, ...], lambda words, _: tuple(map(str, words))
    )
    converter.register_structure_hook(date, lambda text, _: day_from_text(text))
    converter.register_unstructure_hook(date, moment_text)
    converter.register_unstructure_hook(datetime, moment_text)
    converter.register_unstructure_hook(Moment, moment_text)
    return converter


def _to_moment(value: str | Moment) -> Moment:
    return value if isinstance(value, date) else moment_from_text(value)


def _with_pairs_and_zone(data: dict[str, Any], zone: ZoneInfo | None = None) -> dict[str, Any]:
    """The data with evidence as pairs, and the event's start and end in its zone."""
    changed = {**data, "evidence": tuple((data.get("evidence") or {}).items())}
    with suppress(
        ValueError, TypeError
    ):  # A value that is no time is refused below, with everything else that is wrong.
        changed |= {
            name: _shown_in_zone(_to_moment(data[name]), zone) for name in ("start", "end") if zone and data.get(name)
        }
    return changed


def _shown_in_zone(moment: Moment, zone: ZoneInfo) -> Moment:
    return moment.astimezone(zone) if isinstance(moment, datetime) and moment.tzinfo else moment
