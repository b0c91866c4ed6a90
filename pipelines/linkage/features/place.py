"""Where an event is, for telling whether two are in one place: countries by any name, cities of two names."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz import fuzz

from pipelines.linkage.word_lists import word_lists
from symposia.countries import country_code, country_codes, country_name
from symposia.event import AttendanceMode, Event, Location
from symposia.text.folding import fold, words_of

_ALIKE = 85
"""rapidfuzz's ratio (0 to 100) from which two spellings are one city."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place, read. `city` is one form of each name, "" where unknown; `country` an ISO 3166 code, "" where unknown.

    `words`: every word of the location but for its venue's. `venue`: the words of the venue's name. `online`: whether it
    is online, and only there. `maybe_online`: also where it is online too. `somewhere`: whether it is said to be held in a place.
    """

    city: str
    country: str
    words: frozenset[str]
    venue: frozenset[str]
    online: bool
    maybe_online: bool
    somewhere: bool


def read_place(event: Event) -> Place:
    """Where `event` is."""
    online = event.attendance_mode is AttendanceMode.ONLINE
    place = event.location
    if place is None:
        place = Location()
    city, country, words, venue = _read(place.name, place.city, place.region, place.country, place.address)
    return Place(
        city=city,
        country=country,
        words=words,
        venue=venue,
        online=online and not city,
        maybe_online=online or event.attendance_mode is AttendanceMode.HYBRID,
        somewhere=bool(city or country) or event.attendance_mode in (AttendanceMode.IN_PERSON, AttendanceMode.HYBRID),
    )


def relation(a: Place, b: Place) -> str:
    """How two places stand: "same city", "near", "other city", "other country", "same country" or "unknown"."""
    if a.country and b.country and _state(a.country) != _state(b.country):
        return "other country"
    if a.city and b.city:
        if a.city == b.city:
            return "same city"
        return "near" if _near(a, b) else "other city"
    return "same country" if a.country and a.country == b.country else "unknown"


@cache
def region_words() -> dict[str, str]:
    """Words for regions and countries, as they stand in names, and what each means."""
    regions = {word: region for region, words in word_lists()["regions"].items() for word in words}
    letters = {fold(code): country_code(code) or code for code in word_lists()["country_letters"]["letters"]}
    names = {name: code for name, code in country_codes().items() if len(name) > 3 and " " not in name}
    return names | letters | regions


def city_form(text: str | None) -> str:
    """One form of a city's name: folded, without what follows a comma or stands in brackets; "" for none."""
    head = (text or "").split(",")[0].split("(")[0]
    plain = " ".join(words_of(head))
    return _cities().get(plain, plain)


def _state(country: str) -> str:
    """The country that a territory is a part of; of others, itself."""
    state: str = word_lists()["territories"].get(country, country)
    return state


def _near(a: Place, b: Place) -> bool:
    """Whether one city's name is in the other's, or in what else is said of the place, or is spelt much like it."""
    one, other = frozenset(a.city.split()), frozenset(b.city.split())
    if one <= b.words or other <= a.words or a.city in _states() or b.city in _states():
        return True
    return fuzz.ratio(a.city, b.city, score_cutoff=_ALIKE) > 0


@lru_cache(maxsize=8_192)
def _read(
    name: str | None, city: str | None, region: str | None, country: str | None, address: str | None
) -> tuple[str, str, frozenset[str], frozenset[str]]:
    code = country_code(country) or country_code((city or "").split(",")[-1])
    alone = country_code(city) and not country  # "Morocco" where a city should be; but "Singapore" of Singapore is one
    found = "" if alone or _is_online(city) or not _venues().isdisjoint(words_of(city or "")) else city_form(city)
    words = {word for text in (city, region, country, address, found) for word in words_of(text or "") if len(word) > 1}
    words |= set(words_of(country_name(code)))
    return found, code, frozenset(words), frozenset(words_of(name or ""))


def _is_online(text: str | None) -> bool:
    return fold(text or "").strip() in word_lists()["online"]["words"]


@cache
def _cities() -> dict[str, str]:
    return {name: city for city, names in word_lists()["cities"].items() for name in names}


@cache
def _states() -> frozenset[str]:
    return frozenset(word_lists()["states"]["names"])


@cache
def _venues() -> frozenset[str]:
    return frozenset(word_lists()["venues"]["words"])
