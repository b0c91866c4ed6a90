"""What is read of a place, and how two places stand to each other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.linkage.features.place import PlaceRelation, city_form, compare_places, read_place, region_words
from symposia.event import AttendanceMode, Location
from tests.pipelines.linkage.postings import posting

ONLINE, HYBRID, IN_PERSON = AttendanceMode.ONLINE, AttendanceMode.HYBRID, AttendanceMode.IN_PERSON


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Leeds", "leeds"),
        ("LEEDS, Yorkshire", "leeds"),
        ("München", "munich"),
        ("Köln (Deutz)", "cologne"),
        ("NYC", "new york"),
        ("St. Louis", "st louis"),
        ("", ""),
        (None, ""),
    ],
)
def test_one_form_of_a_city(text: str | None, form: str) -> None:
    """Of its names, with and without what stands beside it."""
    assert city_form(text) == form


@pytest.mark.parametrize(
    ("location", "city", "country"),
    [
        (Location(city="Leeds", country="United Kingdom"), "leeds", "GB"),
        (Location(city="Leeds, UK"), "leeds", "GB"),
        (Location(city="Munich", country="Allemagne"), "munich", "DE"),
        (Location(city="Online"), "", ""),
        (Location(city="Morocco"), "", "MA"),
        (Location(city="Singapore", country="Singapore"), "singapore", "SG"),
        (Location(city="Hilton Hotel", country="GB"), "", "GB"),
        (Location(name="Leeds"), "", ""),
        (None, "", ""),
    ],
)
def test_city_and_country(location: Location | None, city: str, country: str) -> None:
    """What stands where a city belongs and is none, as a building or a country, is none."""
    found = read_place(posting(location=location))

    assert (found.city, found.country) == (city, country)


def test_words() -> None:
    """The venue's are apart from those of the place."""
    found = read_place(
        posting(location=Location(name="Town Hall", city="Köln", region="NRW", address="1 Rathausplatz"))
    )

    assert found.venue == {"town", "hall"}
    assert found.words == {"cologne", "koln", "nrw", "rathausplatz"}


@pytest.mark.parametrize(
    ("mode", "city", "only_online", "maybe_online", "somewhere"),
    [
        (None, None, False, False, False),
        (ONLINE, None, True, True, False),
        (ONLINE, "Leeds", False, True, True),
        (HYBRID, None, False, True, True),
        (IN_PERSON, None, False, False, True),
        (None, "Leeds", False, False, True),
    ],
)
def test_online(
    mode: AttendanceMode | None, city: str | None, only_online: bool, maybe_online: bool, somewhere: bool
) -> None:
    """What is said to be online, and names a city, may be either."""
    found = read_place(posting(attendance_mode=mode, location=Location(city=city) if city else None))

    assert (found.only_online, found.maybe_online, found.somewhere) == (only_online, maybe_online, somewhere)


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        (Location(city="Leeds"), Location(city="LEEDS", country="UK"), PlaceRelation.SAME_CITY),
        (Location(city="Wien"), Location(city="Vienna"), PlaceRelation.SAME_CITY),
        (Location(city="Leeds"), Location(city="York"), PlaceRelation.OTHER_CITY),
        (Location(city="Leeds"), Location(city="Morley", region="Leeds"), PlaceRelation.NEAR),
        (Location(city="Colorado Springs"), Location(city="Colorado"), PlaceRelation.NEAR),
        (Location(city="Liverpool"), Location(city="Liverpol"), PlaceRelation.NEAR),
        (Location(city="Leeds", country="GB"), Location(country="UK"), PlaceRelation.SAME_COUNTRY),
        (Location(country="France"), Location(country="Spain"), PlaceRelation.OTHER_COUNTRY),
        (Location(city="Leeds", country="GB"), Location(city="Leeds", country="US"), PlaceRelation.OTHER_COUNTRY),
        (Location(country="Hong Kong"), Location(country="China"), PlaceRelation.UNKNOWN),
        (Location(city="Leeds"), None, PlaceRelation.UNKNOWN),
    ],
)
def test_relations(one: Location | None, other: Location | None, relation: PlaceRelation) -> None:
    """The same whichever comes first."""
    a, b = read_place(posting(location=one)), read_place(posting(location=other))

    assert compare_places(a, b) is compare_places(b, a) is relation


texts = st.none() | st.text(max_size=12) | st.sampled_from(["Leeds", "Leeds, UK", "online", "France", "Kent"])
locations = st.builds(Location, name=texts, city=texts, region=texts, country=texts, address=texts)


@given(locations, locations)
def test_any_two_places_are_compared(one: Location, other: Location) -> None:
    """Whichever comes first."""
    a, b = read_place(posting(location=one)), read_place(posting(location=other))

    assert compare_places(a, b) is compare_places(b, a)


def test_words_for_regions() -> None:
    """As they stand in names of editions."""
    assert {region_words()[word] for word in ("europe", "emea", "european")} == {"europe"}
    assert (region_words()["uk"], region_words()["espana"]) == ("GB", "ES")
