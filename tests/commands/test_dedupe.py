"""`symposia dedupe`."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from commands.dedupe import command


def asked(*lines: object) -> str:
    """Those lines as JSON."""
    return "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)


def test_the_same_event_for_the_same_postings() -> None:
    """In the order of the lines, whatever else they say; what is null is not known."""
    lines = asked(
        {"id": 1, "source": "a", "name": "Webinar: Phonics for Beginners", "start": "2027-03-03", "end": None},
        {"id": "x", "source": "b", "name": "Geometry with Folded Paper", "start": "2027-03-03T16:00+01:00"},
        {"id": 3, "source": "b", "name": "Phonics for Beginners", "start": "2027-03-03", "location": {"city": "Leeds"}},
    )
    done = CliRunner().invoke(command, ["--jsonl"], input=lines)

    assert done.exit_code == 0, done.output
    assert [json.loads(line) for line in done.output.splitlines()] == [
        {"id": 1, "event": 1},
        {"id": "x", "event": "x"},
        {"id": 3, "event": 1},
    ]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("{", "line 1: not JSON"),
        ('{"name": "Phonics"}', 'line 1: not an object with an "id"'),
        ('{"id": 7, "name": "Phonics"}', "id 7 is not an event"),
        ('{"id": 7, "name": "Phonics", "start": "soon"}', "id 7 is not an event"),
    ],
)
def test_faults_are_named(line: str, fault: str) -> None:
    """And nothing is answered."""
    done = CliRunner().invoke(command, ["--jsonl"], input=line)

    assert done.exit_code == 1
    assert fault in done.output
    assert CliRunner().invoke(command, []).exit_code == 2
