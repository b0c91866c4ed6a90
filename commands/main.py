"""`symposia`: finds events for educators and publishes them as calendars and tables."""

from __future__ import annotations

import sys
from importlib import import_module

import click

from symposia.errors import LockedError, SymposiaError

LOCKED = 4
"""The exit status if another process is at work on the store."""

COMMANDS = {
    "add": "commands.add",
    "changes": "commands.changes",
    "crawl": "commands.crawl",
    "dedupe": "commands.dedupe",
    "demo": "commands.demo",
    "doctor": "commands.doctor.command",
    "events": "commands.events",
    "export": "commands.export",
    "extract": "commands.extract",
    "health": "commands.health.command",
    "history": "commands.history",
    "lint": "commands.lint",
    "read": "commands.read",
    "rematch": "commands.rematch",
    "retag": "commands.retag",
    "serve": "commands.serve",
    "sources": "commands.sources",
    "tag": "commands.tag",
    "when": "commands.when",
    "why": "commands.why",
}
"""Each command and its module. It is imported only when the command is called: Scrapy and pandas take a second each."""


class LazyGroup(click.Group):
    """A group that imports a command when it is needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List the names of all commands."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command of that name; None where there is none."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(COMMANDS[cmd_name]).command
        return command


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]}, help=__doc__)
@click.version_option(package_name="symposia")
def cli() -> None:
    """Group the commands; the help text is the module's docstring."""


def main() -> None:
    """Run the command line; print a SymposiaError as one line and exit with status 1, or LOCKED."""
    try:
        cli(prog_name="symposia")
    except SymposiaError as error:
        click.echo(f"symposia: {error}", err=True)
        sys.exit(LOCKED if isinstance(error, LockedError) else 1)
    except BrokenPipeError:
        # The reader has seen enough (`symposia events | head`). Python would complain when it flushes on exit.
        sys.stderr.close()
        sys.exit(0)


if __name__ == "__main__":
    main()
