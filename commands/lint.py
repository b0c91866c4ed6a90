"""`symposia lint`: whether calendars are such that every client reads them."""

from __future__ import annotations

from pathlib import Path

import click

from calendar_export.icalendar.lint import MAX_BYTES, RULES, Fault, Level, lint


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--rules", is_flag=True, help="Print the rules, each with its source, and check nothing.")
def command(files: tuple[Path, ...], rules: bool) -> None:
    """Check each .ics of FILES, and print what is wrong as FILE:LINE: rule: message. Exit status 1 where there are errors.

    An export publishes no feed that has errors. Warnings are what single clients fail at.
    """
    if rules:
        for rule in RULES.values():
            click.echo(f"{rule.name:<16} {rule.level:<8} {rule.says} [{rule.source}]")
        return
    if not files:
        raise click.UsageError("a FILE to check is missing")
    errors = sum([_print(file, lint(_content(file))) for file in files])
    if errors:
        raise SystemExit(1)


def _content(file: Path) -> bytes:
    """The file as far as `lint` looks at it: one byte more than is allowed is enough to be refused."""
    try:
        with file.open("rb") as opened:
            return opened.read(MAX_BYTES + 1)
    except OSError as error:
        raise click.ClickException(f"{file}: {error.strerror or error}") from error


def _print(file: Path, faults: list[Fault]) -> int:
    """Print each fault; how many are errors."""
    for one in faults:
        kind = "" if one.level is Level.ERROR else "warning: "
        click.echo(f"{file}:{one.line or 1}: {kind}{one.rule}: {one.message}")
    return sum(one.level is Level.ERROR for one in faults)
