"""VEVENTs of one UID: a series with its moved occurrences, or single events (RFC 5545, section 3.8.4.4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from icalendar import Component

from spiders.extraction.formats.icalendar_values import moment_value, text_value
from symposia.posting import digest_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A series, or a single event, and the key that tells it from all others of the feed.

    Attributes:
        master: The VEVENT that states the rule, or the single event.
        moved: VEVENTs with a RECURRENCE-ID that replace single occurrences of `master`.
    """

    key: str
    master: Component
    moved: Sequence[Component] = ()


def group_by_series(components: Iterable[Component]) -> Iterator[Series]:
    """The series and single events of a feed, in order of their UIDs.

    A moved occurrence whose series is not in the feed stands for itself.
    """
    by_uid: dict[str, list[Component]] = defaultdict(list)
    for component in components:
        by_uid[text_value(component, "UID") or _key_without_uid(component)].append(component)
    for uid, group in by_uid.items():
        yield from _split_group(uid, group)


def _key_without_uid(component: Component) -> str:
    """A key for an event without a UID, made of what is least likely to change: its name and start."""
    return digest_key(text_value(component, "SUMMARY"), component.get("DTSTART"))


def _split_group(uid: str, group: Sequence[Component]) -> list[Series]:
    masters = _latest_masters(group)
    moved = [component for component in group if "RECURRENCE-ID" in component]
    repeating = [master for master in masters if "RRULE" in master or "RDATE" in master]
    keys = [uid if len(masters) == 1 else f"{uid}/{_start_key(master)}" for master in masters]
    if repeating:
        return [
            Series(key=key, master=master, moved=moved if master is repeating[0] else [])
            for key, master in zip(keys, masters, strict=True)
        ]
    orphans = [Series(key=f"{uid}/{_recurrence_key(component)}", master=component) for component in moved]
    return [*(Series(key=key, master=master) for key, master in zip(keys, masters, strict=True)), *orphans]


def _latest_masters(group: Sequence[Component]) -> list[Component]:
    """The events without RECURRENCE-ID, one per start: of two, that with the higher SEQUENCE, else the later."""
    masters = [component for component in group if "RECURRENCE-ID" not in component]
    return list({_start_key(component): component for component in sorted(masters, key=_sequence)}.values())


def _sequence(component: Component) -> int:
    try:
        return int(component.get("SEQUENCE", 0))
    except (TypeError, ValueError):
        return 0


def _start_key(component: Component) -> str:
    start = moment_value(component, "DTSTART")
    return start.isoformat() if start else "undated"


def _recurrence_key(component: Component) -> str:
    moment = moment_value(component, "RECURRENCE-ID")
    return moment.isoformat() if moment else _start_key(component)
