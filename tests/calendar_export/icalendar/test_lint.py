"""A good calendar that has no fault, and a bad one for each rule, where it alone speaks, at that line."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from calendar_export.icalendar import lint as room
from calendar_export.icalendar.lint import RULES, Level, VeventCache, lint, linter
from commands.lint import command

GOOD = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Guild//Events//EN
NAME:Events
COLOR:steelblue
REFRESH-INTERVAL;VALUE=DURATION:PT12H
SOURCE;VALUE=URI:https://guild.example/all.ics
BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:a@guild.example
DTSTAMP:20261124T000000Z
DTSTART;TZID=Europe/Berlin:20270303T160000
DTEND;TZID=Europe/Berlin:20270303T170000
RRULE:FREQ=WEEKLY;UNTIL=20270601T000000Z
EXDATE;TZID=Europe/Berlin:20270310T160000
SUMMARY:Reading\\, writing
DESCRIPTION:Two lines\\nof words that are long enough to be folded once: Les
 en und Schreiben
LOCATION:Hall
GEO:50.7;7.1
URL:https://guild.example/a
CONFERENCE;VALUE=URI;LABEL=Register:https://guild.example/register
ORGANIZER;CN=Guild:mailto:guild@guild.example
CATEGORIES:reading,writing
STATUS:CONFIRMED
SEQUENCE:1
TRANSP:OPAQUE
X-ALT-DESC;FMTTYPE=text/html:<p>Two lines <a href="https://guild.example/">
 here</a></p>
BEGIN:VALARM
ACTION:DISPLAY
DESCRIPTION:Soon
TRIGGER:-P7D
END:VALARM
END:VEVENT
BEGIN:VEVENT
UID:a@guild.example
RECURRENCE-ID;TZID=Europe/Berlin:20270317T160000
DTSTAMP:20261124T000000Z
DTSTART;TZID=Europe/Berlin:20270318T160000
SUMMARY:Moved
END:VEVENT
BEGIN:VEVENT
UID:b@guild.example
DTSTAMP:20261124T000000Z
DTSTART;VALUE=DATE:20270303
DTEND;VALUE=DATE:20270304
SUMMARY:A day
END:VEVENT
END:VCALENDAR
"""
LINE = {line: number for number, line in reversed(list(enumerate(GOOD.splitlines(), start=1)))}
"""The number of the first line that reads so."""

CHANGES = [
    # the rule, the line of GOOD that is changed, what stands in its place, and how many lines further the fault is told
    ("control", "LOCATION:Hall", "LOCATION:Ha\x07ll", 0),
    ("control", "LOCATION:Hall", "LOCATION:Ha\x85ll", 0),
    ("content-line", "LOCATION:Hall", "Hall", 0),
    ("line-length", "LOCATION:Hall", "LOCATION:" + "x" * 67, 0),
    ("balance", "END:STANDARD", None, -5),
    ("balance", "END:VALARM", None, -4),
    ("version", "VERSION:2.0", "VERSION:1.0", 0),
    ("version", "VERSION:2.0", None, -1),
    ("version", "VERSION:2.0", "VERSION:2.0\nVERSION:2.0", -1),
    ("prodid", "PRODID:-//Guild//Events//EN", None, -2),
    ("method", "NAME:Events", "NAME:Events\nMETHOD:REQUEST", 1),
    ("refresh", "REFRESH-INTERVAL;VALUE=DURATION:PT12H", "REFRESH-INTERVAL:PT12H", 0),
    ("refresh", "REFRESH-INTERVAL;VALUE=DURATION:PT12H", "REFRESH-INTERVAL;VALUE=DURATION:12 hours", 0),
    ("color", "COLOR:steelblue", "COLOR:#4682b4", 0),
    ("once", "LOCATION:Hall", "LOCATION:Hall\nLOCATION:Room", 1),
    ("once", "RRULE:FREQ=WEEKLY;UNTIL=20270601T000000Z", "RRULE:FREQ=WEEKLY\nRRULE:FREQ=DAILY", 1),
    ("uid", "UID:b@guild.example", None, -1),
    ("uid", "UID:b@guild.example", "UID: ", -1),
    ("dtstamp", "SUMMARY:A day", "SUMMARY:A day\nEND:VEVENT\nBEGIN:VEVENT\nUID:c\nDTSTART;VALUE=DATE:20270303\nSUMMARY:x", 2),
    ("dtstart", "DTSTART;VALUE=DATE:20270303", None, -3),
    ("summary", "SUMMARY:A day", None, -5),
    ("summary", "SUMMARY:A day", "SUMMARY: \\n ", 0),
    ("duplicate-uid", "SUMMARY:Moved", "SUMMARY:Moved\nEND:VEVENT\nBEGIN:VEVENT\nUID:a@guild.example\nRECURRENCE-ID;TZID=Europe/Berlin:20270317T160000\nDTSTAMP:20261124T000000Z\nDTSTART:20270318T160000Z\nSUMMARY:x", 2),
    ("moment", "DTEND;VALUE=DATE:20270304", "DTEND;VALUE=DATE:20270231", 0),
    ("moment", "DTEND;VALUE=DATE:20270304", "DTEND:20270304", 0),
    ("moment", "DTEND;VALUE=DATE:20270304", "DTEND;VALUE=DATE:20270304T000000", 0),
    ("moment", "EXDATE;TZID=Europe/Berlin:20270310T160000", "EXDATE;TZID=Europe/Berlin:20270310T160000Z", 0),
    ("utc", "SEQUENCE:1", "SEQUENCE:1\nCREATED:20261124T000000", 1),
    ("dtend-type", "DTEND;VALUE=DATE:20270304", "DTEND:20270304T000000Z", 0),
    ("dtend-type", "DTEND;TZID=Europe/Berlin:20270303T170000", "DTEND:20270303T170000", 0),
    ("dtend-order", "DTEND;VALUE=DATE:20270304", "DTEND;VALUE=DATE:20270303", 0),
    ("dtend-order", "DTEND;TZID=Europe/Berlin:20270303T170000", "DTEND;TZID=Europe/Berlin:20270303T150000", 0),
    ("dtend-order", "DTEND;TZID=Europe/Berlin:20270303T170000", "DTEND:20270303T145900Z", 0),
    ("dtend-duration", "DTEND;VALUE=DATE:20270304", "DTEND;VALUE=DATE:20270304\nDURATION:P1D", 1),
    ("duration", "DTEND;VALUE=DATE:20270304", "DURATION:-P1D", 0),
    ("duration", "DTEND;VALUE=DATE:20270304", "DURATION:1 day", 0),
    ("zone", "DTSTART;TZID=Europe/Berlin:20270318T160000", "DTSTART;TZID=Europe/Paris:20270318T160000", 0),
    ("zone-parts", "TZOFFSETTO:+0100", None, -4),
    ("zone-parts", "DTSTART:19961027T030000", "DTSTART:19961027T030000Z", -1),
    ("zone-parts", "END:VTIMEZONE", "END:VTIMEZONE\nBEGIN:VTIMEZONE\nTZID:Europe/Paris\nEND:VTIMEZONE", 1),
    ("text", "SUMMARY:A day", "SUMMARY:A\\xday", 0),
    ("text", "SUMMARY:A day", "SUMMARY:A, day", 0),
    ("text", "SUMMARY:A day", "SUMMARY:A day\\", 0),
    ("text", "CATEGORIES:reading,writing", "CATEGORIES:reading;writing", 0),
    ("text", "NAME:Events", "NAME:Events; all", 0),
    ("nothing", "LOCATION:Hall", "LOCATION:None", 0),
    ("nothing", "LOCATION:Hall", "LOCATION:nan", 0),
    ("nothing", "NAME:Events", "NAME:undefined", 0),
    ("status", "STATUS:CONFIRMED", "STATUS:Confirmed", 0),
    ("sequence", "SEQUENCE:1", "SEQUENCE:1.5", 0),
    ("transp", "TRANSP:OPAQUE", "TRANSP:BUSY", 0),
    ("rrule", "RRULE:FREQ=WEEKLY;UNTIL=20270601T000000Z", "RRULE:FREQ=FORTNIGHTLY", 0),
    ("rrule", "RRULE:FREQ=WEEKLY;UNTIL=20270601T000000Z", "RRULE:INTERVAL=2", 0),
    ("rrule", "RRULE:FREQ=WEEKLY;UNTIL=20270601T000000Z", "RRULE:FREQ=WEEKLY;COUNT=2;UNTIL=20270601T000000Z", 0),
    ("rrule", "RRULE:FREQ=WEEKLY;UNTIL=20270601T000000Z", "RRULE:FREQ=MONTHLY;BYMONTHDAY=32", 0),
    ("rrule", "RRULE:FREQ=WEEKLY;UNTIL=20270601T000000Z", "RRULE:FREQ=WEEKLY;INTERVAL=0", 0),
    ("rrule-often", "RRULE:FREQ=WEEKLY;UNTIL=20270601T000000Z", "RRULE:FREQ=SECONDLY", 0),
    ("rrule-until", "RRULE:FREQ=WEEKLY;UNTIL=20270601T000000Z", "RRULE:FREQ=WEEKLY;UNTIL=20270601", 0),
    ("rrule-until", "RRULE:FREQ=WEEKLY;UNTIL=20270601T000000Z", "RRULE:FREQ=WEEKLY;UNTIL=20270601T000000", 0),
    ("series-type", "EXDATE;TZID=Europe/Berlin:20270310T160000", "EXDATE;VALUE=DATE:20270310", 0),
    ("series-type", "EXDATE;TZID=Europe/Berlin:20270310T160000", "EXDATE:20270310T150000Z", 0),
    ("series-type", "RECURRENCE-ID;TZID=Europe/Berlin:20270317T160000", "RECURRENCE-ID;VALUE=DATE:20270317", -2),
    ("url", "URL:https://guild.example/a", "URL:/a", 0),
    ("url", "URL:https://guild.example/a", "URL:javascript:alert(1)", 0),
    ("url", "URL:https://guild.example/a", "URL:https://", 0),
    ("url", "SOURCE;VALUE=URI:https://guild.example/all.ics", "SOURCE;VALUE=URI:all.ics", 0),
    ("conference", "CONFERENCE;VALUE=URI;LABEL=Register:https://guild.example/register", "CONFERENCE:https://guild.example/register", 0),
    ("organizer", "ORGANIZER;CN=Guild:mailto:guild@guild.example", "ORGANIZER:The Guild", 0),
    ("geo", "GEO:50.7;7.1", "GEO:91;7.1", 0),
    ("geo", "GEO:50.7;7.1", "GEO:50.7,7.1", 0),
    ("geo", "GEO:50.7;7.1", "GEO:nan;7.1", 0),
    ("categories", "CATEGORIES:reading,writing", "CATEGORIES:reading,,writing", 0),
    ("categories", "CATEGORIES:reading,writing", "CATEGORIES:", 0),
    ("alarm", "ACTION:DISPLAY", None, -1),
    ("alarm", "TRIGGER:-P7D", None, -3),
    ("alarm", "DESCRIPTION:Soon", None, -2),
    ("alarm", "TRIGGER:-P7D", "TRIGGER:7 days", 0),
    ("private-link", "LOCATION:Hall", "LOCATION:https://zoom.us/j/123456789", 0),
    ("private-link", "URL:https://guild.example/a", "URL:https://meet.google.com/abc-defg-hij", 0),
    ("private-link", "SUMMARY:A day", "SUMMARY:A day\nDESCRIPTION:Join:\\nhttps://teams.microsoft.com/l/meetup-\n join/19", 1),
    ("active-html", " here</a></p>", " here</a></p><script>x</script>", -1),
    ("active-html", " here</a></p>", ' here</a></p><img onerror="x">', -1),
    ("several", "END:VCALENDAR", "END:VCALENDAR\nBEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nNAME:x\nBEGIN:VTODO\nEND:VTODO\nEND:VCALENDAR", 1),
    ("name", "NAME:Events", None, -3),
    ("cancelled", "STATUS:CONFIRMED", "STATUS:CANCELLED", 0),
    ("untitled", "SUMMARY:A day", "SUMMARY:None", 0),
    ("html", "SUMMARY:A day", "SUMMARY:A day\nDESCRIPTION:<p>x</p>", 1),
]  # fmt: skip


def crlf(text: str) -> bytes:
    """The text of a calendar as bytes, with the line ends it should have."""
    return text.replace("\n", "\r\n").encode()


def changed(line: str, new: str | None) -> bytes:
    """The good calendar with one line replaced, or left out."""
    assert f"\n{line}\n" in GOOD, line
    return crlf(GOOD.replace(f"\n{line}\n", "\n" if new is None else f"\n{new}\n", 1))


def test_a_good_calendar_has_no_fault() -> None:
    """Nor when it is checked again from the cache."""
    cache = VeventCache()

    assert lint(crlf(GOOD), cache) == []
    assert lint(crlf(GOOD), cache) == []


@pytest.mark.parametrize(("rule", "line", "new", "further"), CHANGES)
def test_a_bad_calendar(rule: str, line: str, new: str | None, further: int) -> None:
    """Its rule speaks, and no other, and at its line."""
    findings = lint(changed(line, new))

    assert [(finding.rule, finding.line) for finding in findings] == [(rule, LINE[line] + further)], findings


BYTES = [
    ("bom", b"\xef\xbb\xbf" + crlf(GOOD), 1),
    ("utf-8", crlf(GOOD).replace(b"Hall", b"H\xe4ll"), LINE["LOCATION:Hall"]),
    ("split-character", crlf(GOOD).replace(b"Hall", b"H\xc3\r\n \xa4ll"), LINE["LOCATION:Hall"] + 1),
    ("line-end", GOOD.encode(), 1),
    ("line-end", crlf(GOOD).replace(b"Hall\r\n", b"Hall\n"), LINE["LOCATION:Hall"]),
    ("balance", crlf(GOOD).removesuffix(b"END:VCALENDAR\r\n"), 1),
    ("balance", b"BEGIN:VCARD\r\nEND:VCARD\r\n" + crlf(GOOD), 1),
    ("dtstamp", crlf(GOOD.replace("UID:b@guild.example\nDTSTAMP:20261124T000000Z\n", "UID:b@guild.example\n")), LINE["UID:b@guild.example"] - 1),
    ("zone-name", crlf(GOOD.replace("Europe/Berlin", "Middle Europe")), LINE["DTSTART;TZID=Europe/Berlin:20270303T160000"]),
    ("orphan", crlf(GOOD.replace("UID:a@guild.example\nRECURRENCE", "UID:c@guild.example\nRECURRENCE")), LINE["RECURRENCE-ID;TZID=Europe/Berlin:20270317T160000"] - 2),
    ("empty", crlf(GOOD[: GOOD.index("BEGIN:VEVENT")] + "END:VCALENDAR\n"), 1),
    ("size", crlf(GOOD.replace("SUMMARY:A day\n", "SUMMARY:A day\n" + f"COMMENT:{'x' * 60}\n" * 15_000)), None),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "content", "line"), BYTES, ids=[case[0] for case in BYTES])
def test_a_calendar_of_bad_bytes(rule: str, content: bytes, line: int | None) -> None:
    """The same, of what is no change of one line; the line ends of a whole file are told once for each of its pieces."""
    findings = lint(content)

    assert {finding.rule for finding in findings} == {rule}, findings
    assert findings[0].line == line


def test_what_is_too_large_is_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is refused."""
    monkeypatch.setattr(linter, "MAX_BYTES", 100)

    assert [finding.rule for finding in lint(crlf(GOOD))] == ["too-large"]


@pytest.mark.parametrize(
    "content",
    [b"", b"\n", b"BEGIN:VEVENT\r\nEND:VEVENT\r\n", b"\r\nBEGIN:VEVENT\r\nEND:VEVENT\r\n", b"<html>", b"\x00\xff"],
)
def test_what_is_no_calendar_has_errors(content: bytes) -> None:
    """Whatever it is."""
    assert any(finding.level is Level.ERROR for finding in lint(content))


def test_every_rule_has_its_bad_calendar() -> None:
    """A rule that nothing breaks would be no rule."""
    broken = {case[0] for case in CHANGES} | {case[0] for case in BYTES} | {"too-large"}

    assert broken == set(RULES)
    assert all(rule.source and rule.says.endswith(".") for rule in RULES.values())


def test_a_hand_made_event_without_uid_or_dtstamp_is_refused() -> None:
    """As no parser refuses it."""
    bare = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nNAME:x\nBEGIN:VEVENT\nDTSTART:20270303T160000Z\nSUMMARY:x\nEND:VEVENT\nEND:VCALENDAR\n"

    assert [(finding.rule, finding.level, finding.line) for finding in lint(crlf(bare))] == [
        ("dtstamp", Level.ERROR, 5),
        ("uid", Level.ERROR, 5),
    ]


def test_every_entry_is_looked_at() -> None:
    """Of many that stand one after the other, at their own lines, though they read the same."""
    entry = "BEGIN:VEVENT\nUID:u{}\nDTSTAMP:20261124T000000Z\nDTSTART:20270303T160000Z\nSUMMARY:\nEND:VEVENT\n"
    head = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nNAME:x\n"
    findings = lint(crlf(head + "".join(entry.format(number) for number in range(9)) + "END:VCALENDAR\n"))

    assert [(finding.rule, finding.line) for finding in findings] == [
        ("summary", 9 + 6 * number) for number in range(9)
    ]


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_anything_is_checked(noise: bytes) -> None:
    """No bytes make the lint itself fail, alone or within a calendar."""
    lint(noise)
    lint(crlf(GOOD).replace(b"LOCATION:Hall", noise))
    lint(crlf(GOOD).replace(b"20270303", noise))


def test_the_command(tmp_path: Path) -> None:
    """FILE:LINE: rule: message, and exit status 1 for errors alone."""
    good, bad, warned = (tmp_path / name for name in ("good.ics", "bad.ics", "warned.ics"))
    good.write_bytes(crlf(GOOD))
    bad.write_bytes(changed("SEQUENCE:1", "SEQUENCE:x"))
    warned.write_bytes(changed("STATUS:CONFIRMED", "STATUS:CANCELLED"))

    assert CliRunner().invoke(command, [str(good)]).output == ""
    done = CliRunner().invoke(command, [str(bad), str(good)])
    assert (done.exit_code, done.output) == (1, f"{bad}:{LINE['SEQUENCE:1']}: sequence: SEQUENCE is 'x'\n")
    done = CliRunner().invoke(command, [str(warned)])
    assert (done.exit_code, done.output.split(": ")[1]) == (0, "warning")
    assert "RFC 5545, 3.8.4.7" in CliRunner().invoke(command, ["--rules"]).output
    assert CliRunner().invoke(command, []).exit_code == 2


def test_the_room_is_what_it_says() -> None:
    """Its public names."""
    assert sorted(room.__all__) == sorted({"MAX_BYTES", "RULES", "Finding", "Level", "Rule", "VeventCache", "lint"})
