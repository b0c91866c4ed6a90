"""The start and end of one record."""

from __future__ import annotations

from typing import Any

import pytest

from spiders.extraction.formats.record_times import is_midnight, moment_key, read_moment

AT = "2027-03-03T16:00:00"

STARTS: list[tuple[dict[str, Any], str | None]] = [
    ({"startdate": "2027-03-03 16:00:00"}, AT),
    ({"start": AT + "-05:00"}, AT + "-05:00"),
    ({"start": {"datetime": AT}}, AT),
    ({"start": {"date": "2027-03-03", "time": "16:00"}}, AT),
    ({"start": {"date": "2027-03-03"}}, "2027-03-03"),
    ({"start": ["soon", AT]}, AT),
    ({"startat": 1804089600}, "2027-03-03T16:00+00:00"),
    ({"startat": 1804089600000}, "2027-03-03T16:00+00:00"),
    ({"start": "1804089600"}, "2027-03-03T16:00+00:00"),
    ({"startdate": "2027-03-03", "starttime": "4:00 pm"}, "2027-03-03T16:00"),
    ({"startdate": "2027-03-03", "starttime": "12:15 a.m."}, "2027-03-03T00:15"),
    ({"startdate": "2027-03-03", "starttime": "soon"}, "2027-03-03"),
    ({"startdate": AT, "starttime": "9:00"}, AT),
    ({"start": "2027-03-03 4:00 PM"}, AT),
    ({"start": "2027-03-03 25:00 pm"}, None),
    ({"start": "soon"}, None),
    ({"start": 12}, None),
    ({"start": 10**400}, None),
    ({"start": True}, None),
    ({"start": {"start": {"start": {"start": {"start": {"start": AT}}}}}}, None),
    ({}, None),
]


@pytest.mark.parametrize(("record", "start"), STARTS)
def test_starts(record: dict[str, Any], start: str | None) -> None:
    """In ISO 8601, whatever a platform writes."""
    assert read_moment(record, "start") == start
    assert (moment_key(record, "start") is None) == (start is None)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2027-03-03", True),
        ("2027-03-03T00:00:00", True),
        ("2027-03-03T00:00", True),
        ("2027-03-03T00:00:00+00:00", False),
        ("2027-03-03T16:00:00", False),
    ],
)
def test_is_midnight(moment: str, expected: bool) -> None:
    """Midnight in a zone is meant; without one it stands for no time."""
    assert is_midnight(moment) is expected
