"""A posting's words as an event's values. What is not said stays unknown; what cannot be an event is refused."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from pipelines.events.merge import FIRST_HAND
from pipelines.events.uid import uid_for
from pipelines.normalize.public_links import public, public_web, with_links
from pipelines.normalized import NormalizedPosting, Rejected
from symposia.event import (
    AttendanceMode,
    Deadline,
    Event,
    Kind,
    Location,
    Moment,
    Recurrence,
    SourceRef,
    Status,
)
from symposia.facts import Facts, read_facts
from symposia.facts.price import read_price
from symposia.lexicon.fields import guess_kind, read_kind, read_mode
from symposia.lexicon.status import read_status, split_status
from symposia.moments import moment_from_text
from symposia.posting import Origin, Posting
from symposia.recurrence import with_moments
from symposia.urls import same_site
from symposia.when import When, read_when, series_of
from symposia.zones import resolve_zone


@dataclass(frozen=True, slots=True, kw_only=True)
class _Time:
    start: Moment
    end: Moment | None
    timezone: str | None
    assumed: bool
    words: str
    recurrence: Recurrence | None = None


def read(posting: Posting) -> NormalizedPosting:
    """The event that `posting` announces. Raises Unreadable where it has no name, or no day that can be read."""
    try:
        return _read(posting)
    except OverflowError as error:
        raise Rejected("date_not_read", "a time outside of what the clocks of its zone can show") from error


def _read(posting: Posting) -> NormalizedPosting:
    if not posting.name:
        raise Rejected("no_name", "no name")
    time = _read_time(posting)
    name, tagged = split_status(posting.name)
    location, origin = posting.location, posting.origin
    facts = read_facts(name, posting.description, origin.fetched_at, origin.language, origin.timezone)
    event = Event(
        uid=uid_for(origin.source, posting.source_key),
        name=name,
        start=time.start,
        end=time.end,
        timezone=time.timezone,
        timezone_assumed=time.assumed,
        attendance_mode=_mode(posting, facts),
        status=read_status(posting.status) or tagged or Status.SCHEDULED,
        kind=_kind(posting, facts),
        location=location,
        url=public_web(posting.url),
        description=posting.description,
        organizer=posting.organizer,
        keywords=posting.keywords,
        language=_language(posting, facts),
        audience=posting.audience or facts.audience,
        price=read_price(posting.price) or facts.price,
        deadlines=_deadlines(facts, time),
        credit=facts.credit,
        recording=facts.recording,
        captions=facts.captions,
        sign_language=facts.sign_language,
        recurrence=_recurrence(time.recurrence, time.timezone),
        sources=(SourceRef(id=origin.source, key=posting.source_key, url=public_web(posting.url) or origin.url),),
        evidence=_evidence(posting, time),
    )
    event = replace(event, evidence=_with_words(event, facts))
    return NormalizedPosting(posting=posting, event=public(with_links(event, posting)))


def _read_time(posting: Posting) -> _Time:
    if posting.start:
        start, end = _iso(posting.start), _iso(posting.end) if posting.end else None
        stated = resolve_zone(posting.timezone, posting.origin.region)
        return replace(_zoned(start, end, stated, posting.origin, posting.start), recurrence=posting.recurrence)
    when = _when(posting)
    first, last, repeats = series_of(when)
    if first is None:
        raise Rejected("date_not_read", f"no day in {when.text[:200]!r}")
    start, end = _as_stated(when, first), _as_stated(when, last) if last else None
    stated = when.timezone if when.zone_stated else resolve_zone(posting.timezone)
    time = _zoned(start, end, stated, posting.origin, when.text)
    return replace(time, recurrence=posting.recurrence or repeats)


def _when(posting: Posting) -> When:
    origin = posting.origin
    if not posting.when:
        raise Rejected("no_date", "no date")
    when = read_when(posting.when, origin.fetched_at, origin.language, origin.timezone)
    if when is None:
        raise Rejected("date_not_read", f"no day in {posting.when[:200]!r}")
    return when


def _as_stated(when: When, moment: Moment) -> Moment:
    """A moment without the zone that the words do not name."""
    return moment if when.zone_stated or not isinstance(moment, datetime) else moment.replace(tzinfo=None)


def _iso(text: str) -> Moment:
    try:
        return moment_from_text(text)
    except ValueError as error:
        raise Rejected("date_not_read", f"not a date or time: {text[:200]!r}") from error


def _zoned(start: Moment, end: Moment | None, stated: str | None, origin: Origin, words: str) -> _Time:
    zone = stated or origin.timezone
    if not isinstance(start, datetime):
        end = end if end and not isinstance(end, datetime) and end > start else None
        return _Time(start=start, end=end, timezone=zone, assumed=stated is None and zone is not None, words=words)
    if start.tzinfo is not None:
        zone, assumed = _zone_of(start, stated, origin.timezone), False
    else:
        assumed = stated is None and zone is not None
    start, end = _into(start, zone), _into(end, zone) if isinstance(end, datetime) else None
    return _Time(start=start, end=_after(start, end), timezone=zone, assumed=assumed, words=words)


def _after(start: datetime, end: datetime | None) -> datetime | None:
    """`end` where it can be compared with `start` and lies after it; None otherwise."""
    comparable = end is not None and (end.tzinfo is None) == (start.tzinfo is None)
    return end if end is not None and comparable and end > start else None


def _zone_of(start: datetime, stated: str | None, sources: str | None) -> str:
    """The zone to show an instant in: the stated one, the source's where its clock agrees or only UTC is said, else UTC.

    The instant stays the same. "Z" is how machines write a time, and tells nothing of the clock on the wall.
    """
    if stated:
        return stated
    named = getattr(start.tzinfo, "key", None)
    if named:
        return str(named)
    offset = start.utcoffset()
    agrees = sources and (not offset or start.astimezone(ZoneInfo(sources)).utcoffset() == offset)
    return sources if sources and agrees else "UTC"


def _into(moment: datetime, zone: str | None) -> datetime:
    if moment.tzinfo is not None:
        return moment.astimezone(ZoneInfo(zone)) if zone else moment
    return moment.replace(tzinfo=ZoneInfo(zone)) if zone else moment


def _recurrence(recurrence: Recurrence | None, zone: str | None) -> Recurrence | None:
    """The recurrence, its floating times in the zone that the start was given."""
    if recurrence is None:
        return None
    return with_moments(recurrence, lambda moment: _into(moment, zone) if isinstance(moment, datetime) else moment)


def _deadlines(facts: Facts, time: _Time) -> tuple[Deadline, ...]:
    """The deadlines that the description states, each once, the last of a kind; none that lies after the event."""
    last = _day(time.end or time.start)
    kept = {due.kind: due.at for due in facts.deadlines if _day(due.at) <= last}
    return tuple(Deadline(kind=kind, at=at) for kind, at in kept.items())


def _day(moment: Moment) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _mode(posting: Posting, facts: Facts) -> AttendanceMode | None:
    """As the posting's fields say; a place alone leaves room for words that open the event to those elsewhere too."""
    stated = read_mode(posting.attendance_mode)
    if stated:
        return stated
    placed = _mode_of_place(posting.location)
    if placed is AttendanceMode.IN_PERSON and facts.attendance_mode is AttendanceMode.HYBRID:
        return AttendanceMode.HYBRID
    return placed or facts.attendance_mode


def _mode_of_place(location: Location | None) -> AttendanceMode | None:
    name = (location.name or "") if location else ""
    if name.startswith(("http://", "https://")):
        return AttendanceMode.ONLINE
    placed = AttendanceMode.IN_PERSON if location and (location.address or location.city) else None
    return read_mode(name) or placed


def _kind(posting: Posting, facts: Facts) -> Kind | None:
    """As the posting's field says, else what its name and its description call it, else any such word of the name."""
    stated = read_kind(posting.kind)
    if stated is not None and stated is not Kind.OTHER:
        return stated
    return facts.kind or stated or guess_kind(posting.name)


def _language(posting: Posting, facts: Facts) -> str | None:
    """As the posting says, else its words; the source's own tag ("en-GB") where they agree with it."""
    tag = posting.language or posting.origin.language
    if posting.language or not facts.language or (tag or "").partition("-")[0] == facts.language:
        return tag
    return facts.language


def _with_words(event: Event, facts: Facts) -> tuple[tuple[str, str], ...]:
    """The evidence, and for each field that has the value its words gave it, those words."""
    said = {name: words for name, words in facts.evidence if getattr(event, name) == getattr(facts, name)}
    return tuple(sorted({**said, **dict(event.evidence)}.items()))


def is_first_hand(posting: Posting) -> bool:
    """Whether a posting leads to a page of the site that it was found on, and not elsewhere, as a list of links does."""
    return same_site(posting.origin.url, posting.url)


def _evidence(posting: Posting, time: _Time) -> tuple[tuple[str, str], ...]:
    known = {"start": time.words, **dict(posting.evidence), "extractor": posting.origin.extractor}
    if time.assumed:
        known["timezone"] = "the source's"
    if is_first_hand(posting):
        known[FIRST_HAND] = "the event's page is on the source's site"
    return tuple(sorted(known.items()))
