"""The page in a real browser, from a file: search, filters, subscribing, without scripts, on a phone."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from calendar_export.publish import export
from calendar_export.settings import ExportSettings
from symposia.event import AttendanceMode, Event, Kind, Price

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


@pytest.fixture
def opened(browser: Any, folder: Path) -> Iterator[Open]:
    """Opens a page of the export; at the end, nothing was asked of any host, and no script failed."""
    asked: list[str] = []
    faults: list[str] = []
    contexts = []

    def open_page(where: str = "index.html", **known: Any) -> Any:
        context = browser.new_context(**known)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(f"{folder.as_uri()}/{where}")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not [url for url in asked if not url.startswith(("file:", "data:"))]
    assert not faults


def shows(page: Any, *expected: str) -> None:
    """Wait until the list shows those events, and no other."""
    others = [one.name for one in EVENTS if one.name not in expected]
    page.wait_for_function(
        """([these, others]) => {
            const text = document.querySelector("[data-part=list]").innerText;
            return these.every(name => text.includes(name)) && !others.some(name => text.includes(name));
        }""",
        arg=[list(expected), others],
        timeout=5_000,
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
    addresses = page.eval_on_selector_all('[data-part="subscribe"] a', "all => all.map(one => one.href)")

    assert "webcal://events.example/feeds/topic-literacy.ics" in addresses
    assert any(one.startswith("https://calendar.google.com/calendar/") for one in addresses)
    assert any(one.startswith("https://outlook.") for one in addresses)


def test_without_scripts(opened: Open) -> None:
    """The list, the calendars and the event's own page are there."""
    page = opened(java_script_enabled=False)
    text = page.inner_text("body")

    assert all(one.name in text for one in EVENTS)
    assert page.locator('a[href="feeds.html"]').count()


@pytest.mark.parametrize("where", ["index.html", "index.html#month", "feeds.html"])
def test_on_a_phone_nothing_is_wider_than_the_screen(opened: Open, where: str) -> None:
    """320 CSS pixels (WCAG 2.2, 1.4.10)."""
    page = opened(where, viewport={"width": 320, "height": 640})

    assert page.evaluate("document.documentElement.scrollWidth") <= 320
