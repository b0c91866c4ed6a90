"""`symposia doctor`: whether the set-up is sound, and what to do where it is not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import click

from calendar_export.output_folder import RECORD
from commands.doctor.disk import lock_check, output_check, store_check
from commands.doctor.findings import Finding, Verdict
from commands.doctor.network import network_check
from commands.doctor.setup import (
    catalogue_check,
    clock_check,
    contact_check,
    data_check,
    extras_checks,
    python_check,
    zones_check,
)
from commands.options import private_option, sources_option, store_option


@click.command()
@sources_option
@store_option
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("data/export"),
    show_default=True,
    help="The folder of the export.",
)
@click.option(
    "--network", is_flag=True, help="Ask a host of the catalogue for its robots.txt, and what time it is there."
)
@private_option
@click.option("--json", "as_json", is_flag=True, help="The findings as a JSON array.")
def command(
    sources_path: Path | None, store: str, out: Path, network: bool, allow_private: bool, as_json: bool
) -> None:
    """Check Python, clock, zones, catalogue, store, output folder and extras; say what to do. Exit status 1: there are faults."""
    findings = list(_findings(sources_path, store, out))
    if network:
        findings.append(network_check(sources_path, _now, allow_private=allow_private))
    if as_json:
        click.echo(json.dumps([asdict(one) for one in findings], ensure_ascii=False))
    else:
        click.echo("\n".join(line for one in findings for line in _lines(one)))
    raise SystemExit(1 if any(one.verdict is Verdict.FAULT for one in findings) else 0)


def _findings(sources_path: Path | None, store: str, out: Path) -> Iterator[Finding]:
    yield python_check()
    # Before any other check writes.
    yield clock_check(_now(), (Path(store), out / RECORD, Path(__file__)))
    yield zones_check()
    yield catalogue_check(sources_path)
    yield data_check()
    yield contact_check()
    yield store_check(store)
    yield lock_check(store)
    yield output_check(out)
    yield from extras_checks()


def _now() -> datetime:
    return datetime.now(UTC)


def _lines(one: Finding) -> Iterator[str]:
    yield f"{one.verdict:8} {one.what}: {one.words}"
    if one.remedy:
        yield f"{'':8} {one.remedy}"
