"""Normalization: turn a posting's words into an event's values. What is not stated stays unknown."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from pipelines.events.merge import FIRST_HAND
from pipelines.events.uid import uid_for
from pipelines.normalize.public_links import public_web, with_links
from pipelines.normalize.times import Times, into_zone, read_times
from pipelines.normalized import NormalizedPosting, Rejected
from symposia.event import (
    AttendanceMode,
    Deadline,
    Event,
    Kind,
    Location,
    Recurrence,
    SourceRef,
    Status,
)
from symposia.facts import Facts, read_facts
from symposia.facts.price_field import read_price
from symposia.lexicon.fields import guess_kind, read_kind, read_mode, read_mode_of_place
from symposia.lexicon.status import read_status, split_status
from symposia.moments import date_of
from symposia.posting import Posting
from symposia.private_links import without_private_links
from symposia.recurrence import map_moments
from symposia.urls import same_site


def normalize(posting: Posting) -> NormalizedPosting:
    """Read the event that a posting announces.

    Args:
        posting: What a source says, in its own words; `origin.fetched_at` decides years that it leaves out.

    Raises:
        Rejected: It has no name (`no_name`), no date (`no_date`), or none that can be read (`date_not_read`).
    """
    try:
        return _read_event(posting)
    except OverflowError as error:
        raise Rejected("date_not_read", "a time beyond what the clocks of its zone can show") from error


def _read_event(posting: Posting) -> NormalizedPosting:
    if not posting.name:
        raise Rejected("no_name", "no name")
    time = read_times(posting)
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
        attendance_mode=_read_mode(posting, facts),
        status=_read_status(posting, tagged),
        kind=_read_kind(posting, facts),
        location=location,
        url=public_web(posting.url),
        description=posting.description,
        organizer=posting.organizer,
        keywords=posting.keywords,
        language=_read_language(posting, facts),
        audience=posting.audience or facts.audience,
        price=read_price(posting.price) or facts.price,
        deadlines=_deadlines_before_end(facts, time),
        credit=facts.credit,
        recording=facts.recording,
        captions=facts.captions,
        sign_language=facts.sign_language,
        recurrence=_recurrence_in_zone(time.recurrence, time.timezone),
        sources=(SourceRef(id=origin.source, key=posting.source_key, url=public_web(posting.url) or origin.url),),
        evidence=_collect_evidence(posting, time),
    )
    event = replace(event, evidence=_with_quotes(event, facts))
    return NormalizedPosting(posting=without_private_links(posting), event=with_links(event, posting))


def _read_status(posting: Posting, set_off: Status | None) -> Status:
    """As the field says; what is set off from the name wins over "scheduled", which many producers state by default."""
    stated = read_status(posting.status)
    return (set_off or Status.SCHEDULED) if stated in (None, Status.SCHEDULED) else stated


def _recurrence_in_zone(recurrence: Recurrence | None, zone: str | None) -> Recurrence | None:
    """Put the floating times of a recurrence into the zone of its start."""
    if recurrence is None:
        return None
    return map_moments(recurrence, lambda moment: into_zone(moment, zone) if isinstance(moment, datetime) else moment)


def _deadlines_before_end(facts: Facts, time: Times) -> tuple[Deadline, ...]:
    """The last deadline of each kind that the description states, without those after the event."""
    last = date_of(time.end or time.start)
    kept = {due.kind: due.at for due in facts.deadlines if date_of(due.at) <= last}
    return tuple(Deadline(kind=kind, at=at) for kind, at in kept.items())


def _read_mode(posting: Posting, facts: Facts) -> AttendanceMode | None:
    """As the fields say; an address alone does not rule out that the description offers to join online as well."""
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
    return read_mode_of_place(name) or placed


def _read_kind(posting: Posting, facts: Facts) -> Kind | None:
    """The kind that the field states, else the name or description, else any word of the name that means one."""
    stated = read_kind(posting.kind)
    if stated is not None and stated is not Kind.OTHER:
        return stated
    return facts.kind or stated or guess_kind(posting.name)


def _read_language(posting: Posting, facts: Facts) -> str | None:
    """The posting's language, else that of its words; the source's fuller tag ("en-GB") where both agree."""
    tag = posting.language or posting.origin.language
    if posting.language or not facts.language or (tag or "").partition("-")[0] == facts.language:
        return tag
    return facts.language


def _with_quotes(event: Event, facts: Facts) -> tuple[tuple[str, str], ...]:
    """The evidence, with the words quoted for each field that has its value from them."""
    said = {name: words for name, words in facts.evidence if getattr(event, name) == getattr(facts, name)}
    return tuple(sorted({**said, **dict(event.evidence)}.items()))


def is_first_hand(posting: Posting) -> bool:
    """Whether a posting links to a page of its source's own site, and not elsewhere, as a list of links does."""
    return same_site(posting.origin.url, posting.url)


def _collect_evidence(posting: Posting, time: Times) -> tuple[tuple[str, str], ...]:
    known = {"start": time.words, **dict(posting.evidence), "extractor": posting.origin.extractor}
    if time.assumed:
        known["timezone"] = "the source's"
    if is_first_hand(posting):
        known[FIRST_HAND] = "the event's page is on the source's site"
    return tuple(sorted(known.items()))
