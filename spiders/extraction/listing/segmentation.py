"""Which pieces of a page announce one event each, and how their dates are read: whole dates, lines, items under a day, numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache, partial
from itertools import pairwise
from typing import NamedTuple

from spiders.extraction.dom.headings import year_in
from spiders.extraction.dom.table_columns import means
from spiders.extraction.lexicon.title_words import is_deadline_label, is_labelled
from spiders.extraction.lexicon.word_lists import word_list
from spiders.extraction.listing.date_roles import Reader, dates_in, day_in, days_in, is_month
from spiders.extraction.listing.day_groups import by_item
from spiders.extraction.listing.month_grid import regions_by_month
from spiders.extraction.listing.regions import MAX_REGIONS, Region, regions_of
from spiders.extraction.page import Page
from symposia.moments import date_of
from symposia.text.plain_text import tree_text
from symposia.when import numeric_order

_CACHED = 5_000
"""Texts of a page whose dates are remembered: a piece, its lines and what stands around them are asked for in turn."""
_MANY = 20
"""Whole dates on a page, from which on bare numbers under its months are not asked for."""
_MAX_LABEL = 30
_BULLETS = " \t•·*–—-"
_may_hold = re.compile(r"\d")


class Pieces(NamedTuple):
    """The pieces of a page in order, what reads their dates, and whether there are more than were taken."""

    regions: list[Region]
    read: Reader
    cut: bool = False


def pieces_of(page: Page) -> Pieces:
    """The dated pieces of a page: in its middle, else anywhere; those of single days, else those of rules.

    Days that are but numbers under a month are taken where there are far more of them than of whole dates.
    """
    text = page.tree.text_content()
    order = numeric_order(text, page.spoken, page.timezone)
    read: Reader = lru_cache(maxsize=_CACHED)(partial(dates_in, page=page, order=order))
    for rules, everywhere in ((False, False), (False, True), (True, False)):
        reader = partial(read, rules=rules)
        whole = regions_of(page.tree, partial(day_in, reader), page.fetched_at.date(), everywhere)
        asked = not (rules or everywhere) and len(whole.pieces) < _MANY
        numbered = regions_by_month(page.tree, lru_cache(partial(is_month, read))) if asked else []
        if len(numbered) > 2 * len(whole.pieces):
            return Pieces(numbered, reader)
        if whole.pieces:
            timed = (one for piece in whole.pieces for one in by_item(piece, whole.dated, page.spoken))
            found = [one for piece in timed for one in _lines(piece, reader)]
            return Pieces(found[:MAX_REGIONS], reader, whole.cut or len(found) > MAX_REGIONS)
    return Pieces([], read)


def _lines(region: Region, read: Reader) -> list[Region]:
    """The lines of a piece, where several hold a date: each is an event of its own. Else the piece itself.

    They begin with it, or there is little else: "Board of Directors May 28, 2027" above "Advisory Board October 2, 2027".
    """
    if region.day:
        return [region]
    # The cells of a row are one event's, but for a cell that is a list itself.
    text = tree_text(region.dated) if region.elements[0].tag == "tr" else region.text
    lines = [line for raw in text.splitlines() if (line := " ".join(raw.split()).strip(_BULLETS))]
    dated = {
        line: found[0]
        for before, line in pairwise(("", *lines))
        if _may_hold.search(line) and not _is_label(before) and (found := days_in(line, read))
    }
    if len({when.start and date_of(when.start) for _, when in dated.values()}) < 2:
        return [region]
    begin = [line for line, ((start, _), _) in dated.items() if start == 0]
    kept = (
        begin
        if len(begin) > 1
        else [line for line in dated if not is_labelled(line)]
        if 2 * len(dated) > len(lines)
        else []
    )
    if len(kept) < 2:
        return [region]
    year_of = _years_of(lines)
    return [replace(region, text=line, line=True, year=year_of[line]) for line in kept]


def _years_of(lines: Sequence[str]) -> dict[str, int | None]:
    """The year of each line: that of the last line before it that says one, and no day."""
    year: int | None = None
    found: dict[str, int | None] = {}
    for line in lines:
        year = year_in(line) or year
        found.setdefault(line, year)
    return found


def _is_label(line: str) -> bool:
    """Whether a line is but the label of the date below it: "Starts", "End date:"."""
    words = line.casefold().strip(" :")
    if words in (*word_list("listing", "not_the_event"), *word_list("listing", "until")) or is_deadline_label(words):
        return True
    return len(words) <= _MAX_LABEL and any(means(key).fullmatch(words) for key in ("start", "end"))
