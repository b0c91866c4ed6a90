"""Alarms sent to whom they concern, through Apprise (extra `notify`); once, and again only when they change."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click
from scrapy.utils.misc import load_object

from commands.lock import lock_of

NO_APPRISE = "notices are sent by Apprise: pip install 'symposia[notify]'"


def tell_once(store: str, addresses: Sequence[str], title: str, lines: Sequence[str]) -> None:
    """Send the alarms, and that there are none any more; nothing where the same was told before.

    Raises click.ClickException where they cannot be sent. Addresses hold passwords, and are never shown.
    """
    remembered = lock_of(store).with_suffix(".told.json")
    if list(lines) == _told(remembered):
        return
    if find_spec("apprise") is None:
        raise click.ClickException(NO_APPRISE)
    logging.getLogger("apprise").setLevel(logging.CRITICAL)  # It logs addresses that it does not know.
    service: Any = load_object("apprise.Apprise")()
    for number, address in enumerate(addresses, start=1):
        if not service.add(address):
            raise click.ClickException(f"the notice address number {number} is none that Apprise knows")
    if not service.notify(title=f"Symposia: {title}", body="\n".join(lines) or "All sources are well again."):
        raise click.ClickException("the notice could not be sent")
    remembered.write_text(json.dumps(list(lines)), encoding="utf-8")


def _told(path: Path) -> list[str]:
    """What was told last; nothing, where it cannot be read."""
    with suppress(OSError, ValueError):
        return [str(line) for line in json.loads(path.read_text(encoding="utf-8"))]
    return []
