"""Choose the address that `symposia add` proposes, and write its entry of the catalogue. No I/O."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from w3lib.url import canonicalize_url

from spiders.archive import RecordedResponse
from spiders.catalogue import Catalogue, Source
from spiders.extraction.listing.page_subject import page_subject
from spiders.extraction.page import Page
from symposia.event import Event

_match_language_tag = re.compile(r"[A-Za-z]{2,3}(?:-\w+)*").fullmatch
_MAX_ID = 90
"""Characters of an id that is made from a host's name, which may have 253."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One address that was tried, and what it yielded.

    Attributes:
        why: Why the address was tried.
        response: The answer; None where the fetch failed, like `page`.
        kind: The kind of extraction; None where it failed.
        refused: Items of the page that are not events.
        failure: Why it yielded no event; None where it yielded some.
        capped: The bound of its platform that it reaches, so that there may be more; None where it reaches none.
        client_rendered: The page is empty until its scripts have run.
        browser: The answer is what a browser shows.
    """

    url: str
    why: str
    response: RecordedResponse | None = None
    page: Page | None = None
    kind: str | None = None
    events: tuple[Event, ...] = ()
    refused: int = 0
    failure: str | None = None
    capped: str | None = None
    client_rendered: bool = False
    browser: bool = False


def choose_best(trials: Sequence[Trial]) -> Trial | None:
    """Choose the trial to add; None where none has an event.

    A calendar or another format for programs wins over a page if it has at least half as many events; the trial with the
    most events wins otherwise.
    """
    most = max((len(trial.events) for trial in trials), default=0)
    return max(
        (trial for trial in trials if trial.events),
        key=lambda trial: (trial.kind != "listing" and 2 * len(trial.events) >= most, len(trial.events)),
        default=None,
    )


def find_known_source(url: str, catalogue: Catalogue) -> str | None:
    """The id of the source with this address, ignoring http or https and a final slash; None where there is none."""
    wanted = _strip_scheme_and_slash(url)
    return next((source.id for source in catalogue.sources if _strip_scheme_and_slash(source.url) == wanted), None)


def _strip_scheme_and_slash(url: str) -> str:
    return canonicalize_url(url).partition("://")[2].rstrip("/")


def propose_source(
    best: Trial, first: Trial, catalogue: Catalogue, source_id: str | None, timezone: str | None
) -> Source:
    """Make the source to add.

    Args:
        best: The trial whose address is added.
        first: The trial of the address that the person named; its page gives name and language.
        catalogue: Where the id must be new.
        source_id: The id; None to make one from the host's name.
        timezone: IANA zone, kept only if some event states none.
    """
    page = best.page if best.browser else first.page or best.page
    host = (urlsplit(first.url).hostname or "source").removeprefix("www.")
    subject = page_subject(page) if page is not None and page.text.lstrip("\ufeff \t\r\n")[:1] == "<" else None
    all_stated = all(event.timezone is not None and not event.timezone_assumed for event in best.events)
    return Source(
        id=source_id or _make_id(host, catalogue),
        name=subject[0] if subject else host,
        url=best.url,
        timezone=None if all_stated else timezone,
        language=_read_language(page) if page is not None and subject else None,
        browser=best.browser,
    )


def _read_language(page: Page) -> str | None:
    tag = (page.tree.get("lang") or "").strip()
    return tag.split("-")[0].casefold() if _match_language_tag(tag) else None


def _make_id(host: str, catalogue: Catalogue) -> str:
    """An id made from the host's name, with the first number appended that makes it new."""
    base = (re.sub(r"[^a-z0-9]+", "-", host.casefold()).strip("-") or "source")[:_MAX_ID].strip("-")
    numbered = (base if number == 1 else f"{base}-{number}" for number in range(1, len(catalogue.sources) + 2))
    return next(source_id for source_id in numbered if catalogue.get(source_id) is None)


def format_entry(source: Source) -> str:
    """The source's entry of the catalogue: at most seven lines of TOML."""
    values = {key: getattr(source, key) for key in ("id", "name", "url", "timezone", "language", "browser")}
    # JSON strings and booleans are TOML, except that TOML forbids one character which JSON does not escape.
    lines = (f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in values.items() if value)
    return "\n".join(["[[source]]", *lines]).replace("\x7f", "\\u007f")


def describe_missing(events: Sequence[Event]) -> Iterator[str]:
    """Yield a line for each thing that some events do not state, with their number."""
    counts: Counter[str] = Counter()
    for event in events:
        counts["time of day"] += not isinstance(event.start, datetime)
        counts["time zone (give --timezone)"] += isinstance(event.start, datetime) and event.timezone is None
        counts["place"] += event.location is None
        counts["address of their own"] += event.url is None
    yield from (f"{count} of {len(events)} state no {what}" for what, count in counts.items() if count)
