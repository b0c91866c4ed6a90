"""Whatever a posting says, nothing that is stored or published lets a stranger into the meeting."""

from __future__ import annotations

import json
import re
import zipfile
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from calendar_export.publish import export
from pipelines.stages import make_stages, normalize_batch
from pipelines.topics.taxonomy import shipped_taxonomy
from symposia.codec import to_json
from symposia.event import Location, MovedOccurrence, Recurrence
from symposia.posting import Origin, Posting

NOW = datetime(2026, 11, 2, 4, tzinfo=UTC)
DAY = date(2027, 3, 3)
ORIGIN = Origin(source="guild", url="https://guild.example/", fetched_at=NOW, extractor="json-ld", timezone="UTC")
NUMBER, KEY = "81234567890", "tulip7"
SECRETS = [
    f"https://us02web.zoom.us/j/{NUMBER}?pwd={KEY}",
    f"HTTPS://ZOOM.US/J/{NUMBER}",
    f"zoom.us/j/{NUMBER}",
    f"https://zo\x07om.us/j/{NUMBER}",
    f"https://www.google.com/url?q=https%3A%2F%2Fzoom.us%2Fj%2F{NUMBER}",
    f"https://video.example/room?passcode={KEY}",
    f"https://us02web.zoom.us:443//j/{NUMBER}",
    f"zoommtg://zoom.us/join?confno={NUMBER}",
    f"https://zo\u200bom.us/j/{NUMBER}",
    f"https://urldefense.proofpoint.com/v2/url?u=https-3A__zoom.us_j_{NUMBER}&d=a",
    f"+1 323-849-4874,,{NUMBER}#",
    f"Meeting number (access code): {NUMBER}",
    f"Passcode {KEY} for Zoom",
    f"Zoom, passcode: {KEY}",
    f"Meeting ID: {NUMBER}",
]

secrets = st.sampled_from(SECRETS)
said = st.one_of(
    secrets,
    st.builds(
        "{} {}".format, st.sampled_from(["Join at", "Register:", "Watch the recording:", "$20,", "1 CEU,"]), secrets
    ),
    st.builds("{}\n{}\n{}".format, st.text(max_size=20), secrets, st.text(max_size=20)),
)
maybe_said = st.none() | said
postings = st.builds(
    Posting,
    origin=st.just(ORIGIN),
    source_key=st.uuids().map(str),
    name=st.builds("Phonics {}".format, said),
    start=st.just("2027-03-03T16:00"),
    timezone=maybe_said,
    status=maybe_said,
    attendance_mode=maybe_said,
    kind=maybe_said,
    location=st.none()
    | st.builds(Location, **dict.fromkeys(("name", "address", "city", "region", "country"), maybe_said)),
    url=maybe_said,
    registration_url=maybe_said,
    recording_url=maybe_said,
    description=maybe_said,
    organizer=maybe_said,
    keywords=st.lists(said, max_size=2).map(tuple),
    language=maybe_said,
    audience=st.lists(said, max_size=2).map(tuple),
    price=maybe_said,
    recurrence=st.none()
    | st.builds(
        lambda name: Recurrence(
            rrule="FREQ=DAILY;COUNT=3", moved=(MovedOccurrence(recurrence_id=DAY, start=DAY, name=name),)
        ),
        said,
    ),
    evidence=st.lists(st.tuples(st.sampled_from(["name", "start", "url"]), said), max_size=2).map(tuple),
)


def assert_nothing_private(text: str, where: Any) -> None:
    """Neither the number of the meeting nor its key, however lines are folded."""
    shown = re.sub(r"\r?\n[ \t]|[^\x20-\x7e]", "", text).casefold()
    assert NUMBER not in shown, where
    assert KEY not in shown, where


def texts_of(path: Path) -> str:
    """What a file says; a workbook says what its parts do."""
    content = path.read_bytes()
    if path.suffix != ".xlsx":
        return content.decode("utf-8", "replace")
    with zipfile.ZipFile(BytesIO(content)) as parts:
        return "\n".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())


# An export takes a third of a second: few examples, and none is made smaller.
@settings(max_examples=12, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(st.lists(postings, min_size=1, max_size=6))
def test_nothing_private_is_stored_or_published(some: list[Posting]) -> None:
    """No event, stored posting, reason of a refusal, feed, table or page."""
    batch = normalize_batch(some, make_stages(shipped_taxonomy()))
    for normalized in batch.normalized:
        assert_nothing_private(json.dumps(to_json(normalized.event)), normalized.event)
        assert_nothing_private(json.dumps(to_json(normalized.posting)), normalized.posting)
    for _, what, reason in batch.refused:
        assert_nothing_private(f"{what}\n{reason}", what)

    with TemporaryDirectory() as folder:
        done = export([normalized.event for normalized in batch.normalized], Path(folder), now=NOW)
        assert not done.refused
        for path in done.files:
            assert_nothing_private(texts_of(path), path)
