"""All pages of an export, as files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from importlib.resources import files
from itertools import pairwise

from jinja2 import Environment, PackageLoader, StrictUndefined

from calendar_export.jsonld import event_jsonld, script_content
from calendar_export.page import display_text, event_page
from calendar_export.page.cards import Month, card, facts_of, months_of
from calendar_export.page.chart import chart_of
from calendar_export.page.health import health_of
from calendar_export.page.options import choices, mode_options, topic_choices
from calendar_export.page.search_index import events_js, words_js
from calendar_export.page.site import Site
from calendar_export.page.subscribe import feed_groups, subscription
from calendar_export.paths import event_id, event_path, month_path
from calendar_export.text.urls import web_url
from symposia.event import Event, Status
from symposia.moments import moment_text

FIRST = 100
"""Events that the first page itself holds, for readers without scripts and before they have run."""
SCRIPTS = ("where", "events", "times", "cards", "month", "subscribe", "table", "app")
"""The parts of app.js, in their order."""


def site_files(
    site: Site, events: Sequence[Event], series: Mapping[str, Event] | None = None
) -> Iterator[tuple[str, bytes]]:
    """The pages over `events`, each with its next occurrence's times, in order: path and content, those of the list last.

    `series`: the events that repeat as they are stored, by UID, so that their pages can tell the times after the next.
    The same events give the same bytes.
    """
    months = months_of(site, events)
    yield from _assets().items()
    yield "events.js", events_js(site, events)
    yield "words.js", words_js(events)
    for event in events:
        yield event_path(event), _encoded(_event(site, event, (series or {}).get(event.uid)))
    for path, text in _month_pages(site, months):
        yield path, _encoded(text)
    yield "feeds.html", _encoded(_render("feeds.html", site, groups=feed_groups(site)))
    if site.health:
        yield "health.html", _encoded(_render("health.html", site, fares=health_of(site.health)))
    yield "index.html", _encoded(_index(site, events, months))


def _encoded(page: str) -> bytes:
    return page.encode("utf-8", "replace")


def _assets() -> dict[str, bytes]:
    static = files("calendar_export") / "static"
    scripts = [(static / f"{name}.js").read_bytes() for name in SCRIPTS]
    return {"app.js": b"\n".join(scripts), "style.css": (static / "style.css").read_bytes()}


def _index(site: Site, events: Sequence[Event], months: Sequence[Month]) -> str:
    first, left = _first(months), len(events)
    changed = max((event.last_modified for event in events if event.last_modified), default=None)
    return _render(
        "index.html",
        site,
        months=first,
        every_month=[(month_path(month.day), month.title, _count(month)) for month in months],
        shown=sum(map(_count, first)),
        count=left,
        changed=changed,
        chart=chart_of(site, events),
        topics=topic_choices(site, events),
        modes=mode_options(events),
        choices=choices(site, events),
        feed=subscription(site, "all"),
    )


def _first(months: Sequence[Month]) -> list[Month]:
    """The first days of the first months, until they hold `FIRST` events; whole days."""
    found: list[Month] = []
    room = FIRST
    for month in months:
        days = []
        for day in month.days:
            if room > 0:
                days.append(day)
                room -= len(day.cards)
        if days:
            found.append(Month(day=month.day, title=month.title, days=tuple(days)))
    return found


def _month_pages(site: Site, months: Sequence[Month]) -> Iterator[tuple[str, str]]:
    around = (None, *months, None)
    before = {after.day: one for one, after in pairwise(around) if after}
    following = {one.day: after for one, after in pairwise(around) if one}
    for month in months:
        yield (
            month_path(month.day),
            _render(
                "month.html",
                site,
                root="../",
                month=month,
                count=_count(month),
                before=before[month.day],
                after=following[month.day],
            ),
        )


def _count(month: Month) -> int:
    return sum(len(day.cards) for day in month.days)


def _event(site: Site, event: Event, series: Event | None) -> str:
    timed = isinstance(event.start, datetime)
    return _render(
        "event.html",
        site,
        root="../",
        event=event,
        card=card(site, event),
        when=display_text.when_text(event),
        iso_end=moment_text(event.end) if event.end else "",
        zone=event.timezone if timed else "",
        assumed=timed and event.timezone_assumed,
        no_time=not timed,
        cancelled=event.status is Status.CANCELLED,
        facts=list(facts_of(event)),
        told=list(event_page.told(site, event)),
        reasons=list(event_page.reasons(site, event)),
        sources=event_page.announced(site, event),
        times=[(moment_text(one.start), display_text.when_text(one)) for one in event_page.later(event, series)],
        url=web_url(event.url),
        registration_url=web_url(event.registration_url),
        recording_url=web_url(event.recording_url),
        calendar=f"{event_id(event.uid)}.ics",
        google=event_page.google_link(event),
        paragraphs=[part for part in (event.description or "").splitlines() if part.strip()],
        data=script_content(event_jsonld(event, series)),
    )


def _render(template: str, site: Site, root: str = "", **known: object) -> str:
    """A page; `root` leads from it to the folder of the export."""
    return _environment().get_template(template).render(site=site, root=root, month_path=month_path, **known)


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("calendar_export", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
