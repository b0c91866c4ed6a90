"""Reconcile what a page states for machines with what it shows to readers: the shown time wins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spiders.extraction.listing.separate_times import may_state_time
from spiders.extraction.page import Extraction, Page, distinct
from symposia.moments import day_part, has_time, is_day, minute_on_clock, minute_part, offset_part
from symposia.posting import Posting, with_distinct_keys
from symposia.text.plain_text import first_text
from symposia.zones import resolve_zone

FEW = 3
"""Stated events from which on a page need not show more: one that states fewer often states only the first of its list."""
_MAX_TEXT = 200_000
"""Characters of a page that are searched for a time of day."""
_FEWEST_SHOWN = 2
"""Days; a listing must show more to be believed against what is stated."""
_UTC = ("Z", "+00:00", "+0000", "-00:00")
"""How UTC is written. Software writes it for want of a zone, so it is no evidence."""


def is_doubtful(stated: Extraction, page: Page) -> bool:
    """Whether the visible page must be read as well: few events are stated, or their times may be shown more exactly.

    Times may be shown more exactly where some are shown, and those stated are bare days, or in UTC or without an offset.
    """
    if len(stated.postings) < FEW:
        return True
    if all(posting.timezone or _has_sure_offset(posting.start or "") for posting in stated.postings):
        return False
    body = page.visible.find("body")
    return body is not None and may_state_time(first_text(body, _MAX_TEXT)[:_MAX_TEXT])


def reconcile(stated: Extraction, shown: Extraction) -> Extraction:
    """Combine what a page states for machines with what it shows.

    The shown listing is taken if it holds the stated events and more than twice as many days. If it holds none of them,
    by day or by name, it lists others, and both are taken. Otherwise the stated events are, with the shown time where
    they state only a day, or a time marked as UTC that turns out to be local.
    """
    if not stated.postings:
        return replace(shown, refusals=(*stated.refusals, *shown.refusals))
    days = {day_part(posting.start) for posting in shown.postings if posting.start}
    held = sum(day_part(posting.start) in days for posting in stated.postings)
    is_longer = len(days) > max(_FEWEST_SHOWN, 2 * len(stated.postings))
    if is_longer and 2 * held >= len(stated.postings) and _is_listing(shown):
        return replace(shown, refusals=(*stated.refusals, *shown.refusals))
    if is_longer and not held and _is_listing(shown) and _names(stated).isdisjoint(_names(shown)):
        return _both(stated, shown)
    return replace(stated, postings=tuple(_with_shown_time(posting, shown.postings) for posting in stated.postings))


def _names(found: Extraction) -> frozenset[str]:
    return frozenset((posting.name or "").casefold() for posting in found.postings)


def _both(stated: Extraction, shown: Extraction) -> Extraction:
    """What is stated, then what is shown."""
    return replace(
        stated,
        postings=tuple(with_distinct_keys((*stated.postings, *shown.postings))),
        refusals=(*stated.refusals, *shown.refusals),
        details=distinct((*stated.details, *shown.details)),
    )


def _is_listing(shown: Extraction) -> bool:
    """Whether most shown events are named where they stand, as rows and cards are, and not by a heading of the page."""
    borrowed = ("above", "h1", "title")
    named = sum(not dict(posting.evidence).get("name", "").endswith(borrowed) for posting in shown.postings)
    return 2 * named > len(shown.postings)


def _with_shown_time(stated: Posting, shown: Sequence[Posting]) -> Posting:
    """A posting at the time that the page shows, where the stated one can be meant so; else unchanged."""
    start, zone = stated.start or "", resolve_zone(stated.timezone) or stated.origin.timezone
    times = {minute_part(posting.start): posting for posting in shown if has_time(posting.start)}
    if is_day(stated.start) and stated.recurrence is None:
        same_day = [posting for minute, posting in times.items() if day_part(minute) == start]
        return (
            _at_shown_time(stated, same_day[0], "the page shows the time of that day") if len(same_day) == 1 else stated
        )
    if not has_time(start) or stated.recurrence is not None or minute_on_clock(start, zone) in times:
        return stated
    if offset_part(start) in ("", *_UTC) and minute_part(start) in times:
        local = times[minute_part(start)]
        return _at_shown_time(stated, local, "the page shows as local the time that its markup gives as UTC")
    if not offset_part(start) and (local_minute := minute_on_clock(start + "Z", zone)) in times:
        return _at_shown_time(stated, times[local_minute], "the page shows that the time in its markup is UTC")
    return stated


def _at_shown_time(stated: Posting, shown: Posting, why: str) -> Posting:
    """The stated posting at the shown one's time; `why` goes into the evidence."""
    words = dict(shown.evidence).get("time") or dict(shown.evidence).get("start", "")
    evidence = (*(pair for pair in stated.evidence if pair[0] != "start"), ("start", f"{why}: {words}"))
    end = shown.end or (stated.end if has_time(stated.end) and not offset_part(stated.end) else None)
    return replace(stated, start=shown.start, end=end, timezone=stated.timezone or shown.timezone, evidence=evidence)


def _has_sure_offset(start: str) -> bool:
    """Whether a start names an offset that is not UTC's."""
    return offset_part(start) not in ("", *_UTC)
