"""`symposia read`."""

from __future__ import annotations

import json

from click.testing import CliRunner

from commands.read import command


def test_the_facts_of_a_text() -> None:
    """Each with the words that say so; null, or empty, where nothing is said."""
    asked = {
        "id": 7,
        "name": "Free webinar: Phonics for beginners",
        "description": "For teachers in grades K-2. Register by 1 March 2027. Participants receive a certificate.",
        "as_of": "2026-11-24",
    }
    done = CliRunner().invoke(
        command, ["--jsonl"], input=f"{json.dumps(asked)}\n{json.dumps({'id': 8, 'name': 'Lunch'})}"
    )
    first, second = map(json.loads, done.output.splitlines())

    assert done.exit_code == 0, done.output
    assert (first["id"], first["kind"], first["attendance_mode"], first["price"]["is_free"]) == (
        7,
        "webinar",
        "online",
        True,
    )
    assert first["deadlines"] == [{"kind": "registration", "at": "2027-03-01"}]
    assert first["credit"][0]["certificate"] is True
    assert first["evidence"].keys() >= {"kind", "price", "deadlines", "credit", "audience"}
    assert (second["kind"], second["price"], second["deadlines"], second["audience"]) == (None, None, [], [])


def test_it_reads_json_lines_alone() -> None:
    """And names the line that is none."""
    assert CliRunner().invoke(command, []).exit_code == 2
    assert "line 1 is not JSON" in CliRunner().invoke(command, ["--jsonl"], input="{").output
