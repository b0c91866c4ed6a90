"""Send alarms through Apprise (extra `notify`), once, and again only when they change."""

from __future__ import annotations

import json
import logging
from collections.abc import Collection, Sequence
from contextlib import suppress
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import click

from commands.lock import lock_path

NO_APPRISE = "notices are sent by Apprise: pip install 'symposia[notify]'"


def notify_once(
    store: str, addresses: Sequence[str], signs: Collection[str], *, title: str, lines: Sequence[str]
) -> None:
    """Send the alarms, or the news that all have ended, unless the same `signs` were sent the last time.

    Args:
        store: The store's file or URL; what was sent is remembered beside it.
        addresses: Apprise URLs. They hold passwords, so no message shows them.
        signs: What the alarms are about, the same text for the same alarm on each day.
        title: The subject.
        lines: The message; empty where all is well again.

    Raises:
        click.ClickException: The notice cannot be sent, or cannot be remembered as sent.
    """
    sent_file = lock_path(store).with_suffix(".told.json")
    if set(signs) == _read_sent(sent_file):
        return
    _send(addresses, f"Symposia: {title}", "\n".join(lines) or "All sources are well again.")
    try:
        sent_file.write_text(json.dumps(sorted(signs)), encoding="utf-8")
    except OSError as error:
        message = f"{sent_file}: cannot be written: {error.strerror or error}; the notice will be sent again"
        raise click.ClickException(message) from error


def _send(addresses: Sequence[str], title: str, body: str) -> None:
    if find_spec("apprise") is None:
        raise click.ClickException(NO_APPRISE)
    logging.getLogger("apprise").setLevel(logging.CRITICAL)  # It logs addresses that it does not know, with passwords.
    service = import_module("apprise").Apprise()
    for number, address in enumerate(addresses, start=1):
        if not service.add(address):
            raise click.ClickException(f"Apprise does not know the notice address number {number}")
    if not service.notify(title=title, body=body):
        raise click.ClickException("the notice could not be sent")


def _read_sent(path: Path) -> set[str]:
    """The signs that were sent last; none where that cannot be read."""
    with suppress(OSError, ValueError, TypeError):
        return {str(sign) for sign in json.loads(path.read_text(encoding="utf-8"))}
    return set()
