"""The rules of a single entry, a VEVENT with its alarms, which no other entry has a part in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from calendar_export.icalendar.lint.content_lines import Component, Line
from calendar_export.icalendar.lint.findings import Fault, fault
from calendar_export.icalendar.lint.value_rules import (
    OFTEN,
    WORDS_FOR_NOTHING,
    When,
    is_address,
    is_duration,
    is_geo,
    is_number,
    is_text,
    is_texts,
    listed,
    plain,
    rule_part,
    when,
    whens,
)
from symposia.facts.links import is_private_link
from symposia.rules import rule_fault

TEXTS = frozenset(["SUMMARY", "DESCRIPTION", "LOCATION", "COMMENT", "CONTACT", "UID", "NAME", "X-WR-CALNAME", "X-WR-CALDESC", "X-ALT-DESC"])  # fmt: skip
_ONCE = frozenset(["UID", "DTSTAMP", "DTSTART", "DTEND", "DURATION", "SUMMARY", "DESCRIPTION", "LOCATION", "GEO", "URL", "STATUS", "SEQUENCE", "CREATED", "LAST-MODIFIED", "CLASS", "PRIORITY", "TRANSP", "ORGANIZER", "RECURRENCE-ID", "RRULE", "COLOR"])  # fmt: skip
_MOMENTS = frozenset(["DTSTART", "DTEND", "DTSTAMP", "CREATED", "LAST-MODIFIED", "RECURRENCE-ID", "EXDATE", "RDATE"])
_STAMPS = ("DTSTAMP", "CREATED", "LAST-MODIFIED")
_REPEATED = ("RECURRENCE-ID", "EXDATE", "RDATE")
_STATUS = frozenset(["TENTATIVE", "CONFIRMED", "CANCELLED"])
_NEEDED = {"DISPLAY": ("DESCRIPTION",), "EMAIL": ("DESCRIPTION", "SUMMARY", "ATTENDEE"), "AUDIO": ()}
"""What an alarm must have beside ACTION and TRIGGER, by its action (RFC 5545, 3.6.6)."""

_url = re.compile(r"https?://[^\s<>\"'\]}|]{3,2000}")
_markup = re.compile(r"<(?:p|br|div|span|b|strong|em|i|ul|ol|li|h[1-6]|a\s[^<>]{0,500})\s*/?>", re.IGNORECASE)
_active = re.compile(
    r"<\s*(?:script|style|iframe|object|embed|form|link|meta|base)\b|<[^<>]{0,2000}(?:\bon[a-z]{3,20}\s*=|(?:java|vb)script:)",
    re.IGNORECASE,
)


def entry_faults(entry: Component) -> Iterator[Fault]:
    """What is wrong with an entry, seen alone."""
    yield from _missing(entry)
    yield from _repeated(entry)
    for line in entry.lines:
        yield from line_faults(line)
        yield from _value_faults(line)
    yield from _end_faults(entry)
    yield from _series_faults(entry)
    yield from _cancelled(entry)
    for alarm in entry.parts("VALARM"):
        yield from _alarm_faults(alarm)


def line_faults(line: Line) -> Iterator[Fault]:
    """What may be wrong with a line of any component: its escapes, words for nothing, private links."""
    value = line.value
    if line.name in TEXTS and not is_text(value):
        yield fault(
            "text", line.number, f"{line.name}: a backslash, semicolon or comma is not escaped as a text needs it"
        )
    if value.strip().casefold() in WORDS_FOR_NOTHING:
        yield fault(
            "untitled" if line.name == "SUMMARY" else "nothing", line.number, f"{line.name} is {value.strip()!r}"
        )
    if "://" in value and any(is_private_link(url) for url in _url.findall(plain(value))):
        yield fault("private-link", line.number, f"{line.name} has a link that lets a stranger into a meeting")
    if line.name in ("URL", "SOURCE") and not is_address(value):
        yield fault("url", line.number, f"{line.name} is no whole address: {value[:80]!r}")


def _missing(entry: Component) -> Iterator[Fault]:
    for name in ("UID", "DTSTAMP", "DTSTART"):
        line = entry.first(name)
        if line is None or not line.value.strip():
            yield fault(name.lower(), entry.number, f"an entry has no {name}")
    summary = entry.first("SUMMARY")
    if summary is None or not plain(summary.value).strip():
        yield fault("summary", summary.number if summary else entry.number, "an entry has no SUMMARY, or an empty one")


def _repeated(entry: Component) -> Iterator[Fault]:
    for name, times in Counter(line.name for line in entry.lines).items():
        if times > 1 and name in _ONCE:
            yield fault("once", entry.all(name)[1].number, f"{name} is there {times} times")


def _value_faults(line: Line) -> Iterator[Fault]:
    name, value = line.name, line.value
    if name in _MOMENTS:
        yield from _moment_faults(line)
    elif name == "STATUS" and value not in _STATUS:
        yield fault("status", line.number, f"STATUS is {value[:40]!r}")
    elif name == "SEQUENCE" and not is_number(value):
        yield fault("sequence", line.number, f"SEQUENCE is {value[:40]!r}")
    elif name == "TRANSP" and value not in ("OPAQUE", "TRANSPARENT"):
        yield fault("transp", line.number, f"TRANSP is {value[:40]!r}")
    elif name == "GEO" and not is_geo(value):
        yield fault("geo", line.number, f"GEO is {value[:40]!r}")
    elif name in ("CATEGORIES", "RESOURCES"):
        yield from _list_faults(line)
    elif name == "ORGANIZER" and not is_address(value, any_scheme=True):
        yield fault("organizer", line.number, f"ORGANIZER is no address: {value[:80]!r}")
    elif name == "CONFERENCE":
        yield from _conference_faults(line)
    elif name == "DESCRIPTION" and _markup.search(value):
        yield fault("html", line.number, "DESCRIPTION has HTML, which clients show as it stands")
    elif name == "X-ALT-DESC" and _active.search(plain(value)):
        yield fault("active-html", line.number, "X-ALT-DESC has scripts, frames or forms")


def _moment_faults(line: Line) -> Iterator[Fault]:
    found = whens(line)
    if found is None or (len(found) > 1 and line.name not in ("EXDATE", "RDATE")):
        yield fault(
            "moment", line.number, f"{line.name} is no day or time, or not of the type it says: {line.value[:40]!r}"
        )
    elif line.name in _STAMPS and found[0].type != "utc":
        yield fault("utc", line.number, f"{line.name} is not in UTC")


def _list_faults(line: Line) -> Iterator[Fault]:
    if not is_texts(line.value):
        yield fault("text", line.number, f"{line.name}: a backslash or semicolon is not escaped")
    if not all(text.strip() for text in listed(line.value)):
        yield fault("categories", line.number, f"{line.name} has an empty one")


def _conference_faults(line: Line) -> Iterator[Fault]:
    if line.parameters.get("VALUE", "").upper() != "URI":
        yield fault("conference", line.number, "CONFERENCE does not say VALUE=URI")
    if not is_address(line.value, any_scheme=True):
        yield fault("url", line.number, f"CONFERENCE is no whole address: {line.value[:80]!r}")


def _end_faults(entry: Component) -> Iterator[Fault]:
    end, duration = entry.first("DTEND"), entry.first("DURATION")
    if end and duration:
        yield fault("dtend-duration", duration.number, "DTEND and DURATION are both there")
    if duration and (not is_duration(duration.value) or duration.value.startswith("-")):
        yield fault("duration", duration.number, f"DURATION is {duration.value[:40]!r}")
    first, last = when(entry.first("DTSTART")), when(end)
    if end is None or first is None or last is None:
        return
    if (first.type == "day", first.type == "floating") != (last.type == "day", last.type == "floating"):
        yield fault("dtend-type", end.number, f"DTSTART is {first.type}, DTEND is {last.type}")
    elif not _is_after(last, first):
        yield fault("dtend-order", end.number, f"DTEND is not after DTSTART: {end.value}")


def _is_after(last: When, first: When) -> bool:
    try:
        return last.instant() > first.instant()
    except OverflowError:
        return last.shown > first.shown


def _series_faults(entry: Component) -> Iterator[Fault]:
    start = when(entry.first("DTSTART"))
    for line in entry.all("RRULE"):
        wrong = rule_fault(line.value)
        if wrong:
            yield fault("rrule", line.number, f"RRULE: {wrong}")
        elif rule_part(line.value, "FREQ") in OFTEN:
            yield fault("rrule-often", line.number, f"RRULE repeats more often than daily: {line.value[:60]}")
        elif start and not _until_fits(rule_part(line.value, "UNTIL"), start):
            yield fault("rrule-until", line.number, f"UNTIL is not of the type that DTSTART ({start.type}) asks for")
    if entry.first("RECURRENCE-ID") is None and start:
        for line in entry.all("EXDATE", "RDATE"):
            yield from series_type_faults(line, start)


def series_type_faults(line: Line, start: When) -> Iterator[Fault]:
    """Whether an occurrence that a line names can be one of the series that starts so."""
    if any(one.same != start.same for one in whens(line) or ()):
        yield fault("series-type", line.number, f"{line.name} is not of the type and zone of the series' DTSTART")


def _until_fits(until: str | None, start: When) -> bool:
    if until is None:
        return True
    written = "day" if len(until) == 8 else "utc" if until.endswith("Z") else "floating"
    return written == ("utc" if start.type == "zoned" else start.type)


def _cancelled(entry: Component) -> Iterator[Fault]:
    status, summary = entry.first("STATUS"), entry.first("SUMMARY")
    if status and status.value == "CANCELLED" and "cancel" not in (summary.value.casefold() if summary else ""):
        yield fault("cancelled", status.number, "the summary does not say that the entry is cancelled")


def _alarm_faults(alarm: Component) -> Iterator[Fault]:
    action, trigger = alarm.first("ACTION"), alarm.first("TRIGGER")
    if action is None or trigger is None:
        yield fault("alarm", alarm.number, "VALARM has no ACTION, or no TRIGGER")
        return
    missing = [name for name in _NEEDED.get(action.value.upper(), ()) if alarm.first(name) is None]
    if missing:
        yield fault("alarm", alarm.number, f"VALARM of {action.value[:20]} has no {missing[0]}")
    if trigger.parameters.get("VALUE", "DURATION").upper() == "DURATION" and not is_duration(trigger.value):
        yield fault("alarm", trigger.number, f"TRIGGER is no duration: {trigger.value[:40]!r}")
    for line in alarm.lines:
        yield from line_faults(line)
