"""What the commands share that read the store: the event that is meant, and people's decisions on events.

Separate from `commands.options`, because the store takes half a second to import.
"""

from __future__ import annotations

from pathlib import Path

import click

from pipelines.events.overrides import Overrides, load_overrides
from pipelines.store.store import Store
from symposia.data_files import data_path
from symposia.event import Event
from symposia.moments import moment_text

_MAX_LISTED = 20
"""Events that are listed where several could be meant: as many as fit on a screen."""

overrides_option = click.option(
    "--overrides",
    "overrides_path",
    type=click.Path(path_type=Path, dir_okay=False),
    envvar="SYMPOSIA_OVERRIDES",
    help="The file of your decisions on events; default: data/overrides.toml. Also SYMPOSIA_OVERRIDES.",
)


def load_overrides_at(path: Path | None) -> Overrides:
    """Load the decisions at `path`, or in the shipped file; raise OverridesError if it is wrong."""
    return load_overrides(path or data_path("overrides.toml"))


def shorten(value: object, limit: int) -> str:
    """Write a value on one line, cut after `limit` characters."""
    text = " ".join(str(value).split())
    return text if len(text) <= limit else text[: limit - 1] + "…"


def find_event(store: Store, called: str) -> Event:
    """Find the only event that a person can mean.

    Args:
        store: Where to look.
        called: A UID, the beginning of one, or a part of the event's name, in any case.

    Raises:
        click.ClickException: No event fits, or several; the message lists them.
    """
    if event := store.get_event(called):
        return event
    words = called.casefold()
    fitting = [event for event in store.get_events() if event.uid.startswith(called) or words in event.name.casefold()]
    if len(fitting) == 1:
        return fitting[0]
    listed = "".join(f"\n  {event.uid}  {moment_text(event.start)}  {event.name}" for event in fitting[:_MAX_LISTED])
    more = f"\n  and {len(fitting) - _MAX_LISTED} more" if len(fitting) > _MAX_LISTED else ""
    count = f"{len(fitting)} events are called {called!r}:" if fitting else f"no events are called {called!r}"
    raise click.ClickException(f"{count}{listed}{more}")
