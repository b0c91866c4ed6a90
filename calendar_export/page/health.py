"""What the page on the sources tells: how each one's last crawls went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from calendar_export.source_summary import SourceSummary
from calendar_export.text.urls import web_url

WIDTH, HEIGHT = 120.0, 24.0
"""The size of a source's chart, in the units of its viewBox, as are all lengths here."""
_STEP = 4.0
"""From one bar to the next: thirty days fit."""
_FAILED_HEIGHT = 3.0
"""The bar of a day on which the crawl failed: there is no number that it could show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A day in the chart of a source. `failed`: the crawl did, so that the height says nothing."""

    x: float
    y: float
    height: float
    failed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLine:
    """A source as the page shows it.

    Attributes:
        listed: Whether the catalogue still has it.
        verb: What happened on the day `checked`: Read or Failed.
        result: What was found, or why nothing was.
        bars: The chart of its last days.
        sentence: The same in words, for those who do not see it (WCAG 2.2, 1.1.1).
    """

    name: str
    url: str | None
    listed: bool
    verb: str
    checked: date | None
    result: str
    alarms: tuple[str, ...]
    notes: tuple[str, ...]
    bars: tuple[Bar, ...]
    sentence: str


def health_context(sources: Sequence[SourceSummary]) -> dict[str, object]:
    """What the template health.html needs: first the sources that need a person, then the others, each by name."""
    lines = [_source_line(source) for source in sorted(sources, key=lambda source: (source.name.casefold(), source.id))]
    troubled = [line for line in lines if line.alarms]
    others = [line for line in lines if line.listed and not line.alarms]
    unlisted = [line for line in lines if not line.listed and not line.alarms]
    others_title = "All others" if troubled else "All sources"
    groups = (("Need a look", troubled), (others_title, others), ("Not in the catalogue any more", unlisted))
    return {
        "groups": [group for group in groups if group[1]],
        "count": len(lines),
        "troubled": len(troubled),
        "width": WIDTH,
        "height": HEIGHT,
    }


def _source_line(source: SourceSummary) -> SourceLine:
    return SourceLine(
        name=source.name,
        url=web_url(source.url),
        listed=source.listed,
        verb="Failed" if source.status == "failed" else "Read",
        checked=source.checked,
        result=_describe_result(source),
        alarms=source.alarms,
        notes=source.notes,
        bars=_measure_bars(source.history),
        sentence=_describe_history(source.history),
    )


def _describe_result(source: SourceSummary) -> str:
    """What was found, or why nothing was, unless an alarm or a note names the cause already."""
    if source.status == "failed":
        told = any(source.cause in text for text in (*source.alarms, *source.notes)) if source.cause else False
        return "" if told else ": ".join(filter(None, (source.cause, source.detail)))
    if not source.events:
        return "it lists no events" if source.status else ""
    return _count_text(source.events) + (f", {source.new} of them new" if source.new else "")


def _count_text(events: int) -> str:
    return f"{events} {'event' if events == 1 else 'events'}"


def _measure_bars(history: Sequence[int | None]) -> tuple[Bar, ...]:
    days = history[-int(WIDTH / _STEP) :]
    highest = max((events for events in days if events), default=1)
    left = WIDTH - _STEP * len(days)
    return tuple(_measure_bar(left + _STEP * place, events, highest) for place, events in enumerate(days))


def _measure_bar(x: float, events: int | None, highest: int) -> Bar:
    height = _FAILED_HEIGHT if events is None else round(max(1.0, (HEIGHT - 2) * events / highest), 1)
    return Bar(x=x, y=round(HEIGHT - height, 1), height=height, failed=events is None)


def _describe_history(history: Sequence[int | None]) -> str:
    counts = [events for events in history if events is not None]
    failed = len(history) - len(counts)
    parts = [_range_text(counts)] if counts else []
    if failed:
        parts.append(f"failed {'once' if failed == 1 else f'{failed} times'}")
    return f"The last {len(history)} days on which it was read: {', '.join(parts)}."


def _range_text(counts: Sequence[int]) -> str:
    least, most = min(counts), max(counts)
    return _count_text(most) if least == most else f"{least} to {_count_text(most)}"
