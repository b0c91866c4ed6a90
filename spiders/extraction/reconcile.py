"""What a page states for machines beside what it shows to readers: the machines' words are kept, where the page bears them out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from lxml import etree

from spiders.extraction.listing.page_defaults import has_time
from spiders.extraction.page import Extraction, Page
from symposia.posting import Posting
from symposia.when.iso import on_the_clock
from symposia.zones import resolve_zone

FEW = 3
"""Events stated for machines, below which a page may well show more."""
_MAX_TEXT = 200_000
"""Characters of a page that are looked through for a time of day."""
_DAY = len("2027-03-03")
_MINUTE = len("2027-03-03T16:00")
_UTC = ("Z", "+00:00", "+0000", "-00:00")
_shown = etree.XPath(
    "body//text()[not(parent::script or parent::style or parent::template or parent::noscript)]", smart_strings=False
)
_offset_of = re.compile(r"Z$|[+-]\d\d:?\d\d$")


def is_doubtful(stated: Extraction, page: Page) -> bool:
    """Whether what is stated for machines needs a look at the page: it is little, or the page may tell its times better.

    It may where it shows times, and machines are told days alone, or times in UTC or in no zone.
    """
    if len(stated.postings) < FEW:
        return True
    sure = all(one.timezone or _is_sure(one.start or "") for one in stated.postings)
    return not sure and has_time(" ".join(" ".join(_shown(page.tree)).split())[:_MAX_TEXT])  # type: ignore[arg-type]  # texts alone


def weigh(stated: Extraction, shown: Extraction) -> Extraction:
    """The better of two readings of a page, or both as one.

    What is shown is taken where it holds what is stated and more than twice as many events; else what is stated, with
    the times that the page shows where machines are told a day alone, or a time in UTC that the page shows as its own.
    """
    if not stated.postings:
        return replace(shown, refusals=(*stated.refusals, *shown.refusals))
    days = {one.start[:_DAY] for one in shown.postings if one.start}
    held = sum((one.start or "")[:_DAY] in days for one in stated.postings)
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
    times = {one.start[:_MINUTE]: one for one in shown if one.start and len(one.start) >= _MINUTE}
    if _is_day(stated):
        same = [one for at, one in times.items() if at[:_DAY] == start]
        return _at(stated, same[0], "the page shows the time of that day") if len(same) == 1 else stated
    if len(start) < _MINUTE or stated.recurrence is not None or on_the_clock(start, zone) in times:
        return stated
    if _offset(start) in ("", *_UTC) and start[:_MINUTE] in times:
        return _at(stated, times[start[:_MINUTE]], "the page shows as its own the time that machines are told as UTC")
    if _offset(start) == "" and (meant := on_the_clock(start + "Z", zone)) in times:
        return _at(stated, times[meant], "the page shows that the time that machines are told is UTC")
    return stated


def _at(stated: Posting, shown: Posting, why: str) -> Posting:
    said = dict(shown.evidence)
    words = said.get("time") or said.get("start", "")
    evidence = (*(one for one in stated.evidence if one[0] != "start"), ("start", f"{why}: {words}"))
    end = shown.end or (stated.end if len(stated.end or "") > _DAY and not _offset(stated.end or "") else None)
    return replace(stated, start=shown.start, end=end, timezone=stated.timezone or shown.timezone, evidence=evidence)


def _is_day(posting: Posting) -> bool:
    return len(posting.start or "") == _DAY and posting.recurrence is None


def _is_sure(start: str) -> bool:
    """Whether a start names an offset other than that of UTC, which machines write for want of a better."""
    return len(start) > _MINUTE and _offset(start) not in ("", *_UTC)


def _offset(moment: str) -> str:
    found = _offset_of.search(moment[_DAY:])
    return found[0] if found else ""
