"""Alarms sent to whom they concern, through Apprise (extra `notify`); once, and again only when they change."""

from __future__ import annotations

import json
import logging
from collections.abc import Collection, Sequence
from contextlib import suppress
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import click

from commands.lock import lock_of

NO_APPRISE = "notices are sent by Apprise: pip install 'symposia[notify]'"


def tell_once(
    store: str, addresses: Sequence[str], signs: Collection[str], *, title: str, lines: Sequence[str]
) -> None:
    """Send the alarms, and that there are none any more; nothing where `signs`, what they are about, were told before.

    Raises click.ClickException where they cannot be sent. Addresses hold passwords, and are never shown.
    """
    remembered = lock_of(store).with_suffix(".told.json")
    if set(signs) == _told(remembered):
        return
    _send(addresses, f"Symposia: {title}", "\n".join(lines) or "All sources are well again.")
    try:
        remembered.write_text(json.dumps(sorted(signs)), encoding="utf-8")
    except OSError as error:
        words = f"{remembered}: what was told cannot be remembered: {error.strerror or error}"
        raise click.ClickException(words) from error


def _send(addresses: Sequence[str], title: str, body: str) -> None:
    if find_spec("apprise") is None:
        raise click.ClickException(NO_APPRISE)
    logging.getLogger("apprise").setLevel(logging.CRITICAL)  # It logs addresses that it does not know.
    service = import_module("apprise").Apprise()
    for number, address in enumerate(addresses, start=1):
        if not service.add(address):
            raise click.ClickException(f"the notice address number {number} is none that Apprise knows")
    if not service.notify(title=title, body=body):
        raise click.ClickException("the notice could not be sent")


def _told(path: Path) -> set[str]:
    """What was told last; nothing, where it cannot be read."""
    with suppress(OSError, ValueError, TypeError):
        return {str(sign) for sign in json.loads(path.read_text(encoding="utf-8"))}
    return set()
