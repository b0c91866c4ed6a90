"""From postings to readings, in memory: each stage in turn, over all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipelines.normalize.normalize import read
from pipelines.normalize.validate import validate
from pipelines.normalized import NormalizedPosting, Rejected
from pipelines.topics.tag import tag
from pipelines.topics.taxonomy import Taxonomy
from symposia.outcome import Refused
from symposia.posting import Posting


@dataclass(frozen=True, slots=True)
class Staged:
    """What became of postings: those that were read, those that were refused, and how many of each for what reason.

    `counts` are by `<stage>/<what>`, as the stats of a crawl have them.
    """

    readings: list[NormalizedPosting] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def refuse(self, stage: str, posting: Posting, why: Rejected) -> None:
        """Count and keep a refused posting."""
        self.counts[f"{stage}/refused/{why.reason}"] += 1
        self.refused.append((posting, posting.name or posting.source_key, str(why)))


def staged(postings: Sequence[Posting], taxonomy: Taxonomy) -> Staged:
    """The postings read, mended and tagged."""
    done = Staged()
    done.readings[:] = (tag(one, taxonomy) for one in _mended(_read(postings, done), done))
    done.counts.update("tag/none" for one in done.readings if not one.event.topics)
    return done


def _read(postings: Sequence[Posting], done: Staged) -> list[NormalizedPosting]:
    """All of them at once: item by item, each stage's words and patterns push the others' out of the processor's caches."""
    readings = []
    for posting in postings:
        try:
            readings.append(read(posting))
        except Rejected as why:
            done.refuse("read", posting, why)
    return readings


def _mended(readings: Sequence[NormalizedPosting], done: Staged) -> list[NormalizedPosting]:
    kept = []
    for reading in readings:
        try:
            one, slugs = validate(reading)
        except Rejected as why:
            done.refuse("validate", reading.posting, why)
            continue
        done.counts.update(f"validate/mended/{slug}" for slug in slugs)
        kept.append(one)
    return kept
