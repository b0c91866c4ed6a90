"""The filters: JSON lines on standard input, and as many answers as can be given."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from commands.main import cli

GOOD = {
    "dedupe": {"name": "Phonics", "start": "2027-03-03"},
    "extract": {"file": "a.ics", "as_of": "2027-01-01"},
    "read": {"name": "Phonics", "as_of": "2027-01-01"},
    "tag": {"name": "Phonics", "keywords": ["reading"]},
    "when": {"text": "3 March 2027"},
}
WRONG = {
    "dedupe": ({"start": "soon"}, "not an event: "),
    "extract": ({"url": 5}, '"url" is not a text'),
    "read": ({"as_of": "soon"}, "not an ISO 8601 date or time: 'soon'"),
    "tag": ({"keywords": "reading"}, '"keywords" is not a list of texts'),
    "when": ({"text": ["3 March"]}, '"text" is not a text'),
}
FEED = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Guild//EN
BEGIN:VEVENT
UID:1
DTSTAMP:20260101T000000Z
DTSTART;VALUE=DATE:20270303
SUMMARY:Reading Day
END:VEVENT
END:VCALENDAR
"""


@pytest.mark.parametrize("name", GOOD)
def test_a_line_that_is_wrong_does_not_end_the_run(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is named; the others are answered, and the exit status says that one was not."""
    monkeypatch.chdir(tmp_path)
    Path("a.ics").write_text(FEED, "utf-8")
    wrong, fault = WRONG[name]
    first, last = ({"id": number, **GOOD[name]} for number in (1, 2))
    lines = [json.dumps(first), "{", "", "[7]", json.dumps({**first, "id": 3, **wrong}), json.dumps(last)]

    done = CliRunner().invoke(cli, [name, "--jsonl"], input="\n".join(lines))
    good = CliRunner().invoke(cli, [name, "--jsonl"], input="\n".join([lines[0], "", lines[-1]]))

    assert done.exit_code == 1
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == [1, 2]
    said = done.stderr.splitlines()
    assert [line.split(": ")[0] for line in said] == ["line 2", "line 4", "line 5"]
    assert said[0].startswith("line 2: not JSON: ")
    assert said[1] == 'line 4: not an object with an "id"'
    assert fault in said[2]
    assert (good.exit_code, good.stderr, good.stdout) == (0, "", done.stdout)
