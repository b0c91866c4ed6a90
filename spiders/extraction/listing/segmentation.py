"""Segmentation: a page cut into regions that announce one event each, with what reads their dates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache, partial
from itertools import pairwise
from typing import NamedTuple

from spiders.extraction.dom.headings import year_in
from spiders.extraction.dom.table_columns import heading_pattern
from spiders.extraction.lexicon.title_words import is_deadline_label, is_labelled
from spiders.extraction.lexicon.word_lists import word_list
from spiders.extraction.listing.date_roles import (
    DateExpression,
    DateReader,
    find_dates,
    find_event_dates,
    is_month,
    read_first_day,
)
from spiders.extraction.listing.day_groups import split_day_group
from spiders.extraction.listing.month_grid import find_grid_regions
from spiders.extraction.listing.regions import MAX_REGIONS, Region, find_regions
from spiders.extraction.page import Page
from symposia.moments import date_of
from symposia.text.plain_text import tree_text
from symposia.when import numeric_order

_CACHED_TEXTS = 5_000
"""Texts of a page whose dates are remembered: a region, its lines and what stands around them are read in turn."""
_ENOUGH_REGIONS = 20
"""Regions with whole dates, from which on no month grid is looked for."""
_GRID_FACTOR = 2
"""How many times more regions a month grid must give than whole dates do: numbers may mean anything."""
_MAX_LABEL = 30
"""Characters of a line that may be the label of the date below it."""
_BULLETS = " \t•·*–—-"
_digit = re.compile(r"\d")


class Segmentation(NamedTuple):
    """The regions of a page in order, what reads their dates, and whether there are more than are read."""

    regions: list[Region]
    read_dates: DateReader
    is_cut: bool = False


def segment_page(page: Page) -> Segmentation:
    """Cut a page into regions: of its content, else of all of it; by single days, else by recurrence rules.

    A month grid is taken where it gives far more regions than whole dates do.
    """
    order = numeric_order(page.visible.text_content(), page.effective_language, page.timezone)
    read_dates: DateReader = lru_cache(maxsize=_CACHED_TEXTS)(partial(find_dates, page=page, order=order))
    for rules, everywhere in ((False, False), (False, True), (True, False)):
        reader = partial(read_dates, rules=rules)
        found = find_regions(page.visible, partial(read_first_day, reader), page.fetched_at.date(), everywhere)
        regions = found.regions
        if not rules and not everywhere and len(regions) < _ENOUGH_REGIONS:
            grid = find_grid_regions(page.visible, lru_cache(partial(is_month, read_dates)))
            if len(grid) > _GRID_FACTOR * len(regions):
                return Segmentation(grid, reader)
        if regions:
            items = [
                item for region in regions for item in split_day_group(region, found.dated, page.effective_language)
            ]
            lines = [line for item in items for line in _split_lines(item, reader)]
            return Segmentation(lines[:MAX_REGIONS], reader, found.is_cut or len(lines) > MAX_REGIONS)
    return Segmentation([], read_dates)


def _split_lines(region: Region, read_dates: DateReader) -> list[Region]:
    """The lines of a region, where several hold an event's date: each announces one. Else the region itself.

    Lines begin with their date, or say little else: "Board May 28, 2027" above "Advisory Board October 2, 2027".
    """
    if region.day:
        return [region]
    # The cells of a row are one event's, except for a cell that is a list itself.
    text = tree_text(region.date_node) if region.elements[0].tag == "tr" else region.text
    lines = [line for raw in text.splitlines() if (line := " ".join(raw.split()).strip(_BULLETS))]
    dates = _first_dates(lines, read_dates)
    if len({date_of(date.when.start) for date in dates.values() if date.when.start}) < 2:
        return [region]
    event_lines = [line for line, date in dates.items() if date.span[0] == 0]
    if len(event_lines) < 2 and 2 * len(dates) > len(lines):
        event_lines = [line for line in dates if not is_labelled(line)]
    if len(event_lines) < 2:
        return [region]
    years = _years_above(lines)
    return [replace(region, text=line, is_line=True, year=years[line]) for line in event_lines]


def _first_dates(lines: Sequence[str], read_dates: DateReader) -> dict[str, DateExpression]:
    """The first event's date of each line that holds one, and is no value of a label above it."""
    return {
        line: dates[0]
        for before, line in pairwise(("", *lines))
        if _digit.search(line) and not _is_label_of_date(before) and (dates := find_event_dates(line, read_dates))
    }


def _years_above(lines: Sequence[str]) -> dict[str, int | None]:
    """The year of each line: that of the last line up to it that states one and no day; None where none does."""
    year: int | None = None
    years: dict[str, int | None] = {}
    for line in lines:
        year = year_in(line) or year
        years.setdefault(line, year)
    return years


def _is_label_of_date(line: str) -> bool:
    """Whether a line is only the label of the date below it: "Starts", "End date:", "Deadline"."""
    words = line.casefold().strip(" :")
    if words in (*word_list("listing", "not_the_event"), *word_list("listing", "until")) or is_deadline_label(words):
        return True
    return len(words) <= _MAX_LABEL and any(heading_pattern(column).fullmatch(words) for column in ("start", "end"))
