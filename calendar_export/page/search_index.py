"""The events as the page's scripts read them: small, and only what a filter or a list needs.

`events.js` holds a row for each event, its values in the order of `FIELDS`, which static/events.js names as well. Texts
that repeat stand once, in `texts`, and rows hold their place there. `words.js` is an inverted index for the search: each
word, and the rows that say it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from calendar_export.facets import country_of, language_of, search_text
from calendar_export.page import cards, display_text
from calendar_export.page.site import Site
from calendar_export.paths import event_id
from calendar_export.text.script_json import script_json
from calendar_export.text.times import repeats_text
from symposia.event import Event, Moment
from symposia.moments import has_time, moment_text, time_part

FIELDS = (
    "id", "name", "start", "end", "zone", "assumed", "topics", "kind", "mode", "language", "country", "free", "credit",
    "deadlines", "found", "series", "status", "place", "price", "earns", "more", "about", "source", "summary",
)  # fmt: skip
"""The values of a row, in their order."""
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


class TextTable:
    """Texts by their place, each once; the empty one first."""

    def __init__(self) -> None:
        self.places: dict[str, int] = {"": 0}

    def place_of(self, text: str | None) -> int:
        """The place of `text`, which is added where it is new; None has that of ""."""
        return self.places.setdefault(text or "", len(self.places))


def events_js(site: Site, events: Sequence[Event]) -> bytes:
    """Write the script with the events, and the feeds to subscribe to."""
    texts = TextTable()
    rows = [_event_values(site, event, texts) for event in events]
    feeds = [
        [feed.name, feed.title, feed.filter.query_string(), count, int(feed.deadlines)] for feed, count in site.feeds
    ]
    names = {slug: site.topic_name(slug) for event in events for slug in event.topics}
    data = {"fields": FIELDS, "texts": list(texts.places), "topics": names, "feeds": feeds, "rows": rows}
    return _write_global("SymposiaEvents", data)


def words_js(events: Sequence[Event]) -> bytes:
    """Write the script with the index of words. The rows of a word are gaps between their numbers, in base 36."""
    rows_by_word: dict[str, list[int]] = defaultdict(list)
    for number, event in enumerate(events):
        # The script looks for parts of words, so that each different word of an event is enough.
        for word in sorted(set(search_text(event).split())):
            rows_by_word[word].append(number)
    ordered = sorted(rows_by_word)
    data = {"words": " ".join(ordered), "rows": [_encode_gaps(rows_by_word[word]) for word in ordered]}
    return _write_global("SymposiaWords", data)


def _event_values(site: Site, event: Event, texts: TextTable) -> list[Any]:
    timed, place = isinstance(event.start, datetime), texts.place_of
    values: dict[str, Any] = {
        "id": event_id(event.uid),
        "name": event.name,
        "start": moment_text(event.start),
        "end": _short_end(event.start, event.end),
        "zone": place(event.timezone if timed else None),
        "assumed": int(timed and event.timezone_assumed),
        "topics": [place(slug) for slug in event.topics],
        "kind": place(event.kind),
        "mode": place(event.attendance_mode),
        # The filter asks for a language without its region, "pt"; `lang` marks words with it, "pt-BR".
        "language": [place(language_of(event)), place(event.language)],
        "country": place(country_of(event.location)),
        "free": -1 if event.price is None or event.price.is_free is None else int(event.price.is_free),
        "credit": int(bool(event.credit)),
        "deadlines": [[place(deadline.kind), moment_text(deadline.at)] for deadline in event.deadlines],
        "found": event.created.timestamp() if event.created else 0,
        "series": place(repeats_text(event)),
        "status": place(event.status),
        "place": place(display_text.place_text(event)),
        "price": place(display_text.price_text(event.price)),
        "earns": place(display_text.credit_text(event.credit)),
        "more": place(display_text.extras_text(event)),
        "about": place(cards.about_text(site, event)),
        "source": place(cards.source_text(site, event)),
        "summary": display_text.summary_text(event.description),
    }
    return [values[name] for name in FIELDS]


def _short_end(start: Moment, end: Moment | None) -> str | int:
    """The end; within the same day and offset its time alone; 0 where none is known."""
    if end is None:
        return 0
    end_text, start_text = moment_text(end), moment_text(start)
    same = has_time(end_text) and end_text.replace(f"T{time_part(end_text)}", f"T{time_part(start_text)}") == start_text
    return time_part(end_text) if same else end_text


def _encode_gaps(numbers: Sequence[int]) -> str:
    return " ".join(_to_base36(after - before) for before, after in zip((-1, *numbers), numbers, strict=False))


def _to_base36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits or "0"


def _write_global(name: str, data: Any) -> bytes:
    """A script that sets one global variable. JSON.parse of a text is quicker than the same as JavaScript."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f"var {name} = JSON.parse({script_json(text)});\n".encode("utf-8", "replace")
