"""Try an address for `symposia add`: fetch it, extract its events, and try the feeds that the page offers instead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from commands.proposal import Trial
from pipelines.normalize.normalize import normalize
from pipelines.normalized import Rejected
from spiders.archive import RecordedResponse
from spiders.browser_requests import has_browser
from spiders.extraction.classify.client_rendered import needs_browser
from spiders.extraction.classify.platforms import cap_reached, find_feeds
from spiders.extraction.extract import extract
from spiders.extraction.page import Extraction, Page
from spiders.fetch import Fetcher
from symposia.errors import Cause, ExtractionError, FetchError
from symposia.event import Event

_OF_A_PAGE = (None, "listing", "json-ld", "microdata", "rdfa", "script")
"""Kinds of extraction whose page may offer a feed of the same events."""


def try_addresses(url: str, timezone: str | None, *, allow_private: bool) -> Iterator[Trial]:
    """Try `url`, then the feeds its page names or its platform offers, then a browser if nothing else shows its events.

    Args:
        url: The address that a person named.
        timezone: IANA zone of events that state none.
        allow_private: Connect to private networks too.
    """
    with Fetcher(allow_private=allow_private) as fetcher:
        first = _try_address(url, "the address itself", timezone, fetcher)
        yield first
        feeds = find_feeds(first.page) if first.page is not None and first.kind in _OF_A_PAGE else ()
        found = False
        for feed in feeds:
            trial = _try_address(feed.url, feed.why, timezone, fetcher)
            found = found or bool(trial.events)
            yield trial
    if first.client_rendered and not found and has_browser():
        with Fetcher(allow_private=allow_private, browser=True) as fetcher:
            yield replace(_try_address(url, "as a browser shows it", timezone, fetcher), browser=True)


def _try_address(url: str, why: str, timezone: str | None, fetcher: Fetcher) -> Trial:
    try:
        response = fetcher.fetch(url)
    except FetchError as error:
        return Trial(url=url, why=why, failure=f"{error.cause}: {error.detail}" if error.cause else error.detail)
    page = _make_page(response, timezone)
    trial = Trial(url=url, why=why, response=response, page=page)
    try:
        extraction = extract(page)
    except ExtractionError as error:
        return replace(trial, failure=f"{error.cause}: {error}", client_rendered=error.cause is Cause.NEEDS_BROWSER)
    return _with_extraction(trial, page, extraction)


def _make_page(response: RecordedResponse, timezone: str | None) -> Page:
    return Page(
        url=response.url,
        body=response.body,
        content_type=response.content_type,
        fetched_at=response.fetched_at,
        timezone=timezone,
        source="add",
    )


def _with_extraction(trial: Trial, page: Page, extraction: Extraction) -> Trial:
    events, refused = _read_events(extraction)
    none_found = "the page says that it lists nothing" if extraction.empty else "no events were recognised"
    return replace(
        trial,
        kind=extraction.kind,
        events=events,
        refused=refused,
        failure=None if events else none_found,
        capped=cap_reached(page, extraction),
        # Whether or not the page says that it is empty: those words may stand in a script.
        client_rendered=not events and needs_browser(page),
    )


def _read_events(extraction: Extraction) -> tuple[tuple[Event, ...], int]:
    """The events, and how many items of the page were refused."""
    events, refused = [], len(extraction.refusals)
    for posting in extraction.postings:
        try:
            events.append(normalize(posting).event)
        except Rejected:
            refused += 1
    return tuple(events), refused
