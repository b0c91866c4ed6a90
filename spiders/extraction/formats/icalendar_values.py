"""Values of an iCalendar component (RFC 5545, section 3.3), as they stand in real feeds."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Component, vDDDLists, vRecur
from icalendar.prop import vBroken

from symposia.event import Moment
from symposia.zones import resolve_zone, zone_like


class TimeZones:
    """The time zones of one feed: what its TZIDs mean, and which zone holds where an event names none."""

    def __init__(self, feed: str | None, source: str | None) -> None:
        """Both are IANA names or what feeds write for them; None where unknown.

        Args:
            feed: The feed's X-WR-TIMEZONE.
            source: The zone that the catalogue states for the source.
        """
        self.feed = resolve_zone(feed)
        self.source = source
        self._iana_names: dict[str, str | None] = {}

    def localise(self, moment: Moment) -> Moment:
        """`moment` in an IANA zone where one is known for it; a day as it is.

        An instant in UTC, or a floating time, gets the feed's own zone. A zone that the feed defines itself
        becomes the IANA zone of that name, else one with the same clock changes, else a fixed offset.
        """
        if not isinstance(moment, datetime):
            return moment
        if moment.tzinfo is None:
            return moment.replace(tzinfo=ZoneInfo(self.feed)) if self.feed else moment
        name = self._iana_name(moment.tzinfo, moment)
        if name == "UTC" and self.feed:
            return moment.astimezone(ZoneInfo(self.feed))
        if name:
            # The organiser wrote the wall time; a feed's own rules for the zone may be out of date.
            return moment.replace(tzinfo=ZoneInfo(name))
        return moment.replace(tzinfo=timezone(moment.utcoffset() or timedelta()))

    def name_of(self, moment: datetime) -> str | None:
        """The IANA name of a localised moment's zone; None for a floating time or a fixed offset."""
        return getattr(moment.tzinfo, "key", None)

    def _iana_name(self, zone: tzinfo, near: datetime) -> str | None:
        label = getattr(zone, "key", None) or getattr(zone, "_tzid", None) or str(zone)
        if label not in self._iana_names:
            self._iana_names[label] = resolve_zone(label) or zone_like(zone, near, (self.feed, self.source))
        return self._iana_names[label]


def text_value(component: Component, name: str) -> str | None:
    """The text of a property, the first where there are several; None where there is none."""
    value = _first_of_list(component.get(name))
    return str(value).strip() or None if value is not None and not isinstance(value, list) else None


def moment_value(component: Component, name: str) -> Moment | None:
    """The DATE or DATE-TIME of a property as it stands; None where there is none that can be read."""
    value = _first_of_list(component.get(name))
    moment = None if isinstance(value, vBroken) else getattr(value, "dt", None)
    return moment if isinstance(moment, date) else None


def moment_values(component: Component, name: str, zones: TimeZones) -> tuple[Moment, ...]:
    """All moments of RDATE or EXDATE, localised; of a PERIOD its start."""
    value = component.get(name)
    properties = value if isinstance(value, list) else [value]
    listed = (getattr(item, "dt", None) for many in properties if isinstance(many, vDDDLists) for item in many.dts)
    starts = (moment[0] if isinstance(moment, tuple) else moment for moment in listed)
    return tuple(zones.localise(moment) for moment in starts if isinstance(moment, date))


def read_end(component: Component, start: Moment, zones: TimeZones) -> Moment | None:
    """The end by DTEND or DURATION, localised; of whole days the last one, inclusive.

    None where none is stated, where it is not after the start, or where the two cannot be compared: a day
    and a time, or a floating time and one with a zone.
    """
    stated = moment_value(component, "DTEND")
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
        end = end - timedelta(days=1)  # DTEND is exclusive
    elif isinstance(start, datetime) and (end.tzinfo is None) != (start.tzinfo is None):
        return None
    return end if end > start else None


def read_rrule(component: Component) -> str | None:
    """The RRULE as text (RFC 5545, section 3.3.10), the first where there are several; None where there is none."""
    rule = _first_of_list(component.get("RRULE"))
    return bytes(rule.to_ical()).decode() if isinstance(rule, vRecur) else None  # type: ignore[no-untyped-call]  # vRecur has no types


def format_moment(moment: Moment, zone: str | None) -> str:
    """ISO 8601: the wall time alone where `zone` names its time zone, else with the offset it has.

    >>> format_moment(datetime(2027, 3, 3, 16, tzinfo=ZoneInfo("Europe/Berlin")), "Europe/Berlin")
    '2027-03-03T16:00:00'
    >>> format_moment(date(2027, 3, 3), None)
    '2027-03-03'
    """
    if isinstance(moment, datetime) and zone:
        return moment.replace(tzinfo=None).isoformat()
    return moment.isoformat()


def _first_of_list(value: Any) -> Any:
    """The first of a property that stands several times; an empty list as it is."""
    return value[0] if isinstance(value, list) and value else value
