"""What is compared of an event, read once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from pipelines.linkage.features.place import Place, read_place
from pipelines.linkage.features.title import Title, read_title, weigh, weight_of
from pipelines.linkage.features.url import Address, read_address
from symposia.event import Event
from symposia.moments import date_of
from symposia.text.folding import words_of

MARKED = "=!@/"
"""What keys begin with that are no word's beginning."""
TELLING, _BEGINNING = 0.5, 4
"""What a word must weigh, and how many of its letters must agree, for two events to be compared for its sake."""
_ALIAS = 140
"""Characters up to which a description's first line may be the event's name, written out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """What is compared of an event, read once.

    `day` and `last` are the first and the last day; `start` is None without a time of day, `floating` one whose zone is
    not stated. `keys`: what another event must have one of to be compared at all.
    """

    title: Title
    numbers: frozenset[int]
    alias: Title | None
    place: Place
    address: Address | None
    day: date
    last: date | None
    start: datetime | None
    floating: bool
    organizer: str
    recurs: str | None
    sources: frozenset[str]
    has_uid: bool
    weight: float
    keys: frozenset[str]


def sketch(event: Event) -> Sketch:
    """`event`, read for comparing. Reading takes far longer than comparing: keep it where an event is compared often."""
    title, alias, address = read_title(event.name), _alias(event.description), read_address(event.url)
    place = read_place(event)
    start = event.start if isinstance(event.start, datetime) else None
    day = local_day(event)
    return Sketch(
        title=title,
        numbers=title.numbers - {day.year % 100},
        alias=alias,
        place=place,
        address=address,
        day=day,
        last=date_of(event.end) if event.end else None,
        start=start,
        floating=start is not None and (start.tzinfo is None or event.timezone_assumed),
        organizer=" ".join(words_of(event.organizer or "")),
        recurs=(event.recurrence.rrule or "dates") if event.recurrence else None,
        sources=frozenset(ref.id for ref in event.sources),
        has_uid=("extractor", "icalendar") in event.evidence,
        weight=min(weigh(one.bag - place.words) for one in (title, alias or title)),
        keys=frozenset(_keys(title, alias, place, address)),
    )


def local_day(event: Event) -> date:
    """The day on which an event begins where it is held."""
    return date_of(event.start)


def _keys(title: Title, alias: Title | None, place: Place, address: Address | None) -> Iterator[str]:
    """The beginnings of the telling words, of the whole name and, in its city, its first letter; initials; the page."""
    for one in (title, alias) if alias else (title,):
        yield from (word[:_BEGINNING] for word in one.words if weight_of(word) >= TELLING)
        yield from (f"={word[:3]}" for word in one.capitals)
        yield from (f"={one.initials[at : at + 3]}" for at in range(len(one.initials) - 2))
    if not any(weight_of(word) >= TELLING for word in title.words):
        yield f"!{title.plain}"
    elif len(title.compact) >= _BEGINNING:
        yield title.compact[:_BEGINNING]
        if place.city:
            yield f"@{place.city} {title.compact[0]}"
    if address is not None and not address.home and not address.listing:
        yield f"/{address.page}"


def _alias(description: str | None) -> Title | None:
    line = (description or "").strip().partition("\n")[0]
    return read_title(line) if 0 < len(line) <= _ALIAS else None
