"""Zones that texts name."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from symposia.moments import moment_text
from symposia.when import read_when

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "source", "start", "timezone"),
    [
        ("1 pm ET", None, "2027-07-05T13:00-04:00", "America/New_York"),
        ("1 pm EST", None, "2027-07-05T13:00-04:00", "America/New_York"),
        ("1 pm Eastern", None, "2027-07-05T13:00-04:00", "America/New_York"),
        ("1 pm Eastern Time (US & Canada)", None, "2027-07-05T13:00-04:00", "America/New_York"),
        ("1 pm in Eastern Time (US and Canada)", None, "2027-07-05T13:00-04:00", "America/New_York"),
        ("1 pm in Amsterdam, Berlin, Rome, Stockholm, Vienna", None, "2027-07-05T13:00+02:00", "Europe/Berlin"),
        ("1 pm | (UTC-05:00) Eastern Time (US & Canada) | 1 hour", None, "2027-07-05T13:00-04:00", "America/New_York"),
        (
            "1 pm | 1 hour 30 mins | (UTC-08:00) Pacific Time (US & Canada)",
            None,
            "2027-07-05T13:00-07:00",
            "America/Los_Angeles",
        ),
        ("1 pm (GMT+01:00) Brussels, Copenhagen, Madrid, Paris", None, "2027-07-05T13:00+02:00", "Europe/Paris"),
        ("1 pm (UTC-05:00) Indiana (East)", None, "2027-07-05T13:00-04:00", "America/Indiana/Indianapolis"),
        ("1 pm in Central Library", None, "2027-07-05T13:00", None),
        ("1 pm in London", None, "2027-07-05T13:00", None),
        ("1 pm in Paris, Texas", None, "2027-07-05T13:00", None),
        ("1 pm | 2 hours | Room 12", None, "2027-07-05T13:00", None),
        ("1 pm | 20 places", None, "2027-07-05T13:00", None),
        ("1 pm Amsterdam, Berlin Room", None, "2027-07-05T13:00", None),
        ("1 pm Pacific Daylight Time", None, "2027-07-05T13:00-07:00", "America/Los_Angeles"),
        ("13:00 CEST", None, "2027-07-05T13:00+02:00", "Europe/Brussels"),
        ("13:00 (CET)", None, "2027-07-05T13:00+02:00", "Europe/Brussels"),
        ("13:00 MESZ", None, "2027-07-05T13:00+02:00", "Europe/Berlin"),
        ("13:00 Europe/Paris", None, "2027-07-05T13:00+02:00", "Europe/Paris"),
        ("13:00 UTC", None, "2027-07-05T13:00+00:00", "UTC"),
        ("13:00 UTC+2", None, "2027-07-05T13:00+02:00", None),
        ("13:00 GMT+5:30", None, "2027-07-05T13:00+05:30", None),
        ("13:00 +02:00", None, "2027-07-05T13:00+02:00", None),
        ("23:59 AoE", None, "2027-07-05T23:59-12:00", "Etc/GMT+12"),
        ("23:59 Anywhere on Earth", None, "2027-07-05T23:59-12:00", "Etc/GMT+12"),
        ("13:00 W. Europe Standard Time", None, "2027-07-05T13:00+02:00", "Europe/Berlin"),
        ("1 pm IST", "Asia/Kolkata", "2027-07-05T13:00+05:30", "Asia/Kolkata"),
        ("1 pm IST", "Europe/Dublin", "2027-07-05T13:00+01:00", "Europe/Dublin"),
        ("1 pm IST", None, "2027-07-05T13:00", None),
        ("1 pm CST", "Asia/Shanghai", "2027-07-05T13:00+08:00", "Asia/Shanghai"),
        ("1 pm CST", None, "2027-07-05T13:00-05:00", "America/Chicago"),
        ("7 pm (GMT-05:00)", "America/New_York", "2027-07-05T19:00-04:00", "America/New_York"),
        ("7 pm (GMT-04:00)", "America/New_York", "2027-07-05T19:00-04:00", None),
        ("7 pm (GMT-06:00)", "America/New_York", "2027-07-05T19:00-06:00", None),
        ("7 pm (GMT-05:00)", None, "2027-07-05T19:00-05:00", None),
        ("7 pm Central Library", None, "2027-07-05T19:00", None),
        ("7 pm Mountain View Room", None, "2027-07-05T19:00", None),
    ],
)
def test_zones(words: str, source: str | None, start: str, timezone: str | None) -> None:
    """By name, by offset, and by the place of who writes where several share an abbreviation."""
    when = read_when(f"July 5, 2027, {words}", NOW, None, source)

    assert when is not None
    assert when.start is not None
    assert (moment_text(when.start), when.timezone) == (start, timezone)
    assert when.zone_stated == (timezone is not None or len(start) > 16)


def test_the_source_lends_its_zone() -> None:
    """And it is not said to be stated."""
    when = read_when("July 5, 2027, 1 pm", NOW, None, "America/Chicago")

    assert when is not None
    assert (moment_text(when.start), when.timezone, when.zone_stated) == (  # type: ignore[arg-type]
        "2027-07-05T13:00-05:00", "America/Chicago", False,
    )  # fmt: skip


@pytest.mark.parametrize(
    "words",
    [
        "1 pm ET / 10 am PT",
        "1 pm ET | 12 pm CT | 10 am PT",
        "1:00 PM ET (10:00 AM PT)",
        "1-2 pm ET / 10-11 am PT",
        "1 pm ET, 6 pm BST",
    ],
)
def test_one_moment_in_several_zones(words: str) -> None:
    """One event, in the first of them."""
    when = read_when(f"{words}, July 5, 2027", NOW)

    assert when is not None
    assert (moment_text(when.start), when.timezone, when.why) == (  # type: ignore[arg-type]
        "2027-07-05T13:00-04:00", "America/New_York", (),
    )  # fmt: skip


def test_a_conflict_between_zones_is_reported() -> None:
    """The first is kept."""
    when = read_when("July 5, 2027, 1 pm ET / 11 am PT", NOW)

    assert when is not None
    assert moment_text(when.start) == "2027-07-05T13:00-04:00"  # type: ignore[arg-type]
    assert when.why == ("conflict: 13:00 ET is 10:00 PT, not 11:00; the first is taken",)


def test_gaps_and_folds_follow_rfc_5545() -> None:
    """A time that clocks skip counts with the offset before the gap; one that they show twice is the first (3.3.5)."""
    gap = read_when("March 14, 2027, 2:30 am ET", NOW)
    fold = read_when("November 7, 2027, 1:30 am ET", NOW)

    assert gap is not None
    assert fold is not None
    assert isinstance(gap.start, datetime)
    assert isinstance(fold.start, datetime)
    assert gap.start.astimezone(UTC) == datetime(2027, 3, 14, 7, 30, tzinfo=UTC)
    assert fold.start.utcoffset() == timedelta(hours=-4)
