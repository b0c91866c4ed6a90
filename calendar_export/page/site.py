"""What the pages of an export have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from calendar_export.feeds import TITLE, Feed
from calendar_export.tables.rows import SourceRow
from pipelines.topics.taxonomy import Taxonomy


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What the pages of an export have in common.

    `url`: where it is published, with a slash at its end; None where unknown, and then scripts take the page's own
    address. `feeds`: each calendar with the number of its events. `sources`: the name of a source, by its id; ids show
    where it is missing; `health` how each fares. `server`: whether a Symposia server answers at that address, so that each question has a feed.
    """

    taxonomy: Taxonomy
    feeds: Sequence[tuple[Feed, int]] = ()
    title: str = TITLE
    url: str | None = None
    sources: Mapping[str, str] = field(default_factory=dict)
    health: Sequence[SourceRow] = ()
    server: bool = False

    def topic_name(self, slug: str) -> str:
        """A topic as people see it; the words of its slug where it is none of the taxonomy's."""
        topic = self.taxonomy.topics.get(slug)
        return topic.name if topic else slug.replace("-", " ").capitalize()

    def group_name(self, slug: str) -> str:
        """The name of the group that a topic is in; "Other" where it is in none."""
        topic = self.taxonomy.topics.get(slug)
        if topic is None:
            return "Other"
        return str(getattr(self.taxonomy, "groups", {}).get(topic.group, topic.group.capitalize()))

    def source_name(self, source: str) -> str:
        """A source as people see it."""
        return self.sources.get(source) or source.replace("-", " ").title()
