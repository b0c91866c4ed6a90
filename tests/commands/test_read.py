"""`symposia read`."""

from __future__ import annotations

import json

from click.testing import CliRunner

from commands.read import command

NAME = "Webinar: Phonics for beginners"
DESCRIPTION = (
    "For teachers in grades K-2. Tickets $15. Register by 1 March 2027. Earn 1.5 CEUs and a certificate of completion."
)


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


def test_a_person_reads_each_fact_with_its_words() -> None:
    """As docs/facts.md shows it."""
    done = CliRunner().invoke(command, ["--as-of", "2026-11-24", NAME, DESCRIPTION])

    assert done.exit_code == 0, done.output
    assert done.output.splitlines() == [
        "kind: webinar  [Webinar: Phonics for beginners]",
        "attendance_mode: online  [Webinar: Phonics for beginners]",
        "price: 15 USD  [Tickets $15]",
        "deadlines: registration 2027-03-01  [Register by 1 March 2027]",
        "credit: 1.5 CEU; certificate  [Earn 1.5 CEUs and a certificate of completion]",
        "audience: elementary  [For teachers in grades K-2]",
        "language: en  [the language of the text]",
    ]


def test_a_description_comes_from_standard_input() -> None:
    """Or there is none; and the clock, the language and the zone of the source are options."""
    run = CliRunner().invoke
    options = ["--as-of", "2026-11-24", "--language", "nl", "--timezone", "Europe/Amsterdam"]
    piped = run(command, [*options, "Les", "-"], input="Meld je aan tot 3 maart, 12.00 uur. Geen certificaat.\n")

    assert "deadlines: registration 2027-03-03T12:00+01:00  [" in piped.output
    assert "credit: no certificate  [Geen certificaat]" in piped.output
    assert run(command, [*options, "R"]).output == "language: nl  [the source's]\n"


def test_a_text_that_says_nothing_exits_with_1() -> None:
    """And one that is missing with 2, as does a clock that is none."""
    run = CliRunner().invoke

    assert (run(command, ["R"]).exit_code, run(command, ["R"]).stderr) == (1, "the text states no fact\n")
    assert run(command, []).exit_code == 2
    assert run(command, ["--as-of", "soon", "R"]).exit_code == 2


def test_a_line_that_is_no_json_is_named() -> None:
    """By its number."""
    assert "line 1: not JSON" in CliRunner().invoke(command, ["--jsonl"], input="{").output
