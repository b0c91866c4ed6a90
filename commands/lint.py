"""`symposia lint`: check that every client can read a calendar."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from calendar_export.icalendar.lint import MAX_BYTES, RULES, Finding, Level, lint
from commands.options import require_argument


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--rules", is_flag=True, help="Print the rules with their sources, and check nothing.")
def command(files: tuple[Path, ...], rules: bool) -> None:
    """Check the .ics FILES, and print what is wrong as FILE:LINE: rule: message. Exit status 1 if there are errors.

    An export publishes no feed with errors. Warnings are about what some clients cannot read.
    """
    if rules:
        for rule in RULES.values():
            click.echo(f"{rule.name:<16} {rule.level:<8} {rule.says} [{rule.source}]")
        return
    require_argument(files, "FILES")
    errors = sum(_print_findings(file, lint(_read_bounded(file))) for file in files)
    sys.exit(1 if errors else 0)


def _read_bounded(file: Path) -> bytes:
    """Read one byte more than `lint` accepts, which is enough for it to refuse the file."""
    try:
        with file.open("rb") as opened:
            return opened.read(MAX_BYTES + 1)
    except OSError as error:
        raise click.ClickException(f"{file}: {error.strerror or error}") from error


def _print_findings(file: Path, findings: list[Finding]) -> int:
    """Print each finding, and return how many are errors."""
    for finding in findings:
        kind = "" if finding.level is Level.ERROR else "warning: "
        click.echo(f"{file}:{finding.line or 1}: {kind}{finding.rule}: {finding.message}")
    return sum(finding.level is Level.ERROR for finding in findings)
