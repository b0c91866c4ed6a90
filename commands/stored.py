"""What commands share that look into the store: the event that is meant, and a person's decisions on it.

Apart from the other options, as the store takes half a second to import.
"""

from __future__ import annotations

from pathlib import Path

import click

from pipelines.events.overrides import Overrides, load_overrides
from pipelines.store.store import Store
from symposia.data_files import data_path
from symposia.event import Event
from symposia.moments import moment_text

overrides_option = click.option(
    "--overrides",
    "overrides_path",
    type=click.Path(path_type=Path, dir_okay=False),
    envvar="SYMPOSIA_OVERRIDES",
    help="The file of your decisions on events; without it, data/overrides.toml. Also SYMPOSIA_OVERRIDES.",
)


def load_overrides_at(path: Path | None) -> Overrides:
    """The decisions at `path`, or in the file that comes with Symposia. Raises OverridesError."""
    return load_overrides(path or data_path("overrides.toml"))


def find_event(store: Store, called: str) -> Event:
    """The event of a UID, or of its beginning, or the only one whose name holds those words.

    Raises click.ClickException where there is none, or several, which it lists.
    """
    if found := store.get_event(called):
        return found
    words = called.casefold()
    fits = [one for one in store.get_events() if one.uid.startswith(called) or words in one.name.casefold()]
    if len(fits) == 1:
        return fits[0]
    listed = "".join(f"\n  {one.uid}  {moment_text(one.start)}  {one.name}" for one in fits[:20])
    more = f"\n  and {len(fits) - 20} more" if len(fits) > 20 else ""
    raise click.ClickException(f"{len(fits) or 'no'} events are called {called!r}{':' if fits else ''}{listed}{more}")
