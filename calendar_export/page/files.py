"""All pages of an export, as files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from importlib.resources import files
from itertools import pairwise

from jinja2 import Environment, PackageLoader, StrictUndefined

from calendar_export.jsonld import event_jsonld, script_content
from calendar_export.page import event_page
from calendar_export.page.cards import Month, card_facts, event_card, group_by_month
from calendar_export.page.chart import build_chart
from calendar_export.page.health import health_context
from calendar_export.page.options import event_facets, mode_options, topic_facets
from calendar_export.page.search_index import events_js, words_js
from calendar_export.page.site import Site
from calendar_export.page.subscribe import feed_groups, subscription
from calendar_export.paths import event_id, event_path, month_path
from calendar_export.text.times import when_text
from calendar_export.text.urls import web_url
from symposia.event import Event, Status
from symposia.moments import moment_text

FIRST_EVENTS = 100
"""Events that index.html itself holds: for readers without scripts, and until the scripts have run."""
SCRIPTS = ("where", "events", "times", "cards", "month", "subscribe", "table", "app")
"""The parts of app.js, in the order in which they need each other."""


def site_files(
    site: Site, events: Sequence[Event], series: Mapping[str, Event] | None = None
) -> Iterator[tuple[str, bytes]]:
    """Make all pages, scripts and styles: path and content, the list of events last.

    The same events give the same bytes.

    Args:
        site: What the pages have in common.
        events: The events in order; a series at its next occurrence.
        series: The recurring events as stored, by UID: their pages list later occurrences.
    """
    months = group_by_month(site, events)
    yield from _read_assets().items()
    yield "events.js", events_js(site, events)
    yield "words.js", words_js(events)
    for event in events:
        yield event_path(event), _encode(_render_event(site, event, (series or {}).get(event.uid)))
    for path, page in _render_months(site, months):
        yield path, _encode(page)
    yield "feeds.html", _encode(_render("feeds.html", site, groups=feed_groups(site)))
    if site.sources:
        yield "health.html", _encode(_render("health.html", site, health=health_context(site.sources)))
    yield "index.html", _encode(_render_index(site, events, months))


def _encode(page: str) -> bytes:
    return page.encode("utf-8", "replace")


def _read_assets() -> dict[str, bytes]:
    static = files("calendar_export") / "static"
    scripts = [(static / f"{name}.js").read_bytes() for name in SCRIPTS]
    return {"app.js": b"\n".join(scripts), "style.css": (static / "style.css").read_bytes()}


def _render_index(site: Site, events: Sequence[Event], months: Sequence[Month]) -> str:
    first = _take_first(months)
    changed = max((event.last_modified for event in events if event.last_modified), default=None)
    return _render(
        "index.html",
        site,
        months=first,
        every_month=[(month_path(month.day), month.title, _count_events(month)) for month in months],
        shown=sum(map(_count_events, first)),
        count=len(events),
        changed=changed,
        chart=build_chart(site, events),
        topics=topic_facets(site, events),
        modes=mode_options(events),
        facets=event_facets(events),
        feed=subscription(site, "all"),
    )


def _take_first(months: Sequence[Month]) -> list[Month]:
    """The first whole days, until they hold `FIRST_EVENTS` events."""
    taken: list[Month] = []
    room = FIRST_EVENTS
    for month in months:
        days = []
        for day in month.days:
            if room > 0:
                days.append(day)
                room -= len(day.cards)
        if days:
            taken.append(Month(day=month.day, title=month.title, days=tuple(days)))
    return taken


def _render_months(site: Site, months: Sequence[Month]) -> Iterator[tuple[str, str]]:
    neighbours = (None, *months, None)
    before = {month.day: earlier for earlier, month in pairwise(neighbours) if month}
    after = {month.day: later for month, later in pairwise(neighbours) if month}
    for month in months:
        page = _render(
            "month.html",
            site,
            root="../",
            month=month,
            count=_count_events(month),
            before=before[month.day],
            after=after[month.day],
        )
        yield month_path(month.day), page


def _count_events(month: Month) -> int:
    return sum(len(day.cards) for day in month.days)


def _render_event(site: Site, event: Event, series: Event | None) -> str:
    timed = isinstance(event.start, datetime)
    later = event_page.later_occurrences(event, series)
    return _render(
        "event.html",
        site,
        root="../",
        event=event,
        card=event_card(site, event),
        when=when_text(event),
        iso_end=moment_text(event.end) if event.end else "",
        zone=event.timezone if timed else "",
        assumed=timed and event.timezone_assumed,
        no_time=not timed,
        cancelled=event.status is Status.CANCELLED,
        facts=list(card_facts(event)),
        details=list(event_page.event_details(site, event)),
        evidence=list(event_page.event_evidence(site, event)),
        sources=event_page.event_sources(site, event),
        later=[(moment_text(occurrence.start), when_text(occurrence)) for occurrence in later],
        url=web_url(event.url),
        registration_url=web_url(event.registration_url),
        recording_url=web_url(event.recording_url),
        calendar=f"{event_id(event.uid)}.ics",
        google=event_page.google_link(event),
        paragraphs=[part for part in (event.description or "").splitlines() if part.strip()],
        data=script_content(event_jsonld(event, series)),
    )


def _render(template: str, site: Site, root: str = "", **values: object) -> str:
    """Render a page; `root` leads from it to the folder of the export."""
    return _environment().get_template(template).render(site=site, root=root, month_path=month_path, **values)


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("calendar_export", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
