"""`symposia tag`: name the topics of a text."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import partial
from typing import Any

import click

from commands.options import answer_jsonl, jsonl_option, require_argument
from pipelines.topics.tag import TopicReasons, find_topics
from pipelines.topics.taxonomy import Taxonomy, shipped_taxonomy


@click.command()
@click.argument("text", nargs=-1)
@jsonl_option
def command(text: tuple[str, ...], jsonl: bool) -> None:
    """Name the topics of TEXT, the most certain first, with the words that indicate each. Exit status 1 if it has none.

    With --jsonl, read {"id", "name", "description"?, "keywords"?} per line and write {"id", "topics", "why",
    "confidence"}.
    """
    taxonomy = shipped_taxonomy()
    if jsonl:
        answer_jsonl(partial(_tag_record, taxonomy), "name", "description")
        return
    require_argument(text, "TEXT")
    found = find_topics(taxonomy, " ".join(text))
    for slug, reason in sorted(found.items(), key=lambda topic: (-topic[1].confidence, topic[0])):
        click.echo(f"{slug} ({reason.confidence:.2f}): {'; '.join(reason.evidence)}")
    if not found:
        sys.exit(1)


def _tag_record(taxonomy: Taxonomy, record: dict[str, Any]) -> Iterator[dict[str, Any]]:
    why = find_topics(taxonomy, record.get("name") or "", record.get("description"), _read_keywords(record))
    yield {"id": record["id"], "topics": sorted(why), **_reasons_to_json(why)}


def _read_keywords(record: dict[str, Any]) -> tuple[str, ...]:
    keywords = record.get("keywords") or []
    if not isinstance(keywords, list) or not all(isinstance(keyword, str) for keyword in keywords):
        raise click.ClickException('"keywords" is not a list of texts')
    return tuple(keywords)


def _reasons_to_json(why: TopicReasons) -> dict[str, Any]:
    return {
        "why": {slug: reason.evidence for slug, reason in why.items()},
        "confidence": {slug: reason.confidence for slug, reason in why.items()},
    }
