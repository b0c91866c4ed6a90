"""`symposia when`."""

from __future__ import annotations

import json

from click.testing import CliRunner

from commands.when import command

AS_OF = ["--as-of", "2026-11-24"]


def test_a_reading_comes_with_its_reasons() -> None:
    """As docs/dates.md shows it."""
    done = CliRunner().invoke(command, [*AS_OF, "Tue 3/2, 1 pm ET / 10 am PT"])

    assert done.exit_code == 0
    assert done.output.splitlines() == [
        "2027-03-02T13:00-05:00",
        "  zone: America/New_York, which the text names",
        "  day and month as in English",
        "  no year is stated: 2027 is the next such day",
        "  from the words “Tue 3/2, 1 pm ET / 10 am PT”",
    ]


def test_days_rules_and_what_names_no_day() -> None:
    """A list, a rule; a month, which is no day and exits with 1; and nothing."""
    run = CliRunner().invoke

    assert "  days: 2027-01-12, 2027-01-14" in run(command, [*AS_OF, "Jan 12 & 14"]).output
    assert "  repeats: FREQ=WEEKLY;BYDAY=TU" in run(command, [*AS_OF, "Tuesdays 7 pm"]).output
    month = run(command, [*AS_OF, "May 2027"])
    assert (month.exit_code, month.output.splitlines()[0]) == (1, "no day: a month between 2027-05-01 and 2027-05-31")
    assert run(command, [*AS_OF, "Room 12"]).exit_code == 1
    assert run(command, []).exit_code == 2


def test_the_filter_answers_every_question() -> None:
    """One line each, with nulls where nothing is said."""
    questions = [
        {"id": 1, "text": "3.–5. März 2027", "as_of": "2026-11-24"},
        {"id": 2, "text": "every Tuesday 8 pm ET", "as_of": "2026-11-24"},
        {"id": 3, "text": "Room 12", "as_of": "2026-11-24"},
    ]
    done = CliRunner().invoke(
        command, ["--jsonl"], input="".join(json.dumps(question) + "\n" for question in questions)
    )
    answers = [json.loads(line) for line in done.output.splitlines()]

    assert [(answer["id"], answer["start"], answer["end"]) for answer in answers] == [
        (1, "2027-03-03", "2027-03-05"),
        (2, "2026-11-24T20:00-05:00", None),
        (3, None, None),
    ]
    assert answers[1]["rrule"] == "FREQ=WEEKLY;BYDAY=TU"
    assert answers[2]["text"] is None
