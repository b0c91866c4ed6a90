"""When a region's event takes place: its most complete date, with an end or a time that stands elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from spiders.extraction.dom.table_columns import cell_under
from spiders.extraction.listing.date_roles import DateExpression, labelled_end, most_complete
from spiders.extraction.listing.regions import Region
from spiders.extraction.listing.separate_times import combine, find_separate_time
from spiders.extraction.listing.year_inference import DatedText
from spiders.extraction.page import Page
from symposia.event import Moment, Recurrence
from symposia.when import series_of


@dataclass(frozen=True, slots=True, kw_only=True)
class EventTimes:
    """When an event takes place.

    Attributes:
        start: The start: a day where no time is stated.
        end: The end, inclusive for days; None where none is stated.
        recurrence: The rule or the single days of a series; None for a single event.
        timezone: The IANA zone that the words name; None where they name none.
        evidence: The words that say so.
    """

    start: Moment
    end: Moment | None
    recurrence: Recurrence | None
    timezone: str | None
    evidence: tuple[tuple[str, str], ...]


def read_event_times(page: Page, region: Region, dated: DatedText) -> EventTimes | None:
    """When the event of a region takes place; None where no expression of time in it names a day."""
    when = most_complete(dated.dates)
    start, end, recurrence = series_of(when)
    if start is None:
        return None
    zone = when.timezone if when.zone_stated else None
    evidence: tuple[tuple[str, str], ...] = (("start", f"words: {when.text}"),)
    end = end or _read_end(region, dated)
    if end is None and recurrence is None and not isinstance(start, datetime):
        spans = [span for span, _ in dated.dates]
        time = find_separate_time(dated.text, spans, page.effective_language, page.timezone)
        if time is not None:
            start, end = combine(start, time)
            zone = zone or time.timezone
            evidence = (*evidence, ("time", f"words: {time.words}"))
    return EventTimes(start=start, end=end, recurrence=recurrence, timezone=zone, evidence=evidence)


def _read_end(region: Region, dated: DatedText) -> Moment | None:
    """The end that a label states, or that stands in the row's column of ends; None where neither does."""
    start = most_complete(dated.dates)
    labelled = labelled_end(dated.text, dated.dates, start)
    if labelled is not None:
        return labelled.start
    end = _end_in_column(region, dated.text, dated.dates)
    # str() compares moments of one type, whatever their zones.
    return end if end is not None and type(end) is type(start.start) and str(end) > str(start.start) else None


def _end_in_column(region: Region, text: str, dates: Sequence[DateExpression]) -> Moment | None:
    cell = cell_under(region.elements[0], "end")
    words = " ".join(cell.text_content().split()) if cell is not None else ""
    return next((when.start for span, when in dates if words and text[slice(*span)] in words), None)
