"""`symposia tag` and `symposia retag`."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from commands.main import cli
from pipelines.events.overrides import Overrides
from pipelines.normalize.normalize import normalize
from pipelines.store.store import Store
from pipelines.topics.tag import TagStage
from pipelines.topics.taxonomy import shipped_taxonomy
from symposia.posting import Origin, Posting

NOW = datetime(2026, 11, 2, 4, tzinfo=UTC)


def test_a_text() -> None:
    """Each topic, how surely, and the words."""
    shown = CliRunner().invoke(cli, ["tag", "A", "talk", "on", "phonics"])

    assert shown.exit_code == 0
    assert shown.output == "literacy (0.90): name: phonics\n"


def test_the_surest_topic_first() -> None:
    """Whatever the order of the words, or of the alphabet."""
    shown = CliRunner().invoke(cli, ["tag", "Phonics, fractions and algebra"])

    assert [line.split(":")[0] for line in shown.output.splitlines()] == ["math (0.99)", "literacy (0.90)"]


def test_a_text_about_nothing() -> None:
    """Exit status 1."""
    assert CliRunner().invoke(cli, ["tag", "A day out"]).exit_code == 1


def test_without_a_text() -> None:
    """Called wrongly."""
    assert CliRunner().invoke(cli, ["tag"]).exit_code == 2


def test_json_lines() -> None:
    """Topics, their words and how surely."""
    question = {"id": "1", "name": "Algebra", "description": None, "keywords": ["phonics"]}
    shown = CliRunner().invoke(cli, ["tag", "--jsonl"], input=json.dumps(question) + "\n")

    assert json.loads(shown.output) == {
        "id": "1",
        "topics": ["literacy", "math"],
        "why": {"math": ["name: algebra"], "literacy": ["keyword: phonics"]},
        "confidence": {"math": 0.9, "literacy": 0.9},
    }


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store of two events, tagged by the shipped topics."""
    origin = Origin(
        source="a", url="https://a.example/", fetched_at=NOW, extractor="json-ld", timezone="UTC", topics=("stem",)
    )
    names = {"1": "Phonics Day", "2": "Algebra Day", "3": "A Day Out"}
    postings = [Posting(origin=origin, source_key=key, name=names[key], start="2027-03-03") for key in names]
    with Store.open(tmp_path / "store.db", Overrides()) as opened:
        opened.save_crawl("a", [TagStage(shipped_taxonomy())(normalize(posting)) for posting in postings], now=NOW)
    return tmp_path / "store.db"


def topics_in(store: Path) -> dict[str, tuple[str, ...]]:
    """The topics of each stored event."""
    with Store.open(store) as opened:
        return {event.name: event.topics for event in opened.get_events()}


def retagged(store: Path, *more: str) -> str:
    """What `symposia retag` says."""
    done = CliRunner().invoke(cli, ["retag", "--store", str(store), *more])
    assert done.exit_code == 0, done.output
    return done.output


def test_retag_by_the_same_topics_changes_nothing(store: Path) -> None:
    """Not even the moment of the last change."""
    before = topics_in(store)

    assert before == {"Phonics Day": ("literacy",), "Algebra Day": ("math",), "A Day Out": ("stem",)}
    assert retagged(store) == "0 events new, 0 changed, 3 as they were\n"
    assert topics_in(store) == before


def test_retag_by_other_topics(store: Path, tmp_path: Path) -> None:
    """Old topics go, with their evidence; a person's word stays; and back again."""
    with Store.open(store) as opened:
        uids = {event.name: event.uid for event in opened.get_events()}
    decided = tmp_path / "overrides.toml"
    decided.write_text(f'[[event]]\nuid = "{uids["Algebra Day"]}"\ntopics = ["arts"]\n')
    topics = tmp_path / "topics.toml"
    topics.write_text("[group.g]\nname='g'\n[topic.sounds]\nname='n'\nsentence='s'\ngroup='g'\nphrases=['phonics']")

    assert retagged(store, "--topics", str(topics), "--overrides", str(decided)).endswith("2 changed, 1 as they were\n")
    assert topics_in(store) == {"Phonics Day": ("sounds",), "Algebra Day": ("arts",), "A Day Out": ("stem",)}
    with Store.open(store) as opened:
        event = opened.get_event(uids["Phonics Day"])
    assert event is not None
    assert [field for field, _ in event.evidence if field.startswith("topics.")] == ["topics.sounds"]
    retagged(store)
    assert topics_in(store)["Algebra Day"] == ("math",)
