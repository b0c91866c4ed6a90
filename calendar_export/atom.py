"""The newly found events as an Atom feed (RFC 4287), for feed readers."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from lxml import etree

from calendar_export.fact_text import facts_line
from calendar_export.feeds import NEW_FOR, TITLE
from calendar_export.icalendar.text import address, clean, line, place_text, title_of
from calendar_export.page.display_text import when_text
from calendar_export.page.paths import event_path
from calendar_export.query import is_new
from symposia.event import Event, Status
from symposia.facts.links import without_private

PATH = "feeds/new.atom"
"""Where the feed is, below the address of the export."""
MAX_ENTRIES = 200
MAX_SUMMARY = 1_000
"""Characters of an event's description that an entry holds."""
_ATOM = "http://www.w3.org/2005/Atom"
_PREFIXES: Any = {None: _ATOM}
_NEVER = datetime(2000, 1, 1, tzinfo=UTC)
"""When a feed without entries was updated: any fixed moment, so that the same events give the same bytes."""
_NAMES = uuid.UUID("0c2f6f0e-5a61-5d3b-9a3e-0b7a3c5f2d11")
"""What the ids are made under (RFC 9562, 6.5). Never change it: readers would show every entry again."""


def atom_bytes(events: Iterable[Event], *, title: str, url: str | None, now: datetime) -> bytes:
    """The feed of the events found lately, the newest first. The same chosen events give the same bytes: `now` only chooses.

    `url` is where the export is published, with a slash at its end; None where unknown: links to its own pages are
    relative then.
    """
    new = [event for event in events if is_new(event, now, NEW_FOR)]
    chosen = sorted(new, key=lambda event: (_created(event), event.uid), reverse=True)[:MAX_ENTRIES]
    feed = etree.Element(_tag("feed"), nsmap=_PREFIXES)
    _add(feed, "id", _id(f"{url or ''}{PATH}"))
    _add(feed, "title", line(title) or TITLE)
    _add(feed, "subtitle", f"Events found in the last {NEW_FOR} days.")
    _add(feed, "updated", _rfc3339(max(map(_updated, chosen), default=_NEVER)))
    _add(_add(feed, "author"), "name", "Symposia")
    if url:
        _add(feed, "link", rel="self", type="application/atom+xml", href=f"{url}{PATH}")
    _add(feed, "link", rel="alternate", type="text/html", href=_ours(url, "index.html"))
    for event in chosen:
        _add_entry(feed, event, url)
    content: bytes = etree.tostring(feed, encoding="utf-8", xml_declaration=True, pretty_print=True)
    return content


def _add_entry(feed: etree._Element, event: Event, url: str | None) -> None:
    entry = _add(feed, "entry")
    _add(entry, "id", _id(event.uid))
    _add(entry, "title", _title(event))
    _add(entry, "updated", _rfc3339(_updated(event)))
    _add(entry, "published", _rfc3339(_created(event)))
    _add(entry, "link", rel="alternate", href=address(event.url) or _ours(url, event_path(event)))
    for topic in dict.fromkeys(filter(None, map(line, event.topics))):
        _add(entry, "category", term=topic, label=topic.replace("-", " "))
    _add(entry, "summary", _summary(event))


def _title(event: Event) -> str:
    status = "" if event.status is Status.SCHEDULED else f"{event.status.value.replace('_', ' ').capitalize()}: "
    return status + title_of(event.name)


def _summary(event: Event) -> str:
    """When, where, the facts, and how the description begins; a line each."""
    said = line(without_private(event.description or ""))
    begins = said if len(said) <= MAX_SUMMARY else f"{said[:MAX_SUMMARY].rsplit(' ', 1)[0]} …"
    parts = (when_text(event), line(place_text(event) or ""), line(" · ".join(facts_line(event))), begins)
    return "\n".join(part for part in parts if part)


def _ours(url: str | None, path: str) -> str:
    """The address of a page of the export, seen from the feed where the export's own is unknown."""
    return f"{url}{path}" if url else f"../{path}"


def _id(name: str) -> str:
    return uuid.uuid5(_NAMES, name.encode("utf-8", "replace").decode()).urn


def _created(event: Event) -> datetime:
    return (event.created or _NEVER).astimezone(UTC)


def _updated(event: Event) -> datetime:
    return (event.last_modified or event.created or _NEVER).astimezone(UTC)


def _rfc3339(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _add(parent: etree._Element, name: str, text: str = "", **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, _tag(name), {key: clean(value) for key, value in attributes.items()})
    element.text = clean(text) or None
    return element


def _tag(name: str) -> str:
    return f"{{{_ATOM}}}{name}"
