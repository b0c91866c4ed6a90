"""`symposia tag`: what a text is about."""

from __future__ import annotations

from typing import Any

import click

from commands.options import answer, jsonl_option, questions
from pipelines.topics.tag import Why, topics_of
from pipelines.topics.taxonomy import shipped_taxonomy


@click.command()
@click.argument("text", nargs=-1)
@jsonl_option
def command(text: tuple[str, ...], jsonl: bool) -> None:
    """Name the topics of TEXT, the surest first, and the words that speak for each. Exit status 1 where there are none.

    With --jsonl, reads {"id", "name", "description"?, "keywords"?} and writes {"id", "topics", "why", "confidence"}.
    """
    taxonomy = shipped_taxonomy()
    if jsonl:
        for question in questions("name", "description"):
            keywords = _keywords(question)
            why = topics_of(taxonomy, question.get("name") or "", question.get("description"), keywords)
            answer({"id": question["id"], "topics": sorted(why), **_reasons(why)})
        return
    if not text:
        raise click.UsageError("a TEXT is missing")
    found = topics_of(taxonomy, " ".join(text))
    for slug, reason in sorted(found.items(), key=lambda one: (-one[1].confidence, one[0])):
        click.echo(f"{slug} ({reason.confidence:.2f}): {'; '.join(reason.evidence)}")
    if not found:
        raise SystemExit(1)


def _keywords(question: dict[str, Any]) -> tuple[str, ...]:
    found = question.get("keywords") or []
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise click.ClickException(f'{question["id"]}: "keywords" is no list of texts')
    return tuple(found)


def _reasons(why: Why) -> dict[str, Any]:
    return {
        "why": {slug: reason.evidence for slug, reason in why.items()},
        "confidence": {slug: reason.confidence for slug, reason in why.items()},
    }
