"""The newly found events as an Atom feed (RFC 4287), for feed readers."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from lxml import etree

from calendar_export.facets import is_newly_found
from calendar_export.feeds import DEFAULT_TITLE, NEW_DAYS
from calendar_export.paths import ATOM_PATH, event_path
from calendar_export.text.cleaning import clean, clean_line
from calendar_export.text.facts import key_facts, place_text, title_text
from calendar_export.text.times import when_text
from calendar_export.text.urls import uri_value
from symposia.event import Event, Status

MAX_ENTRIES = 200
"""Entries of the feed: a reader fetches all of them each time, and people look at the first few."""
MAX_SUMMARY = 1_000
"""Characters of an event's description in an entry; the event's page has the rest."""
_NAMESPACE = "http://www.w3.org/2005/Atom"
_PREFIXES: Any = {None: _NAMESPACE}
_NO_TIME = datetime(2000, 1, 1, tzinfo=UTC)
"""`updated` where no time is known; RFC 4287, 4.1.1 asks for one. Fixed, so that the same events give the same bytes."""
_ID_NAMESPACE = uuid.UUID("0c2f6f0e-5a61-5d3b-9a3e-0b7a3c5f2d11")
"""The namespace of the ids (RFC 9562, 6.5). It must never change: feed readers would show every entry again."""


def atom_bytes(events: Iterable[Event], *, title: str, url: str | None, now: datetime) -> bytes:
    """Write the feed of the events found in the last `NEW_DAYS` days, the newest first.

    `now` only chooses the events: the same ones give the same bytes.

    Args:
        events: All events that may be in it.
        title: What the feed is called.
        url: The address of the export on the web, with a slash at the end; links to its pages are relative where None.
        now: The days count back from this moment.
    """
    new = [event for event in events if is_newly_found(event, now, NEW_DAYS)]
    newest = sorted(new, key=lambda event: (_created(event), event.uid), reverse=True)[:MAX_ENTRIES]
    feed = etree.Element(_qualify("feed"), nsmap=_PREFIXES)
    _add(feed, "id", _make_id(f"{url or ''}{ATOM_PATH}"))
    _add(feed, "title", clean_line(title) or DEFAULT_TITLE)
    _add(feed, "subtitle", f"Events found in the last {NEW_DAYS} days.")
    _add(feed, "updated", _rfc3339(max(map(_updated, newest), default=_NO_TIME)))
    _add(_add(feed, "author"), "name", "Symposia")
    if url:
        _add(feed, "link", rel="self", type="application/atom+xml", href=f"{url}{ATOM_PATH}")
    _add(feed, "link", rel="alternate", type="text/html", href=_page_url(url, "index.html"))
    for event in newest:
        _add_entry(feed, event, url)
    content: bytes = etree.tostring(feed, encoding="utf-8", xml_declaration=True, pretty_print=True)
    return content


def _add_entry(feed: etree._Element, event: Event, url: str | None) -> None:
    """Add an atom:entry (RFC 4287, 4.1.2)."""
    entry = _add(feed, "entry")
    _add(entry, "id", _make_id(event.uid))
    _add(entry, "title", _entry_title(event))
    _add(entry, "updated", _rfc3339(_updated(event)))
    _add(entry, "published", _rfc3339(_created(event)))
    _add(entry, "link", rel="alternate", href=uri_value(event.url) or _page_url(url, event_path(event)))
    for topic in dict.fromkeys(filter(None, map(clean_line, event.topics))):
        _add(entry, "category", term=topic, label=topic.replace("-", " "))
    _add(entry, "summary", _entry_summary(event))


def _entry_title(event: Event) -> str:
    status = "" if event.status is Status.SCHEDULED else f"{event.status.value.replace('_', ' ').capitalize()}: "
    return status + title_text(event.name)


def _entry_summary(event: Event) -> str:
    """When, where, the key facts, and the beginning of the description, a line each."""
    description = clean_line(event.description or "")
    if len(description) > MAX_SUMMARY:
        description = f"{description[:MAX_SUMMARY].rsplit(' ', 1)[0]} …"
    place, facts = clean_line(place_text(event) or ""), clean_line(" · ".join(key_facts(event)))
    return "\n".join(line for line in (when_text(event), place, facts, description) if line)


def _page_url(url: str | None, path: str) -> str:
    """The address of a page of the export; relative to the feed where the export's own address is unknown."""
    return f"{url}{path}" if url else f"../{path}"


def _make_id(name: str) -> str:
    return uuid.uuid5(_ID_NAMESPACE, name.encode("utf-8", "replace").decode()).urn


def _created(event: Event) -> datetime:
    return (event.created or _NO_TIME).astimezone(UTC)


def _updated(event: Event) -> datetime:
    return (event.last_modified or event.created or _NO_TIME).astimezone(UTC)


def _rfc3339(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _add(parent: etree._Element, name: str, text: str = "", **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, _qualify(name), {key: clean(value) for key, value in attributes.items()})
    element.text = clean(text) or None
    return element


def _qualify(name: str) -> str:
    """The name of an element of Atom, as lxml wants it."""
    return f"{{{_NAMESPACE}}}{name}"
