"""RSS and Atom feeds (RFC 4287). An entry's own dates are those of its publication, never the event's."""

from __future__ import annotations

import re
from typing import Any

import feedparser

from spiders.extraction.page import Extraction, Page, Refusal, distinct
from spiders.extraction.registration_links import add_links, parse_links
from symposia.errors import Cause, ExtractionError
from symposia.event import Location
from symposia.posting import Posting
from symposia.text.plain_text import one_line, plain_text
from symposia.when.iso import to_iso

MAX_ENTRIES = 5_000
"""Entries of one feed that are read, which bounds time and memory."""
_HEAD = 4_096
"""Characters in which the root element must begin: comments and a DOCTYPE may stand before it."""
_DOCTYPE_HEAD = 512
"""Characters in which an HTML page names itself as such, whatever feed it quotes further down."""

_root = re.compile(r"<\s*(rss|feed|rdf:RDF)[\s>]", re.IGNORECASE)
_entity = re.compile(r"<!ENTITY", re.IGNORECASE)

# Elements of the RSS event module (purl.org/rss/1.0/modules/event), of xCal (RFC 6321) and of calendar
# plugins, under the names that feedparser gives them.
_START = ("ev_startdate", "xcal_dtstart", "dtstart", "mec_startdate", "event_start", "startdate", "start_date")
_END = ("ev_enddate", "xcal_dtend", "dtend", "mec_enddate", "event_end", "enddate", "end_date")
_PLACE = ("ev_location", "xcal_location", "mec_location")
_ORGANIZER = ("ev_organizer", "xcal_organizer")


class FeedExtractor:
    """Reads RSS and Atom."""

    name = "RSS or Atom"
    may_be_soft_error = True

    def accepts(self, page: Page) -> bool:
        """Whether the root element is that of RSS, RDF or Atom."""
        head = page.text[:_HEAD].lstrip("\ufeff \t\r\n")
        is_html = "<html" in head[:_DOCTYPE_HEAD].casefold()
        return head.startswith("<") and not is_html and _root.search(head) is not None

    def extract(self, page: Page) -> Extraction:
        """Read a posting per entry, dated where the entry states an event's date; entries link to their details.

        Raises:
            ExtractionError: The feed declares XML entities, which can grow without bound. No honest feed does.
        """
        if _entity.search(page.text):
            raise ExtractionError(Cause.WRONG_CONTENT, "a feed that declares XML entities")
        parsed = feedparser.parse(
            page.text.encode("utf-8"), response_headers={"content-type": "application/xml; charset=utf-8"}
        )
        kind = "atom" if str(parsed.get("version", "")).startswith("atom") else "rss"
        entries = parsed.entries[:MAX_ENTRIES]
        postings = tuple(_build_posting(page, kind, entry) for entry in entries if _source_key(entry))
        nameless = Refusal(what="an entry", reason="neither id, link nor title")
        is_broken = bool(parsed.get("bozo")) and not entries
        return Extraction(
            kind=kind,
            postings=postings,
            refusals=tuple(nameless for entry in entries if not _source_key(entry)),
            details=distinct(posting.url for posting in postings),
            empty=not entries and not is_broken,
        )


def _build_posting(page: Page, kind: str, entry: Any) -> Posting:
    date_text, content = _first_filled(entry, _START), _longest_content(entry)
    start = to_iso(date_text)
    place = one_line(_first_filled(entry, _PLACE))
    posting = Posting(
        origin=page.origin(kind),
        source_key=_source_key(entry),
        name=one_line(entry.get("title")),
        start=start,
        end=to_iso(_first_filled(entry, _END)) if start else None,
        when=date_text if date_text and not start else None,
        location=Location(name=place) if place else None,
        url=page.link(entry.get("link")),
        description=plain_text(content),
        organizer=one_line(_first_filled(entry, _ORGANIZER)),
        keywords=distinct(one_line(tag.get("term"), limit=80) for tag in entry.get("tags", [])),
        evidence=(("name", f"{kind} title"),),
    )
    return add_links(posting, page, parse_links(content))


def _source_key(entry: Any) -> str:
    """The entry's `guid` or `id`, else its link, else its title; empty where it has none of them."""
    return str(entry.get("id") or entry.get("link") or entry.get("title") or "").strip()


def _longest_content(entry: Any) -> str | None:
    contents = [str(content.get("value") or "") for content in entry.get("content", [])]
    return max([*contents, str(entry.get("summary") or "")], key=len) or None


def _first_filled(entry: Any, elements: tuple[str, ...]) -> str | None:
    return next((str(entry[element]).strip() for element in elements if entry.get(element)), None)
