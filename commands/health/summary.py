"""Summarize the health of sources in words: how many are well, what is wrong with the others, and what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from commands.health.assessment import SourceHealth
from symposia.health import Sign, State


def find_troubled(sources: Sequence[SourceHealth]) -> list[SourceHealth]:
    """Find the sources that need a person."""
    return [source for source in sources if source.needs_a_person]


def summarize(sources: Sequence[SourceHealth]) -> str:
    """How many sources are in which state, in one line."""
    count = Counter(source.health.state for source in sources)
    parts = [f"{len(sources)} {'source' if len(sources) == 1 else 'sources'}: {count[State.WELL]} well"]
    for state, words in (
        (State.ILL, "needs you" if count[State.ILL] == 1 else "need you"),
        (State.DOWN, "failed the last time, which may pass"),
        (State.NEW, "never crawled"),
    ):
        parts += [f"{count[state]} {words}"] if count[state] else []
    return ", ".join(parts)


def describe_troubled(sources: Sequence[SourceHealth]) -> Iterator[str]:
    """Yield what is wrong with each source that needs a person, and below it what to do.

    If several sources are no longer crawled, one line says so for all of them: cron is the likely cause.
    """
    troubled = find_troubled(sources)
    late = [source for source in troubled if any(alarm.sign is Sign.NOT_CRAWLED for alarm in source.alarms)]
    if len(late) > 1:
        last = max(source.runs[-1].started for source in late)
        yield f"{len(late)} sources are late, none of them was crawled since {last:%Y-%m-%d}"
        yield "  does cron run? symposia doctor"
    for source in troubled:
        yield from _describe_alarms(source, without=Sign.NOT_CRAWLED if len(late) > 1 else None)


def describe_notes(sources: Sequence[SourceHealth]) -> Iterator[str]:
    """Yield what is worth knowing about sources that need nobody; nothing if there is nothing."""
    noted = [source for source in sources if source.alarms and not source.needs_a_person]
    if noted:
        yield "Worth knowing:"
    for source in noted:
        yield from _describe_alarms(source)


def _describe_alarms(source: SourceHealth, without: Sign | None = None) -> Iterator[str]:
    for alarm in source.alarms:
        if alarm.sign is not without:
            yield f"{source.id}: {alarm.words}"
            yield f"  {': '.join(filter(None, (alarm.remedy, alarm.proposal)))}"
