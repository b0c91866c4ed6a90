"""The rules of one VEVENT and its alarms, whatever else the calendar holds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from calendar_export.icalendar.lint.content_lines import Component, ContentLine
from calendar_export.icalendar.lint.findings import Finding, finding
from calendar_export.icalendar.lint.value_rules import (
    PLACEHOLDERS,
    SUBDAILY,
    DateTimeValue,
    date_time,
    date_times,
    is_absolute_url,
    is_duration,
    is_geo,
    is_integer,
    is_text,
    is_text_list,
    rrule_part,
    split_texts,
    unescape,
)
from symposia.private_links import is_private_link
from symposia.rrule import rrule_fault

_TEXT_PROPERTIES = frozenset(["SUMMARY", "DESCRIPTION", "LOCATION", "COMMENT", "CONTACT", "UID", "NAME", "X-WR-CALNAME", "X-WR-CALDESC", "X-ALT-DESC"])  # fmt: skip
"""The properties whose value is one TEXT."""
_AT_MOST_ONCE = frozenset(["UID", "DTSTAMP", "DTSTART", "DTEND", "DURATION", "SUMMARY", "DESCRIPTION", "LOCATION", "GEO", "URL", "STATUS", "SEQUENCE", "CREATED", "LAST-MODIFIED", "CLASS", "PRIORITY", "TRANSP", "ORGANIZER", "RECURRENCE-ID", "RRULE", "COLOR"])  # fmt: skip
"""The properties that a VEVENT may have once (RFC 5545, 3.6.1; RFC 7986, 4)."""
_DATE_TIMES = frozenset(["DTSTART", "DTEND", "DTSTAMP", "CREATED", "LAST-MODIFIED", "RECURRENCE-ID", "EXDATE", "RDATE"])
_DATE_TIME_LISTS = ("EXDATE", "RDATE")
_TIMESTAMPS = ("DTSTAMP", "CREATED", "LAST-MODIFIED")
_STATUSES = frozenset(["TENTATIVE", "CONFIRMED", "CANCELLED"])
_ALARM_PROPERTIES = {"DISPLAY": ("DESCRIPTION",), "EMAIL": ("DESCRIPTION", "SUMMARY", "ATTENDEE"), "AUDIO": ()}
"""What a VALARM must have beside ACTION and TRIGGER, by its action (RFC 5545, 3.6.6)."""

_url = re.compile(r"https?://[^\s<>\"'\]}|]{3,2000}")
_markup = re.compile(r"<(?:p|br|div|span|b|strong|em|i|ul|ol|li|h[1-6]|a\s[^<>]{0,500})\s*/?>", re.IGNORECASE)
_active_markup = re.compile(
    r"<\s*(?:script|style|iframe|object|embed|form|link|meta|base)\b|<[^<>]{0,2000}(?:\bon[a-z]{3,20}\s*=|(?:java|vb)script:)",
    re.IGNORECASE,
)


def check_vevent(vevent: Component) -> Iterator[Finding]:
    """Check a VEVENT by itself."""
    yield from _check_required(vevent)
    yield from _check_repeated(vevent)
    for line in vevent.lines:
        yield from check_property(line)
        yield from _check_value(line)
    yield from _check_end(vevent)
    yield from _check_recurrence(vevent)
    yield from _check_cancelled(vevent)
    for alarm in vevent.subcomponents("VALARM"):
        yield from _check_alarm(alarm)


def check_property(line: ContentLine) -> Iterator[Finding]:
    """Check what holds for a property in any component: escapes, no placeholders, no private links, whole addresses."""
    name, value = line.name, line.value
    if name in _TEXT_PROPERTIES and not is_text(value):
        yield finding("text", line.number, f"{name}: a backslash, semicolon or comma is not escaped correctly")
    if value.strip().casefold() in PLACEHOLDERS:
        yield finding("untitled" if name == "SUMMARY" else "nothing", line.number, f"{name} is {value.strip()!r}")
    if "://" in value and any(is_private_link(url) for url in _url.findall(unescape(value))):
        yield finding("private-link", line.number, f"{name} has a link that lets a stranger into a meeting")
    if name in ("URL", "SOURCE") and not is_absolute_url(value):
        yield finding("url", line.number, f"{name} is not an absolute address: {value[:80]!r}")


def _check_required(vevent: Component) -> Iterator[Finding]:
    for name in ("UID", "DTSTAMP", "DTSTART"):
        line = vevent.first(name)
        if line is None or not line.value.strip():
            yield finding(name.lower(), vevent.number, f"the VEVENT has no {name}")
    summary = vevent.first("SUMMARY")
    if summary is None or not unescape(summary.value).strip():
        number = summary.number if summary else vevent.number
        yield finding("summary", number, "the VEVENT has no SUMMARY, or a blank one")


def _check_repeated(vevent: Component) -> Iterator[Finding]:
    for name, times in Counter(line.name for line in vevent.lines).items():
        if times > 1 and name in _AT_MOST_ONCE:
            yield finding("once", vevent.properties(name)[1].number, f"the VEVENT has {times} {name}s; it may have one")


def _check_value(line: ContentLine) -> Iterator[Finding]:
    name, value = line.name, line.value
    if name in _DATE_TIMES:
        yield from _check_date_times(line)
    elif name == "STATUS" and value not in _STATUSES:
        yield finding("status", line.number, f"STATUS is {value[:40]!r}")
    elif name == "SEQUENCE" and not is_integer(value):
        yield finding("sequence", line.number, f"SEQUENCE is {value[:40]!r}")
    elif name == "TRANSP" and value not in ("OPAQUE", "TRANSPARENT"):
        yield finding("transp", line.number, f"TRANSP is {value[:40]!r}")
    elif name == "GEO" and not is_geo(value):
        yield finding("geo", line.number, f"GEO is {value[:40]!r}")
    elif name in ("CATEGORIES", "RESOURCES"):
        yield from _check_text_list(line)
    elif name == "ORGANIZER" and not is_absolute_url(value, any_scheme=True):
        yield finding("organizer", line.number, f"ORGANIZER is not an address: {value[:80]!r}")
    elif name == "CONFERENCE":
        yield from _check_conference(line)
    elif name == "DESCRIPTION" and _markup.search(value):
        yield finding("html", line.number, "DESCRIPTION has HTML, which clients show as it stands")
    elif name == "X-ALT-DESC" and _active_markup.search(unescape(value)):
        yield finding("active-html", line.number, "X-ALT-DESC has scripts, frames or forms")


def _check_date_times(line: ContentLine) -> Iterator[Finding]:
    values = date_times(line)
    if values is None or (len(values) > 1 and line.name not in _DATE_TIME_LISTS):
        message = f"{line.name} is not a date or time, or not of the type it states: {line.value[:40]!r}"
        yield finding("moment", line.number, message)
    elif line.name in _TIMESTAMPS and values[0].form != "in UTC":
        yield finding("utc", line.number, f"{line.name} is not in UTC")


def _check_text_list(line: ContentLine) -> Iterator[Finding]:
    if not is_text_list(line.value):
        yield finding("text", line.number, f"{line.name}: a backslash or semicolon is not escaped correctly")
    if not all(text.strip() for text in split_texts(line.value)):
        yield finding("categories", line.number, f"{line.name} has an empty one")


def _check_conference(line: ContentLine) -> Iterator[Finding]:
    if line.parameters.get("VALUE", "").upper() != "URI":
        yield finding("conference", line.number, "CONFERENCE has no VALUE=URI")
    if not is_absolute_url(line.value, any_scheme=True):
        yield finding("url", line.number, f"CONFERENCE is not an absolute address: {line.value[:80]!r}")


def _check_end(vevent: Component) -> Iterator[Finding]:
    dtend, duration = vevent.first("DTEND"), vevent.first("DURATION")
    if dtend and duration:
        yield finding("dtend-duration", duration.number, "the VEVENT has both DTEND and DURATION")
    if duration and (not is_duration(duration.value) or duration.value.startswith("-")):
        yield finding("duration", duration.number, f"DURATION is {duration.value[:40]!r}")
    start, end = date_time(vevent.first("DTSTART")), date_time(dtend)
    if dtend is None or start is None or end is None:
        return
    if (start.form == "a date", start.form == "floating") != (end.form == "a date", end.form == "floating"):
        yield finding("dtend-type", dtend.number, f"DTSTART is {start.form}, DTEND is {end.form}")
    elif not _is_after(end, start):
        yield finding("dtend-order", dtend.number, f"DTEND is not after DTSTART: {dtend.value}")


def _is_after(later: DateTimeValue, earlier: DateTimeValue) -> bool:
    try:
        return later.instant() > earlier.instant()
    except OverflowError:
        return later.shown > earlier.shown


def _check_recurrence(vevent: Component) -> Iterator[Finding]:
    start = date_time(vevent.first("DTSTART"))
    for line in vevent.properties("RRULE"):
        fault = rrule_fault(line.value)
        if fault:
            yield finding("rrule", line.number, f"RRULE: {fault}")
        elif rrule_part(line.value, "FREQ") in SUBDAILY:
            yield finding("rrule-often", line.number, f"RRULE repeats more often than daily: {line.value[:60]}")
        elif start and not _fits_start(rrule_part(line.value, "UNTIL"), start):
            yield finding("rrule-until", line.number, f"UNTIL does not fit DTSTART, which is {start.form}")
    if vevent.first("RECURRENCE-ID") is None and start:
        for line in vevent.properties(*_DATE_TIME_LISTS):
            if any(value.type_and_zone != start.type_and_zone for value in date_times(line) or ()):
                message = f"{line.name} does not have the type and zone of the series' DTSTART"
                yield finding("series-type", line.number, message)


def _fits_start(until: str | None, start: DateTimeValue) -> bool:
    """Whether UNTIL has the form that RFC 5545, 3.3.10 asks for beside that DTSTART."""
    if until is None:
        return True
    form = "a date" if len(until) == 8 else "in UTC" if until.endswith("Z") else "floating"
    return form == ("in UTC" if start.form == "in a zone" else start.form)


def _check_cancelled(vevent: Component) -> Iterator[Finding]:
    status, summary = vevent.first("STATUS"), vevent.first("SUMMARY")
    if status and status.value == "CANCELLED" and "cancel" not in (summary.value.casefold() if summary else ""):
        yield finding("cancelled", status.number, "the event is cancelled, and its SUMMARY does not say so")


def _check_alarm(alarm: Component) -> Iterator[Finding]:
    action, trigger = alarm.first("ACTION"), alarm.first("TRIGGER")
    if action is None or trigger is None:
        yield finding("alarm", alarm.number, "the VALARM has no ACTION or no TRIGGER")
        return
    missing = [name for name in _ALARM_PROPERTIES.get(action.value.upper(), ()) if alarm.first(name) is None]
    if missing:
        yield finding("alarm", alarm.number, f"the VALARM with ACTION:{action.value[:20]} has no {missing[0]}")
    if trigger.parameters.get("VALUE", "DURATION").upper() == "DURATION" and not is_duration(trigger.value):
        yield finding("alarm", trigger.number, f"TRIGGER is not a duration: {trigger.value[:40]!r}")
    for line in alarm.lines:
        yield from check_property(line)
