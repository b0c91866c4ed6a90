"""The page that says how each source fares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from calendar_export.rows import SourceRow
from calendar_export.words import web

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
    """A source as the page shows it. `state` is its last result, `bars` its last days, `sentence` the same in words."""

    name: str
    url: str | None
    state: str
    why: str
    events: int | None
    checked: date | None
    alarms: tuple[str, ...]
    bars: tuple[Bar, ...]
    sentence: str


def health_of(sources: Sequence[SourceRow]) -> dict[str, object]:
    """What the template is given: those sources that need a person, then all others, each by name."""
    lines = [_line(one) for one in sorted(sources, key=lambda one: one.name.casefold())]
    troubled = [line for line in lines if line.alarms]
    return {
        "groups": [
            group for group in (("Need a look", troubled), ("All others", _without(lines, troubled))) if group[1]
        ],
        "count": len(lines),
        "troubled": len(troubled),
        "width": WIDTH,
        "height": HEIGHT,
    }


def _without(lines: Sequence[Line], some: Sequence[Line]) -> list[Line]:
    return [line for line in lines if line not in some]


def _line(source: SourceRow) -> Line:
    return Line(
        name=source.name,
        url=web(source.url),
        state=source.status or "not read yet",
        why=": ".join(filter(None, (source.cause, source.detail))),
        events=source.events,
        checked=source.checked,
        alarms=source.alarms,
        bars=_bars(source.history),
        sentence=_sentence(source.history),
    )


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
    span = (
        f"{min(known)} to {max(known)} events"
        if known and min(known) < max(known)
        else f"{known[0]} events"
        if known
        else ""
    )
    return ", ".join(
        filter(None, (f"last {len(history)} days: {span}" if span else "", f"failed {failed} times" if failed else ""))
    )
