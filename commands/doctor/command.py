"""`symposia doctor`: check the set-up, and say what to do where it is not sound."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import click

from calendar_export.output_folder import MANIFEST
from commands.doctor.disk import check_lock, check_output_folder, check_store
from commands.doctor.findings import Finding, Verdict
from commands.doctor.network import check_network
from commands.doctor.setup import (
    check_catalogue,
    check_clock,
    check_contact,
    check_data_files,
    check_extras,
    check_python,
    check_time_zones,
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
    help="The folder that exports are written to.",
)
@click.option(
    "--network",
    is_flag=True,
    help="Ask a host of the catalogue for its robots.txt, and compare its clock with this one.",
)
@private_option
@click.option("--json", "as_json", is_flag=True, help="Print the findings as a JSON array.")
def command(
    sources_path: Path | None, store: str, out: Path, network: bool, allow_private: bool, as_json: bool
) -> None:
    """Check Python, clock, time zones, catalogue, store, output folder and extras, and say what to do.

    Exit status 1 if something does not work.
    """
    findings = list(_run_checks(sources_path, store, out))
    if network:
        findings.append(check_network(sources_path, _now, allow_private=allow_private))
    if as_json:
        click.echo(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False))
    else:
        click.echo("\n".join(line for finding in findings for line in _format_finding(finding)))
    sys.exit(1 if any(finding.verdict is Verdict.FAULT for finding in findings) else 0)


def _run_checks(sources_path: Path | None, store: str, out: Path) -> Iterator[Finding]:
    yield check_python()
    # Before any other check writes a file.
    yield check_clock(_now(), (Path(store), out / MANIFEST, Path(__file__)))
    yield check_time_zones()
    yield check_catalogue(sources_path)
    yield check_data_files()
    yield check_contact()
    yield check_store(store)
    yield check_lock(store)
    yield check_output_folder(out)
    yield from check_extras()


def _now() -> datetime:
    return datetime.now(UTC)


def _format_finding(finding: Finding) -> Iterator[str]:
    yield f"{finding.verdict:8} {finding.what}: {finding.words}"
    if finding.remedy:
        yield f"{'':8} {finding.remedy}"
