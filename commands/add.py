"""`symposia add`: tries an address, shows what is found there, and proposes the entry of the catalogue."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import click

from commands.fetching import content_type, fetch
from commands.options import catalogue_at, sources_option
from commands.recordings import record
from pipelines.read import read
from pipelines.reading import Unreadable
from spiders.archive import Recorded
from spiders.catalogue import Catalogue, Source, parse_catalogue
from spiders.extraction.choose import extract
from spiders.extraction.names import page_subject
from spiders.extraction.page import Page
from spiders.extraction.platforms import feeds_of, platform_of
from symposia.codec import moment_text
from symposia.errors import ExtractionError
from symposia.event import Event
from symposia.prose import one_line
from symposia.zones import resolve_zone

_SHOWN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What one address yielded: the answer, its kind, its events, and how many pieces were no event, or why it failed."""

    url: str
    why: str
    answer: Recorded | None = None
    page: Page | None = None
    kind: str | None = None
    events: tuple[Event, ...] = ()
    refused: int = 0
    failure: str | None = None


@click.command()
@click.argument("url")
@click.option("--yes", is_flag=True, help="Write the entry without asking.")
@click.option("--id", "source_id", help="The id of the source; made of its address without it.")
@click.option("--timezone", help="The zone (IANA) of events that state none.")
@sources_option
def command(url: str, yes: bool, source_id: str | None, timezone: str | None, sources_path: Path | None) -> None:
    """Try URL, and better forms of it that the page names or its platform offers; add the best to the catalogue."""
    if timezone and resolve_zone(timezone) != timezone:
        raise click.ClickException(f"{timezone!r} is no IANA zone")
    catalogue = catalogue_at(sources_path)
    trials = list(_trials(url, timezone))
    for trial in trials:
        click.echo(_summary(trial))
    best = choose(trials)
    if best is None:
        raise click.ClickException(f"nothing to add: {trials[0].failure or 'no events were recognised'}")
    _show(best)
    source = propose(best, trials[0], catalogue, source_id, timezone)
    entry = entry_of(source)
    click.echo(f"\n{entry}")
    if yes or click.confirm(f"Add it to {catalogue.path}?"):
        _write(catalogue, entry)
        if best.answer is not None:
            record(catalogue, source.id, source.url, best.answer)
        click.echo(f"added {source.id}")


def _trials(url: str, timezone: str | None) -> Iterator[Trial]:
    first = _tried(url, "the address itself", timezone)
    yield first
    if first.page is not None and first.kind in (None, "listing", "json-ld", "microdata", "rdfa"):
        for feed in feeds_of(first.page):
            yield _tried(feed.url, feed.why, timezone)


def _tried(url: str, why: str, timezone: str | None) -> Trial:
    try:
        answer = fetch(url)
    except click.ClickException as error:
        return Trial(url=url, why=why, failure=error.message)
    page = Page(
        url=answer.url,
        body=answer.body,
        content_type=content_type(answer),
        fetched_at=answer.fetched_at,
        timezone=timezone,
        source="add",
    )
    trial = Trial(url=url, why=why, answer=answer, page=page)
    try:
        found = extract(page)
    except ExtractionError as error:
        return replace(trial, failure=f"{error.cause}: {error}")
    events, refused = [], len(found.refusals)
    for posting in found.postings:
        try:
            events.append(read(posting).event)
        except Unreadable:
            refused += 1
    failure = None if events else "the page says that it lists nothing" if found.empty else "no events were recognised"
    return replace(trial, kind=found.kind, events=tuple(events), refused=refused, failure=failure)


def choose(trials: list[Trial]) -> Trial | None:
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


def propose(best: Trial, first: Trial, catalogue: Catalogue, source_id: str | None, timezone: str | None) -> Source:
    """The source that `best` makes; its name and language are the first page's."""
    page = first.page or best.page
    host = (urlsplit(first.url).hostname or "source").removeprefix("www.")
    named = page_subject(page) if page is not None and page.text.lstrip()[:1] == "<" else None
    language = (page.tree.get("lang") or "").strip() if page is not None and named else ""
    stated = all(event.timezone is not None and not event.timezone_assumed for event in best.events)
    return Source(
        id=source_id or _free_id(re.sub(r"[^a-z0-9]+", "-", host.casefold()).strip("-"), catalogue),
        name=named[0] if named else host,
        url=best.url,
        timezone=None if stated else timezone,
        language=language.split("-")[0].casefold() if re.fullmatch(r"[A-Za-z]{2,3}(-\w+)*", language) else None,
    )


def _free_id(wanted: str, catalogue: Catalogue) -> str:
    numbered = (
        wanted[:90] if number == 1 else f"{wanted[:90]}-{number}" for number in range(1, len(catalogue.sources) + 2)
    )
    return next(one for one in numbered if catalogue.get(one) is None)


def entry_of(source: Source) -> str:
    """The entry of the catalogue, six lines at most."""
    values = {key: getattr(source, key) for key in ("id", "name", "url", "timezone", "language")}
    # A JSON string is a TOML basic string.
    return "\n".join(
        ["[[source]]", *(f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in values.items() if value)]
    )


def _write(catalogue: Catalogue, entry: str) -> None:
    """Add the entry at the end of the catalogue, which is checked whole and then replaced at once. Raises CatalogueError."""
    text = f"{catalogue.path.read_text(encoding='utf-8').rstrip()}\n\n{entry}\n"
    parse_catalogue(text, str(catalogue.path))
    beside = catalogue.path.with_suffix(".new")
    beside.write_text(text, encoding="utf-8")
    beside.replace(catalogue.path)


def _summary(trial: Trial) -> str:
    found = trial.failure or f"{trial.kind}, {len(trial.events)} events"
    return f"{trial.url}\n  {trial.why}: {found}" + (f", {trial.refused} refused" if trial.refused else "")


def _show(trial: Trial) -> None:
    click.echo(f"\nBest: {trial.url} ({trial.kind})")
    for event in trial.events[:_SHOWN]:
        place = event.location.name if event.location else None
        click.echo("  " + "  ".join(filter(None, (moment_text(event.start), one_line(event.name, limit=80), place))))
    for line in _missing(trial):
        click.echo(line)
    platform = platform_of(trial.page) if trial.page is not None else None
    if platform and platform.cap and len(trial.events) >= platform.cap and not platform.paged:
        click.echo(f"  {platform.name} answers with {platform.cap} events at most: there may be more")


def _missing(trial: Trial) -> Iterator[str]:
    """What the events do not say, each with how many of them."""
    lacking: Counter[str] = Counter()
    for event in trial.events:
        lacking["time of day"] += not isinstance(event.start, datetime)
        lacking["time zone (give --timezone)"] += isinstance(event.start, datetime) and event.timezone is None
        lacking["place"] += event.location is None
        lacking["address of their own"] += event.url is None
    for what, count in lacking.items():
        if count:
            yield f"  {count} of {len(trial.events)} state no {what}"
