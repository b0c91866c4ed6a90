"""Whether an event can be watched later, and read along."""

from __future__ import annotations

import pytest

from symposia.facts.recording import find_captions, find_recording

WILL, IS, NOT = "will_be_recorded", "recording_available", "not_recorded"
SAID = [
    ("The session will be recorded.", WILL),
    ("Talks will also be recorded.", WILL),
    ("We will record the talk.", WILL),
    ("All sessions are recorded.", WILL),
    ("Registrants will receive the recording.", WILL),
    ("The recording will be shared afterwards.", WILL),
    ("A recording will follow.", WILL),
    ("Recording available after the event.", WILL),
    ("Talks will be recorded; the discussion will not be recorded.", WILL),
    ("Der Vortrag wird aufgezeichnet.", WILL),
    ("La charla será grabada.", WILL),
    ("La conférence sera enregistrée.", WILL),
    ("De lezing wordt opgenomen.", WILL),
    ("A palestra será gravada.", WILL),
    ("The recording is available on our site.", IS),
    ("Watch the recording.", IS),
    ("View recording", IS),
    ("Grabación disponible", IS),
    ("Bekijk de opname", IS),
    ("This event will not be recorded.", NOT),
    ("Please note: not recorded.", NOT),
    ("There is no recording.", NOT),
    ("Der Vortrag wird nicht aufgezeichnet.", NOT),
    ("La charla no será grabada.", NOT),
    ("La conférence ne sera pas enregistrée.", NOT),
    ("De lezing wordt niet opgenomen.", NOT),
]
TRAPS = [
    ("Recordings of previous webinars: watch the recording of the past one.", None),
    ("A pre-recorded lecture is shown.", None),
    ("Learn how to make a recording.", None),
    ("The recorded history of the town.", None),
    ("Sound recording for beginners.", None),
    ("Field recordings of birds.", None),
    ("If a prior recording is available, you get it.", None),
    ("Record your attendance.", None),
    ("A record number of guests.", None),
    ("You may not be recorded without consent.", None),
    ("Bring your recorder.", None),
    ("Recording studio tour", None),
    ("An archive of past recordings is available.", None),
    ("", None),
]


@pytest.mark.parametrize(("description", "recording"), SAID + TRAPS)
def test_recording(description: str, recording: str | None) -> None:
    """Of this event; not of others."""
    found = find_recording("Reading Day", description)

    assert (found.value.value if found else None) == recording


CAPTIONS = [
    ("Live captions will be provided.", True),
    ("Closed captioning is available.", True),
    ("The event will be captioned.", True),
    ("CART captioning will be offered.", True),
    ("Zoom's automatic captions are enabled.", True),
    ("Mit Untertiteln verfügbar.", True),
    ("Con subtítulos en vivo disponibles.", True),
    ("Live ondertiteling beschikbaar.", True),
    ("Learn to add closed captions to your videos.", None),
    ("How to write live captions.", None),
    ("Live captioning is available upon request.", None),
    ("Sign language will be provided.", None),
    ("A photo with its caption.", None),
    ("Caption contest", None),
    ("", None),
]


@pytest.mark.parametrize(("description", "captions"), CAPTIONS)
def test_captions(description: str, captions: bool | None) -> None:
    """Of the event; not as a skill, nor on request."""
    found = find_captions("Reading Day", description)

    assert (found.value if found else None) == captions
