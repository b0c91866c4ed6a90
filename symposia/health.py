"""Whether a source is well: what its last crawls say, held against those before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from statistics import median
from urllib.parse import urlsplit

from symposia.errors import Cause
from symposia.outcome import FIELDS, Run, RunStatus
from symposia.visit import LONGEST_REST

PATIENCE = 3
"""Nights in a row that a failure which may pass by itself goes on before it is told: sites are down for a night or two."""
SEVERAL = 3
"""Events from which on none at all is news; a source of one or two events runs out of them now and then."""
MANY = 6
"""Events from which on half of them is news."""
USUAL = 14
"""Earlier good crawls that say what is usual: what changes for good is told for a week, then it is what is usual."""
PARTS = 7
"""Good crawls of which none read the whole listing, from which on that is told."""
ENOUGH = 5
"""Events that must have been read anew, in one crawl, to say anything of a field."""
QUIET = timedelta(days=60)
"""How long nothing new may come: a school's summer."""
_LASTING = frozenset(
    {
        Cause.NOT_FOUND, Cause.GONE, Cause.MOVED, Cause.ROBOTS, Cause.LOGIN, Cause.LAYOUT_CHANGED, Cause.WRONG_CONTENT,
        Cause.NEEDS_BROWSER, Cause.PRIVATE_ADDRESS, Cause.REDIRECTS, Cause.TOO_LARGE, Cause.UNRECOGNISED,
        Cause.ALL_REFUSED, Cause.BUG,
    }
)  # fmt: skip
"""What does not pass by itself, and is told at once."""


class Sign(StrEnum):
    """What may be wrong with a source. A closed list: docs/health.md says of each what to do."""

    FAILING = "failing"
    ZERO = "zero"
    HALVED = "halved"
    FIELD_LOST = "field_lost"
    STALE = "stale"
    MOVED = "moved"
    NEVER_WHOLE = "never_whole"
    NOT_CRAWLED = "not_crawled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """Something that a person should look at: what, in words, and the line of the catalogue that may mend it.

    A `note` can wait: it is shown, and alone raises no alarm.
    """

    sign: Sign
    words: str
    proposal: str | None = None
    note: bool = False


def alarms_of(runs: Sequence[Run], *, now: datetime, wait: timedelta = LONGEST_REST) -> tuple[Alarm, ...]:
    """What is wrong with a source, by its last runs, the oldest first; empty where it is well, or was never crawled.

    `wait` is how long after a crawl the next is due at the latest.
    """
    if not runs:
        return ()
    found = [*_not_crawled(runs[-1], now, wait), *_moved(runs[-1])]
    if runs[-1].status is RunStatus.FAILED:
        return (*_failing(runs), *found)
    good = [run for run in runs if run.status is not RunStatus.FAILED]
    return (*_fewer(good), *_field_lost(good), *_stale(good), *_never_whole(good), *found)


def _failing(runs: Sequence[Run]) -> Iterator[Alarm]:
    last = runs[-1]
    since = next((number for number, run in enumerate(reversed(runs)) if run.status is not RunStatus.FAILED), len(runs))
    if since < PATIENCE and last.cause not in _LASTING:
        return
    began = f"since {runs[-since].started:%Y-%m-%d}" if since > 1 else "the last time"
    detail = f" ({last.detail})" if last.detail else ""
    yield Alarm(sign=Sign.FAILING, words=f"fails {began}: {last.cause}{detail}")


def _fewer(good: Sequence[Run]) -> Iterator[Alarm]:
    """Events gone to none, or to less than half of what is usual."""
    last, earlier = good[-1], [run.events for run in good[:-1] if run.events][-USUAL:]
    usual = median(earlier) if earlier else 0
    if not last.events and usual >= SEVERAL:
        yield Alarm(sign=Sign.ZERO, words=f"lists no events any more; {usual:g} were usual")
    elif usual >= MANY and 2 * last.events < usual:
        yield Alarm(sign=Sign.HALVED, words=f"lists {last.events} events; {usual:g} were usual")


def _field_lost(good: Sequence[Run]) -> Iterator[Alarm]:
    """A field that more than half of the events said, and hardly any says now. Pages that had not changed say nothing of it."""
    read = [run for run in good if run.read >= ENOUGH and run.filled]
    if len(read) < 2 or read[-1] is not good[-1]:
        return
    last, before = read[-1], read[:-1][-USUAL:]
    for name in FIELDS:
        usual = median(run.filled.get(name, 0) / run.read for run in before)
        share = last.filled.get(name, 0) / last.read
        if usual > 1 / 2 and share < 1 / 20:
            told = (
                f"{usual:.0%} of its events said it, of the {last.read} that were read last {last.filled.get(name, 0)}"
            )
            yield Alarm(sign=Sign.FIELD_LOST, words=f"tells no {name.replace('_', ' ')} any more: {told}")


def _stale(good: Sequence[Run]) -> Iterator[Alarm]:
    """Nothing new for more than a summer, and three times as long as ever before."""
    news = [run.started for run in good if run.new]
    last = good[-1].started
    if not news or not good[-1].events:
        return
    gaps = [later - earlier for earlier, later in pairwise(news)]
    if last - news[-1] > max(QUIET, 3 * max(gaps, default=timedelta())):
        yield Alarm(sign=Sign.STALE, words=f"has listed nothing new since {news[-1]:%Y-%m-%d}", note=True)


def _never_whole(good: Sequence[Run]) -> Iterator[Alarm]:
    """What is never read whole never tells that an event is gone."""
    if len(good) >= PARTS and not any(run.whole for run in good[-PARTS:]):
        why = f" ({good[-1].detail})" if good[-1].detail else ""
        words = f"was never read whole in {PARTS} crawls, so that no event is ever seen to be gone{why}"
        yield Alarm(sign=Sign.NEVER_WHOLE, words=words, note=True)


def _moved(last: Run) -> Iterator[Alarm]:
    if last.moved:
        words = f"its address redirects for good to {last.moved}"
        trifling = last.status is not RunStatus.FAILED
        yield Alarm(sign=Sign.MOVED, words=words, proposal=f'url = "{_quoted(last.moved)}"', note=trifling)


def _not_crawled(last: Run, now: datetime, wait: timedelta) -> Iterator[Alarm]:
    """Twice as long as it may take, and two days: a laptop is closed over a week-end."""
    if now - last.started > 2 * wait + timedelta(days=2):
        yield Alarm(sign=Sign.NOT_CRAWLED, words=f"was last crawled on {last.started:%Y-%m-%d}: does cron run?")


def _quoted(url: str) -> str:
    """An address as it stands in TOML."""
    return urlsplit(url).geturl().replace("\\", "%5C").replace('"', "%22")
