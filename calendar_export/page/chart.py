"""The chart of the months ahead: how many events each has, stacked by the groups of their topics."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from calendar_export.page.site import OTHER_TOPICS, Site
from calendar_export.paths import month_key, month_path
from calendar_export.text.times import month_text
from symposia.event import Event
from symposia.moments import date_of

MONTHS = 12
"""Months that the chart shows at most: a year, with readable labels."""
GROUPS = 5
"""Groups of topics with a colour of their own: as many as can be told apart; the others share one."""
WIDTH, HEIGHT = 720.0, 150.0
"""The size of the chart, in the units of its viewBox, as are all lengths here."""
LEFT, TOP, FOOT = 4.0, 22.0, 24.0
"""The room beside, above and below the bars: above for the counts, below for the labels."""
_GAP = 0.28
"""The share of a month's width that stays free between two bars."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """The events of one group in a bar; `group` is its place in `Chart.groups`."""

    group: int
    y: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A month. `counts` are its events of each group; `top` is the baseline of the number above it."""

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
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """The chart, measured. `groups` are in the order in which they are stacked; `sentence` says the same in words."""

    groups: tuple[str, ...]
    bars: tuple[Bar, ...]
    sentence: str
    width: float = WIDTH
    height: float = HEIGHT
    foot: float = HEIGHT - FOOT


def build_chart(site: Site, events: Sequence[Event]) -> Chart | None:
    """Measure the chart of the first twelve months; None where there are fewer than two to compare."""
    months = _list_months(events)
    if len(months) < 2:
        return None
    counts = {month: Counter[str]() for month in months}
    for event in events:
        if (month := date_of(event.start).replace(day=1)) in counts:
            counts[month][_group_of(site, event)] += 1
    groups = _choose_groups(counts)
    stacks = [_count_by_group(counts[month], groups) for month in months]
    highest = max(sum(stack) for stack in stacks)
    bars = tuple(
        _measure_bar(month, stack, highest, index, len(months))
        for index, (month, stack) in enumerate(zip(months, stacks, strict=True))
    )
    return Chart(groups=groups, bars=bars, sentence=_describe(bars))


def _list_months(events: Sequence[Event]) -> list[date]:
    """The first days of the months from the first event to the last, without a gap."""
    days = sorted(date_of(event.start).replace(day=1) for event in events)
    months = days[:1]
    while months and months[-1] < days[-1] and len(months) < MONTHS:
        months.append((months[-1].replace(day=28) + timedelta(days=4)).replace(day=1))
    return months


def _group_of(site: Site, event: Event) -> str:
    """The group with most of the event's topics; of several, the first."""
    groups = Counter(site.group_name(slug) for slug in event.topics)
    return groups.most_common(1)[0][0] if groups else OTHER_TOPICS


def _choose_groups(counts: dict[date, Counter[str]]) -> tuple[str, ...]:
    """The groups with most events, by name, and `OTHER_TOPICS` last if any events are left."""
    total = sum(counts.values(), Counter[str]())
    by_size = sorted((name for name in total if name != OTHER_TOPICS), key=lambda name: (-total[name], name))
    rest = total[OTHER_TOPICS] or by_size[GROUPS:]
    return (*sorted(by_size[:GROUPS]), *([OTHER_TOPICS] if rest else []))


def _count_by_group(counts: Counter[str], groups: Sequence[str]) -> tuple[int, ...]:
    own = {name: counts[name] for name in groups if name != OTHER_TOPICS}
    return tuple(own.get(name, counts.total() - sum(own.values())) for name in groups)


def _measure_bar(month: date, counts: tuple[int, ...], highest: int, index: int, months: int) -> Bar:
    slot = (WIDTH - 2 * LEFT) / months
    x, width = LEFT + slot * (index + _GAP / 2), slot * (1 - _GAP)
    scale = (HEIGHT - TOP - FOOT) / max(highest, 1)
    y, segments = HEIGHT - FOOT, []
    for group, count in enumerate(counts):
        y -= count * scale
        if count:
            segments.append(Segment(group=group, y=round(y, 1), height=round(count * scale, 1)))
    return Bar(
        key=month_key(month),
        path=month_path(month),
        title=month_text(month),
        label=f"{month:%b}" if month.month > 1 and index else f"{month:%b} {month.year}",
        x=round(x, 1),
        width=round(width, 1),
        middle=round(x + width / 2, 1),
        top=round(y - 6, 1),
        count=sum(counts),
        counts=counts,
        segments=tuple(segments),
    )


def _describe(bars: Sequence[Bar]) -> str:
    fullest = max(bars, key=lambda bar: bar.count)
    return f"Events per month, {bars[0].title} to {bars[-1].title}; most in {fullest.title}: {fullest.count}."
