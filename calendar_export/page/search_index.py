"""The events as the page's script reads them: small, and only what a filter or a list needs.

`events.js` holds a row an event, its fields in the order of `FIELDS`, which static/events.js names too; texts that come
again and again stand once, in `texts`, and rows hold their place. `words.js` holds what a search looks through, as an
index: each different word, and the rows that say it.
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
from symposia.event import Event, Moment
from symposia.moments import moment_text

FIELDS = (
    "id", "name", "start", "end", "zone", "assumed", "topics", "kind", "mode", "language", "country", "free", "credit",
    "deadlines", "found", "series", "status", "place", "price", "earns", "more", "about", "source", "summary",
)  # fmt: skip
_UNSAFE = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


class Texts:
    """Texts by their place; each stands once, the empty one first."""

    def __init__(self) -> None:
        """Begins with the empty text."""
        self.places: dict[str, int] = {"": 0}

    def __call__(self, text: str | None) -> int:
        """The place of `text`, and of what is unknown that of ""."""
        return self.places.setdefault(text or "", len(self.places))


def events_js(site: Site, events: Sequence[Event]) -> bytes:
    """A script that gives the page its events, and the feeds that one may subscribe to."""
    texts = Texts()
    rows = [_row(site, event, texts) for event in events]
    feeds = [[feed.name, feed.title, feed.where.query(), count, int(feed.deadlines)] for feed, count in site.feeds]
    names = {slug: site.topic_name(slug) for event in events for slug in event.topics}
    data = {"fields": FIELDS, "texts": list(texts.places), "topics": names, "feeds": feeds, "rows": rows}
    return _script("SymposiaEvents", data)


def words_js(events: Sequence[Event]) -> bytes:
    """A script that gives the page the index of its events' words. Each word's rows are distances, in base 36."""
    found: dict[str, list[int]] = defaultdict(list)
    for number, event in enumerate(events):
        # The script looks for parts of words, so that each different word of an event suffices.
        for word in sorted(set(search_text(event).split())):
            found[word].append(number)
    ordered = sorted(found)
    data = {"words": " ".join(ordered), "rows": [_distances(found[word]) for word in ordered]}
    return _script("SymposiaWords", data)


def _row(site: Site, event: Event, texts: Texts) -> list[Any]:
    timed = isinstance(event.start, datetime)
    row = [
        event_id(event.uid),
        event.name,
        moment_text(event.start),
        _end(event.start, event.end),
        texts(event.timezone if timed else None),
        int(timed and event.timezone_assumed),
        [texts(slug) for slug in event.topics],
        texts(event.kind),
        texts(event.attendance_mode),
        texts(event.language),
        texts(country_of(event.location)),
        -1 if event.price is None or event.price.is_free is None else int(event.price.is_free),
        int(bool(event.credit)),
        [[texts(due.kind), moment_text(due.at)] for due in event.deadlines],
        event.created.timestamp() if event.created else 0,
        texts(display_text.repeats_text(event)),
        texts(event.status),
        texts(display_text.place_words(event)),
        texts(display_text.price_words(event.price)),
        texts(display_text.credit_words(event.credit)),
        texts(display_text.other_words(event)),
        texts(cards.about_text(site, event)),
        texts(cards.source_text(site, event)),
        display_text.summary(event.description),
    ]
    # The language that is asked for has no region, the one that the words are marked with has: "pt" and "pt-BR".
    row[FIELDS.index("language")] = [texts(language_of(event)), texts(event.language)]
    return row


def _end(start: Moment, end: Moment | None) -> str | int:
    """The end; of the same day and zone its time alone; 0 where none is known."""
    if end is None:
        return 0
    text, begun = moment_text(end), moment_text(start)
    same = text[:10] == begun[:10] and text[16:] == begun[16:] and len(text) == len(begun) > 10
    return text[11:16] if same else text


def _distances(numbers: Sequence[int]) -> str:
    return " ".join(_base36(after - before) for before, after in zip((-1, *numbers), numbers, strict=False))


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits or "0"


def _script(name: str, data: Any) -> bytes:
    """A script that sets one global. JSON.parse of a text is quicker than the same as JavaScript."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    literal = json.dumps(text, ensure_ascii=False).translate(_UNSAFE)
    return f"var {name} = JSON.parse({literal});\n".encode("utf-8", "replace")
