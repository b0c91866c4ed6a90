"""A small picture of the months ahead: how many events each holds, by what they are about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from calendar_export.page import display_text
from calendar_export.page.paths import month_key, month_path
from calendar_export.page.site import Site
from symposia.event import Event

MONTHS = 12
GROUPS = 5
"""Groups of topics that have a colour of their own; the others share one."""
OTHER = "Other"
WIDTH, HEIGHT, LEFT, TOP, FOOT = 720.0, 150.0, 4.0, 22.0, 24.0
_GAP = 0.28
"""The share of a month's width that stays free."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """The events of one group in a month: where its rectangle stands. `look` counts the groups from 0."""

    look: int
    y: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A month. `counts`: its events of each group, in the order of the groups."""

    key: str
    path: str
    title: str
    label: str
    x: float
    width: float
    middle: float
    top: float
    count: int
    counts: tuple[int, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """The picture, measured; `groups` have their names in the order in which they stand upon each other."""

    groups: tuple[str, ...]
    columns: tuple[Column, ...]
    sentence: str
    width: float = WIDTH
    height: float = HEIGHT
    foot: float = HEIGHT - FOOT


def chart_of(site: Site, events: Sequence[Event]) -> Chart | None:
    """The picture of the first twelve months; None where there is nothing to show, or one month alone."""
    months = _months(events)
    if len(months) < 2:
        return None
    counts = {month: Counter[str]() for month in months}
    for event in events:
        if (month := display_text.day_of(event.start).replace(day=1)) in counts:
            counts[month][_group(site, event)] += 1
    groups = _groups(counts)
    shown = [_shown(counts[month], groups) for month in months]
    most = max(sum(numbers) for numbers in shown)
    columns = tuple(
        _column(month, numbers, most, index, len(months))
        for index, (month, numbers) in enumerate(zip(months, shown, strict=True))
    )
    return Chart(groups=groups, columns=columns, sentence=_sentence(columns))


def _months(events: Sequence[Event]) -> list[date]:
    """The months from the first event's on, without a gap, up to the last event's."""
    days = sorted(display_text.day_of(event.start).replace(day=1) for event in events)
    months = days[:1]
    while months and months[-1] < days[-1] and len(months) < MONTHS:
        months.append((months[-1].replace(day=28) + (date(2000, 1, 5) - date(2000, 1, 1))).replace(day=1))
    return months


def _group(site: Site, event: Event) -> str:
    """The group that most of the event's topics are in; the first of several."""
    found = Counter(site.group_name(slug) for slug in event.topics)
    return found.most_common(1)[0][0] if found else OTHER


def _groups(counts: dict[date, Counter[str]]) -> tuple[str, ...]:
    """The groups with most events, in the order of their names, and "Other" where some are left."""
    total = sum(counts.values(), Counter[str]())
    named = sorted((name for name in total if name != OTHER), key=lambda name: (-total[name], name))
    rest = total[OTHER] or named[GROUPS:]
    return (*sorted(named[:GROUPS]), *([OTHER] if rest else []))


def _shown(counts: Counter[str], groups: Sequence[str]) -> tuple[int, ...]:
    own = {name: counts[name] for name in groups if name != OTHER}
    return tuple(own.get(name, counts.total() - sum(own.values())) for name in groups)


def _column(month: date, counts: tuple[int, ...], most: int, index: int, number: int) -> Column:
    slot = (WIDTH - 2 * LEFT) / number
    x, width = LEFT + slot * (index + _GAP / 2), slot * (1 - _GAP)
    scale = (HEIGHT - TOP - FOOT) / max(most, 1)
    y, blocks = HEIGHT - FOOT, []
    for look, count in enumerate(counts):
        y -= count * scale
        if count:
            blocks.append(Block(look=look, y=round(y, 1), height=round(count * scale, 1)))
    return Column(
        key=month_key(month),
        path=month_path(month),
        title=display_text.month_text(month),
        label=f"{month:%b}" if month.month > 1 and index else f"{month:%b} {month.year}",
        x=round(x, 1),
        width=round(width, 1),
        middle=round(x + width / 2, 1),
        top=round(y - 6, 1),
        count=sum(counts),
        counts=counts,
        blocks=tuple(blocks),
    )


def _sentence(columns: Sequence[Column]) -> str:
    fullest = max(columns, key=lambda column: column.count)
    span = f"{columns[0].title} to {columns[-1].title}"
    return f"Events a month, {span}; most in {fullest.title}: {fullest.count}."
