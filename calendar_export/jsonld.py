"""Events as schema.org says them, in JSON-LD."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from calendar_export.text.urls import web_url
from symposia.event import AttendanceMode, DeadlineKind, Event, Location, Moment, Price, Recurrence, Status
from symposia.moments import moment_text

_SCHEMA = "https://schema.org"
_STATUS = {
    Status.SCHEDULED: "EventScheduled",
    Status.CANCELLED: "EventCancelled",
    Status.POSTPONED: "EventPostponed",
    Status.RESCHEDULED: "EventRescheduled",
    Status.MOVED_ONLINE: "EventMovedOnline",
}
_MODE = {
    AttendanceMode.ONLINE: "OnlineEventAttendanceMode",
    AttendanceMode.IN_PERSON: "OfflineEventAttendanceMode",
    AttendanceMode.HYBRID: "MixedEventAttendanceMode",
}
_UNITS = {"DAILY": "D", "WEEKLY": "W", "MONTHLY": "M", "YEARLY": "Y"}
_DAYS = {
    "MO": "Monday",
    "TU": "Tuesday",
    "WE": "Wednesday",
    "TH": "Thursday",
    "FR": "Friday",
    "SA": "Saturday",
    "SU": "Sunday",
}
_SAID = frozenset({"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTH", "BYMONTHDAY", "WKST"})
"""The parts of a rule that schema.org/Schedule has words for; of a rule with others nothing is said, as half is wrong."""
# What HTML could take for its own within a script element, and what JavaScript takes for the end of a line.
_UNSAFE = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


def events_jsonld(events: Iterable[Event], series: Mapping[str, Event] | None = None) -> bytes:
    """All `events` as one schema.org graph; `series` as `event_jsonld` wants it, by UID."""
    stored = series or {}
    graph = [_without_context(event_jsonld(event, stored.get(event.uid))) for event in events]
    text = json.dumps({"@context": _SCHEMA, "@graph": graph}, ensure_ascii=False, indent=1)
    return f"{text}\n".encode("utf-8", "replace")


def script_content(data: Mapping[str, Any]) -> str:
    """`data` as the content of a script element: nothing in it can end the element, or be taken for markup."""
    return json.dumps(data, ensure_ascii=False).translate(_UNSAFE).encode("utf-8", "replace").decode()


def event_jsonld(event: Event, series: Event | None = None) -> dict[str, Any]:
    """What is known of `event`, as schema.org/Event; nothing stands there that is not known.

    `series`: the event as it is stored, where `event` has the times of a later occurrence: a rule counts from the first.
    """
    known = {
        "@context": _SCHEMA,
        "@type": "Event",
        "identifier": event.uid,
        "name": event.name,
        "startDate": moment_text(event.start),
        "endDate": moment_text(event.end) if event.end else None,
        "eventStatus": f"{_SCHEMA}/{_STATUS[event.status]}",
        "eventAttendanceMode": f"{_SCHEMA}/{_MODE[event.attendance_mode]}" if event.attendance_mode else None,
        "url": web_url(event.url),
        "description": event.description,
        "location": _locations(event),
        "organizer": {"@type": "Organization", "name": event.organizer} if event.organizer else None,
        "inLanguage": event.language,
        "keywords": [*event.topics, *event.keywords],
        "audience": [{"@type": "EducationalAudience", "audienceType": one} for one in event.audience],
        "isAccessibleForFree": event.price.is_free if event.price else None,
        "offers": _offers(event),
        "eventSchedule": _schedule(series or event),
    }
    return _known(known)


def _known(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, [], {})}


def _without_context(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name != "@context"}


def _locations(event: Event) -> dict[str, Any] | list[dict[str, Any]] | None:
    """The place, the address to attend at, or both; None where neither is known."""
    online = event.attendance_mode in (AttendanceMode.ONLINE, AttendanceMode.HYBRID)
    address = web_url(event.registration_url) or web_url(event.url)
    only_online = event.attendance_mode is AttendanceMode.ONLINE
    found = [_place(event.location)] if event.location and not only_online else []
    if online and (address or not found):
        found.append(_known({"@type": "VirtualLocation", "url": address}))
    return (found[0] if len(found) == 1 else found) if found else None


def _place(place: Location) -> dict[str, Any]:
    address = _known(
        {
            "streetAddress": place.address,
            "addressLocality": place.city,
            "addressRegion": place.region,
            "addressCountry": place.country,
        }
    )
    point = {"@type": "GeoCoordinates", "latitude": place.latitude, "longitude": place.longitude}
    known = place.latitude is not None and place.longitude is not None
    return _known(
        {
            "@type": "Place",
            "name": place.name,
            "address": {"@type": "PostalAddress", **address} if address else None,
            "geo": point if known else None,
        }
    )


def _offers(event: Event) -> dict[str, Any] | None:
    """What it costs, where to register and until when; None where nothing of it is known."""
    due = next((one for one in event.deadlines if one.kind is DeadlineKind.REGISTRATION), None)
    offer = _known(
        {
            **(_amounts(event.price) if event.price else {}),
            "url": web_url(event.registration_url),
            "validThrough": moment_text(due.at) if due else None,
        }
    )
    kind = "AggregateOffer" if "lowPrice" in offer else "Offer"
    return {"@type": kind, **offer} if offer else None


def _amounts(price: Price) -> dict[str, Any]:
    if price.low is None:
        return {}
    if price.high is None or price.high == price.low:
        return {"price": price.low, "priceCurrency": price.currency}
    return {"lowPrice": price.low, "highPrice": price.high, "priceCurrency": price.currency}


def _schedule(event: Event) -> dict[str, Any] | None:
    """schema.org/Schedule of a series; None where it does not repeat, or by a rule that a Schedule can't say."""
    rule = _rule(event.recurrence) if event.recurrence else {}
    unit = _UNITS.get(rule.get("FREQ", ""))
    if event.recurrence is None or unit is None or rule.keys() - _SAID:
        return None
    timed = isinstance(event.start, datetime)
    return _known(
        {
            "@type": "Schedule",
            "startDate": _day(event.start),
            "endDate": _until(rule.get("UNTIL", "")),
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


def _rule(recurrence: Recurrence) -> dict[str, str]:
    parts = (part.partition("=") for part in (recurrence.rrule or "").upper().split(";"))
    return {name: value for name, _, value in parts if value}


def _weekday(part: str) -> str:
    """A day of the week; "2TU", the second Tuesday, as iCalendar says it, which schema.org/byDay allows."""
    return f"{_SCHEMA}/{_DAYS[part]}" if part in _DAYS else part


def _numbers(text: str) -> list[int]:
    return [int(part) for part in text.split(",") if part.lstrip("-").isdecimal()]


def _until(text: str) -> str | None:
    digits = text[:8]
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}" if len(digits) == 8 and digits.isdecimal() else None


def _day(moment: Moment) -> str:
    return (moment.date() if isinstance(moment, datetime) else moment).isoformat()
