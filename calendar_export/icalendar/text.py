"""The words of an event as a calendar entry has them: cleaned, bounded, with their links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape
from urllib.parse import quote, urlsplit

from calendar_export.fact_text import facts_line
from symposia.event import AttendanceMode, Event, Location
from symposia.facts.links import is_private_link, without_private

MAX_DESCRIPTION = 3_000
"""Characters of a description in a calendar: the page has the rest, and Google reads about a megabyte of a feed."""
UNTITLED = "Untitled event"
_RESERVED = "%/:?#[]@!$&'()*+,;=~"
"""What stays as it is in an address (RFC 3986, 2.2, and the sign of what is encoded already)."""
_NOTHING = frozenset(["none", "nan", "nat", "null", "undefined"])
"""What programs write where they know nothing."""

_line_end = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_control = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]|[\ud800-\udfff]|[\ufdd0-\ufdef\ufeff\ufffe\uffff]")
_link = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?'()\[\]]")


def clean(text: str) -> str:
    """`text` without control characters, which RFC 5545, 3.1 does not allow, and with plain line ends."""
    return _control.sub("", _line_end.sub("\n", text))


def line(text: str) -> str:
    """`text` cleaned, on one line: what clients show as a title or a place."""
    return " ".join(clean(text).split())


def is_nothing(text: str) -> bool:
    """Whether a text is empty, or a program's word for nothing ("None", "nan")."""
    return not text or text.casefold() in _NOTHING


def web(url: str | None) -> str | None:
    """`url` where it is http or https; None otherwise."""
    if not url or not url.startswith(("http://", "https://")) or url.split() != [url]:
        return None
    try:
        return url if urlsplit(url).hostname else None
    except ValueError:
        return None


def address(url: str | None) -> str | None:
    """`url` as a calendar writes it, in ASCII (RFC 5545, 3.3.13; RFC 3986).

    None where it is no address of the web, or lets whoever has it into a meeting.
    """
    known = web(clean(url)) if url else None
    written = quote(known, safe=_RESERVED, errors="replace") if known else None
    return None if is_private_link(written) else written


def title_of(name: str) -> str:
    """The name of an event on one line; never empty, as Google and Outlook show such entries as "(no title)"."""
    return line(without_private(name)) or UNTITLED


def place_text(event: Event) -> str | None:
    """Where to go, on one line: the place with its address, else "Online". None where nothing is known."""
    parts = _parts(event.location) if event.location else []
    if parts:
        return ", ".join(parts)
    return "Online" if event.attendance_mode == AttendanceMode.ONLINE else None


def place_line(event: Event) -> str:
    """`place_text` as a calendar has it; empty where nothing is known."""
    place = line(without_private(place_text(event) or ""))
    return "" if is_nothing(place) else place


def _parts(location: Location) -> list[str]:
    """The parts of an address; those left out that stand in an earlier one, say nothing, or lead into a meeting."""
    parts: list[str] = []
    for part in (location.name, location.address, location.city, location.region, location.country):
        if not part or is_nothing(part.strip()) or is_private_link(part):
            continue
        if not any(part.casefold() in known.casefold() for known in parts):
            parts.append(part)
    return parts


def categories_of(event: Event) -> list[str]:
    """Topics and keywords, each once, in their order; an address is none.

    None ends with a backslash: ical.js, and so Thunderbird, takes the comma after it for a part of the word.
    """
    words = dict.fromkeys(line(word).rstrip("\\ ") for word in (*event.topics, *event.keywords))
    return [word for word in words if not is_nothing(word) and "://" not in word]


def description_of(event: Event) -> str:
    """What is said of an event, in plain text: its description, what educators choose by, who holds it, where to read on."""
    said = without_private(clean(event.description or "")).strip()
    parts = ["" if is_nothing(said) else shortened(said), " · ".join(map(line, facts_line(event)))]
    organizer = line(without_private(event.organizer or ""))
    if not is_nothing(organizer):
        parts.append(f"Organizer: {organizer}")
    parts.append("\n".join(links_of(event)))
    return "\n\n".join(part for part in parts if part)


def links_of(event: Event) -> Iterator[str]:
    """The lines that say where to read on: the page, the registration, the recording, each source; each address once."""
    named = [("", event.url), ("Register: ", event.registration_url), ("Recording: ", event.recording_url)]
    named += [("Source: ", ref.url) for ref in event.sources]
    return _each_once((label, url) for label, given in named if (url := address(given)))


def _each_once(links: Iterable[tuple[str, str]]) -> Iterator[str]:
    seen: set[str] = set()
    for label, url in links:
        if url not in seen:
            yield f"{label}{url}"
        seen.add(url)


def shortened(text: str) -> str:
    """`text`, cut between two words where it is too long for a calendar."""
    if len(text) <= MAX_DESCRIPTION:
        return text
    kept = text[:MAX_DESCRIPTION]
    return f"{kept[: max(kept.rfind(' '), kept.rfind(chr(10)), MAX_DESCRIPTION // 2)].rstrip()} …"


def html_of(text: str) -> str:
    """Our own plain text as HTML of paragraphs, line breaks and links: no markup of any source is in it."""
    paragraphs = (part.replace("\n", "<br>") for part in _linked(text).split("\n\n") if part.strip())
    return "<html><body>" + "".join(f"<p>{part}</p>" for part in paragraphs) + "</body></html>"


def _linked(text: str) -> str:
    parts, end = [], 0
    for found in _link.finditer(text):
        url = escape(found.group())
        parts += [escape(text[end : found.start()]), f'<a href="{url}">{url}</a>']
        end = found.end()
    return "".join([*parts, escape(text[end:])])
