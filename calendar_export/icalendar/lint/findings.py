"""The rules, each with where it comes from, and what is found against them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How bad a fault is: a calendar with an error is not published."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What a calendar must keep to. `source`: the section of an RFC, or the client that fails otherwise."""

    name: str
    level: Level
    source: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One breach of a rule, at a line of the file as it stands; None where it is of the file as a whole."""

    line: int | None
    rule: str
    message: str
    level: Level


def fault(rule: str, line: int | None, message: str) -> Fault:
    """A breach of the rule of that name."""
    return Fault(line=line, rule=rule, message=message, level=RULES[rule].level)


_ERRORS = """
too-large | Symposia | The file is no larger than can be checked.
bom | RFC 5545, 3.1; Apple, Outlook | No byte order mark stands before BEGIN:VCALENDAR.
utf-8 | RFC 5545, 3.1.4 | The text is UTF-8.
split-character | RFC 5545, 3.1; Apple | Folding cuts no character in two.
line-end | RFC 5545, 3.1; Outlook | Lines end with CR LF.
line-length | RFC 5545, 3.1 | Lines have at most 75 octets.
control | RFC 5545, 3.1 | There are no control characters.
content-line | RFC 5545, 3.1 | Each line is a name, parameters, a colon and a value.
balance | RFC 5545, 3.4, 3.6 | Each BEGIN has its END, and entries stand in a VCALENDAR.
version | RFC 5545, 3.7.4 | VERSION is there once, and is 2.0.
prodid | RFC 5545, 3.7.3; Outlook | PRODID is there once.
method | RFC 5546, 3.2; Google, Outlook | METHOD is PUBLISH, or absent: others are invitations.
refresh | RFC 7986, 5.7 | REFRESH-INTERVAL is a duration, and says VALUE=DURATION.
color | RFC 7986, 5.9 | COLOR is the name of a CSS3 colour.
once | RFC 5545, 3.6.1 | What an entry may say once, it says once.
uid | RFC 5545, 3.8.4.7 | Each entry has a UID.
dtstamp | RFC 5545, 3.8.7.2 | Each entry has a DTSTAMP.
dtstart | RFC 5545, 3.8.2.4 | Each entry has a DTSTART.
summary | Google, Outlook | Each entry has a SUMMARY with words in it.
duplicate-uid | RFC 5545, 3.8.4.7; Apple, Google | No two entries have one UID and one RECURRENCE-ID.
moment | RFC 5545, 3.3.4, 3.3.5 | Days and times exist, and are of the type that VALUE says.
utc | RFC 5545, 3.8.7 | DTSTAMP, CREATED and LAST-MODIFIED are UTC.
dtend-type | RFC 5545, 3.8.2.2 | DTEND is a day where DTSTART is one, and floating where DTSTART is.
dtend-order | RFC 5545, 3.8.2.2 | DTEND is after DTSTART; of whole days, the day after the last.
dtend-duration | RFC 5545, 3.6.1 | There is a DTEND or a DURATION, not both.
duration | RFC 5545, 3.3.6 | DURATION is a duration that is not negative.
zone | RFC 5545, 3.2.19; Outlook | Each TZID has a VTIMEZONE.
zone-parts | RFC 5545, 3.6.5 | A VTIMEZONE has a TZID of its own, and parts with DTSTART, TZOFFSETFROM and TZOFFSETTO.
text | RFC 5545, 3.3.11 | In texts, backslashes, semicolons and commas are escaped, and nothing else.
nothing | Symposia | No value is a program's word for nothing: None, nan, NaT, null, undefined.
status | RFC 5545, 3.8.1.11 | STATUS is TENTATIVE, CONFIRMED or CANCELLED.
sequence | RFC 5545, 3.8.7.4 | SEQUENCE is a whole number.
transp | RFC 5545, 3.8.2.7 | TRANSP is OPAQUE or TRANSPARENT.
rrule | RFC 5545, 3.3.10 | RRULE is a rule that can be computed.
rrule-often | Google | RRULE repeats daily at most.
rrule-until | RFC 5545, 3.3.10 | UNTIL is a day where DTSTART is one, UTC where it has a zone, else floating.
series-type | RFC 5545, 3.8.5.1, 3.8.4.4 | EXDATE, RDATE and RECURRENCE-ID are of the type and in the zone of the series' DTSTART.
url | RFC 5545, 3.8.4.6; RFC 3986 | URL, SOURCE and CONFERENCE are whole addresses.
conference | RFC 7986, 5.11 | CONFERENCE says VALUE=URI.
organizer | RFC 5545, 3.8.4.3 | ORGANIZER is an address (mailto:), not a name.
geo | RFC 5545, 3.8.1.6 | GEO is two numbers, a latitude and a longitude.
categories | RFC 5545, 3.8.1.2 | No category is empty.
alarm | RFC 5545, 3.6.6 | A VALARM has ACTION and TRIGGER, and what its action needs.
private-link | Symposia | Nothing lets a stranger into a meeting.
active-html | Outlook | X-ALT-DESC holds no scripts, frames or forms.
"""
_WARNINGS = """
size | Google | The file is smaller than a megabyte: of more, Google may show a part.
empty | RFC 5545, 3.6 | There are entries.
several | Outlook | There is one VCALENDAR.
name | RFC 7986, 5.1; Google, Apple | The calendar has a NAME, and the same as X-WR-CALNAME.
zone-name | Google | A TZID is a name of the IANA database.
cancelled | Google | The summary of a cancelled entry says so: the status is not shown.
untitled | Symposia | SUMMARY is no program's word for nothing.
html | Apple, Google, Outlook | DESCRIPTION is plain text.
orphan | RFC 5545, 3.8.4.4 | A RECURRENCE-ID belongs to a series in the file.
"""


def _rules(table: str, level: Level) -> dict[str, Rule]:
    rows = ([cell.strip() for cell in row.split("|")] for row in table.strip().splitlines())
    return {name: Rule(name=name, level=level, source=source, says=says) for name, source, says in rows}


RULES = _rules(_ERRORS, Level.ERROR) | _rules(_WARNINGS, Level.WARNING)
"""Every rule, by its name."""
