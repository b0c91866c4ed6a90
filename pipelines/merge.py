"""Several readings of one event as one, field by field, the most trustworthy source first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any

from symposia.event import Event, Status

TRUST = ("icalendar", "json-ld", "microdata", "rdfa", "atom", "rss", "listing")
"""The extractors, the most trustworthy first."""

_OWN = {
    "uid",
    "sequence",
    "created",
    "last_modified",
    "sources",
    "evidence",
    "start",
    "end",
    "timezone",
    "timezone_assumed",
    "status",
}
_JOINED = {"keywords", "topics", "audience", "deadlines", "credit"}


def merge(readings: Sequence[Event]) -> Event:
    """One event of its readings, at least one. Its UID is that of the first; the result does not depend on the order.

    Name, status and time (start, end and zone together) are the most trustworthy reading's, a time of day before a mere
    day; a field that it leaves open is the next one's; of descriptions the longest; lists are joined.
    """
    if len(readings) == 1:
        return readings[0]
    ranked = sorted(readings, key=_rank)
    timed = next((one for one in ranked if not one.all_day), ranked[0])
    values: dict[str, Any] = {
        field.name: _value(ranked, field.name) for field in fields(Event) if field.name not in _OWN
    }
    values["description"] = max((one.description or "" for one in ranked), key=len) or None
    for name in ("start", "end", "timezone", "timezone_assumed"):
        values[name] = getattr(timed, name)
    sources = tuple(sorted({source for one in readings for source in one.sources}, key=lambda ref: (ref.id, ref.key)))
    return replace(
        readings[0],
        **values,
        status=_status(ranked),
        sources=sources,
        evidence=_evidence(ranked, timed),
    )


def _rank(event: Event) -> tuple[int, int, str, str]:
    extractor = dict(event.evidence).get("extractor", "")
    trust = TRUST.index(extractor) if extractor in TRUST else len(TRUST)
    filled = sum(getattr(event, field.name) not in (None, ()) for field in fields(Event))
    source = event.sources[0] if event.sources else None
    return trust, -filled, source.id if source else "", source.key if source else ""


def _value(ranked: Sequence[Event], name: str) -> Any:
    if name in _JOINED:
        return tuple(dict.fromkeys(item for one in ranked for item in getattr(one, name)))
    return next((value for one in ranked if (value := getattr(one, name)) is not None), None)


def _status(ranked: Sequence[Event]) -> Status:
    """The best source's word; where it only says "scheduled", as most do of all events, another's news counts."""
    news = [one.status for one in ranked if one.status != Status.SCHEDULED]
    return news[0] if news else Status.SCHEDULED


def _evidence(ranked: Sequence[Event], timed: Event) -> tuple[tuple[str, str], ...]:
    known: dict[str, str] = {}
    for one in reversed(ranked):
        known.update(dict(one.evidence))
    for name in ("start", "timezone"):
        known.pop(name, None)
    known.update({name: words for name, words in timed.evidence if name in ("start", "timezone")})
    return tuple(sorted(known.items()))
