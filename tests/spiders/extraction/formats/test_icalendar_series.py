"""VEVENTs, grouped into series and single events."""

from __future__ import annotations

import pytest
from icalendar import Calendar

from spiders.extraction.formats.icalendar_lines import CALENDAR_HEAD
from spiders.extraction.formats.icalendar_series import Series, group_by_series

DAY = "DTSTART;VALUE=DATE:202703"


def group(*events: list[str]) -> list[Series]:
    """The series of a feed of VEVENTs of those lines."""
    body = "".join("BEGIN:VEVENT\r\n" + "\r\n".join(lines) + "\r\nEND:VEVENT\r\n" for lines in events)
    return list(group_by_series(Calendar.from_ical(f"{CALENDAR_HEAD}{body}END:VCALENDAR\r\n").walk("VEVENT")))


GROUPS = {
    "two events": ([["UID:1", f"{DAY}03"], ["UID:2", f"{DAY}03"]], [("1", 0), ("2", 0)]),
    "one UID for two days": (
        [["UID:1", f"{DAY}03"], ["UID:1", f"{DAY}10"]],
        [("1/2027-03-03", 0), ("1/2027-03-10", 0)],
    ),
    "one event twice": ([["UID:1", f"{DAY}03"], ["UID:1", f"{DAY}03"]], [("1", 0)]),
    "a series with a moved occurrence": (
        [["UID:1", f"{DAY}03", "RRULE:FREQ=WEEKLY"], ["UID:1", f"{DAY}11", "RECURRENCE-ID;VALUE=DATE:20270310"]],
        [("1", 1)],
    ),
    "moved occurrences without their series": (
        [["UID:1", f"{DAY}11", "RECURRENCE-ID;VALUE=DATE:20270310"], ["UID:1", f"{DAY}18", "RECURRENCE-ID;VALUE=DATE:20270317"]],
        [("1/2027-03-10", 0), ("1/2027-03-17", 0)],
    ),
    "no start": ([["UID:1"], ["UID:1", f"{DAY}03"]], [("1/undated", 0), ("1/2027-03-03", 0)]),
    "none": ([], []),
}  # fmt: skip


@pytest.mark.parametrize(("events", "expected"), GROUPS.values(), ids=list(GROUPS))
def test_groups(events: list[list[str]], expected: list[tuple[str, int]]) -> None:
    """Each under a key of its own, with its moved occurrences."""
    assert [(series.key, len(series.moved)) for series in group(*events)] == expected


@pytest.mark.parametrize(
    ("first", "second", "name"),
    [(0, 1, "second"), (1, 0, "first"), (1, 1, "second"), ("x", 0, "second")],
)
def test_the_latest_of_two_counts(first: object, second: object, name: str) -> None:
    """By SEQUENCE, else by their order."""
    (series,) = group(
        ["UID:1", f"{DAY}03", f"SEQUENCE:{first}", "SUMMARY:first"],
        ["UID:1", f"{DAY}03", f"SEQUENCE:{second}", "SUMMARY:second"],
    )

    assert str(series.master["SUMMARY"]) == name


def test_an_event_without_a_uid_has_the_same_key_each_time() -> None:
    """By its name and its start."""
    (one,), (again,), (other,) = (group([f"{DAY}{day}", "SUMMARY:Reading Day"]) for day in ("03", "03", "10"))

    assert one.key == again.key != other.key
    assert one.key.startswith("sha256:")
