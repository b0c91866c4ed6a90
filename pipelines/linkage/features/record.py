"""The feature record of an event: all that is compared of it, read once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from pipelines.linkage.features.place import PlaceFeatures, read_place
from pipelines.linkage.features.title import TitleFeatures, read_title, total_weight, weight_of
from pipelines.linkage.features.url import UrlFeatures, read_url
from symposia.event import Event
from symposia.moments import date_of
from symposia.text.folding import words_of

DISTINCTIVE = 0.5
"""Weight of a word from which two events that share its beginning are compared (`features.title.weight_of`)."""
NON_WORD_MARKS = "=!@/"
"""First characters of blocking keys that are not the beginning of a word."""
_BEGINNING = 4
"""Letters of a word that a blocking key holds: endings and most misspellings come after them."""
_ACRONYM = 3
"""Letters of an acronym, or of a name's initials, that a blocking key holds."""
_MAX_ALIAS = 140
"""Characters up to which a description's first line may be the event's name, written out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeatureRecord:
    """All that is compared of an event.

    Attributes:
        title: The name's features.
        numbers: Its numbers, without the event's year in two digits.
        alias: The features of the description's first line, where it may be the name, written out.
        place: Where it is.
        url: Its page.
        day: The first day, where it is held.
        last: The last day; None where no end is stated.
        start: The moment; None where no time of day is known.
        floating: Whether the start's time zone is not stated.
        organizer: The organizer, folded; "" where unknown.
        recurs: Its rule of recurrence, "dates" for one without a rule; None for a single event.
        sources: The ids of its sources.
        has_uid: Whether its source is a calendar, whose UIDs tell its own events apart.
        weight: The weight of the name's words without those for places; the alias's, if that is less.
        blocking_keys: Only events that share one of them are compared.
    """

    title: TitleFeatures
    numbers: frozenset[int]
    alias: TitleFeatures | None
    place: PlaceFeatures
    url: UrlFeatures | None
    day: date
    last: date | None
    start: datetime | None
    floating: bool
    organizer: str
    recurs: str | None
    sources: frozenset[str]
    has_uid: bool
    weight: float
    blocking_keys: frozenset[str]


def read_features(event: Event) -> FeatureRecord:
    """Read what is compared of an event.

    Reading takes far longer than comparing: keep the record of an event that is compared often.
    """
    title, alias, url = read_title(event.name), _read_alias(event.description), read_url(event.url)
    place = read_place(event)
    start = event.start if isinstance(event.start, datetime) else None
    day = local_day(event)
    return FeatureRecord(
        title=title,
        numbers=title.numbers - {day.year % 100},
        alias=alias,
        place=place,
        url=url,
        day=day,
        last=date_of(event.end) if event.end else None,
        start=start,
        floating=start is not None and (start.tzinfo is None or event.timezone_assumed),
        organizer=" ".join(words_of(event.organizer or "")),
        recurs=(event.recurrence.rrule or "dates") if event.recurrence else None,
        sources=frozenset(ref.id for ref in event.sources),
        has_uid=("extractor", "icalendar") in event.evidence,
        weight=min(total_weight(names.word_set - place.words) for names in (title, alias or title)),
        blocking_keys=frozenset(_make_blocking_keys(title, alias, place, url)),
    )


def local_day(event: Event) -> date:
    """The day on which an event begins where it is held."""
    return date_of(event.start)


def _make_blocking_keys(
    title: TitleFeatures, alias: TitleFeatures | None, place: PlaceFeatures, url: UrlFeatures | None
) -> Iterator[str]:
    """Beginnings of the distinctive words, and of the whole name, its first letter with its city, initials, and the page."""
    for names in (title, alias) if alias else (title,):
        yield from (word[:_BEGINNING] for word in names.words if weight_of(word) >= DISTINCTIVE)
        yield from (f"={word[:_ACRONYM]}" for word in names.acronyms)
        yield from (f"={names.initials[at : at + _ACRONYM]}" for at in range(len(names.initials) - _ACRONYM + 1))
    if not any(weight_of(word) >= DISTINCTIVE for word in title.words):
        yield f"!{title.sorted_words}"
    elif len(title.compact) >= _BEGINNING:
        yield title.compact[:_BEGINNING]
        if place.city:
            yield f"@{place.city} {title.compact[0]}"
    if url is not None and url.is_own_page:
        yield f"/{url.page}"


def _read_alias(description: str | None) -> TitleFeatures | None:
    line = (description or "").strip().partition("\n")[0]
    return read_title(line) if 0 < len(line) <= _MAX_ALIAS else None
