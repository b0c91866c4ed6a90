"""Events that are missing, cancelled, moved, renamed, on nights on which all sorts of things go wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from pipelines.events.lifecycle import (
    NO_LAST_DAY,
    PERSONS_OVERRIDE,
    Absence,
    Coverage,
    cancel,
    find_absent,
    last_day,
    next_version,
)
from pipelines.normalize.normalize import normalize
from pipelines.normalized import NormalizedPosting
from pipelines.store.store import Store
from symposia.errors import Cause
from symposia.event import AttendanceMode, Event, Location, Recurrence, Status
from symposia.outcome import CrawlReport, Failure, summarize_run
from symposia.posting import DETAIL, Origin, Posting

FIRST = datetime(2026, 11, 2, 4, tzinfo=UTC)
SUBJECTS = ("reading", "maths", "music", "drama", "chess")
TIMEOUT = Failure(cause=Cause.TIMEOUT, url="https://guild.example/?page=2", detail="no answer", fatal=False)
PLACES = ("Leeds", "York", "Hull", "Ripon", "Selby", "Otley", "Ilkley")


def posting(number: int, source: str = "guild", **words: object) -> Posting:
    """One of many workshops, a day each, in turn in seven towns."""
    known: dict[str, object] = {
        "name": f"Workshop {number}: {SUBJECTS[number % 5]} for year {number}",
        "start": f"{date(2026, 12, 1) + timedelta(days=number)}T16:00",
        "url": f"https://{source}.example/events/{number}",
        "location": Location(name="Town Hall", city=PLACES[number % 7]),
    }
    origin = Origin(
        source=source, url=f"https://{source}.example/", fetched_at=FIRST, extractor="json-ld", timezone="UTC"
    )
    return Posting(origin=origin, source_key=str(number), **{**known, **words})  # type: ignore[arg-type]


def normalized(numbers: Iterable[int], edits: Mapping[int, dict[str, object]] | None = None) -> list[NormalizedPosting]:
    """The workshops of those numbers as read, some of them edited."""
    return [normalize(posting(number, **(edits or {}).get(number, {}))) for number in numbers]


class Nights:
    """A store, and one crawl of one source a night."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.now = FIRST

    def crawl(
        self,
        found: Sequence[NormalizedPosting],
        *,
        source: str = "guild",
        whole: bool = True,
        pages: int = 1,
        refused: int = 0,
    ) -> None:
        """A night on which the crawl reads those."""
        report = CrawlReport(
            source=source,
            started=self.now,
            finished=self.now,
            failures=() if whole else (TIMEOUT,),
            refused=((None, "a block", "not read"),) * refused,
            pages=pages,
            complete=whole,
            empty=not found,
        )
        run = summarize_run(report, [posting.event for posting in found])
        with Store.open(self.path) as store:
            store.save_crawl(source, found, now=self.now, run=run, refused=report.refused)
        self.now += timedelta(days=1)

    def events(self) -> dict[str, Event]:
        """What the store holds, by the number of the workshop."""
        with Store.open(self.path) as store:
            return {event.sources[0].key: event for event in store.get_events()}

    def cancelled(self) -> set[int]:
        """The numbers of those that are cancelled."""
        return {int(key) for key, event in self.events().items() if event.status is Status.CANCELLED}


@pytest.fixture
def nights(tmp_path: Path) -> Nights:
    """Before the first night."""
    return Nights(tmp_path / "store.db")


ALL = range(100)


@pytest.mark.parametrize(
    ("listed", "bad"),
    [
        (0, {"whole": False}),  # the site is down, or answers 403
        (0, {}),  # "no upcoming events", says the page
        (40, {}),  # a redesign hides most
        (50, {"whole": False}),  # a page of the listing fails
        (60, {"pages": 6}),  # the listing ends after six pages of ten
        (97, {"pages": 10}),  # a feed is cut at its end
        (98, {"refused": 2}),  # some cannot be read any more
    ],
    ids=["down", "empty", "hidden", "page failed", "paged short", "cut", "refused"],
)
def test_bad_nights_cancel_nothing(nights: Nights, listed: int, bad: dict[str, Any]) -> None:
    """However many there are in a row; and the night after, all is as before."""
    nights.crawl(normalized(ALL), pages=10)
    before = nights.events()
    for _ in range(4):
        nights.crawl(normalized(range(listed)), **bad)
    assert nights.events() == before

    nights.crawl(normalized(ALL), pages=10)
    assert nights.events() == before


def test_a_feed_that_is_full_pushes_out_its_last(nights: Nights) -> None:
    """A feed of the next 100: what is announced for before them takes the place of the last, which are not cancelled."""
    nights.crawl(normalized(range(10, 110)))
    nights.crawl(normalized(range(5, 105)))
    nights.crawl(normalized(range(100)))
    nights.crawl(normalized(range(100)))
    nights.crawl(normalized(range(100)))

    assert not nights.cancelled()


def test_a_full_list_in_no_order_pushes_out_any(nights: Nights) -> None:
    """The twenty newest announcements, of any day: those that left the list stay as they are."""
    numbers = Random(1).sample(range(300), 60)
    for night in range(20):
        nights.crawl(normalized(numbers[night * 2 : night * 2 + 20]))

    assert not nights.cancelled()


def test_real_cancellations_show_after_two_nights(nights: Nights) -> None:
    """Not after one; they keep their UID, say so to subscribers, and come back when they are listed again."""
    nights.crawl(normalized(ALL), pages=10)
    before = nights.events()
    gone = {7, 30, 31, 32, 98}
    left = normalized(number for number in ALL if number not in gone)
    nights.crawl(left, pages=10)
    assert not nights.cancelled()

    nights.crawl(left, pages=10)
    assert nights.cancelled() == gone
    after = nights.events()["7"]
    assert (after.uid, after.sequence) == (before["7"].uid, before["7"].sequence + 1)
    assert dict(after.evidence)["status"] == "no longer listed by guild; last seen 2026-11-02"

    nights.crawl(normalized(ALL), pages=10)
    assert not nights.cancelled()
    assert nights.events()["7"].sequence == before["7"].sequence + 2


def test_one_cancellation_after_another(nights: Nights) -> None:
    """Also once most are cancelled: what is gone is not expected any more."""
    left = list(range(12))
    nights.crawl(normalized(left))
    for number in (3, 8, 1, 10, 5, 7, 2, 9):
        left.remove(number)
        nights.crawl(normalized(left))
        nights.crawl(normalized(left))

    assert nights.cancelled() == {3, 8, 1, 10, 5, 7, 2, 9}


def test_a_bad_night_between_two_does_not_count(nights: Nights) -> None:
    """Whole crawls are counted, and an outage among them changes nothing."""
    nights.crawl(normalized(range(20)))
    nights.crawl(normalized(range(1, 20)))
    nights.crawl([], whole=False)
    assert not nights.cancelled()

    nights.crawl(normalized(range(1, 20)))
    assert nights.cancelled() == {0}


def test_what_another_source_still_lists_takes_place(nights: Nights) -> None:
    """A source that drops an event cancels nothing that others announce."""
    other = normalize(posting(3, source="town"))
    nights.crawl(normalized(range(20)))
    nights.crawl([other], source="town")
    for _ in range(3):
        nights.crawl(normalized(number for number in range(20) if number != 3))

    assert not nights.cancelled()


def test_what_is_over_is_not_missing(nights: Nights) -> None:
    """Sources take down what is past; that cancels nothing."""
    nights.crawl(normalized(range(40)))
    nights.now = datetime(2026, 12, 15, 4, tzinfo=UTC)
    for night in range(3):
        nights.crawl(normalized(range(14 + night, 40)))

    assert not nights.cancelled()


EDITS: list[tuple[dict[str, object], int]] = [
    ({"start": "2027-05-01T16:00"}, 1),
    ({"name": "A talk on something else"}, 1),
    ({"location": Location(name="Library", city="Bath")}, 1),
    ({"url": "https://guild.example/other"}, 1),
    ({"attendance_mode": "online"}, 1),
    ({"status": "postponed"}, 1),
    ({"description": "Bring a pencil."}, 0),
    ({"keywords": ("reading",)}, 0),
    ({"organizer": "The Guild"}, 0),
    ({"price": "free"}, 0),
]


@pytest.mark.slow
def test_five_hundred_edits(nights: Nights) -> None:
    """The UID stays through all of them; the sequence rises by one for each that a subscriber must hear of."""
    random, numbers = Random(2), range(60)
    nights.crawl(normalized(numbers))
    uids = {key: event.uid for key, event in nights.events().items()}
    state: dict[int, dict[str, object]] = {number: {} for number in numbers}
    for _ in range(50):
        before = nights.events()
        expected = {}
        for number in random.sample(numbers, 10):
            edit, significant = random.choice(EDITS)
            edit = {
                name: f"{value} {number} {nights.now:%j}" if name in ("name", "description") else value
                for name, value in edit.items()
            }
            known = before[str(number)]
            state[number] = {**state[number], **edit}
            again = normalize(posting(number, **state[number])).event
            same = all(getattr(again, name) == getattr(known, name) for name in edit if name not in ("price", "status"))
            same = same and again.price == known.price and (again.status == known.status or "status" not in edit)
            expected[str(number)] = known.sequence + (0 if same else significant)
        nights.crawl(normalized(numbers, state))
        after = nights.events()
        assert {key: after[key].sequence for key in expected} == expected
    assert {key: event.uid for key, event in nights.events().items()} == uids


def test_moved_and_moved_online(nights: Nights) -> None:
    """A new time is told as such, and so is a hall that became a link; both last until they are undone."""
    nights.crawl(
        [
            normalize(posting(1, attendance_mode="in person")),
            normalize(posting(2)),
            normalize(posting(3, start="2026-12-04")),
        ]
    )
    later = {"start": "2026-12-09T17:00"}
    for _ in range(2):
        nights.crawl(
            [
                normalize(posting(1, attendance_mode="online", location=None)),
                normalize(posting(2, **later)),
                normalize(posting(3)),
            ]
        )
        found = nights.events()
        assert (found["1"].status, found["1"].attendance_mode) == (Status.MOVED_ONLINE, AttendanceMode.ONLINE)
        assert found["2"].status is Status.RESCHEDULED
        assert found["3"].status is Status.SCHEDULED  # its hour has become known

    nights.crawl(
        [normalize(posting(1, attendance_mode="in person")), normalize(posting(2, **later)), normalize(posting(3))]
    )
    assert nights.events()["1"].status is Status.SCHEDULED


@pytest.mark.parametrize(
    "edit",
    [
        {"name": "Workshop 5: reading for years 5 and 6"},  # retitled
        {"start": "2027-02-11T16:00"},  # moved
        {"url": "https://guild.example/new/5"},  # at a new address
    ],
)
def test_another_key_is_the_same_event(nights: Nights, edit: dict[str, object]) -> None:
    """Sources whose keys are made of what changes, or that were redesigned: the event stays itself."""
    nights.crawl(normalized(range(20)))
    before = nights.events()["5"]
    again = replace(posting(5, **edit), source_key="another key")
    nights.crawl([*normalized(number for number in range(20) if number != 5), normalize(again)])

    found = nights.events()
    assert (len(found), found["another key"].uid) == (20, before.uid)


def test_a_redesign_renames_all_keys(nights: Nights) -> None:
    """The same events under other keys: none is cancelled, none is new."""
    nights.crawl(normalized(range(20)))
    before = {event.uid for event in nights.events().values()}
    for _ in range(3):
        nights.crawl([normalize(replace(posting(number), source_key=f"node/{number}")) for number in range(20)])

    assert {event.uid for event in nights.events().values()} == before
    assert not nights.cancelled()


@pytest.mark.parametrize(("crawled", "start"), [("2027-06-01", "2027-11-19"), ("2026-11-21", "2026-11-27")])
def test_the_next_edition_is_another_event(nights: Nights, crawled: str, start: str) -> None:
    """A page that is used again each year, or each week: the last event stays in its place, and is not said to be moved."""
    nights.crawl([normalize(posting(1, start="2026-11-20", name="Reading Fair"))])
    first = nights.events()["1"]
    nights.now = datetime.fromisoformat(crawled).replace(tzinfo=UTC)
    for _ in range(2):
        nights.crawl([normalize(posting(1, start=start, name="Reading Fair"))])

    with Store.open(nights.path) as store:
        last, following = store.get_events()
    assert last == first
    assert (following.start, following.sequence, following.status) == (date.fromisoformat(start), 0, Status.SCHEDULED)
    assert following.uid != first.uid


def test_a_detail_page_that_fails_takes_nothing_away(nights: Nights) -> None:
    """The line of the listing says the day alone: the hour that the event's own page told stays."""
    nights.crawl(normalized(range(3)))
    before = nights.events()
    short = posting(1, start="2026-12-02", location=None, evidence=((DETAIL, "not read"),))
    nights.crawl([*normalized([0, 2]), normalize(short)])
    assert nights.events() == before

    nights.crawl([*normalized([0, 2]), normalize(replace(short, start="2026-12-03"))])
    assert nights.events()["1"].start == date(2026, 12, 3)


BEFORE = Event(
    uid="x",
    name="Phonics",
    start=date(2027, 3, 3),
    attendance_mode=AttendanceMode.IN_PERSON,
    location=Location(name="Town Hall"),
    sequence=4,
    created=FIRST,
    last_modified=FIRST,
)
LATER = FIRST + timedelta(days=3)


@pytest.mark.parametrize(
    ("before", "after", "sequence", "status"),
    [
        ({}, {}, 4, Status.SCHEDULED),
        ({}, {"name": "PHONICS ", "location": Location(name="town hall")}, 4, Status.SCHEDULED),
        ({}, {"description": "Longer.", "topics": ("literacy",)}, 4, Status.SCHEDULED),
        ({}, {"name": "Phonics for all"}, 5, Status.SCHEDULED),
        ({}, {"start": date(2027, 3, 4)}, 5, Status.RESCHEDULED),
        ({}, {"start": datetime(2027, 3, 3, 16, tzinfo=UTC)}, 5, Status.SCHEDULED),
        ({}, {"attendance_mode": AttendanceMode.ONLINE}, 5, Status.MOVED_ONLINE),
        ({}, {"status": Status.CANCELLED}, 5, Status.CANCELLED),
        ({"status": Status.CANCELLED}, {"start": date(2027, 3, 4)}, 5, Status.SCHEDULED),
        ({"status": Status.RESCHEDULED}, {}, 4, Status.RESCHEDULED),
        ({"status": Status.MOVED_ONLINE}, {}, 5, Status.SCHEDULED),
        ({"status": Status.RESCHEDULED}, {"evidence": (("status", PERSONS_OVERRIDE),)}, 5, Status.SCHEDULED),
    ],
)
def test_the_next_version(before: dict[str, Any], after: dict[str, Any], sequence: int, status: Status) -> None:
    """What a subscriber must hear of raises `sequence`, and tells when; a person's status stands."""
    found = next_version(replace(BEFORE, **before), replace(BEFORE, **{"sequence": 0, **after}), LATER)

    assert (found.sequence, found.status) == (sequence, status)
    assert (found.created, found.last_modified) == (FIRST, LATER if sequence == 5 else FIRST)


@pytest.mark.parametrize(
    ("event", "day"),
    [
        (BEFORE, "2027-03-03"),
        (replace(BEFORE, end=date(2027, 3, 5)), "2027-03-05"),
        (replace(BEFORE, recurrence=Recurrence(rrule="FREQ=WEEKLY;COUNT=2")), NO_LAST_DAY),
    ],
)
def test_the_last_day(event: Event, day: str) -> None:
    """A series goes on for ever, as far as this tells."""
    assert last_day(event) == day


def test_a_cancellation_says_why() -> None:
    """Which sources do not list it any more, and since when."""
    found = cancel(BEFORE, ["guild", "town"], "2027-01-09")

    assert found.status is Status.CANCELLED
    assert dict(found.evidence)["status"] == "no longer listed by guild, town; last seen 2027-01-09"


WHOLE = Coverage(whole=True, listed=23)


@pytest.mark.parametrize(
    ("expected", "seen", "new", "now", "before", "found"),
    [
        ("abcd", "abc", "", WHOLE, None, Absence()),  # nothing to hold it against
        ("abcd", "acd", "", WHOLE, WHOLE, Absence(missing=frozenset("b"))),
        ("abcd", "acd", "", replace(WHOLE, whole=False), WHOLE, Absence()),
        ("abcd", "acd", "", replace(WHOLE, unread=frozenset("b")), WHOLE, Absence()),
        ("abcd", "a", "", WHOLE, WHOLE, Absence()),
        ("abcd", "abc", "", WHOLE, WHOLE, Absence(left=frozenset("d"))),
        ("abcd", "abc", "", replace(WHOLE, listed=22), WHOLE, Absence(missing=frozenset("d"))),
        ("abcdefgh", "abcde", "", replace(WHOLE, listed=20), WHOLE, Absence(left=frozenset("fgh"))),
        ("abcd", "acd", "x", replace(WHOLE, listed=20), replace(WHOLE, listed=20), Absence(left=frozenset("b"))),
        ("abcd", "acd", "", replace(WHOLE, listed=20), replace(WHOLE, listed=20), Absence(missing=frozenset("b"))),
        ("abcdefgh", "abceh", "", replace(WHOLE, pages=2), replace(WHOLE, pages=3), Absence()),
        ("abcdefgh", "abcdefh", "", replace(WHOLE, pages=2), replace(WHOLE, pages=3), Absence(missing=frozenset("g"))),
    ],
)
def test_absence(expected: str, seen: str, new: str, now: Coverage, before: Coverage | None, found: Absence) -> None:
    """Each letter is a posting and its day."""
    assert find_absent({key: key for key in expected}, {key: key for key in seen}, set(new), now, before) == found
