"""Check whether the store, its lock and the folder of the export can be written."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from commands.doctor.findings import Finding, fault, ok, warning
from commands.lock import find_holder
from pipelines.store.engine import hide_password
from pipelines.store.store import Store
from symposia.errors import SymposiaError

_MIN_FREE = 500_000_000
"""Bytes that should be free on the store's disk, however small the store is now."""
_OWNER = "its folder must belong to the user who crawls"


def check_store(where: str) -> Finding:
    """Check that the store can be read and written, is not damaged and has room; a missing one is not created."""
    if "://" not in where and not Path(where).exists():
        write_fault = find_write_fault(Path(where).parent)
        if write_fault:
            return fault("store", write_fault, f"--store names another; {_OWNER}")
        return ok("store", f"{where} is created by the first crawl")
    try:
        with Store.open(where) as opened:
            opened.check_integrity()
            runs = opened.get_last_runs()
    except SymposiaError as error:
        return fault("store", str(error), "see docs/cron.md on back-ups; --store names another")
    words = f"{hide_password(where)}, sound, {len(runs)} sources crawled"
    return ok("store", words) if "://" in where else _check_free_space(Path(where), words)


def _check_free_space(path: Path, words: str) -> Finding:
    """Check for room for a second copy: a store is twice as large while it is migrated or vacuumed."""
    free, size = shutil.disk_usage(path.resolve().parent).free, path.stat().st_size
    words += f", {size / 1e6:.1f} MB, {free / 1e9:.1f} GB free"
    if free < max(_MIN_FREE, 2 * size):
        return warning("store", words, "make room on the disk, or move the store")
    return ok("store", words)


def check_lock(store: str) -> Finding:
    """Say whether another process is at work on the store, and which."""
    holder = find_holder(store)
    if holder is None:
        return ok("runs", "none at work")
    return ok("runs", f"process {holder.pid} on {holder.host} is at work ({holder.what}, since {holder.since})")


def check_output_folder(out: Path) -> Finding:
    """Check that files can be created in the export's folder and its subfolders, where each replaces an older one."""
    folders = [path for path in sorted(out.iterdir()) if path.is_dir()] if out.is_dir() else []
    locked = next((f"{folder}: not writable" for folder in folders if not os.access(folder, os.W_OK)), None)
    if write_fault := find_write_fault(out) or locked:
        return fault("output folder", write_fault, "--out names another; it must belong to the user who exports")
    return ok("output folder", f"{out} can be written" if out.exists() else f"{out} can be created")


def find_write_fault(folder: Path) -> str | None:
    """Why no file can be created in a folder, or in its nearest parent that exists; None where one can."""
    there = folder if folder.exists() else next(parent for parent in folder.resolve().parents if parent.exists())
    try:
        with tempfile.NamedTemporaryFile(dir=there, prefix=".symposia-doctor-") as file:
            file.write(b"x" * 4096)
            file.flush()
    except OSError as error:
        return f"{there}: {error.strerror or error}"
    return None
