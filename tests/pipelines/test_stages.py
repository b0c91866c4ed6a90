"""Stages over a batch: what passes, what is refused, and what is counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from pipelines.normalized import NormalizedPosting, Rejected
from pipelines.stages import Stage, make_stages, normalize_batch
from pipelines.topics.taxonomy import shipped_taxonomy
from symposia.posting import Origin, Posting

ORIGIN = Origin(
    source="guild", url="https://guild.example/", fetched_at=datetime(2026, 11, 2, tzinfo=UTC), extractor="json-ld"
)


def posting(name: str, start: str = "2027-03-03", end: str | None = None) -> Posting:
    """A posting whose key is its name."""
    return Posting(origin=ORIGIN, source_key=name, name=name, start=start, end=end)


class Shout:
    """A stage of one's own: it writes names in capitals, and wants no chess."""

    name = "shout"

    def __call__(self, normalized: NormalizedPosting) -> NormalizedPosting:
        """Shout."""
        if normalized.event.name == "Chess":
            raise Rejected("chess", "no chess here")
        event = replace(normalized.event, name=normalized.event.name.upper())
        return replace(normalized, event=event, notes=(*normalized.notes, "shout/louder"))


def test_the_stages_of_symposia() -> None:
    """What cannot be read or published is refused with its reason, and what was mended or has no topic is counted."""
    postings = [
        posting("Phonics"),
        posting("A day out"),
        posting("Fractions", end="2029-03-03"),
        posting("12345"),
        posting("Maps", start="some day"),
    ]

    batch = normalize_batch(postings, make_stages(shipped_taxonomy()))

    assert [(one.event.name, one.event.topics, one.event.end) for one in batch.normalized] == [
        ("Phonics", ("literacy",), None),
        ("A day out", (), None),
        ("Fractions", ("math",), None),
    ]
    assert [name for _, name, _ in batch.refused] == ["Maps", "12345"]
    assert {name: count for name, count in batch.counts.items() if not name.startswith("read/")} == {
        "validate/refused/name_without_letters": 1,
        "validate/mended/too_long": 1,
        "tag/none": 1,
    }


def test_a_stage_of_ones_own() -> None:
    """It is a name and a call, and stands where its place in the order is."""
    stages: tuple[Stage, ...] = (Shout(), *make_stages(shipped_taxonomy()))

    batch = normalize_batch([posting("Phonics"), posting("Chess")], stages)

    assert [one.event.name for one in batch.normalized] == ["PHONICS"]
    assert batch.refused == [(posting("Chess"), "Chess", "no chess here")]
    assert batch.counts == {"shout/refused/chess": 1, "shout/louder": 1}
