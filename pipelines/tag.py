"""What an event is about, and which of its words say so. A first version: phrases."""

from __future__ import annotations

from dataclasses import replace
from typing import Self

from scrapy.crawler import Crawler

from pipelines.reading import Reading
from pipelines.topics import Taxonomy, shipped_taxonomy
from symposia.event import Event

Why = dict[str, tuple[str, ...]]
"""For each topic, by its slug, the words that speak for it."""


def topics_of(taxonomy: Taxonomy, name: str, description: str | None = None, keywords: tuple[str, ...] = ()) -> Why:
    """The topics of a text, each with its evidence. The name and the keywords count at once;

    a description only where it says a phrase of several words, or two phrases: one word in passing is no topic.
    """
    why = {slug: tuple(f"name: {phrase}" for phrase in found) for slug, found in taxonomy.found(name).items()}
    for slug, found in taxonomy.found(" | ".join(keywords)).items():
        why[slug] = (*why.get(slug, ()), *(f"keyword: {phrase}" for phrase in found))
    for slug, found in taxonomy.found(description or "").items():
        if slug in why or len(found) > 1 or " " in found[0] or "-" in found[0]:
            why[slug] = (*why.get(slug, ()), *(f"description: {phrase}" for phrase in found))
    return why


def tag(reading: Reading, taxonomy: Taxonomy) -> Reading:
    """The reading, its event tagged. The source's own topics are weak evidence: they count where the words name none."""
    event = reading.event
    why = topics_of(taxonomy, event.name, event.description, event.keywords)
    if not why:
        why = dict.fromkeys(reading.posting.origin.topics, ("the source's topic",))
    return replace(reading, event=_tagged(event, why))


def _tagged(event: Event, why: Why) -> Event:
    evidence = dict(event.evidence) | {f"topics.{slug}": "; ".join(words) for slug, words in why.items()}
    return replace(event, topics=tuple(sorted(why)), evidence=tuple(sorted(evidence.items())))


class TagPipeline:
    """Tags every reading by the shipped topics."""

    def __init__(self, crawler: Crawler, taxonomy: Taxonomy) -> None:
        self.crawler = crawler
        self.taxonomy = taxonomy

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Built by Scrapy."""
        return cls(crawler, shipped_taxonomy())

    def process_item(self, item: Reading) -> Reading:
        """Called by Scrapy."""
        tagged = tag(item, self.taxonomy)
        if self.crawler.stats is not None and not tagged.event.topics:
            self.crawler.stats.inc_value("events/tag/none")
        return tagged
