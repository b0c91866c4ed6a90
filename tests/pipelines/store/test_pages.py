"""What the store remembers of pages, runs and hosts, and what it forgets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from pipelines.normalize.normalize import normalize
from pipelines.normalized import NormalizedPosting
from pipelines.store.runs import KEPT_REFUSALS, KEPT_RUNS
from pipelines.store.store import Store
from symposia.event import Status
from symposia.outcome import HostDay, Run, RunStatus
from symposia.page_record import ListedPosting, PageRecord, PageUpdates, digest_body
from symposia.posting import Origin, Posting

NOW = datetime(2026, 11, 2, 4, tzinfo=UTC)
ORIGIN = Origin(source="guild", url="https://guild.example/", fetched_at=NOW, extractor="json-ld", timezone="UTC")
RECORD = PageRecord(url="https://guild.example/", digest=digest_body(b""), reader="r", seen=NOW, changed=NOW)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    with Store.open(tmp_path / "s.db") as opened:
        yield opened


def posting(key: str, day: str = "2027-03-03") -> Posting:
    """A posting of a day."""
    return Posting(origin=ORIGIN, source_key=key, name=f"Evening of {key} in {day}", start=day)


def readings(*keys: str) -> list[NormalizedPosting]:
    """Postings as read, in months of their own."""
    return [normalize(posting(key, f"2027-{number:02}-03")) for number, key in enumerate(keys, start=1)]


def run(**more: object) -> Run:
    """A run on which all went well."""
    known: dict[str, object] = {"source": "guild", "started": NOW, "finished": NOW, "status": RunStatus.OK, **more}
    return Run(**known)  # type: ignore[arg-type]


def test_a_page_is_remembered_as_it_was(store: Store) -> None:
    """Whole, with the postings that have a page of their own."""
    listed = ListedPosting.from_posting(posting("reading"), "https://guild.example/reading")
    record = replace(
        RECORD,
        etag='"1"',
        keys=("maths", "bad"),
        refused=(("bad", "bad", "no day"), (None, "x", "y")),
        listed=(listed,),
    )

    store.save_crawl("guild", readings("maths"), now=NOW, pages=PageUpdates(records=(record,)))

    assert store.get_known_pages("guild", NOW).records == {RECORD.url: record}
    assert store.get_known_pages("other", NOW).records == {}
    assert listed.posting == posting("reading")


def test_no_private_link_is_stored(tmp_path: Path) -> None:
    """Not in what is remembered of a page, nor in what was refused; the listing is compared as it stands."""
    secret = "https://us02web.zoom.us/j/81234567890?pwd=tulip7"
    said = replace(posting("a"), description=f"Join at {secret}", registration_url=secret)
    listed = ListedPosting.from_posting(said, "https://guild.example/a")
    record = replace(RECORD, listed=(listed,), refused=((None, f"Chess {secret}", f"no day in {secret}"),))
    refused = [(said, f"Chess {secret}", f"no day in {secret}")]

    with Store.open(tmp_path / "s.db") as store:
        store.save_crawl(
            "guild", [normalize(said)], now=NOW, run=run(), refused=refused, pages=PageUpdates(records=(record,))
        )
        known = store.get_known_pages("guild", NOW).records[RECORD.url]
        assert store.get_refusals("guild") == [("Chess [left out]", "no day in [left out]")]

    stored = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"81234567890" not in stored
    assert b"tulip7" not in stored
    assert known.listed[0].listing_digest == listed.listing_digest
    assert known.listed[0].posting == replace(said, description="Join at [left out]", registration_url=None)


def test_a_line_is_the_same_whenever_it_was_fetched() -> None:
    """And another, once it says something else."""
    later = replace(posting("a"), origin=replace(ORIGIN, fetched_at=NOW + timedelta(days=3)))

    assert (
        ListedPosting.from_posting(posting("a"), "u").listing_digest
        == ListedPosting.from_posting(later, "u").listing_digest
    )
    assert (
        ListedPosting.from_posting(posting("a"), "u").listing_digest
        != ListedPosting.from_posting(posting("a", "2027-03-04"), "u").listing_digest
    )


def test_a_page_whose_postings_are_not_stored_is_read_anew(store: Store) -> None:
    """As when a person has taken one out of the store: the page is not known."""
    store.save_crawl(
        "guild", readings("maths"), now=NOW, pages=PageUpdates(records=(replace(RECORD, keys=("maths", "gone")),))
    )

    assert store.get_known_pages("guild", NOW).records == {}


def test_a_page_that_has_not_changed_keeps_all_but_the_moment(store: Store) -> None:
    """Only when it was seen is written; what no crawl comes by for months is forgotten."""
    other = replace(RECORD, url="https://guild.example/2")
    store.save_crawl("guild", [], now=NOW, pages=PageUpdates(records=(RECORD, other)))
    later = NOW + timedelta(days=100)
    store.save_crawl("guild", [], now=later, pages=PageUpdates(not_modified=frozenset({RECORD.url})))
    assert store.get_known_pages("guild", later).records == {RECORD.url: replace(RECORD, seen=later), other.url: other}

    last = NOW + timedelta(days=130)
    store.save_crawl("guild", [], now=last, pages=PageUpdates(not_modified=frozenset({RECORD.url})))
    assert store.get_known_pages("guild", last).records == {RECORD.url: replace(RECORD, seen=last)}


def test_what_is_over_and_what_is_soon(store: Store) -> None:
    """By the last day, and by the first."""
    days = {"over": "2026-11-01", "today": "2026-11-02", "soon": "2026-11-09", "later": "2026-11-10"}
    store.save_crawl("guild", [normalize(posting(key, day)) for key, day in days.items()], now=NOW)

    known = store.get_known_pages("guild", NOW)

    assert (known.past, known.soon) == ({"over"}, {"today", "soon"})
    assert store.get_sources_with_events_soon(NOW) == {"guild"}
    assert store.get_sources_with_events_soon(NOW + timedelta(days=30)) == set()


def test_postings_on_pages_that_have_not_changed_are_seen(store: Store) -> None:
    """They are not missing, however often their page is as it was; those that vanish from a page that was read are."""
    whole = run(postings=3, events=3, whole=True)
    store.save_crawl("guild", readings("a", "b", "c"), now=NOW, run=whole)
    for night in (1, 2, 3):
        now = NOW + timedelta(days=night)
        updates = PageUpdates(seen_keys=frozenset({"c"}), not_modified=frozenset({RECORD.url}))
        store.save_crawl("guild", readings("a"), now=now, run=replace(whole, started=now), pages=updates)

    statuses = {event.sources[0].key: event.status for event in store.get_events()}
    assert statuses == {"a": Status.SCHEDULED, "b": Status.CANCELLED, "c": Status.SCHEDULED}


def test_a_posting_on_a_page_read_and_on_one_that_was_not(store: Store) -> None:
    """What the page that was not read had said of it still stands."""
    longer = Posting(
        origin=ORIGIN, source_key="a", name="Chess", start="2027-01-03", description="For beginners, with a master."
    )
    store.save_crawl("guild", [normalize(longer)], now=NOW)
    short = replace(longer, description=None)

    saved = store.save_crawl("guild", [normalize(short)], now=NOW, pages=PageUpdates(seen_keys=frozenset({"a"})))

    assert (saved.changed, saved.unchanged) == (0, 1)
    assert [event.description for event in store.get_events()] == [longer.description]


def test_what_is_asked_of_a_host_adds_up_by_day(store: Store) -> None:
    """Counts are summed, the longest delay and the latest rest kept."""
    one = HostDay(
        host="guild.example", day=NOW.date(), requests=3, received=900, not_modified=1, robots="none", delay=2.0
    )
    more = replace(one, requests=2, refused=1, robots="obeyed", delay=1.0, rest_until=NOW + timedelta(hours=2))
    before = replace(one, day=date(2026, 10, 1))
    for hosts in ([before], [one], [more]):
        store.save_crawl("guild", [], now=NOW, hosts=hosts)

    total = replace(more, requests=5, received=1800, not_modified=2, delay=2.0)
    assert store.get_host_days(NOW.date()) == [total]
    assert store.get_host_days(date(2026, 10, 1)) == [before, total]
    assert store.get_known_pages("other", NOW).resting_hosts == {"guild.example": NOW + timedelta(hours=2)}
    assert store.get_known_pages("other", NOW + timedelta(hours=3)).resting_hosts == {}


def test_old_runs_are_forgotten(store: Store) -> None:
    """The last are there, the oldest first; of refused postings those of a week of nights."""
    for night in range(KEPT_RUNS + 10):
        refused = [(None, f"block {night}", "no day")]
        store.record_run(run(started=NOW + timedelta(days=night), requests=night), refused)
    store.record_run(run(source="other"))

    assert [run.requests for run in store.get_recent_runs(3)["guild"]] == [
        KEPT_RUNS + 7,
        KEPT_RUNS + 8,
        KEPT_RUNS + 9,
    ]
    assert len(store.get_recent_runs(10_000)["guild"]) == KEPT_RUNS
    assert len(store.get_recent_runs()["other"]) == 1
    assert store.get_refusals("guild") == [(f"block {KEPT_RUNS + 9}", "no day")]
    with store._read() as connection:
        kept = connection.exec_driver_sql("SELECT count(*) FROM refusals").scalar()
    assert kept == KEPT_REFUSALS
