"""A person's file of decisions: what it says, and how its faults are told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pipelines.events.lifecycle import PERSONS_OVERRIDE
from pipelines.events.overrides import Overrides, load_overrides
from symposia.data_files import data_path
from symposia.errors import OverridesError
from symposia.event import Event, SourceRef, Status


def written(path: Path, text: str) -> Path:
    """A file of that text."""
    file = path / "overrides.toml"
    file.write_text(text, encoding="utf-8")
    return file


def posting(name: str) -> Event:
    """A posting that is called so."""
    source, key = name.split(" ", 1)
    return Event(uid=name, name="Phonics", start=date(2027, 3, 3), sources=(SourceRef(id=source, key=key, url=""),))


def test_what_it_says(tmp_path: Path) -> None:
    """Groups of postings, and fields of events as TOML has them."""
    text = """
    [[same]]
    postings = ["guild 1", "town https://town.example/a b", "club 7"]
    [[different]]
    postings = ["guild 1", "museum 1"]
    [[event]]
    uid = "x@symposia"
    name = "Phonics!"
    start = 2027-03-03T16:00:00+00:00
    status = "postponed"
    """
    found = load_overrides(written(tmp_path, text))
    guild, town, club, museum = map(posting, ("guild 1", "town https://town.example/a b", "club 7", "museum 1"))

    assert (found.ruling(guild, town), found.ruling(club, town)) == (True, True)
    assert (found.ruling(museum, guild), found.ruling(museum, club)) == (False, None)
    assert "club 7" in found.partners(town)
    assert not found.partners(museum)
    event = found.apply(Event(uid="x@symposia", name="Phonics", start=date(2027, 3, 3)))
    assert (event.name, event.start, event.status) == (
        "Phonics!",
        datetime(2027, 3, 3, 16, tzinfo=UTC),
        Status.POSTPONED,
    )
    assert found.apply(guild) == guild


def test_a_persons_topics_stand_for_all_others(tmp_path: Path) -> None:
    """They are not added to what the words say; an empty list is a decision too."""
    text = "[[event]]\nuid = 'x'\ntopics = ['arts']\n[[event]]\nuid = 'y'\ntopics = []"
    found = load_overrides(written(tmp_path, text))
    why = (("topics.literacy", "name: phonics (0.90)"),)
    tagged = Event(uid="x", name="Phonics", start=date(2027, 3, 3), topics=("literacy",), evidence=why)

    assert found.apply(tagged).topics == ("arts",)
    assert found.apply(tagged).evidence == (("topics", PERSONS_OVERRIDE),)
    assert found.apply(replace(tagged, uid="y")).topics == ()
    assert found.apply(replace(tagged, uid="z")).topics == ("literacy",)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("same = 1", "same is a list of tables"),
        ("[[same]]\npostings = ['guild 1']", "needs postings"),
        ("[[different]]\nposting = ['guild 1', 'town 2']", "needs postings"),
        ("[[merge]]\na = 1", "unknown: merge"),
        ("[[event]]\nname = 'Phonics'", "it needs a uid"),
        ("[[event]]\nuid = 'x'", "it needs a uid and a field"),
        ("[[event]]\nuid = 'x'\ntitle = 'Phonics'", "no field of an event: title"),
        ("[[event]]\nuid = 'x'\nstart = 'soon'", "a value does not fit its field"),
        ("[[event]]\nuid = 'x'\nstatus = 'off'", "a value does not fit its field"),
        ("[[event]]\nuid = 'x'\nurl = 'https://zoom.us/j/81234567890'", "url would let a stranger into the meeting"),
        ("[[event]]\nuid = 'x'\nname = 'Phonics, zoom.us/j/81234567890'", "name would let a stranger into the meeting"),
        ("[[event", "overrides.toml"),
        ("#" * 1_000_001, "larger than"),
    ],
)
def test_faults_are_named(tmp_path: Path, text: str, fault: str) -> None:
    """With the file."""
    with pytest.raises(OverridesError, match=fault) as error:
        load_overrides(written(tmp_path, text))

    assert "overrides.toml" in str(error.value)


def test_the_shipped_file_decides_nothing(tmp_path: Path) -> None:
    """As does a file that is not there; both can be read."""
    assert load_overrides(data_path("overrides.toml")) == load_overrides(tmp_path / "none.toml") == Overrides()
