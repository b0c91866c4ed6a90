"""`symposia tag`: what a text is about."""

from __future__ import annotations

import click

from commands.options import answer, jsonl_option, questions
from pipelines.tag import topics_of
from pipelines.topics import shipped_taxonomy


@click.command()
@click.argument("text", nargs=-1)
@jsonl_option
def command(text: tuple[str, ...], jsonl: bool) -> None:
    """Name the topics of TEXT, and the words that speak for each. Exit status 1 where there are none.

    With --jsonl, reads {"id", "name", "description"?, "keywords"?} and writes {"id", "topics", "why"}.
    """
    taxonomy = shipped_taxonomy()
    if jsonl:
        for question in questions():
            keywords = tuple(question.get("keywords") or ())
            why = topics_of(taxonomy, question.get("name") or "", question.get("description"), keywords)
            answer({"id": question["id"], "topics": sorted(why), "why": why})
        return
    if not text:
        raise click.UsageError("a TEXT is missing")
    found = topics_of(taxonomy, " ".join(text))
    for slug, words in sorted(found.items()):
        click.echo(f"{slug}: {'; '.join(words)}")
    if not found:
        raise SystemExit(1)
