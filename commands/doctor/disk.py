"""Whether what Symposia writes can be written: the store, its lock, the folder of the export."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from commands.doctor.findings import Finding, fault, found, warning
from commands.lock import holder_of
from pipelines.store.store import Store
from symposia.errors import SymposiaError

_ROOM = 500_000_000
"""Bytes that should be free where the store is."""
_OWNER = "its folder's owner must be who crawls"


def store_check(where: str) -> Finding:
    """The store answers, is not damaged, takes writing and has room; one that is not there yet is not made."""
    if "://" not in where and not Path(where).exists():
        why = unwritable(Path(where).parent)
        if why:
            return fault("store", why, f"--store names another; {_OWNER}")
        return found("store", f"{where} is made by the first crawl")
    try:
        with Store.open(where) as opened:
            opened.check()
            runs = opened.last_runs()
    except SymposiaError as error:
        return fault("store", str(error), "see docs/cron.md on back-ups; --store names another")
    words = f"{where}, sound, {len(runs)} sources crawled"
    return found("store", words) if "://" in where else _room(Path(where), words)


def _room(path: Path, words: str) -> Finding:
    """A store that is brought up to date, or tidied up, is twice as large meanwhile."""
    free, size = shutil.disk_usage(path.resolve().parent).free, path.stat().st_size
    words += f", {size / 1e6:.1f} MB, {free / 1e9:.1f} GB free"
    if free < max(_ROOM, 2 * size):
        return warning("store", words, "make room on the disk, or move the store")
    return found("store", words)


def lock_check(store: str) -> Finding:
    """Whether a crawl is at work."""
    holder = holder_of(store)
    if holder is None:
        return found("runs", "none at work")
    return found("runs", f"process {holder.pid} on {holder.host} is at work ({holder.what}, since {holder.since})")


def output_check(out: Path) -> Finding:
    """Files can be made in the folder of the export and those in it: each is written beside the one that it replaces."""
    inside = [path for path in sorted(out.iterdir()) if path.is_dir()] if out.is_dir() else []
    why = unwritable(out) or next((f"{path}: not writable" for path in inside if not os.access(path, os.W_OK)), None)
    if why:
        return fault("output folder", why, "--out names another; its owner must be who exports")
    return found("output folder", f"{out} can be written" if out.exists() else f"{out} can be made")


def unwritable(folder: Path) -> str | None:
    """Why no file can be made in a folder, or in the nearest one above it that there is; None where one can."""
    there = folder if folder.exists() else next(parent for parent in folder.resolve().parents if parent.exists())
    try:
        with tempfile.NamedTemporaryFile(dir=there, prefix=".symposia-doctor-") as file:
            file.write(b"x" * 4096)
            file.flush()
    except OSError as error:
        return f"{there}: {error.strerror or error}"
    return None
