"""The page that says how each source fares: what it shows of each, to those who see it and to those who hear it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from lxml import html

from calendar_export.page import Site, site_files
from calendar_export.source_summary import SourceSummary
from pipelines.topics.taxonomy import shipped_taxonomy

GUILD = SourceSummary(
    id="guild",
    name="Gilde",
    url="https://guild.example/",
    status="ok",
    checked=date(2026, 11, 24),
    events=12,
    new=2,
    history=(12, None, 11, 12),
)


def page(*sources: SourceSummary) -> str:
    """The page on these sources; "" where there is none."""
    site = Site(taxonomy=shipped_taxonomy(), sources=sources)
    return dict(site_files(site, [])).get("health.html", b"").decode("utf-8")


def shown(source: SourceSummary) -> str:
    """What it says of one source."""
    (item,) = html.fromstring(page(source)).iterfind(".//li[@class='health']")
    return " ".join(item.text_content().split())


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (GUILD, "Gilde Read on 2026-11-24: 12 events, 2 of them new."),
        (replace(GUILD, events=1, new=0), "Gilde Read on 2026-11-24: 1 event."),
        (replace(GUILD, status="empty", cause="no_events", events=0), "Gilde Read on 2026-11-24: it lists no events."),
        (
            replace(GUILD, status="failed", cause="http", detail="HTTP 503", events=0),
            "Gilde Failed on 2026-11-24: http: HTTP 503.",
        ),
        (
            replace(GUILD, status="failed", cause="gone", alarms=("fails since 2026-11-20: gone",), events=0),
            "Gilde Fails since 2026-11-20: gone. Failed on 2026-11-24.",
        ),
        (
            replace(GUILD, status="failed", cause="dns", detail="not found", alarms=("lists 4 events; 10 were usual",)),
            "Gilde Lists 4 events; 10 were usual. Failed on 2026-11-24: dns: not found.",
        ),
        (
            replace(GUILD, notes=("was never read whole in 7 crawls",)),
            "Gilde Was never read whole in 7 crawls. Read on 2026-11-24: 12 events, 2 of them new.",
        ),
        (SourceSummary(id="new", name="New", url="javascript:alert(1)"), "New Not read yet."),
        (
            replace(GUILD, name="<script>alert(1)</script>", alarms=('lists <b>"no"</b> events',)),
            '<script>alert(1)</script> Lists <b>"no"</b> events. Read on 2026-11-24: 12 events, 2 of them new.',
        ),
    ],
)
def test_what_is_said_of_a_source(source: SourceSummary, said: str) -> None:
    """As text, whatever is in it."""
    assert shown(source) == said


@pytest.mark.parametrize(
    ("history", "label"),
    [
        ((12, None, 11, 12), "The last 4 days on which it was read: 11 to 12 events, failed once."),
        ((1, 1), "The last 2 days on which it was read: 1 event."),
        ((0, 0, 0), "The last 3 days on which it was read: 0 events."),
        ((None, None), "The last 2 days on which it was read: failed 2 times."),
    ],
)
def test_the_picture_has_words(history: tuple[int | None, ...], label: str) -> None:
    """And all of it is inside its frame."""
    made = page(replace(GUILD, history=history))
    bars = [tuple(map(float, bar)) for bar in re.findall(r'<rect x="(.*?)" y="(.*?)" width="3" height="(.*?)"', made)]

    assert f'role="img" aria-label="{label}"' in made
    assert len(bars) == len(history)
    assert all(0 <= x <= 117 and y >= 0 and y + height <= 24.05 for x, y, height in bars)


@pytest.mark.parametrize("history", [(), (3,)])
def test_one_day_is_no_picture(history: tuple[int, ...]) -> None:
    """There is nothing to compare."""
    assert "<svg" not in page(replace(GUILD, history=history))


def test_the_order() -> None:
    """First what needs a look, last what is not read any more; each by name."""
    made = page(
        replace(GUILD, id="z", name="zebra"),
        replace(GUILD, id="a", name="Äther"),
        replace(GUILD, id="b", name="Bad", alarms=("fails",)),
        replace(GUILD, id="c", name="Closed", listed=False),
        replace(GUILD, id="d", name="Dora"),
    )

    assert re.findall(r"<h2 id.*?>(.*?)<", made) == ["Need a look", "All others", "Not in the catalogue any more"]
    assert re.findall(r"<h3><a[^>]*>(.*?)<", made) == ["Bad", "Dora", "zebra", "Äther", "Closed"]
    assert "5 sources; 1 needs a look." in made


def test_no_page_without_sources() -> None:
    """And no link to it."""
    assert page() == ""
