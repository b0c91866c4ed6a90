"""What the pages of an export have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from calendar_export.feeds import DEFAULT_TITLE, Feed
from calendar_export.source_summary import SourceSummary
from pipelines.topics.taxonomy import Taxonomy

OTHER_TOPICS = "Other"
"""The group of topics that the taxonomy does not know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What the pages of an export have in common.

    Attributes:
        taxonomy: The topics and their groups.
        feeds: Each calendar, with the number of its entries.
        title: What the export is called.
        url: The address of the export on the web, with a slash at the end; where None, scripts take the page's own.
        source_names: The names of sources, by id; a source that is missing here goes by its id.
        sources: What health.html tells about each source; without any, there is no such page.
        server: Whether `symposia serve` answers at that address, so that every query has a calendar.
    """

    taxonomy: Taxonomy
    feeds: Sequence[tuple[Feed, int]] = ()
    title: str = DEFAULT_TITLE
    url: str | None = None
    source_names: Mapping[str, str] = field(default_factory=dict)
    sources: Sequence[SourceSummary] = ()
    server: bool = False

    def topic_name(self, slug: str) -> str:
        """The name of a topic; the words of its slug where the taxonomy does not know it."""
        topic = self.taxonomy.topics.get(slug)
        return topic.name if topic else slug.replace("-", " ").capitalize()

    def group_name(self, slug: str) -> str:
        """The name of a topic's group; `OTHER_TOPICS` where the taxonomy does not know the topic."""
        topic = self.taxonomy.topics.get(slug)
        if topic is None:
            return OTHER_TOPICS
        return str(getattr(self.taxonomy, "groups", {}).get(topic.group, topic.group.capitalize()))

    def source_name(self, source: str) -> str:
        """The name of a source, by its id."""
        return self.source_names.get(source) or source.replace("-", " ").title()
