"""`symposia add`: try an address, show the events found there, and add it to the catalogue."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from commands.options import load_catalogue_at, private_option, sources_option
from commands.proposal import Trial, choose_best, describe_missing, find_known_source, format_entry, propose_source
from commands.recordings import write_recording
from commands.trials import try_addresses
from spiders.catalogue import Catalogue, parse_catalogue
from symposia.moments import moment_text
from symposia.text.plain_text import one_line
from symposia.zones import resolve_zone

_EVENTS_SHOWN = 5
"""Events of the proposed source that are shown, for comparison with the page."""
_NAME_CHARS = 80
"""Characters of an event's name that are shown, so that it fits on a line of a terminal with its time."""
_NEEDS_BROWSER = (
    "scripts make this page, and only a browser sees its events. "
    "Look for a calendar or feed that the site offers; or: pip install 'symposia[browser]', and add it again"
)


@click.command()
@click.argument("url")
@click.option("--yes", is_flag=True, help="Write the entry without asking.")
@click.option("--id", "source_id", help="The id of the source; default: made from its address.")
@click.option("--timezone", help="The time zone (IANA) of events that state none.")
@private_option
@sources_option
def command(
    url: str, yes: bool, source_id: str | None, timezone: str | None, allow_private: bool, sources_path: Path | None
) -> None:
    """Try URL and the feeds that its page or platform offers, and add the best of them to the catalogue.

    Each is fetched as a crawl fetches it: robots.txt is obeyed.
    """
    _require_timezone(timezone)
    catalogue = load_catalogue_at(sources_path)
    _require_new(url, catalogue)
    trials = []
    for trial in try_addresses(url, timezone, allow_private=allow_private):
        click.echo(_summarize(trial))
        trials.append(trial)
    best = _choose(trials)
    _require_new(best.url, catalogue)
    _show(best)
    source = propose_source(best, trials[0], catalogue, source_id, timezone)
    entry = format_entry(source)
    text = _append_entry(catalogue, entry)
    click.echo(f"\n{entry}")
    if not yes and not click.confirm(f"Add it to {catalogue.path}?"):
        click.echo("nothing was written")
        return
    if best.response is not None:
        write_recording(catalogue, source.id, source.url, best.response)
    _replace_catalogue(catalogue, text)
    click.echo(f"added {source.id}")


def _require_timezone(timezone: str | None) -> None:
    if timezone and resolve_zone(timezone) != timezone:
        raise click.ClickException(f"{timezone!r} is not an IANA time zone")


def _require_new(url: str, catalogue: Catalogue) -> None:
    if known := find_known_source(url, catalogue):
        raise click.ClickException(f"{url} is in {catalogue.path} already, as {known}")


def _choose(trials: list[Trial]) -> Trial:
    best = choose_best(trials)
    if best is None:
        raise click.ClickException(f"nothing to add: {_explain_failure(trials)}")
    return best


def _explain_failure(trials: list[Trial]) -> str:
    if not trials[0].client_rendered:
        return trials[0].failure or "no events were recognised"
    return f"in a browser: {trials[-1].failure}" if trials[-1].browser else _NEEDS_BROWSER


def _append_entry(catalogue: Catalogue, entry: str) -> str:
    """The catalogue's text with `entry` at its end; raise CatalogueError if that is not a valid catalogue."""
    # Not read_text, which would rewrite Windows' line ends.
    text = catalogue.path.read_bytes().decode("utf-8")
    blank = "\n" if not text or text.endswith("\n") else "\n\n"
    extended = f"{text}{blank}{entry}\n".lstrip("\n")
    parse_catalogue(extended.encode("utf-8"), str(catalogue.path))
    return extended


def _replace_catalogue(catalogue: Catalogue, text: str) -> None:
    """Replace the file atomically, keeping its permissions."""
    new = catalogue.path.with_suffix(".new")
    try:
        new.write_bytes(text.encode("utf-8"))
        shutil.copymode(catalogue.path, new)
        new.replace(catalogue.path)
    except OSError as error:
        raise click.ClickException(f"{catalogue.path}: cannot be written: {error.strerror}") from error


def _summarize(trial: Trial) -> str:
    outcome = trial.failure or f"{trial.kind}, {len(trial.events)} events"
    return f"{trial.url}\n  {trial.why}: {outcome}" + (f", {trial.refused} refused" if trial.refused else "")


def _show(trial: Trial) -> None:
    click.echo(f"\nBest: {trial.url} ({trial.kind})")
    for event in trial.events[:_EVENTS_SHOWN]:
        place = event.location.name if event.location else None
        columns = (moment_text(event.start), one_line(event.name, limit=_NAME_CHARS), place)
        click.echo("  " + "  ".join(filter(None, columns)))
    for line in describe_missing(trial.events):
        click.echo(f"  {line}")
    if trial.capped:
        click.echo(f"  {trial.capped}: there may be more")
