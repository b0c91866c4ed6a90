"""Whether a source is well: its last crawls, compared with those before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise, takewhile
from statistics import median
from urllib.parse import quote

from symposia.errors import Cause
from symposia.outcome import FIELDS, Run, RunStatus
from symposia.page_record import MAX_FRESHNESS
from symposia.remedies import REMEDIES
from symposia.urls import same_site

MAX_FAILED_NIGHTS = 3
"""Nights in a row that a passing failure may last before it raises an alarm: sites are down for a night or two."""
MIN_USUAL_FOR_ZERO = 3
"""Usual number of events from which none at all is news: a source of one or two runs out of them now and then."""
MIN_USUAL_FOR_HALVED = 6
"""Usual number of events from which less than half of them is news."""
DWINDLE_STEP = 1 / 3
"""Share of the usual events that may go at once while a list dwindles: events pass, as at the end of a term."""
USUAL_CRAWLS = 14
"""Earlier good crawls that say what is usual: a lasting change is an alarm for about a week, then it is usual."""
NEWS_CRAWLS = 7
"""Good crawls after which an alarm that cannot become usual is only a note: a summer is longer than a week."""
PARTIAL_CRAWLS = 7
"""Good crawls in a row that did not read the whole listing, from which on it is a note."""
MIN_SAMPLE = 10
"""Smallest sample: if half of the events used to have a field, none of ten lacks it by chance only 1 time in 1,024."""
USUAL_SHARE, LOST_SHARE = 1 / 2, 1 / 20
"""A field is lost that at least the first share of events had, and less than the second has now."""
QUIET_TIME = timedelta(days=60)
"""How long any source may list nothing new: a school's summer."""
QUIET_TIMES = 3
"""Times its longest quiet time so far that a source may list nothing new, before that is a note."""
_LASTING_CAUSES = frozenset(
    {
        Cause.NOT_FOUND, Cause.GONE, Cause.MOVED, Cause.ROBOTS, Cause.LOGIN, Cause.LAYOUT_CHANGED, Cause.WRONG_CONTENT,
        Cause.NEEDS_BROWSER, Cause.PRIVATE_ADDRESS, Cause.REDIRECTS, Cause.TOO_LARGE, Cause.UNRECOGNISED,
        Cause.ALL_REFUSED, Cause.BUG,
    }
)  # fmt: skip
"""Causes of failures that do not pass by themselves, and raise an alarm at once."""


class Sign(StrEnum):
    """What may be wrong with a source. A closed list: docs/health.md says what to do about each."""

    FAILING = "failing"
    ZERO = "zero"
    HALVED = "halved"
    FIELD_LOST = "field_lost"
    STALE = "stale"
    MOVED = "moved"
    NEVER_WHOLE = "never_whole"
    NOT_CRAWLED = "not_crawled"


class State(StrEnum):
    """How a source is: `new` was never crawled, `down` failed, which may pass by itself, and `ill` needs a person."""

    NEW = "new"
    WELL = "well"
    DOWN = "down"
    ILL = "ill"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """Something that a person should look at.

    Attributes:
        sign: What may be wrong.
        words: The same in words, with its figures.
        remedy: What to do.
        proposal: A line of the catalogue that mends it; None where there is none.
        note: Whether it can wait: a note is shown, and does not make a source ill.
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
    """Say how a source is, by its last crawls. Never raises.

    Args:
        runs: The last crawls, the oldest first.
        now: The current time (aware).
        wait: How long after a crawl the next is due at the latest.
        url: The address in the source's entry in the catalogue.
        watched: False for a source that is crawled only when it is named: all its alarms are notes.
    """
    if not runs:
        return Health(state=State.NEW)
    alarms = tuple(_find_alarms(runs, now, wait, url))
    if not watched:
        alarms = tuple(replace(alarm, note=True) for alarm in alarms if alarm.sign is not Sign.NOT_CRAWLED)
    if not all(alarm.note for alarm in alarms):
        return Health(state=State.ILL, alarms=alarms)
    return Health(state=State.DOWN if runs[-1].status is RunStatus.FAILED else State.WELL, alarms=alarms)


def _find_alarms(runs: Sequence[Run], now: datetime, wait: timedelta, url: str) -> Iterator[Alarm]:
    failing = list(_find_failing(runs))
    good = [run for run in runs if run.status is not RunStatus.FAILED]
    yield from failing
    # A night's failure that may pass says nothing new: what was wrong before it still is.
    if good and not failing:
        yield from (*_find_fewer(good), *_find_lost_fields(good), *_find_stale(good), *_find_never_whole(good))
    yield from _find_moved(runs, url)
    yield from _find_not_crawled(runs[-1], now, wait)


def _find_failing(runs: Sequence[Run]) -> Iterator[Alarm]:
    """The last crawl failed: for some nights, or of a cause that lasts."""
    last = runs[-1]
    if last.status is not RunStatus.FAILED:
        return
    since_good = list(takewhile(lambda run: run.status is RunStatus.FAILED, reversed(runs)))
    if len({run.started.date() for run in since_good}) < MAX_FAILED_NIGHTS and last.cause not in _LASTING_CAUSES:
        return
    began = f"fails since {since_good[-1].started:%Y-%m-%d}" if len(since_good) > 1 else "failed the last time"
    detail = f" ({last.detail})" if last.detail else ""
    remedy = REMEDIES[last.cause] if last.cause else ""
    yield Alarm(sign=Sign.FAILING, words=f"{began}: {last.cause or 'failed'}{detail}", remedy=remedy)


def _find_fewer(good: Sequence[Run]) -> Iterator[Alarm]:
    """Events went to none, or to less than half of what is usual, and not one by one."""
    listing = [place for place, run in enumerate(good[:-1]) if run.events][-USUAL_CRAWLS:]
    if not listing:
        return
    usual = median(good[place].events for place in listing)
    steps = pairwise(run.events for run in good[listing[0] :])
    if max(before - after for before, after in steps) <= usual * DWINDLE_STEP:
        return
    last = good[-1]
    # A listing that was read in part may lack a page that the next night reads again.
    recent = good[-1:] if last.whole else good[-MAX_FAILED_NIGHTS:]
    remedy = "look at its page: is the season over, or is the list elsewhere now?"
    if not last.events and usual >= MIN_USUAL_FOR_ZERO:
        without = len(good) - 1 - listing[-1]
        words = f"lists no events any more; {usual:.0f} were usual"
        yield Alarm(sign=Sign.ZERO, words=words, remedy=remedy, note=without > NEWS_CRAWLS)
    elif usual >= MIN_USUAL_FOR_HALVED and all(2 * run.events < usual for run in recent):
        yield Alarm(sign=Sign.HALVED, words=f"lists {last.events} events; {usual:.0f} were usual", remedy=remedy)


def _find_lost_fields(good: Sequence[Run]) -> Iterator[Alarm]:
    """A field that half of the events had, and hardly any has now; unchanged pages do not count, as they are not read."""
    said = [place for place, run in enumerate(good) if run.read and run.filled]
    latest, read = [], 0
    # At least half of the list: events that are new may all be of one kind.
    while said and read < max(MIN_SAMPLE, good[-1].events / 2):
        latest.append(good[said.pop()])
        read += latest[-1].read
    before = [good[place] for place in said[-USUAL_CRAWLS:]]
    if read < MIN_SAMPLE or len(before) < 2 or sum(run.read for run in before) < 2 * MIN_SAMPLE:
        return
    without = len(good) - 1 - good.index(latest[0])
    for name in FIELDS:
        usual, share = median(_share_with([run], name) for run in before), _share_with(latest, name)
        if usual >= USUAL_SHARE and share < LOST_SHARE:
            words = f"tells no {name.replace('_', ' ')} any more: {usual:.0%} of its events told it, {share:.0%} of the last"
            remedy = "symposia extract URL: if its page still tells it, its layout has changed"
            note = without > NEWS_CRAWLS
            yield Alarm(sign=Sign.FIELD_LOST, words=f"{words} {read}", remedy=remedy, note=note)


def _share_with(runs: Sequence[Run], name: str) -> float:
    """The share, 0 to 1, of the events read anew that had a field."""
    return sum(run.filled.get(name, 0) for run in runs) / sum(run.read for run in runs)


def _find_stale(good: Sequence[Run]) -> Iterator[Alarm]:
    """Nothing new for more than a summer, and several times as long as ever before."""
    if not good[-1].events:
        return
    news = [run.started for run in good if run.new or run.changed]
    since, last = (news or [good[0].started])[-1], good[-1].started
    longest = max((later - earlier for earlier, later in pairwise(news)), default=timedelta())
    if last - since > max(QUIET_TIME, QUIET_TIMES * longest):
        words = f"has listed nothing new since {'' if news else 'before '}{since:%Y-%m-%d}"
        yield Alarm(sign=Sign.STALE, words=words, remedy="look at its page: is it still kept?", note=True)


def _find_never_whole(good: Sequence[Run]) -> Iterator[Alarm]:
    """A source that is never read whole never shows that an event is gone."""
    if len(good) >= PARTIAL_CRAWLS and not any(run.whole for run in good[-PARTIAL_CRAWLS:]):
        why = f" ({good[-1].detail})" if good[-1].detail else ""
        words = f"was never read whole in {PARTIAL_CRAWLS} crawls, so that no event is ever seen to be gone{why}"
        remedy = "raise max_pages or max_details in its entry, or add a narrower address"
        yield Alarm(sign=Sign.NEVER_WHOLE, words=words, remedy=remedy, note=True)


def _find_moved(runs: Sequence[Run], url: str) -> Iterator[Alarm]:
    """Its address redirects for good, and its entry does not say so yet. A note as long as the same site answers."""
    # A failed night, or one without a request because all pages are fresh, does not tell.
    telling = (
        run
        for run in reversed(runs[-MAX_FAILED_NIGHTS:])
        if run.moved or (run.requests and run.status is not RunStatus.FAILED)
    )
    to = next(telling, runs[-1]).moved
    if to and to != url:
        yield Alarm(
            sign=Sign.MOVED,
            words=f"its address redirects for good to {to}",
            remedy="put that into its entry",
            proposal=f'url = "{_quote_for_toml(to)}"',
            note=runs[-1].cause is not Cause.MOVED and same_site(to, url or to),
        )


def _find_not_crawled(last: Run, now: datetime, wait: timedelta) -> Iterator[Alarm]:
    """The last crawl is twice as long ago as it may be, and two days more: a laptop is closed over a weekend."""
    if now - last.started > 2 * wait + timedelta(days=2):
        words = f"was last crawled on {last.started:%Y-%m-%d}"
        yield Alarm(sign=Sign.NOT_CRAWLED, words=words, remedy="does cron run? symposia doctor")


def _quote_for_toml(url: str) -> str:
    """An address as a string of TOML may hold it: characters that are no part of an address are percent-encoded."""
    return quote(url, safe="!#$%&'()*+,/:;=?@[]~", errors="replace")
