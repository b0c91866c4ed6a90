"""RSS and Atom feeds. A feed's dates are of publication, and never taken for the event's."""

from __future__ import annotations

import re
from typing import Any

import feedparser

from spiders.extraction.dom.registration_links import links_in, with_links
from spiders.extraction.page import Extraction, Page, Refusal, distinct
from symposia.errors import Cause, ExtractionError
from symposia.event import Location
from symposia.posting import Posting
from symposia.text.plain_text import one_line, plain_text
from symposia.when.iso import iso

MAX_ENTRIES = 5_000

_root = re.compile(r"<\s*(rss|feed|rdf:RDF)[\s>]", re.IGNORECASE)
_entity = re.compile(r"<!ENTITY", re.IGNORECASE)

# As feedparser names the elements of the RSS event module, of xCal, and of calendar plugins.
_START = ("ev_startdate", "xcal_dtstart", "dtstart", "mec_startdate", "event_start", "startdate", "start_date")
_END = ("ev_enddate", "xcal_dtend", "dtend", "mec_enddate", "event_end", "enddate", "end_date")
_PLACE = ("ev_location", "xcal_location", "mec_location")
_ORGANIZER = ("ev_organizer", "xcal_organizer")


def is_feed(page: Page) -> bool:
    """Whether the page is an RSS or Atom feed, by its root element."""
    head = page.text[:4096].lstrip("\ufeff \t\r\n")
    return head.startswith("<") and "<html" not in head[:512].casefold() and _root.search(head) is not None


def extract_feed(page: Page) -> Extraction:
    """A posting an entry, dated where the feed has an event's date; the entries' own pages are the details.

    Raises ExtractionError for a feed that declares entities: no honest one does, and they can grow without bound.
    """
    if _entity.search(page.text):
        raise ExtractionError(Cause.WRONG_CONTENT, "a feed that declares XML entities")
    parsed = feedparser.parse(
        page.text.encode("utf-8"), response_headers={"content-type": "application/xml; charset=utf-8"}
    )
    kind = "atom" if str(parsed.get("version", "")).startswith("atom") else "rss"
    entries = parsed.entries[:MAX_ENTRIES]
    postings = tuple(_posting(page, kind, entry) for entry in entries if _key(entry))
    nameless = tuple(
        Refusal(what="an entry", reason="neither id, link nor title") for entry in entries if not _key(entry)
    )
    details = distinct(posting.url for posting in postings)
    broken = bool(parsed.get("bozo")) and not entries
    return Extraction(
        kind=kind, postings=postings, refusals=nameless, details=details, empty=not entries and not broken
    )


def _posting(page: Page, kind: str, entry: Any) -> Posting:
    words, content = _first(entry, _START), _content(entry)
    start = iso(words)
    place = one_line(_first(entry, _PLACE))
    posting = Posting(
        origin=page.origin(kind),
        source_key=_key(entry),
        name=one_line(entry.get("title")),
        start=start,
        end=iso(_first(entry, _END)) if start else None,
        when=words if words and not start else None,
        location=Location(name=place) if place else None,
        url=page.link(entry.get("link")),
        description=plain_text(content),
        organizer=one_line(_first(entry, _ORGANIZER)),
        keywords=distinct(one_line(tag.get("term"), limit=80) for tag in entry.get("tags", [])),
        evidence=(("name", f"{kind} title"),),
    )
    return with_links(posting, page, links_in(content))


def _key(entry: Any) -> str:
    return str(entry.get("id") or entry.get("link") or entry.get("title") or "").strip()


def _content(entry: Any) -> str | None:
    contents = [str(content.get("value") or "") for content in entry.get("content", [])]
    return max([*contents, str(entry.get("summary") or "")], key=len) or None


def _first(entry: Any, names: tuple[str, ...]) -> str | None:
    return next((str(entry[name]).strip() for name in names if entry.get(name)), None)
