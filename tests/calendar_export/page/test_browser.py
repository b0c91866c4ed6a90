"""The page in a real browser, from a file: search, filters, subscribing, without scripts, on a phone, for everyone."""

from __future__ import annotations

import csv
import io
import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import pytest

from calendar_export.page import Site
from calendar_export.page.search_index import events_js, words_js
from calendar_export.publish import export
from calendar_export.query import parse_query
from calendar_export.settings import ExportSettings
from pipelines.topics.taxonomy import shipped_taxonomy
from symposia.event import (
    AttendanceMode,
    Credit,
    Deadline,
    DeadlineKind,
    Event,
    Kind,
    Location,
    Price,
    Recurrence,
)
from tests.command_line import PATIENCE

CHROMIUM = os.environ.get("SYMPOSIA_CHROMIUM") or shutil.which("chromium")
sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="no chromium is installed")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync",
]  # fmt: skip
TODAY = datetime.now(UTC).date()
"""The page hides what is over by the reader's own clock: the one clock here that cannot be given."""
Open = Callable[..., Any]


def event(uid: str, ahead: int, **known: Any) -> Event:
    """An event so many days ahead."""
    created = datetime.combine(TODAY, datetime.min.time(), UTC)
    return Event(
        **{"uid": f"{uid}@symposia", "name": uid, "start": TODAY + timedelta(days=ahead), "created": created, **known}
    )


EVENTS = [
    event("Phonics for beginners", 3, topics=("literacy",), price=Price(is_free=True), kind=Kind.WORKSHOP),
    event("Fractions without tears", 5, topics=("math",), attendance_mode=AttendanceMode.ONLINE),
    event("Poems in class", 40, topics=("literacy",), attendance_mode=AttendanceMode.HYBRID),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An export."""
    out = tmp_path_factory.mktemp("site")
    now = datetime.combine(TODAY, datetime.min.time(), UTC)
    export(EVENTS, out, now=now, settings=ExportSettings(url="https://events.example/"))
    return out


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A browser."""
    with sync_api.sync_playwright() as play:
        started = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


class Tab:
    """A page of the browser: several tests open theirs in one, because a new one takes longer than most of them.

    `asked` is what it asked for, and `faults` is which of its scripts failed, since it was last opened.
    """

    def __init__(self, context: Any) -> None:
        context.set_default_timeout(PATIENCE * 1_000)
        self.asked: list[str] = []
        self.faults: list[str] = []
        self.page = context.new_page()
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))

    def open(self, url: str) -> None:
        """Open an address as if for the first time."""
        if self.page.url.startswith("file:"):
            self.page.evaluate("sessionStorage.clear()")
        self.page.goto("about:blank")
        self.asked.clear()
        self.faults.clear()
        self.page.goto(url)


@pytest.fixture(scope="module")
def tabs(browser: Any) -> Callable[..., Tab]:
    """Gives the tab of a context with those properties."""
    made: dict[str, Tab] = {}

    def tab_with(**known: Any) -> Tab:
        name = repr(known)
        if name not in made:
            made[name] = Tab(browser.new_context(**known))
        return made[name]

    return tab_with


@pytest.fixture
def opened(tabs: Callable[..., Tab], folder: Path) -> Iterator[Open]:
    """Opens a page of the export; at the end, nothing was asked of any host, and no script failed."""
    used = []

    def open_page(where: str = "index.html", **known: Any) -> Any:
        used.append(tabs(**known))
        used[-1].open(f"{folder.as_uri()}/{where}")
        return used[-1].page

    yield open_page
    asked = [url for tab in used for url in tab.asked]
    faults = [fault for tab in used for fault in tab.faults]
    assert not [url for url in asked if not url.startswith(("file:", "data:"))]
    assert not faults


def shows(page: Any, *expected: str) -> None:
    """Wait until the list shows those events, and no other."""
    others = [event.name for event in EVENTS if event.name not in expected]
    page.wait_for_function(
        """([these, others]) => {
            const text = document.querySelector("[data-part=list]").innerText;
            return these.every(name => text.includes(name)) && !others.some(name => text.includes(name));
        }""",
        arg=[list(expected), others],
    )


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", [0, 1, 2]),
        ("?q=poems", [2]),
        ("?topic=literacy", [0, 2]),
        ("?topic=literacy&mode=online", [2]),
        ("?free=1", [0]),
        ("?kind=workshop", [0]),
        (f"?until={TODAY + timedelta(days=4)}", [0]),
    ],
)
def test_what_is_asked_in_the_address(opened: Open, query: str, expected: list[int]) -> None:
    """The list holds what the question asks for, as the calendars do."""
    shows(opened(f"index.html{query}"), *(EVENTS[number].name for number in expected))


def test_a_search_goes_into_the_address(opened: Open) -> None:
    """And stays when the page is loaded again."""
    page = opened()
    page.fill("#q", "fractions")
    shows(page, EVENTS[1].name)
    assert "q=fractions" in page.url
    page.reload()
    shows(page, EVENTS[1].name)


def test_a_filter_by_keyboard(opened: Open) -> None:
    """Space on a pill."""
    page = opened()
    page.focus('input[name="free"]')
    page.keyboard.press("Space")
    shows(page, EVENTS[0].name)
    assert "free=1" in page.url


def test_the_calendar_of_a_filter(opened: Open) -> None:
    """The buttons to subscribe lead to the feed that holds the same."""
    page = opened("index.html?topic=literacy")
    page.click('[data-part="subscribe"] summary')
    addresses = page.eval_on_selector_all('[data-part="subscribe"] a', "all => all.map(link => link.href)")

    assert "webcal://events.example/feeds/topic-literacy.ics" in addresses
    assert any(address.startswith("https://calendar.google.com/calendar/") for address in addresses)
    assert any(address.startswith("https://outlook.") for address in addresses)


def test_without_scripts(opened: Open) -> None:
    """The list, the calendars and the event's own page are there."""
    page = opened(java_script_enabled=False)
    text = page.inner_text("body")

    assert all(event.name in text for event in EVENTS)
    assert page.locator('a[href="feeds.html"]').count()


@pytest.mark.parametrize("where", ["index.html", "index.html#month", "feeds.html"])
def test_on_a_phone_nothing_is_wider_than_the_screen(opened: Open, where: str) -> None:
    """320 CSS pixels (WCAG 2.2, 1.4.10)."""
    page = opened(where, viewport={"width": 320, "height": 640})

    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_table_of_what_is_shown(opened: Open) -> None:
    """A button downloads the events of the filter, as a spreadsheet reads them."""
    page = opened("index.html?free=1")
    with page.expect_download() as started:
        page.click('[data-part="csv"]')
    rows = list(csv.DictReader(io.StringIO(Path(started.value.path()).read_text(encoding="utf-8-sig"))))

    assert [row["name"] for row in rows] == [EVENTS[0].name]


def test_by_keyboard_alone(opened: Open) -> None:
    """From the top of the page to a search, and to an event's own page and back."""
    page = opened()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')").startswith("#")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "q":
            break
    page.keyboard.type("poems")
    shows(page, EVENTS[2].name)
    page.locator('[data-part="list"] a', has_text=EVENTS[2].name).focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("h1")
    assert EVENTS[2].name in page.inner_text("h1")
    page.locator("a", has_text="All events").first.focus()
    page.keyboard.press("Enter")
    shows(page, EVENTS[2].name)


AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not there: npm install --no-package-lock --prefix tests")
@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.slow)])
@pytest.mark.parametrize("where", ["index.html", "index.html?topic=literacy#month", "feeds.html", "months", "events"])
def test_nobody_is_kept_out(opened: Open, folder: Path, where: str, scheme: str) -> None:
    """axe-core finds nothing against WCAG 2.2 AA."""
    if "." not in where:
        where = sorted(path.relative_to(folder).as_posix() for path in (folder / where).glob("*.html"))[0]
    page = opened(where, bypass_csp=True)
    page.emulate_media(color_scheme=scheme)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("rules => axe.run(document, rules)", RULES)["violations"]

    assert [
        (violation["id"], violation["nodes"][0]["html"][:200], violation["nodes"][0]["failureSummary"])
        for violation in found
    ] == []


NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
WORDS = ["Phonics", "Résumé", "groß", "poems", "math", "2027", "DÉBAT"]
TOPICS = ["literacy", "math", "arts"]
LANGUAGES = ["en", "de-AT", "pt-BR", None]
COUNTRIES = ["US", "Germany", "UK", None]


def any_event(chance: Random, number: int) -> Event:
    """An event of which anything may be known."""
    start: Any = date(2027, 3, 1) + timedelta(days=chance.randrange(-20, 60))
    if chance.random() < 0.6:
        zone = ZoneInfo(chance.choice(["Europe/Berlin", "America/New_York", "UTC"]))
        start = datetime(start.year, start.month, start.day, chance.randrange(24), tzinfo=zone)
    due = Deadline(
        kind=chance.choice(list(DeadlineKind)), at=date(2027, 3, 1) + timedelta(days=chance.randrange(-5, 40))
    )
    return Event(
        uid=f"{number}@symposia",
        name=" ".join(chance.sample(WORDS, 2)),
        start=start,
        end=start + timedelta(days=chance.randrange(1, 4)) if chance.random() < 0.3 else None,
        timezone=getattr(getattr(start, "tzinfo", None), "key", None),
        topics=tuple(sorted(chance.sample(TOPICS, chance.randrange(3)))),
        kind=chance.choice([*Kind, None]),
        attendance_mode=chance.choice([*AttendanceMode, None]),
        language=chance.choice(LANGUAGES),
        location=Location(city="Ort", country=chance.choice(COUNTRIES)) if chance.random() < 0.7 else None,
        price=chance.choice([Price(is_free=True), Price(is_free=False), Price(), None]),
        credit=(Credit(hours=1),) if chance.random() < 0.4 else (),
        deadlines=(due,) if chance.random() < 0.5 else (),
        created=NOW - timedelta(days=chance.randrange(40)),
        recurrence=Recurrence(rrule="FREQ=WEEKLY") if chance.random() < 0.15 else None,
    )


def any_question(chance: Random) -> str:
    """A question of one name or several."""
    day = date(2027, 3, 1) + timedelta(days=chance.randrange(-10, 50))
    known = {
        "topic": chance.choice(TOPICS),
        "kind": chance.choice([kind.value for kind in Kind]),
        "mode": chance.choice([mode.value.replace("_", "-") for mode in AttendanceMode]),
        "language": chance.choice(["en", "DE", "pt_BR"]),
        "country": chance.choice(["us", "DE", "GB"]),
        "free": chance.choice("01"),
        "credit": chance.choice("01"),
        "deadline": str(chance.randrange(1, 40)),
        "new": str(chance.randrange(1, 40)),
        "since": str(day),
        "until": str(day + timedelta(days=chance.randrange(20))),
        "q": chance.choice(["resume", "gross", "PO", "debat math", "phon 2027"]),
    }
    names = chance.sample(sorted(known), chance.randrange(1, 4))
    return urlencode([(name, known[name]) for name in names])


def test_the_page_and_the_calendars_mean_the_same(opened: Open) -> None:
    """The script finds what `EventFilter` does, for the same question, written the same way."""
    chance = Random(7)
    events = [any_event(chance, number) for number in range(200)]
    questions = [any_question(chance) for _ in range(400)]
    site = Site(taxonomy=shipped_taxonomy())
    page = opened()
    page.evaluate((events_js(site, events) + words_js(events)).decode())
    found = page.evaluate(
        """([questions, clock]) => {
            const events = Symposia.eventsOf(SymposiaEvents), index = Symposia.indexOf(SymposiaWords);
            return questions.map(question => {
                const where = Symposia.parseQuery(question), said = Symposia.search(index, where.q, events.length);
                const numbers = events.filter(event => Symposia.matches(where, event, clock, said)).map(event => event.number);
                return [Symposia.queryString(where), numbers];
            });
        }""",
        [questions, {"now": NOW.timestamp(), "today": "2027-03-01"}],
    )

    assert any(numbers for _, numbers in found)
    for question, (written, numbers) in zip(questions, found, strict=True):
        where = parse_query(question)
        assert numbers == [int(event.uid.partition("@")[0]) for event in where.select(events, NOW)], question
        assert parse_query(written) == where, question
