"""Whether a source is well: what its last crawls say, held against those before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from statistics import median
from urllib.parse import quote

from symposia.errors import Cause
from symposia.outcome import FIELDS, Run, RunStatus
from symposia.page_record import MAX_FRESHNESS
from symposia.remedies import OF_CAUSES
from symposia.urls import same_site

PATIENCE = 3
"""Nights in a row that a failure which may pass by itself goes on before it is told: sites are down for a night or two."""
SEVERAL = 3
"""Events from which on none at all is news; a source of one or two events runs out of them now and then."""
MANY = 6
"""Events from which on half of them is news."""
STEP = 3
"""A list from which at once no more goes than a third of what is usual dwindles: its events pass, as at the end of a term."""
USUAL = 14
"""Earlier good crawls that say what is usual: what changes for good is told for a week, then it is what is usual."""
TOLD = 7
"""Good crawls after which what was told, and cannot become usual, is a note: a summer is longer than a week."""
PARTS = 7
"""Good crawls of which none read the whole listing, from which on that is told."""
SAMPLE = 10
"""Events read anew that say something of a field: of ten, none says by chance in a thousandth what half of them used to."""
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


class State(StrEnum):
    """How a source is. `new`: never crawled. `down`: it failed, which may pass by itself. `ill`: it needs a person."""

    NEW = "new"
    WELL = "well"
    DOWN = "down"
    ILL = "ill"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """Something that a person should look at: what, in words, what to do, and the line of the catalogue that may mend it.

    A `note` can wait: it is shown, and alone makes no source ill.
    """

    sign: Sign
    words: str
    remedy: str
    proposal: str | None = None
    note: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How a source is in a word, and all that a person should look at, the worst first."""

    state: State
    alarms: tuple[Alarm, ...] = ()


def diagnose(
    runs: Sequence[Run], *, now: datetime, wait: timedelta = MAX_FRESHNESS, url: str = "", watched: bool = True
) -> Health:
    """How a source is, by its last runs, the oldest first.

    `wait` is how long after a crawl the next is due at the latest; `url` the address that its entry has now. Of what is
    not `watched`, as it is crawled only when it is named, all is a note. Never raises.
    """
    if not runs:
        return Health(state=State.NEW)
    alarms = tuple(_alarms(runs, now, wait, url))
    if not watched:
        alarms = tuple(replace(alarm, note=True) for alarm in alarms if alarm.sign is not Sign.NOT_CRAWLED)
    if not all(alarm.note for alarm in alarms):
        return Health(state=State.ILL, alarms=alarms)
    return Health(state=State.DOWN if runs[-1].status is RunStatus.FAILED else State.WELL, alarms=alarms)


def _alarms(runs: Sequence[Run], now: datetime, wait: timedelta, url: str) -> Iterator[Alarm]:
    failing = list(_failing(runs))
    good = [run for run in runs if run.status is not RunStatus.FAILED]
    yield from failing
    # A night's failure that may pass says nothing new: what was wrong before it still is.
    if good and not failing:
        yield from (*_fewer(good), *_field_lost(good), *_stale(good), *_never_whole(good))
    yield from _moved(runs, url)
    yield from _not_crawled(runs[-1], now, wait)


def _failing(runs: Sequence[Run]) -> Iterator[Alarm]:
    last = runs[-1]
    if last.status is not RunStatus.FAILED:
        return
    good = (place for place, run in enumerate(reversed(runs)) if run.status is not RunStatus.FAILED)
    row = runs[-next(good, len(runs)) :]
    if len({run.started.date() for run in row}) < PATIENCE and last.cause not in _LASTING:
        return
    began = f"fails since {row[0].started:%Y-%m-%d}" if len(row) > 1 else "failed the last time"
    detail = f" ({last.detail})" if last.detail else ""
    remedy = OF_CAUSES[last.cause] if last.cause else ""
    yield Alarm(sign=Sign.FAILING, words=f"{began}: {last.cause or 'failed'}{detail}", remedy=remedy)


def _fewer(good: Sequence[Run]) -> Iterator[Alarm]:
    """Events gone to none, or to less than half of what is usual, and not one by one."""
    listing = [place for place, run in enumerate(good[:-1]) if run.events][-USUAL:]
    if not listing:
        return
    usual = median(good[place].events for place in listing)
    steps = pairwise(run.events for run in good[listing[0] :])
    if max(before - after for before, after in steps) <= usual / STEP:
        return
    last = good[-1]
    # Of a listing that was read in part, a page may have failed that the next night has again.
    recent = good[-1:] if last.whole else good[-PATIENCE:]
    remedy = "look at its page: is the season over, or is the list elsewhere now?"
    if not last.events and usual >= SEVERAL:
        told = len(good) - 1 - listing[-1]
        words = f"lists no events any more; {usual:.0f} were usual"
        yield Alarm(sign=Sign.ZERO, words=words, remedy=remedy, note=told > TOLD)
    elif usual >= MANY and all(2 * run.events < usual for run in recent):
        yield Alarm(sign=Sign.HALVED, words=f"lists {last.events} events; {usual:.0f} were usual", remedy=remedy)


def _field_lost(good: Sequence[Run]) -> Iterator[Alarm]:
    """A field that half of the events said, and hardly any says now. Pages that had not changed say nothing of it."""
    said = [place for place, run in enumerate(good) if run.read and run.filled]
    latest, read = [], 0
    # Half of the list at least, as those that are new may all be of one kind.
    while said and read < max(SAMPLE, good[-1].events / 2):
        latest.append(good[said.pop()])
        read += latest[-1].read
    before = [good[place] for place in said[-USUAL:]]
    if read < SAMPLE or len(before) < 2 or sum(run.read for run in before) < 2 * SAMPLE:
        return
    told = len(good) - 1 - good.index(latest[0])
    for name in FIELDS:
        usual, share = median(_share([run], name) for run in before), _share(latest, name)
        if usual >= 1 / 2 and share < 1 / 20:
            words = f"tells no {name.replace('_', ' ')} any more: {usual:.0%} of its events told it, {share:.0%} of the last"
            remedy = "symposia extract URL: if its page still tells it, its layout has changed"
            yield Alarm(sign=Sign.FIELD_LOST, words=f"{words} {read}", remedy=remedy, note=told > TOLD)


def _share(runs: Sequence[Run], name: str) -> float:
    """Of how many of the events that were read a field was told."""
    return sum(run.filled.get(name, 0) for run in runs) / sum(run.read for run in runs)


def _stale(good: Sequence[Run]) -> Iterator[Alarm]:
    """Nothing new for more than a summer, and three times as long as ever before."""
    if not good[-1].events:
        return
    news = [run.started for run in good if run.new or run.changed]
    since, last = (news or [good[0].started])[-1], good[-1].started
    longest = max((later - earlier for earlier, later in pairwise(news)), default=timedelta())
    if last - since > max(QUIET, 3 * longest):
        words = f"has listed nothing new since {'' if news else 'before '}{since:%Y-%m-%d}"
        yield Alarm(sign=Sign.STALE, words=words, remedy="look at its page: is it still kept?", note=True)


def _never_whole(good: Sequence[Run]) -> Iterator[Alarm]:
    """What is never read whole never tells that an event is gone."""
    if len(good) >= PARTS and not any(run.whole for run in good[-PARTS:]):
        why = f" ({good[-1].detail})" if good[-1].detail else ""
        words = f"was never read whole in {PARTS} crawls, so that no event is ever seen to be gone{why}"
        remedy = "raise max_pages or max_details in its entry, or add a narrower address"
        yield Alarm(sign=Sign.NEVER_WHOLE, words=words, remedy=remedy, note=True)


def _moved(runs: Sequence[Run], url: str) -> Iterator[Alarm]:
    """Where it redirects for good, until its entry says so. Trifling, as long as it is found on the same site."""
    # A night that fails, or on which nothing is asked, as all pages rest, is not told.
    told = (
        run for run in reversed(runs[-PATIENCE:]) if run.moved or (run.requests and run.status is not RunStatus.FAILED)
    )
    to = next(told, runs[-1]).moved
    if to and to != url:
        trifling = runs[-1].cause is not Cause.MOVED and same_site(to, url or to)
        words = f"its address redirects for good to {to}"
        yield Alarm(
            sign=Sign.MOVED,
            words=words,
            remedy="put that into its entry",
            proposal=f'url = "{_quoted(to)}"',
            note=trifling,
        )


def _not_crawled(last: Run, now: datetime, wait: timedelta) -> Iterator[Alarm]:
    """Twice as long as it may take, and two days: a laptop is closed over a week-end."""
    if now - last.started > 2 * wait + timedelta(days=2):
        words = f"was last crawled on {last.started:%Y-%m-%d}"
        yield Alarm(sign=Sign.NOT_CRAWLED, words=words, remedy="does cron run? symposia doctor")


def _quoted(url: str) -> str:
    """An address as it stands in TOML: what is no part of one is escaped."""
    return quote(url, safe="!#$%&'()*+,/:;=?@[]~", errors="replace")
