"""Events in the data that a page's scripts and attributes carry for its own program: calendars drawn by JavaScript, Wix, Next.js."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from spiders.extraction.formats.record_fields import Record, folded, moment_key, text_of
from spiders.extraction.formats.records import keys_folded, postings_in
from spiders.extraction.formats.script_data import script_data
from spiders.extraction.page import Extraction, Page
from symposia.moments import day_from_text, is_day, moment_text
from symposia.posting import Posting

KIND = "script"
MAX_EVENTS = 2_000
_NO_START = {"date", "dateiso", "times", "firstdate", "openingtime", "openingtimeiso"}
"""Keys that mean a start in an answer of events, and in a page's data as often the day of an article."""
_TYPE_KEYS = ("typename", "type", "posttype", "contenttype", "objecttype", "schematype")
_OTHER_TYPES = {
    "article", "blogpost", "blogposting", "newsarticle", "post", "page", "webpage", "product", "productgroup", "offer", "coupon", "discount",
    "promotion", "sale", "popup", "banner", "announcement", "notification", "place", "venue", "location", "person", "people", "speaker",
    "author", "user", "organization", "organisation", "experiment", "campaign", "job", "jobposting", "vacancy", "subscription", "plan", "video",
}  # fmt: skip
_OTHER_KEYS = {
    "datepublished", "sku", "discount", "discounttype", "discountvalue", "couponcode", "promocode", "variations", "variants", "dismissible",
    "validthrough", "birthdate", "dateofbirth", "jobtitle", "givenname", "familyname", "flights", "headquarters",
}  # fmt: skip
"""Keys of what is no event: an article, a product, a sale, a notice, a test of two pages, a person."""


def extract_embedded(page: Page) -> Extraction:
    """The events in the data of the page's scripts and attributes, each once; none where there are none.

    A record is an event where it has a name and a key that means a start, or a day and an end. Its kind is "script".
    """
    found: dict[tuple[str | None, str | None], Posting] = {}
    for data in script_data(page):
        for posting in postings_in(page, keys_folded(data), KIND, _is_event):
            found.setdefault((posting.name, posting.start), posting)
        if len(found) >= MAX_EVENTS:
            break
    last_included = "fullcalendar" not in page.text.casefold() if found else True
    postings = tuple(one if last_included else _to_last_day(one) for one in found.values())
    return Extraction(kind=KIND, postings=postings[:MAX_EVENTS])


def _is_event(record: Record) -> bool:
    if _OTHER_KEYS & record.keys() or any(_is_other(record.get(key)) for key in _TYPE_KEYS):
        return False
    sure = moment_key(record, "start") not in (None, *_NO_START)
    return sure or moment_key(record, "end") is not None


def _is_other(kind: Any) -> bool:
    return folded(text_of(kind) or "") in _OTHER_TYPES


def _to_last_day(posting: Posting) -> Posting:
    """A posting of whole days, which FullCalendar ends with the day after the last."""
    start, end = posting.start or "", posting.end or ""
    if not (is_day(start) and is_day(end) and end > start):
        return posting
    last = moment_text(day_from_text(end) - timedelta(days=1))
    return replace(posting, end=last if last > start else None)
