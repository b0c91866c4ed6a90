"""The features of a place: which city and country it is in, by whatever names, and whether the event is online."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from symposia.countries import country_code, country_codes, country_name
from symposia.event import AttendanceMode, Event, Location
from symposia.text.folding import fold, words_of
from symposia.text.toml_files import toml_at

_SAME_CITY = 85
"""rapidfuzz's ratio (0 to 100) from which two spellings are one city: a letter more, or another one in seven."""
_MIN_COUNTRY_LETTERS = 4
"""Letters from which a country's name is looked for in names: shorter ones are codes and words ("US", "die")."""


class PlaceRelation(StrEnum):
    """How the places of two events are related; each is a fact of `score`, under this name."""

    SAME_CITY = "same city"
    NEAR = "near"
    OTHER_CITY = "other city"
    SAME_COUNTRY = "same country"
    OTHER_COUNTRY = "other country"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceFeatures:
    """A place, read for comparing.

    Attributes:
        city: In one form for each city (`city_form`); "" where unknown.
        country: ISO 3166 code; "" where unknown.
        words: Every word of the location except its venue's, folded.
        venue: The words of the venue's name, folded.
        only_online: Whether it is held online, and nowhere else.
        maybe_online: Whether one may attend online.
        somewhere: Whether it is said to be held in a place.
    """

    city: str
    country: str
    words: frozenset[str]
    venue: frozenset[str]
    only_online: bool
    maybe_online: bool
    somewhere: bool


def read_place(event: Event) -> PlaceFeatures:
    """Read where an event is.

    >>> from datetime import date
    >>> place = Location(name="Messehalle", city="München, Bayern", country="Deutschland")
    >>> read = read_place(Event(uid="1", name="Phonics", start=date(2027, 3, 3), location=place))
    >>> read.city, read.country, read.venue
    ('munich', 'DE', frozenset({'messehalle'}))
    """
    online = event.attendance_mode is AttendanceMode.ONLINE
    place = event.location or Location()
    city, country, words, venue = _read_location(place.name, place.city, place.region, place.country, place.address)
    return PlaceFeatures(
        city=city,
        country=country,
        words=words,
        venue=venue,
        only_online=online and not city,
        maybe_online=online or event.attendance_mode is AttendanceMode.HYBRID,
        somewhere=bool(city or country) or event.attendance_mode in (AttendanceMode.IN_PERSON, AttendanceMode.HYBRID),
    )


def compare_places(a: PlaceFeatures, b: PlaceFeatures) -> PlaceRelation:
    """Find how two places are related."""
    if a.country and b.country and _sovereign(a.country) != _sovereign(b.country):
        return PlaceRelation.OTHER_COUNTRY
    if a.city and b.city:
        if a.city == b.city:
            return PlaceRelation.SAME_CITY
        return PlaceRelation.NEAR if _are_near(a, b) else PlaceRelation.OTHER_CITY
    return PlaceRelation.SAME_COUNTRY if a.country and a.country == b.country else PlaceRelation.UNKNOWN


@cache
def region_words() -> Mapping[str, str]:
    """Words for regions and countries as they stand in names, each with the region or the country's code."""
    regions = {word: region for region, words in _load_word_lists()["regions"].items() for word in words}
    letters = {fold(code): country_code(code) or code for code in _load_word_lists()["country_letters"]["letters"]}
    names = {
        name: code for name, code in country_codes().items() if len(name) >= _MIN_COUNTRY_LETTERS and " " not in name
    }
    return names | letters | regions


def city_form(text: str | None) -> str:
    """The one form of a city's name, folded, without what follows a comma or stands in brackets; "" for none.

    >>> city_form("Köln (Deutz)"), city_form("NYC"), city_form("Leeds, Yorkshire"), city_form(None)
    ('cologne', 'new york', 'leeds', '')
    """
    head = (text or "").split(",")[0].split("(")[0]
    plain = " ".join(words_of(head))
    return _city_names().get(plain, plain)


def _sovereign(country: str) -> str:
    """The country that a territory is a part of; any other country itself."""
    sovereign: str = _load_word_lists()["territories"].get(country, country)
    return sovereign


def _are_near(a: PlaceFeatures, b: PlaceFeatures) -> bool:
    """Whether one city is among the other place's words, is spelt much like the other city, or is really a state."""
    if frozenset(a.city.split()) <= b.words or frozenset(b.city.split()) <= a.words:
        return True
    if a.city in _states() or b.city in _states():
        return True
    return fuzz.ratio(a.city, b.city, score_cutoff=_SAME_CITY) > 0


@lru_cache(maxsize=8_192)
def _read_location(
    name: str | None, city: str | None, region: str | None, country: str | None, address: str | None
) -> tuple[str, str, frozenset[str], frozenset[str]]:
    """The city, the country's code, the words and the venue's words of a location."""
    code = country_code(country) or country_code((city or "").split(",")[-1])
    found = "" if _is_no_city(city, country) else city_form(city)
    words = {word for text in (city, region, country, address, found) for word in words_of(text or "") if len(word) > 1}
    words |= set(words_of(country_name(code)))
    return found, code, frozenset(words), frozenset(words_of(name or ""))


def _is_no_city(city: str | None, country: str | None) -> bool:
    """Whether a field for the city holds "online", a building, or a country; "Singapore" in Singapore is a city."""
    if not country and country_code(city):
        return True
    return fold(city or "").strip() in _load_word_lists()["online"]["words"] or not _building_words().isdisjoint(
        words_of(city or "")
    )


@cache
def _city_names() -> Mapping[str, str]:
    return {name: city for city, names in _load_word_lists()["cities"].items() for name in names}


@cache
def _states() -> frozenset[str]:
    return frozenset(_load_word_lists()["states"]["names"])


@cache
def _building_words() -> frozenset[str]:
    return frozenset(_load_word_lists()["venues"]["words"])


@cache
def _load_word_lists() -> dict[str, dict[str, Any]]:
    return toml_at(Path(__file__).with_suffix(".toml"))
