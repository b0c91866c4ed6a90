"""What a page states for machines beside what it shows to readers: the machines' words are kept, where the page bears them out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lxml import etree

from spiders.extraction.listing.separate_times import may_state_time
from spiders.extraction.page import Extraction, Page
from symposia.moments import day_part, has_time, is_day, minute_on_clock, minute_part, offset_part
from symposia.posting import Posting
from symposia.zones import resolve_zone

FEW = 3
"""Events stated for machines, below which a page may well show more."""
_MAX_TEXT = 200_000
"""Characters of a page that are looked through for a time of day."""
_UTC = ("Z", "+00:00", "+0000", "-00:00")
_shown = etree.XPath(
    "body//text()[not(parent::script or parent::style or parent::template or parent::noscript)]", smart_strings=False
)


def is_doubtful(stated: Extraction, page: Page) -> bool:
    """Whether what is stated for machines needs a look at the page: it is little, or the page may tell its times better.

    It may where it shows times, and machines are told days alone, or times in UTC or in no zone.
    """
    if len(stated.postings) < FEW:
        return True
    sure = all(one.timezone or _is_sure(one.start or "") for one in stated.postings)
    return not sure and may_state_time(" ".join(" ".join(_shown(page.tree)).split())[:_MAX_TEXT])  # type: ignore[arg-type]  # texts alone


def weigh(stated: Extraction, shown: Extraction) -> Extraction:
    """The better of two readings of a page, or both as one.

    What is shown is taken where it holds what is stated and more than twice as many events; else what is stated, with
    the times that the page shows where machines are told a day alone, or a time in UTC that the page shows as its own.
    """
    if not stated.postings:
        return replace(shown, refusals=(*stated.refusals, *shown.refusals))
    days = {day_part(one.start) for one in shown.postings if one.start}
    held = sum(day_part(one.start) in days for one in stated.postings)
    if len(days) > max(2, 2 * len(stated.postings)) and 2 * held >= len(stated.postings) and _is_listing(shown):
        return replace(shown, refusals=(*stated.refusals, *shown.refusals))
    return replace(stated, postings=tuple(_as_shown(one, shown.postings) for one in stated.postings))


def _is_listing(shown: Extraction) -> bool:
    """Whether most of what is shown is named where it stands, as rows and cards are."""
    named = sum(not dict(one.evidence).get("name", "").endswith(("above", "h1", "title")) for one in shown.postings)
    return 2 * named > len(shown.postings)


def _as_shown(stated: Posting, shown: Sequence[Posting]) -> Posting:
    """A posting at the time that the page shows, where that is how its words for machines can be meant; else as it is."""
    start, zone = stated.start or "", resolve_zone(stated.timezone) or stated.origin.timezone
    times = {minute_part(one.start): one for one in shown if has_time(one.start)}
    if _is_day(stated):
        same = [one for at, one in times.items() if day_part(at) == start]
        return _at(stated, same[0], "the page shows the time of that day") if len(same) == 1 else stated
    if not has_time(start) or stated.recurrence is not None or minute_on_clock(start, zone) in times:
        return stated
    if offset_part(start) in ("", *_UTC) and minute_part(start) in times:
        own = times[minute_part(start)]
        return _at(stated, own, "the page shows as its own the time that machines are told as UTC")
    if not offset_part(start) and (meant := minute_on_clock(start + "Z", zone)) in times:
        return _at(stated, times[meant], "the page shows that the time that machines are told is UTC")
    return stated


def _at(stated: Posting, shown: Posting, why: str) -> Posting:
    said = dict(shown.evidence)
    words = said.get("time") or said.get("start", "")
    evidence = (*(one for one in stated.evidence if one[0] != "start"), ("start", f"{why}: {words}"))
    end = shown.end or (stated.end if has_time(stated.end) and not offset_part(stated.end) else None)
    return replace(stated, start=shown.start, end=end, timezone=stated.timezone or shown.timezone, evidence=evidence)


def _is_day(posting: Posting) -> bool:
    return is_day(posting.start) and posting.recurrence is None


def _is_sure(start: str) -> bool:
    """Whether a start names an offset other than that of UTC, which machines write for want of a better."""
    return offset_part(start) not in ("", *_UTC)
