"""What one crawl of one source brings to the store."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from pipelines.events.lifecycle import Coverage
from pipelines.events.merge import merge
from pipelines.normalized import NormalizedPosting


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlContent:
    """What one crawl of one source has read.

    Attributes:
        normalized: The postings that were read, by their keys.
        now: The moment under which all of it is stored.
        coverage: How much of the source that is.
        before: How much the last whole crawl had read; None where there was none.
        seen_keys: Keys of postings that were not read, as the pages on which they stand had not changed.
    """

    source: str
    normalized: Mapping[str, NormalizedPosting]
    now: datetime
    coverage: Coverage = field(default_factory=Coverage)
    before: Coverage | None = None
    seen_keys: frozenset[str] = frozenset()


def merge_by_key(normalized: Iterable[NormalizedPosting]) -> dict[str, NormalizedPosting]:
    """Merge postings under one key, as from a listing and from its next page; one posting a key."""
    by_key: dict[str, list[NormalizedPosting]] = defaultdict(list)
    for posting in normalized:
        by_key[posting.posting.source_key].append(posting)
    return {key: replace(same[0], event=merge([posting.event for posting in same])) for key, same in by_key.items()}
