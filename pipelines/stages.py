"""From postings to normalized ones, in memory: each is read, then goes through the stages in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from pipelines.normalize.normalize import normalize
from pipelines.normalize.validate import ValidateStage
from pipelines.normalized import NormalizedPosting, Rejected
from pipelines.topics.tag import TagStage
from pipelines.topics.taxonomy import Taxonomy
from symposia.outcome import Refused
from symposia.posting import Posting
from symposia.private_links import without_private


class Stage(Protocol):
    """One step between normalization and the store. A new step is one such class, and a line in `make_stages`."""

    @property
    def name(self) -> str:
        """The stage's name in the crawl's stats."""

    def __call__(self, normalized: NormalizedPosting) -> NormalizedPosting:
        """Work on one posting; what is done to it is noted in its `notes`.

        Raises:
            Rejected: It cannot be published.
        """


@dataclass(frozen=True, slots=True)
class NormalizedBatch:
    """What became of a batch of postings: those that passed, those that were refused, and counts of what was done to them.

    `counts` are by `<stage>/<what>`, as in the crawl's stats.
    """

    normalized: list[NormalizedPosting] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def refuse(self, stage: str, posting: Posting, why: Rejected) -> None:
        """Count a posting that was rejected, and keep it with the reason."""
        self.counts[f"{stage}/refused/{why.reason}"] += 1
        what = without_private(posting.name or posting.source_key)
        self.refused.append((posting, what, without_private(str(why))))


def make_stages(taxonomy: Taxonomy) -> tuple[Stage, ...]:
    """Make the stages, in their order."""
    return (ValidateStage(), TagStage(taxonomy))


def normalize_batch(postings: Sequence[Posting], stages: Sequence[Stage]) -> NormalizedBatch:
    """Read postings and put them through the stages.

    Each stage works on the whole batch before the next stage starts: going posting by posting, each stage's words and
    patterns would push those of the others out of the processor's caches.
    """
    batch = NormalizedBatch()
    batch.normalized[:] = _read_all(postings, batch)
    for stage in stages:
        batch.normalized[:] = _run_stage(stage, batch)
    batch.counts.update(note for normalized in batch.normalized for note in normalized.notes)
    return batch


def _read_all(postings: Sequence[Posting], batch: NormalizedBatch) -> list[NormalizedPosting]:
    passed = []
    for posting in postings:
        try:
            passed.append(normalize(posting))
        except Rejected as why:
            batch.refuse("read", posting, why)
    return passed


def _run_stage(stage: Stage, batch: NormalizedBatch) -> list[NormalizedPosting]:
    passed = []
    for normalized in batch.normalized:
        try:
            passed.append(stage(normalized))
        except Rejected as why:
            batch.refuse(stage.name, normalized.posting, why)
    return passed
