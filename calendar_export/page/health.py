"""The page that says how each source fares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from calendar_export.icalendar.text import web
from calendar_export.tables.rows import SourceRow

WIDTH, HEIGHT = 120.0, 24.0
_STEP = 4.0
"""The width of a day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One day of a source: where its rectangle stands. `failed`: there is no number, and a mark in its place."""

    x: float
    y: float
    height: float
    failed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A source as the page shows it. `verb` and `result` say how it was last read, `bars` its last days, `sentence` those in words."""

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


def health_of(sources: Sequence[SourceRow]) -> dict[str, object]:
    """What the template is given: those sources that need a person, then all others, each by name."""
    lines = [_line(one) for one in sorted(sources, key=lambda one: (one.name.casefold(), one.id))]
    troubled = [line for line in lines if line.alarms]
    others = [line for line in lines if line.listed and not line.alarms]
    gone = [line for line in lines if not line.listed and not line.alarms]
    groups = (("Need a look", troubled), ("All others", others), ("Not in the catalogue any more", gone))
    return {
        "groups": [group for group in groups if group[1]],
        "count": len(lines),
        "troubled": len(troubled),
        "width": WIDTH,
        "height": HEIGHT,
    }


def _line(source: SourceRow) -> Line:
    return Line(
        name=source.name,
        url=web(source.url),
        listed=source.listed,
        verb="Failed" if source.status == "failed" else "Read",
        checked=source.checked,
        result=_result(source),
        alarms=source.alarms,
        notes=source.notes,
        bars=_bars(source.history),
        sentence=_sentence(source.history),
    )


def _result(source: SourceRow) -> str:
    """What was found, or why nothing was, where no alarm says that."""
    if source.status == "failed":
        said = any(source.cause in words for words in (*source.alarms, *source.notes)) if source.cause else False
        return "" if said else ": ".join(filter(None, (source.cause, source.detail)))
    if not source.events:
        return "it lists no events" if source.status else ""
    return _events(source.events) + (f", {source.new} of them new" if source.new else "")


def _events(number: int) -> str:
    return f"{number} {'event' if number == 1 else 'events'}"


def _bars(history: Sequence[int | None]) -> tuple[Bar, ...]:
    days = history[-int(WIDTH / _STEP) :]
    most = max((events for events in days if events), default=1)
    left = WIDTH - _STEP * len(days)
    return tuple(_bar(left + _STEP * place, events, most) for place, events in enumerate(days))


def _bar(x: float, events: int | None, most: int) -> Bar:
    height = 3.0 if events is None else round(max(1.0, (HEIGHT - 2) * events / most), 1)
    return Bar(x=x, y=round(HEIGHT - height, 1), height=height, failed=events is None)


def _sentence(history: Sequence[int | None]) -> str:
    """What the picture shows, for those who do not see it."""
    known = [events for events in history if events is not None]
    failed = len(history) - len(known)
    said = [_range(known)] if known else []
    if failed:
        said.append(f"failed {'once' if failed == 1 else f'{failed} times'}")
    return f"The last {len(history)} days on which it was read: {', '.join(said)}."


def _range(known: Sequence[int]) -> str:
    least, most = min(known), max(known)
    return _events(most) if least == most else f"{least} to {_events(most)}"
