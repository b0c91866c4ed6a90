"""Rules told in words."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from dateutil.rrule import rrulestr

from symposia.moments import moment_text
from symposia.when import find_when, read_when

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)  # a Tuesday

RULES = [
    ("every Tuesday 8-9 pm ET", "FREQ=WEEKLY;BYDAY=TU", "2026-11-24T20:00-05:00", "2026-11-24T21:00-05:00"),
    ("Tuesdays at 7 pm", "FREQ=WEEKLY;BYDAY=TU", "2026-11-24T19:00", None),
    ("8 pm ET every Thursday", "FREQ=WEEKLY;BYDAY=TH", "2026-11-26T20:00-05:00", None),
    ("every Monday and Wednesday at noon", "FREQ=WEEKLY;BYDAY=MO,WE", "2026-11-25T12:00", None),
    ("every weekday at 8:00", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "2026-11-24T08:00", None),
    ("first Monday of each month", "FREQ=MONTHLY;BYDAY=1MO", "2026-12-07", None),
    ("the 2nd and 4th Wednesday of the month, 19:00", "FREQ=MONTHLY;BYDAY=2WE,4WE", "2026-11-25T19:00", None),
    ("last Friday of every month", "FREQ=MONTHLY;BYDAY=-1FR", "2026-11-27", None),
    ("monthly on the 2nd Thursday at noon", "FREQ=MONTHLY;BYDAY=2TH", "2026-12-10T12:00", None),
    ("weekly through May 12", "FREQ=WEEKLY;UNTIL=20270512", None, None),
    ("every other Thursday at 4 pm", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH", None, None),
    ("every other Thursday at 4 pm, starting January 7, 2027", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH", "2027-01-07T16:00", None),
    ("Tuesdays, 7 pm ET, through May 12, 2027", "FREQ=WEEKLY;BYDAY=TU;UNTIL=20270513T035959Z", "2026-11-24T19:00-05:00", None),
    ("Tuesdays 7-8 pm, March 3 - May 12, 2027", "FREQ=WEEKLY;BYDAY=TU;UNTIL=20270512T235959", "2027-03-09T19:00", "2027-03-09T20:00"),
    ("jeden Dienstag, 19 Uhr", "FREQ=WEEKLY;BYDAY=TU", "2026-11-24T19:00", None),
    ("am ersten Montag im Monat um 19:30 Uhr", "FREQ=MONTHLY;BYDAY=1MO", "2026-12-07T19:30", None),
    ("chaque mardi à 20h", "FREQ=WEEKLY;BYDAY=TU", "2026-11-24T20:00", None),
    ("le premier lundi de chaque mois à 18h30", "FREQ=MONTHLY;BYDAY=1MO", "2026-12-07T18:30", None),
    ("todos los martes a las 19:00", "FREQ=WEEKLY;BYDAY=TU", "2026-11-24T19:00", None),
    ("elke dinsdag om 19:00 uur", "FREQ=WEEKLY;BYDAY=TU", "2026-11-24T19:00", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "rule", "start", "end"), RULES)
def test_rules(text: str, rule: str, start: str | None, end: str | None) -> None:
    """The rule of RFC 5545, and its first occurrence where the words tell one."""
    when = read_when(text, NOW)

    assert when is not None
    assert when.rrule == rule
    assert (moment_text(when.start) if when.start else None, moment_text(when.end) if when.end else None) == (
        start,
        end,
    )
    if isinstance(when.start, datetime):
        assert next(iter(rrulestr(rule, dtstart=when.start))) == when.start


@pytest.mark.parametrize(
    "text", ["every day", "Every student counts", "all Mondays are hard for teachers, and this is no timetable of anything at all",
             "Second, we talk about Monday", "weekly", "monthly newsletter", "First Monday", "each week"],
)  # fmt: skip
def test_what_is_no_rule(text: str) -> None:
    """Words like "every" that tell no day."""
    assert [when.rrule for _, when in find_when(text, NOW) if when.rrule] == []
