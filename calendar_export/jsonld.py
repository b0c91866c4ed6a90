"""Events in the vocabulary of schema.org, as JSON-LD."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from calendar_export.text.script_json import script_json
from calendar_export.text.urls import web_url
from symposia.event import AttendanceMode, DeadlineKind, Event, Location, Price, Recurrence, Status
from symposia.moments import date_of, moment_text
from symposia.rrule import rrule_parts

_SCHEMA = "https://schema.org"
_STATUSES = {
    Status.SCHEDULED: "EventScheduled",
    Status.CANCELLED: "EventCancelled",
    Status.POSTPONED: "EventPostponed",
    Status.RESCHEDULED: "EventRescheduled",
    Status.MOVED_ONLINE: "EventMovedOnline",
}
_MODES = {
    AttendanceMode.ONLINE: "OnlineEventAttendanceMode",
    AttendanceMode.IN_PERSON: "OfflineEventAttendanceMode",
    AttendanceMode.HYBRID: "MixedEventAttendanceMode",
}
_DURATION_UNITS = {"DAILY": "D", "WEEKLY": "W", "MONTHLY": "M", "YEARLY": "Y"}
"""FREQ of a recurrence rule, as the unit of an ISO 8601 duration."""
_WEEKDAYS = {
    "MO": "Monday",
    "TU": "Tuesday",
    "WE": "Wednesday",
    "TH": "Thursday",
    "FR": "Friday",
    "SA": "Saturday",
    "SU": "Sunday",
}
_SCHEDULE_PARTS = frozenset({"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTH", "BYMONTHDAY", "WKST"})
"""The rule parts (RFC 5545, 3.3.10) that schema.org/Schedule can express. A rule with any other is left out whole."""


def events_jsonld(events: Iterable[Event], series: Mapping[str, Event] | None = None) -> bytes:
    """Write all `events` as one graph; `series` are those that recur, as stored, by UID (see `event_jsonld`)."""
    stored = series or {}
    graph = [_without_context(event_jsonld(event, stored.get(event.uid))) for event in events]
    text = json.dumps({"@context": _SCHEMA, "@graph": graph}, ensure_ascii=False, indent=1)
    return f"{text}\n".encode("utf-8", "replace")


def script_content(data: Mapping[str, Any]) -> str:
    """Write `data` as the content of a script element of a page."""
    return script_json(data).encode("utf-8", "replace").decode()


def event_jsonld(event: Event, series: Event | None = None) -> dict[str, Any]:
    """Describe `event` as a schema.org/Event; unknown facts are left out.

    Args:
        event: The event; for a series, at the times of any of its occurrences.
        series: The event as stored, if `event` is at a later occurrence: its recurrence rule counts from the first.
    """
    facts = {
        "@context": _SCHEMA,
        "@type": "Event",
        "identifier": event.uid,
        "name": event.name,
        "startDate": moment_text(event.start),
        "endDate": moment_text(event.end) if event.end else None,
        "eventStatus": f"{_SCHEMA}/{_STATUSES[event.status]}",
        "eventAttendanceMode": f"{_SCHEMA}/{_MODES[event.attendance_mode]}" if event.attendance_mode else None,
        "url": web_url(event.url),
        "description": event.description,
        "location": _describe_locations(event),
        "organizer": {"@type": "Organization", "name": event.organizer} if event.organizer else None,
        "inLanguage": event.language,
        "keywords": [*event.topics, *event.keywords],
        "audience": [{"@type": "EducationalAudience", "audienceType": audience} for audience in event.audience],
        "isAccessibleForFree": event.price.is_free if event.price else None,
        "offers": _describe_offer(event),
        "eventSchedule": _describe_schedule(series or event),
    }
    return _without_unknown(facts)


def _without_unknown(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if value not in (None, [], {})}


def _without_context(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name != "@context"}


def _describe_locations(event: Event) -> dict[str, Any] | list[dict[str, Any]] | None:
    """The place, the address to attend at, or both; None where neither is known."""
    online = event.attendance_mode in (AttendanceMode.ONLINE, AttendanceMode.HYBRID)
    address = web_url(event.registration_url) or web_url(event.url)
    only_online = event.attendance_mode is AttendanceMode.ONLINE
    locations = [_describe_place(event.location)] if event.location and not only_online else []
    if online and (address or not locations):
        locations.append(_without_unknown({"@type": "VirtualLocation", "url": address}))
    return (locations[0] if len(locations) == 1 else locations) if locations else None


def _describe_place(place: Location) -> dict[str, Any]:
    address = _without_unknown(
        {
            "streetAddress": place.address,
            "addressLocality": place.city,
            "addressRegion": place.region,
            "addressCountry": place.country,
        }
    )
    point = {"@type": "GeoCoordinates", "latitude": place.latitude, "longitude": place.longitude}
    has_point = place.latitude is not None and place.longitude is not None
    return _without_unknown(
        {
            "@type": "Place",
            "name": place.name,
            "address": {"@type": "PostalAddress", **address} if address else None,
            "geo": point if has_point else None,
        }
    )


def _describe_offer(event: Event) -> dict[str, Any] | None:
    """What it costs, where to register and until when; None where none of these is known."""
    deadline = next((due for due in event.deadlines if due.kind is DeadlineKind.REGISTRATION), None)
    offer = _without_unknown(
        {
            **(_describe_price(event.price) if event.price else {}),
            "url": web_url(event.registration_url),
            "validThrough": moment_text(deadline.at) if deadline else None,
        }
    )
    kind = "AggregateOffer" if "lowPrice" in offer else "Offer"
    return {"@type": kind, **offer} if offer else None


def _describe_price(price: Price) -> dict[str, Any]:
    if price.low is None:
        return {}
    if price.high is None or price.high == price.low:
        return {"price": price.low, "priceCurrency": price.currency}
    return {"lowPrice": price.low, "highPrice": price.high, "priceCurrency": price.currency}


def _describe_schedule(event: Event) -> dict[str, Any] | None:
    """A schema.org/Schedule; None for an event without a rule, or with one that a Schedule cannot express."""
    rule = _parse_rule(event.recurrence) if event.recurrence else {}
    unit = _DURATION_UNITS.get(rule.get("FREQ", ""))
    if event.recurrence is None or unit is None or rule.keys() - _SCHEDULE_PARTS:
        return None
    timed = isinstance(event.start, datetime)
    return _without_unknown(
        {
            "@type": "Schedule",
            "startDate": date_of(event.start).isoformat(),
            "endDate": _until_date(rule.get("UNTIL", "")),
            "repeatFrequency": f"P{rule.get('INTERVAL', '1')}{unit}",
            "repeatCount": int(rule["COUNT"]) if rule.get("COUNT", "").isdecimal() else None,
            "byDay": [_weekday(part) for part in rule.get("BYDAY", "").split(",") if part],
            "byMonth": _numbers(rule.get("BYMONTH", "")),
            "byMonthDay": _numbers(rule.get("BYMONTHDAY", "")),
            "startTime": event.start.strftime("%H:%M:%S") if timed else None,
            "endTime": event.end.strftime("%H:%M:%S") if isinstance(event.end, datetime) else None,
            "scheduleTimezone": event.timezone if timed else None,
            "exceptDate": [moment_text(moment) for moment in event.recurrence.exdates],
        }
    )


def _parse_rule(recurrence: Recurrence) -> dict[str, str]:
    return {name: value for name, value in rrule_parts(recurrence.rrule).items() if value}


def _weekday(part: str) -> str:
    """A weekday of schema.org; "2TU", the second Tuesday, stays as iCalendar has it, which schema.org/byDay allows."""
    return f"{_SCHEMA}/{_WEEKDAYS[part]}" if part in _WEEKDAYS else part


def _numbers(text: str) -> list[int]:
    return [int(part) for part in text.split(",") if part.lstrip("-").isdecimal()]


def _until_date(text: str) -> str | None:
    digits = text[:8]
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}" if len(digits) == 8 and digits.isdecimal() else None
