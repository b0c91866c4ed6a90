"""`symposia add`: tries an address, shows what is found there, and proposes the entry of the catalogue."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import click

from commands.fetching import content_type, fetch, render
from commands.options import load_catalogue_at, private_option, sources_option
from commands.proposal import Trial, choose_best, describe_missing, find_known_source, format_entry, propose_source
from commands.recordings import write_recording
from pipelines.normalize.normalize import read
from pipelines.normalized import Rejected
from spiders.archive import RecordedResponse
from spiders.browser_requests import has_browser
from spiders.catalogue import Catalogue, parse_catalogue
from spiders.extraction.classify.client_rendered import needs_browser
from spiders.extraction.classify.platforms import cap_reached, feeds_of
from spiders.extraction.extract import extract
from spiders.extraction.page import Extraction, Page
from symposia.errors import Cause, ExtractionError
from symposia.event import Event
from symposia.moments import moment_text
from symposia.text.plain_text import one_line
from symposia.zones import resolve_zone

_SHOWN = 5
_SCRIPTED = (
    "scripts make this page, and only a browser sees its events. "
    "Look for a calendar or feed that the site offers; or: pip install 'symposia[browser]', and add it again"
)


@click.command()
@click.argument("url")
@click.option("--yes", is_flag=True, help="Write the entry without asking.")
@click.option("--id", "source_id", help="The id of the source; made of its address without it.")
@click.option("--timezone", help="The zone (IANA) of events that state none.")
@private_option
@sources_option
def command(
    url: str, yes: bool, source_id: str | None, timezone: str | None, allow_private: bool, sources_path: Path | None
) -> None:
    """Try URL, and better forms of it that the page names or its platform offers; add the best to the catalogue."""
    if timezone and resolve_zone(timezone) != timezone:
        raise click.ClickException(f"{timezone!r} is no IANA zone")
    catalogue = load_catalogue_at(sources_path)
    _check_new(url, catalogue)
    trials = []
    for trial in _trials(url, timezone, allow_private):
        click.echo(_summary(trial))
        trials.append(trial)
    best = choose_best(trials)
    if best is None:
        raise click.ClickException(f"nothing to add: {_why(trials)}")
    _check_new(best.url, catalogue)
    _show(best)
    source = propose_source(best, trials[0], catalogue, source_id, timezone)
    entry = format_entry(source)
    text = _with_entry(catalogue, entry)
    click.echo(f"\n{entry}")
    if not yes and not click.confirm(f"Add it to {catalogue.path}?"):
        click.echo("nothing was written")
        return
    if best.answer is not None:
        write_recording(catalogue, source.id, source.url, best.answer)
    _write(catalogue, text)
    click.echo(f"added {source.id}")


def _check_new(url: str, catalogue: Catalogue) -> None:
    """Raises click.ClickException where the catalogue has the address already."""
    if known := find_known_source(url, catalogue):
        raise click.ClickException(f"{url} is in {catalogue.path} already, as {known}")


def _trials(url: str, timezone: str | None, allow_private: bool) -> Iterator[Trial]:
    """The address itself, what may be better, and what a browser shows where nothing else helps."""
    tried = partial(_tried, timezone=timezone, allow_private=allow_private)
    first = tried(url, "the address itself")
    yield first
    better = False
    if first.page is not None and first.kind in (None, "listing", "json-ld", "microdata", "rdfa", "script"):
        for feed in feeds_of(first.page):
            trial = tried(feed.url, feed.why)
            better = better or bool(trial.events)
            yield trial
    if first.scripted and not better and has_browser():
        yield replace(tried(url, "as a browser shows it", browser=True), browser=True)


def _tried(url: str, why: str, *, timezone: str | None, allow_private: bool, browser: bool = False) -> Trial:
    try:
        answer = (render if browser else fetch)(url, allow_private=allow_private)
    except click.ClickException as error:
        return Trial(url=url, why=why, failure=error.message.removeprefix(f"{url}: "))
    page = _page(answer, timezone)
    trial = Trial(url=url, why=why, answer=answer, page=page)
    try:
        found = extract(page)
    except ExtractionError as error:
        return replace(trial, failure=f"{error.cause}: {error}", scripted=error.cause is Cause.NEEDS_BROWSER)
    events, refused = _read(found)
    failure = None if events else "the page says that it lists nothing" if found.empty else "no events were recognised"
    # Asked whether or not it is empty: the words that say so may stand in a script.
    scripted = not events and needs_browser(page)
    return replace(
        trial,
        kind=found.kind,
        events=events,
        refused=refused,
        failure=failure,
        capped=cap_reached(page, found),
        scripted=scripted,
    )


def _page(answer: RecordedResponse, timezone: str | None) -> Page:
    return Page(
        url=answer.url,
        body=answer.body,
        content_type=content_type(answer),
        fetched_at=answer.fetched_at,
        timezone=timezone,
        source="add",
    )


def _read(found: Extraction) -> tuple[tuple[Event, ...], int]:
    """The events that were found, and how many pieces were none."""
    events, refused = [], len(found.refusals)
    for posting in found.postings:
        try:
            events.append(read(posting).event)
        except Rejected:
            refused += 1
    return tuple(events), refused


def _why(trials: list[Trial]) -> str:
    """Why no trial can be added."""
    if not trials[0].scripted:
        return trials[0].failure or "no events were recognised"
    return f"in a browser: {trials[-1].failure}" if trials[-1].browser else _SCRIPTED


def _with_entry(catalogue: Catalogue, entry: str) -> str:
    """The catalogue's text with the entry at its end. Raises CatalogueError where that is no catalogue."""
    # Not read_text, which would write Windows' line ends anew.
    text = catalogue.path.read_bytes().decode("utf-8")
    apart = "\n" if not text or text.endswith("\n") else "\n\n"
    added = f"{text}{apart}{entry}\n".lstrip("\n")
    parse_catalogue(added.encode("utf-8"), str(catalogue.path))
    return added


def _write(catalogue: Catalogue, text: str) -> None:
    """Replace the catalogue at once. Raises click.ClickException where it cannot be written."""
    beside = catalogue.path.with_suffix(".new")
    try:
        beside.write_bytes(text.encode("utf-8"))
        shutil.copymode(catalogue.path, beside)
        beside.replace(catalogue.path)
    except OSError as error:
        raise click.ClickException(f"{catalogue.path}: cannot be written: {error.strerror}") from error


def _summary(trial: Trial) -> str:
    found = trial.failure or f"{trial.kind}, {len(trial.events)} events"
    return f"{trial.url}\n  {trial.why}: {found}" + (f", {trial.refused} refused" if trial.refused else "")


def _show(trial: Trial) -> None:
    click.echo(f"\nBest: {trial.url} ({trial.kind})")
    for event in trial.events[:_SHOWN]:
        place = event.location.name if event.location else None
        click.echo("  " + "  ".join(filter(None, (moment_text(event.start), one_line(event.name, limit=80), place))))
    for line in describe_missing(trial.events):
        click.echo(f"  {line}")
    if trial.capped:
        click.echo(f"  {trial.capped}: there may be more")
