"""Zones by any name."""

from __future__ import annotations

from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symposia.zones import resolve_zone, shown_names

NAMES = [
    ("Europe/Berlin", "Europe/Berlin"),
    ("europe/berlin", "Europe/Berlin"),
    ("W. Europe Standard Time", "Europe/Berlin"),
    ("Eastern Standard Time", "America/New_York"),
    ("Eastern Standard Time 1", "America/New_York"),
    ("Eastern Time (US & Canada)", "America/New_York"),
    ("(UTC-05:00) Eastern Time (US & Canada)", "America/New_York"),
    ("Eastern Time (US and Canada)", "America/New_York"),
    ("(GMT-08:00) Pacific Time (US and Canada); Tijuana", "America/Los_Angeles"),
    ("(UTC-07:00) Arizona", "America/Phoenix"),
    ("(UTC-05:00) Indiana (East)", "America/Indiana/Indianapolis"),
    ("(UTC-07:00) La Paz, Mazatlan", "America/Mazatlan"),
    ("(GMT+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna", "Europe/Berlin"),
    ("Amsterdam, Berlin, Rome, Stockholm, Vienna", "Europe/Berlin"),
    ("Greenwich Mean Time : Dublin, Edinburgh, Lisbon, London", "Europe/London"),
    ("(UTC+05:30) Chennai, Kolkata, Mumbai, New Delhi", "Asia/Kolkata"),
    ("(UTC+08:00) Kuala Lumpur, Singapore", "Asia/Singapore"),
    ("Turks and Caicos", "America/Grand_Turk"),
    ("Universal Time UTC", "UTC"),
    ("Paris, Texas", None),
    ("Room 4, London", None),
    ("Eastern Time (the old one)", None),
    ("(UTC-05:00)", None),
    ("(UTC+01:00) Amsterdam, Berlin, Bern", "Europe/Amsterdam"),
    ("/citadel.org/20210210_1/Europe/London", "Europe/London"),
    ("/freeassociation.sourceforge.net/Tzfile/America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"),
    ('"America/Chicago"', "America/Chicago"),
    ("tzone://Microsoft/Utc", "UTC"),
    ("GMT", "UTC"),
    ("Z", "UTC"),
    ("Romance", "Europe/Paris"),
    ("Customized Time Zone", None),
    ("../../etc/passwd", None),
    ("Factory", None),
    ("", None),
    (None, None),
    ("x" * 10_000, None),
]


@pytest.mark.parametrize(("name", "zone"), NAMES)
def test_names(name: str | None, zone: str | None) -> None:
    """Known ones are found, others are None."""
    assert resolve_zone(name) == zone


def test_each_shown_name_is_a_zone() -> None:
    """Of the zone database, and each found by its own name, with an offset before it or not."""
    for name, zone in shown_names().items():
        assert zone in available_timezones(), name
        assert resolve_zone(name) == resolve_zone(f"(UTC+01:00) {name}") == zone, name


@given(st.text())
def test_no_name_raises(name: str) -> None:
    """Feeds write anything."""
    resolve_zone(name)
