"""Events in the data that a page carries for its own scripts: calendars drawn by JavaScript, Wix, Next.js, Nuxt."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from spiders.extraction.formats.answer import fold_keys
from spiders.extraction.formats.record_fields import Record, fold_key, read_text
from spiders.extraction.formats.record_times import moment_key
from spiders.extraction.formats.records import read_records
from spiders.extraction.formats.script_data import read_script_data
from spiders.extraction.page import Extraction, Page
from symposia.moments import day_from_text, is_day, moment_text
from symposia.posting import Posting

KIND = "script"
"""What the origin of such postings is called."""
MAX_EVENTS = 2_000
"""Events of one page that are read, which bounds time."""

_WEAK_START_KEYS = {"date", "dateiso", "times", "firstdate", "openingtime", "openingtimeiso"}
"""Keys that mean a start in a platform's answer, but in a page's data as often the day of an article."""
_TYPE_KEYS = ("typename", "type", "posttype", "contenttype", "objecttype", "schematype")
_OTHER_TYPES = {
    "article", "blogpost", "blogposting", "newsarticle", "post", "page", "webpage", "product", "productgroup", "offer", "coupon", "discount",
    "promotion", "sale", "popup", "banner", "announcement", "notification", "place", "venue", "location", "person", "people", "speaker",
    "author", "user", "organization", "organisation", "experiment", "campaign", "job", "jobposting", "vacancy", "subscription", "plan", "video",
}  # fmt: skip
"""Types of records that are no events, folded."""
_OTHER_KEYS = {
    "datepublished", "sku", "discount", "discounttype", "discountvalue", "couponcode", "promocode", "variations", "variants", "dismissible",
    "validthrough", "birthdate", "dateofbirth", "jobtitle", "givenname", "familyname", "flights", "headquarters",
}  # fmt: skip
"""Keys of records that are no events: of an article, a product, a sale, a notice, an A/B test, a person."""


def extract_embedded(page: Page) -> Extraction:
    """Read the events in the data of the page's scripts and attributes, each once.

    A record is an event where it has a name and a key that means a start, or a day and an end.
    """
    unique: dict[tuple[str | None, str | None], Posting] = {}
    for data in read_script_data(page):
        for posting in read_records(page, fold_keys(data), KIND, _is_event):
            unique.setdefault((posting.name, posting.start), posting)
        if len(unique) >= MAX_EVENTS:
            break
    postings = tuple(unique.values())[:MAX_EVENTS]
    if postings and "fullcalendar" in page.text.casefold():
        postings = tuple(map(_with_inclusive_end, postings))
    return Extraction(kind=KIND, postings=postings)


def _is_event(record: Record) -> bool:
    if _OTHER_KEYS & record.keys() or any(_is_other_type(record.get(key)) for key in _TYPE_KEYS):
        return False
    has_start = moment_key(record, "start") not in (None, *_WEAK_START_KEYS)
    return has_start or moment_key(record, "end") is not None


def _is_other_type(stated: Any) -> bool:
    return fold_key(read_text(stated) or "") in _OTHER_TYPES


def _with_inclusive_end(posting: Posting) -> Posting:
    """A posting of whole days with its last day as end: FullCalendar's `end` is the day after it."""
    start, end = posting.start or "", posting.end or ""
    if not is_day(start) or not is_day(end) or end <= start:
        return posting
    last_day = moment_text(day_from_text(end) - timedelta(days=1))
    return replace(posting, end=last_day if last_day > start else None)
