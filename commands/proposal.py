"""Which address to add to the catalogue, and how its entry reads: what `symposia add` proposes. No I/O."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from w3lib.url import canonicalize_url

from spiders.archive import Recorded
from spiders.catalogue import Catalogue, Source
from spiders.extraction.listing.title import page_subject
from spiders.extraction.page import Page
from symposia.event import Event

_language = re.compile(r"[A-Za-z]{2,3}(?:-\w+)*").fullmatch


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What one address yielded: the answer, its kind, its events, and how many pieces were no event, or why it failed.

    `capped`: the bound of its platform that it reaches. `scripted`: scripts have yet to write the page. `browser`: the answer is what a browser shows.
    """

    url: str
    why: str
    answer: Recorded | None = None
    page: Page | None = None
    kind: str | None = None
    events: tuple[Event, ...] = ()
    refused: int = 0
    failure: str | None = None
    capped: str | None = None
    scripted: bool = False
    browser: bool = False


def choose(trials: Sequence[Trial]) -> Trial | None:
    """The trial to keep: a calendar or an answer for machines before a page, where it holds at least half as many events;

    then the one with the most. None where none holds an event.
    """
    most = max((len(trial.events) for trial in trials), default=0)
    able = [trial for trial in trials if trial.events]
    return max(
        able,
        key=lambda trial: (trial.kind != "listing" and 2 * len(trial.events) >= most, len(trial.events)),
        default=None,
    )


def known_as(url: str, catalogue: Catalogue) -> str | None:
    """The id of the source that has this address already, but for http or https and a slash at its end; None for none."""
    plain = _plain(url)
    return next((source.id for source in catalogue.sources if _plain(source.url) == plain), None)


def _plain(url: str) -> str:
    return canonicalize_url(url).partition("://")[2].rstrip("/")


def propose(best: Trial, first: Trial, catalogue: Catalogue, source_id: str | None, timezone: str | None) -> Source:
    """The source that `best` makes; its name and language are those of the page at `first`, its id is new."""
    page = best.page if best.browser else first.page or best.page
    host = (urlsplit(first.url).hostname or "source").removeprefix("www.")
    named = page_subject(page) if page is not None and page.text.lstrip("\ufeff \t\r\n")[:1] == "<" else None
    stated = all(event.timezone is not None and not event.timezone_assumed for event in best.events)
    return Source(
        id=source_id or _free_id(re.sub(r"[^a-z0-9]+", "-", host.casefold()).strip("-") or "source", catalogue),
        name=named[0] if named else host,
        url=best.url,
        timezone=None if stated else timezone,
        language=_language_of(page) if page is not None and named else None,
        browser=best.browser,
    )


def _language_of(page: Page) -> str | None:
    stated = (page.tree.get("lang") or "").strip()
    return stated.split("-")[0].casefold() if _language(stated) else None


def _free_id(wanted: str, catalogue: Catalogue) -> str:
    """`wanted`, or with the first number behind it that no source has."""
    wanted = wanted[:90].strip("-")
    numbered = (wanted if number == 1 else f"{wanted}-{number}" for number in range(1, len(catalogue.sources) + 2))
    return next(one for one in numbered if catalogue.get(one) is None)


def entry_of(source: Source) -> str:
    """The entry of the catalogue, seven lines at most; six for a source that needs no browser."""
    values = {key: getattr(source, key) for key in ("id", "name", "url", "timezone", "language", "browser")}
    # A JSON value is a TOML value, but for one character that JSON lets be.
    lines = (f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in values.items() if value)
    return "\n".join(["[[source]]", *lines]).replace("\x7f", "\\u007f")


def missing(events: Sequence[Event]) -> Iterator[str]:
    """What the events do not say, each with how many of them, a line each; nothing where they say it all."""
    lacking: Counter[str] = Counter()
    for event in events:
        lacking["time of day"] += not isinstance(event.start, datetime)
        lacking["time zone (give --timezone)"] += isinstance(event.start, datetime) and event.timezone is None
        lacking["place"] += event.location is None
        lacking["address of their own"] += event.url is None
    yield from (f"{count} of {len(events)} state no {what}" for what, count in lacking.items() if count)
