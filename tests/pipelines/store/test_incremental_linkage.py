"""Whose event each posting is: the same whatever the order of the crawls, and its UID given once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from pipelines.events.overrides import Overrides
from pipelines.events.uid import uid_for
from pipelines.normalize.normalize import normalize
from pipelines.normalized import NormalizedPosting
from pipelines.store import incremental_linkage
from pipelines.store.assign_uids import assign_uids
from pipelines.store.changes import JOINED
from pipelines.store.incremental_linkage import link_all
from pipelines.store.postings import StoredPosting, load_all, load_on_days
from pipelines.store.store import Store
from symposia.event import Location
from symposia.posting import Origin, Posting

NOW = datetime(2026, 11, 2, 4, tzinfo=UTC)
NAMES = (
    "Phonics for Grade One Teachers",
    "Webinar: Phonics for Grade One Teachers",
    "Phonics for Grade Two Teachers",
    "International Conference on School Libraries 2027",
    "School Libraries: International Conference",
    "Office hours",
)
STARTS = ("2027-03-03T16:00", "2027-03-03", "2027-03-04T16:00", "2027-03-04", "2027-03-05")
CITIES = (None, "Leeds", "York")


def normalized(
    source: str, key: str, name: str, start: str, city: str | None = None, **more: object
) -> NormalizedPosting:
    """What a source says of an event."""
    origin = Origin(
        source=source, url=f"https://{source}.example/", fetched_at=NOW, extractor="json-ld", timezone="Europe/London"
    )
    place = Location(city=city) if city else None
    return normalize(Posting(origin=origin, source_key=key, name=name, start=start, location=place, **more))  # type: ignore[arg-type]


readings = st.builds(
    normalized,
    source=st.sampled_from("abc"),
    key=st.sampled_from("1234"),
    name=st.sampled_from(NAMES),
    start=st.sampled_from(STARTS),
    city=st.sampled_from(CITIES),
)
crawls = st.lists(st.lists(readings, min_size=1, max_size=5), min_size=1, max_size=6)


def stored(store: Store) -> list[StoredPosting]:
    """All postings of a store, in order."""
    with store._read() as connection:
        return sorted(load_all(connection), key=lambda posting: posting.ref)


def names_of(clusters: Sequence[Sequence[StoredPosting]]) -> set[frozenset[tuple[str, str]]]:
    """Clusters as sets of names."""
    return {frozenset(posting.ref for posting in group) for group in clusters}


def by_uid(postings: Sequence[StoredPosting]) -> set[frozenset[tuple[str, str]]]:
    """The clusters that the UIDs make."""
    return names_of(
        [[posting for posting in postings if posting.uid == uid] for uid in {posting.uid for posting in postings}]
    )


def check_clusters(nights: list[list[NormalizedPosting]]) -> None:
    """After any crawls, of new postings and of changed ones, the clusters are those of the whole store linked anew."""
    with TemporaryDirectory() as folder, Store.open(Path(folder) / "store.db") as store:
        for number, night in enumerate(nights):
            for source in sorted({posting.posting.origin.source for posting in night}):
                mine = [posting for posting in night if posting.posting.origin.source == source]
                store.save_crawl(source, mine, now=NOW + timedelta(days=number))
        postings = stored(store)

        assert by_uid(postings) == names_of(link_all(postings, Overrides()))
        assert {event.uid for event in store.get_events()} == {posting.uid for posting in postings}
        before = list(store.get_events())
        assert store.relink_postings(NOW).changed == 0
        assert list(store.get_events()) == before


@pytest.mark.parametrize("examples", [20, pytest.param(100, marks=pytest.mark.slow)])
def test_step_by_step_is_as_all_at_once(examples: int) -> None:
    """As check_clusters says, for so many series of crawls."""
    settings(max_examples=examples)(given(crawls)(check_clusters))()


arrivals = st.lists(
    readings,
    min_size=2,
    max_size=12,
    unique_by=lambda posting: (posting.posting.origin.source, posting.posting.source_key),
)


def check_order_of_arrival(all_of_them: list[NormalizedPosting], random: object) -> None:
    """The clusters are the same whichever source is crawled first, and however its postings are spread over crawls."""
    found = []
    for _ in range(2):
        random.shuffle(all_of_them)  # type: ignore[attr-defined]  # hypothesis' own kind of Random
        with TemporaryDirectory() as folder, Store.open(Path(folder) / "store.db") as store:
            for posting in all_of_them:
                store.save_crawl(posting.posting.origin.source, [posting], now=NOW)
            found.append(by_uid(stored(store)))

    assert found[0] == found[1]


@pytest.mark.parametrize("examples", [15, pytest.param(30, marks=pytest.mark.slow)])
def test_the_order_of_arrival_does_not_matter(examples: int) -> None:
    """As check_order_of_arrival says, for so many sets of postings."""
    settings(max_examples=examples, deadline=None)(given(arrivals, st.randoms())(check_order_of_arrival))()


PHONICS = ("Phonics for Grade One Teachers", "2027-03-03T16:00")


def test_two_that_become_one_and_part_again(tmp_path: Path) -> None:
    """The first one's UID stays with the first; the other's is told to have become it, and is its own again after."""
    with Store.open(tmp_path / "a.db") as store:
        store.save_crawl("a", [normalized("a", "1", *PHONICS)], now=NOW)
        store.save_crawl("b", [normalized("b", "1", "Spelling for Grade Six", "2027-03-03T16:00")], now=NOW)
        first, second = uid_for("a", "1"), uid_for("b", "1")
        assert {event.uid for event in store.get_events()} == {first, second}

        store.save_crawl("b", [normalized("b", "1", *PHONICS)], now=NOW + timedelta(days=1))
        assert [event.uid for event in store.get_events()] == [first]
        joined = store.get_event(second)
        assert joined is not None
        assert joined.uid == first
        assert JOINED in {posting.field for posting in store.get_event_changes(first)}

        store.save_crawl(
            "b", [normalized("b", "1", "Spelling for Grade Six", "2027-03-03T16:00")], now=NOW + timedelta(days=2)
        )
        assert {event.uid: event.name for event in store.get_events()} == {
            first: "Phonics for Grade One Teachers",
            second: "Spelling for Grade Six",
        }


def test_the_first_that_leaves_takes_its_uid_along(tmp_path: Path) -> None:
    """The UID was made from its posting; the event that stays behind is called after its own."""
    with Store.open(tmp_path / "a.db") as store:
        store.save_crawl("a", [normalized("a", "1", *PHONICS)], now=NOW)
        store.save_crawl("b", [normalized("b", "1", *PHONICS)], now=NOW)
        store.save_crawl("a", [normalized("a", "1", "Spelling for Grade Six", "2027-03-09T16:00")], now=NOW)

        assert {event.uid: event.name for event in store.get_events()} == {
            uid_for("a", "1"): "Spelling for Grade Six",
            uid_for("b", "1"): "Phonics for Grade One Teachers",
        }


def blocking_keys_in(store: Store) -> list[str]:
    """The blocking keys of all postings."""
    return [posting.blocking_keys for posting in stored(store)]


@pytest.mark.parametrize("keys", ["", "0123abcd 2031-01-01T00:00:00 1a2b"])
def test_blocking_keys_that_another_program_found(tmp_path: Path, keys: str) -> None:
    """They say nothing, and hide no duplicate; they are found anew with the first crawl that looks at its day."""
    with Store.open(tmp_path / "a.db") as store:
        store.save_crawl("a", [normalized("a", "1", *PHONICS), normalized("a", "2", "Spelling", "2027-09-09")], now=NOW)
        right = blocking_keys_in(store)
        with store._write() as connection:
            connection.exec_driver_sql("UPDATE postings SET clue = ?", (keys,))
        store.save_crawl("b", [normalized("b", "1", *PHONICS)], now=NOW)

        assert [event.uid for event in store.get_events()] == [uid_for("a", "1"), uid_for("a", "2")]
        assert blocking_keys_in(store)[:2] == [right[0], keys]


def test_most_postings_are_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of another hour, or without a word in common, can be no duplicate, and need no look; those of a crowd get one."""
    others = [
        normalized("a", "1", *PHONICS),
        normalized("a", "2", "Phonics for Grade One Teachers", "2027-03-03T09:00"),
        normalized("a", "3", "Spelling", "2027-03-03T16:00"),
        normalized("a", "4", "Phonics", "2027-03-04"),
    ]
    looked_at = []

    def noted(
        connection: Connection, days: Iterable[str], wanted: Callable[[str, str], bool]
    ) -> Iterator[StoredPosting]:
        found = list(load_on_days(connection, days, wanted))
        looked_at.append([posting.ref[1] for posting in found if posting.ref[0] == "a"])
        return iter(found)

    with Store.open(tmp_path / "a.db") as store:
        store.save_crawl("a", others, now=NOW)
        monkeypatch.setattr(incremental_linkage, "load_on_days", noted)
        store.save_crawl("b", [normalized("b", "1", *PHONICS)], now=NOW)
        monkeypatch.setattr(incremental_linkage, "MAX_BLOCK", 3)
        store.save_crawl("c", [normalized("c", "1", *PHONICS)], now=NOW)

        assert (looked_at[0], looked_at[2]) == (["1", "4"], ["1", "2", "3", "4"])
        assert by_uid(stored(store)) == names_of(link_all(stored(store), Overrides()))


def test_the_one_of_two_that_a_person_joined_comes_later(tmp_path: Path) -> None:
    """By itself, months from the other: they are one from the first."""
    overrides = Overrides(same=(frozenset(("a 1", "b 2")),))
    with Store.open(tmp_path / "a.db", overrides) as store:
        store.save_crawl("a", [normalized("a", "1", *PHONICS)], now=NOW)
        store.save_crawl("b", [normalized("b", "2", "Spelling for Grade Six", "2027-06-09T16:00")], now=NOW)

        assert by_uid(stored(store)) == {frozenset({("a", "1"), ("b", "2")})}


def make_stored(source: str, key: str, uid: str = "", seen: int = 0) -> StoredPosting:
    """A posting, first seen on that day."""
    moment = (NOW + timedelta(days=seen)).isoformat()
    event = normalized(source, key, *PHONICS).event
    return StoredPosting(ref=(source, key), uid=uid, event=event, first_seen=moment, last_seen=moment)


def test_uids() -> None:
    """Kept, shared, parted, and never another's."""
    a, b = uid_for("a", "1"), uid_for("b", "1")

    assert assign_uids([[make_stored("a", "1")], [make_stored("b", "1")]], lambda _: False) == [a, b]
    assert assign_uids([[make_stored("b", "1", b, 1), make_stored("a", "1", a, 2)]], lambda _: False) == [b]
    assert assign_uids([[make_stored("b", "1", a)], [make_stored("a", "1", a, 3)]], lambda _: False) == [b, a]
    assert assign_uids([[make_stored("b", "1", "x", 1)], [make_stored("c", "1", "x")]], lambda _: False) == [b, "x"]
    assert assign_uids([[make_stored("a", "1")]], lambda uid: uid == a) == [uid_for("a", "1\x1f2")]


@pytest.mark.parametrize("crawled_first", [True, False])
def test_a_persons_word_counts(tmp_path: Path, crawled_first: bool) -> None:
    """What a person joins or parts stays so through every crawl, and takes effect without one."""
    spelling = ("Spelling for Grade Six", "2027-06-09T16:00")
    overrides = Overrides(
        same=(frozenset(("a 1", "b 2")),),
        different=(frozenset(("a 1", "b 1")),),
        values={uid_for("a", "1"): {"name": "Phonics!", "status": "cancelled"}},
    )

    def crawl(store: Store, day: int) -> None:
        store.save_crawl("a", [normalized("a", "1", *PHONICS)], now=NOW + timedelta(days=day))
        others = [normalized("b", "1", *PHONICS), normalized("b", "2", *spelling)]
        store.save_crawl("b", others, now=NOW + timedelta(days=day))

    if crawled_first:
        with Store.open(tmp_path / "a.db") as store:
            crawl(store, 0)
            assert len(list(store.get_events())) == 2
        with Store.open(tmp_path / "a.db", overrides) as store:
            store.relink_postings(NOW)
    for day in (1, 2):
        with Store.open(tmp_path / "a.db", overrides) as store:
            if not crawled_first or day > 1:
                crawl(store, day)
            assert by_uid(stored(store)) == {frozenset({("a", "1"), ("b", "2")}), frozenset({("b", "1")})}
            named = {event.uid: event for event in store.get_events()}[uid_for("a", "1")]
            assert (named.name, named.status) == ("Phonics!", "cancelled")
            assert dict(named.evidence)["name"] == "a person's override"
