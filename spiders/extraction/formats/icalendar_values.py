"""The values of an iCalendar component, as they stand in real feeds."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Component, vDDDLists, vRecur
from icalendar.prop import vBroken

from symposia.event import Moment
from symposia.zones import resolve_zone, zone_like


class Zones:
    """The zones of one feed: what its TZIDs mean, and what holds where an event names none (X-WR-TIMEZONE)."""

    def __init__(self, feed: str | None, source: str | None) -> None:
        self.feed = resolve_zone(feed)
        self.source = source
        self._known: dict[str, str | None] = {}

    def localise(self, moment: Moment) -> Moment:
        """`moment` in an IANA zone where one is known for it.

        An instant in UTC is put into the feed's own zone; a floating time gets it. A zone that the feed defines itself
        becomes the IANA zone of that name, else one whose clocks agree, else a fixed offset.
        """
        if not isinstance(moment, datetime):
            return moment
        if moment.tzinfo is None:
            return moment.replace(tzinfo=ZoneInfo(self.feed)) if self.feed else moment
        name = self._name(moment.tzinfo, moment)
        if name == "UTC" and self.feed:
            return moment.astimezone(ZoneInfo(self.feed))
        if name:
            # The wall time is what the organiser wrote; a feed's own rules for it may be out of date.
            return moment.replace(tzinfo=ZoneInfo(name))
        return moment.replace(tzinfo=timezone(moment.utcoffset() or timedelta()))

    def name_of(self, moment: datetime) -> str | None:
        """The IANA name of a localised moment's zone; None for a floating time or a fixed offset."""
        return getattr(moment.tzinfo, "key", None)

    def _name(self, zone: tzinfo, near: datetime) -> str | None:
        label = getattr(zone, "key", None) or getattr(zone, "_tzid", None) or str(zone)
        if label not in self._known:
            self._known[label] = resolve_zone(label) or zone_like(zone, near, (self.feed, self.source))
        return self._known[label]


def words_of(component: Component, name: str) -> str | None:
    """The text of a property, the first where there are several; None where there is none."""
    value = component.get(name)
    value = value[0] if isinstance(value, list) and value else value
    return str(value).strip() or None if value is not None and not isinstance(value, list) else None


def moment_of(component: Component, name: str) -> Moment | None:
    """The day or instant of a property as it stands; None where there is none that can be read."""
    value = component.get(name)
    value = value[0] if isinstance(value, list) and value else value
    moment = None if isinstance(value, vBroken) else getattr(value, "dt", None)
    return moment if isinstance(moment, date) else None


def moments_of(component: Component, name: str, zones: Zones) -> tuple[Moment, ...]:
    """All days or instants of RDATE or EXDATE; of a period its start."""
    value = component.get(name)
    lists = value if isinstance(value, list) else [value]
    found = (getattr(one, "dt", None) for many in lists if isinstance(many, vDDDLists) for one in many.dts)
    starts = (moment[0] if isinstance(moment, tuple) else moment for moment in found)
    return tuple(zones.localise(moment) for moment in starts if isinstance(moment, date))


def end_of(component: Component, start: Moment, zones: Zones) -> Moment | None:
    """The end from DTEND or DURATION: of days the last one, inclusive. None where none is stated or it is not after the start."""
    stated = moment_of(component, "DTEND")
    duration = component.get("DURATION")
    length = None if isinstance(duration, vBroken) else getattr(duration, "dt", None)
    if stated is None and isinstance(length, timedelta):
        stated = start + length
    if stated is None:
        return None
    end = zones.localise(stated)
    if isinstance(end, datetime) != isinstance(start, datetime):
        return None
    if not isinstance(end, datetime):
        end = end - timedelta(days=1)
    elif isinstance(start, datetime) and (end.tzinfo is None) != (start.tzinfo is None):
        return None
    return end if end > start else None


def rule_of(component: Component) -> str | None:
    """The RRULE as text (RFC 5545, 3.3.10), the first where there are several; None where there is none."""
    rule: Any = component.get("RRULE")
    rule = rule[0] if isinstance(rule, list) and rule else rule
    return bytes(rule.to_ical()).decode() if isinstance(rule, vRecur) else None  # type: ignore[no-untyped-call]


def moment_text(moment: Moment, zone: str | None) -> str:
    """ISO 8601: of a moment in a named zone the wall time alone, else with what offset it has."""
    if isinstance(moment, datetime) and zone:
        return moment.replace(tzinfo=None).isoformat()
    return moment.isoformat()
