"""Days and instants as text."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symposia.moments import (
    day_part,
    has_time,
    is_day,
    minute_on_clock,
    minute_part,
    moment_from_text,
    moment_text,
    offset_part,
    time_part,
)

BERLIN = ZoneInfo("Europe/Berlin")

moments = st.one_of(
    st.dates(),
    st.datetimes(timezones=st.one_of(st.none(), st.just(UTC), st.just(BERLIN)), allow_imaginary=False).map(
        lambda moment: moment.replace(microsecond=0, fold=0)
    ),
)


@given(moments)
def test_moments_round_trip(moment: date) -> None:
    """Any day or instant reads back as the same."""
    back = moment_from_text(moment_text(moment))

    assert isinstance(back, datetime) == isinstance(moment, datetime)
    assert _fixed(back) == _fixed(moment)


def _fixed(moment: date) -> date:
    """In UTC where it is an instant: Python calls no two wall times of different zones equal in a fold."""
    return moment.astimezone(UTC) if isinstance(moment, datetime) and moment.tzinfo else moment


@given(moments)
def test_the_parts_of_a_text_make_it_whole(moment: date) -> None:
    """A day is a day alone; an instant has a time, and its parts are those of its text."""
    text = moment_text(moment)

    assert has_time(text) is isinstance(moment, datetime)
    assert is_day(text) is not has_time(text)
    assert minute_part(text) == (f"{day_part(text)}T{time_part(text)}" if has_time(text) else text)
    assert text.startswith(minute_part(text))
    assert text.endswith(offset_part(text))


def test_the_parts_of_nothing() -> None:
    """A posting may state no start."""
    assert not is_day(None)
    assert not has_time(None)
    assert day_part(None) == minute_part(None) == time_part(None) == offset_part(None) == ""


@pytest.mark.parametrize(
    ("text", "zone", "shown"),
    [
        ("2027-03-03T16:00:30Z", "Europe/Berlin", "2027-03-03T17:00"),
        ("2027-03-03T16:00+05:00", None, "2027-03-03T16:00"),
        ("2027-03-03T16:00", "Europe/Berlin", "2027-03-03T16:00"),
        ("0001-01-01T00:00+14:00", "Europe/Berlin", "0001-01-01T00:00"),
        ("in the evening", "Europe/Berlin", "in the evening"),
    ],
)
def test_what_the_clocks_of_a_zone_show(text: str, zone: str | None, shown: str) -> None:
    """The text's own minute where it cannot be told."""
    assert minute_on_clock(text, zone) == shown
