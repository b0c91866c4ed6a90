"""Zones by any name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symposia.zones import resolve_zone

NAMES = [
    ("Europe/Berlin", "Europe/Berlin"),
    ("europe/berlin", "Europe/Berlin"),
    ("W. Europe Standard Time", "Europe/Berlin"),
    ("Eastern Standard Time", "America/New_York"),
    ("Eastern Standard Time 1", "America/New_York"),
    ("Eastern Time (US & Canada)", "America/New_York"),
    ("(UTC-05:00) Eastern Time (US & Canada)", "America/New_York"),
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


@given(st.text())
def test_no_name_raises(name: str) -> None:
    """Feeds write anything."""
    resolve_zone(name)
