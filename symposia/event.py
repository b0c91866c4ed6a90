"""An event as we publish it: typed, with its time zone. Fields are schema.org/Event's, in snake case."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias

from symposia.private_links import may_hold_private, public_fields

Moment: TypeAlias = date | datetime
"""A day (`date`), or an instant (`datetime`, aware where the zone is known, else floating as in RFC 5545, 3.3.5)."""


class AttendanceMode(StrEnum):
    """Whether people attend online, in person, or either (schema.org/EventAttendanceModeEnumeration)."""

    ONLINE = "online"
    IN_PERSON = "in_person"
    HYBRID = "hybrid"


class Status(StrEnum):
    """Whether an event takes place as announced (schema.org/EventStatusType)."""

    SCHEDULED = "scheduled"
    CANCELLED = "cancelled"
    POSTPONED = "postponed"
    RESCHEDULED = "rescheduled"
    MOVED_ONLINE = "moved_online"


class Kind(StrEnum):
    """What sort of gathering an event is."""

    CONFERENCE = "conference"
    WEBINAR = "webinar"
    WORKSHOP = "workshop"
    COURSE = "course"
    CHAT = "chat"
    MEETING = "meeting"
    OTHER = "other"


class DeadlineKind(StrEnum):
    """What a deadline ends."""

    REGISTRATION = "registration"
    EARLY_BIRD = "early_bird"
    PROPOSALS = "proposals"
    OTHER = "other"


class Recording(StrEnum):
    """Whether an event can be watched later."""

    WILL_BE_RECORDED = "will_be_recorded"
    RECORDING_AVAILABLE = "recording_available"
    NOT_RECORDED = "not_recorded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """Where an event is (schema.org/Place); None for what is unknown.

    `country` is as the source writes it. Coordinates are degrees of WGS 84, north and east.
    """

    name: str | None = None
    address: str | None = None
    city: str | None = None
    region: str | None = None
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """What attending costs; None for what is unknown.

    `low` and `high` are the cheapest and the dearest ticket, in units of `currency` (ISO 4217).
    """

    is_free: bool | None = None
    low: float | None = None
    high: float | None = None
    currency: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """The last day, or the last instant, for something."""

    kind: DeadlineKind
    at: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """What attending earns; None for what is unknown.

    `hours` are of `unit`, as the source names it (CEU, clock hours, ECTS). `evidence` are the words that say so.
    """

    hours: float | None = None
    unit: str | None = None
    certificate: bool | None = None
    evidence: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedOccurrence:
    """One occurrence of a series that differs from the rule (RECURRENCE-ID, RFC 5545, 3.8.4.4).

    Attributes:
        recurrence_id: The start that the rule gives it.
        start: The start that it has.
        end: Its end, as of `Event.end`; None where none is known.
        name: Its name; None for the series' own.
        status: Its status; None for the series' own.
        this_and_future: Whether the change holds for the occurrences after it too (RANGE=THISANDFUTURE, RFC 5545, 3.2.13).
    """

    recurrence_id: Moment
    start: Moment
    end: Moment | None = None
    name: str | None = None
    status: Status | None = None
    this_and_future: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurrence:
    """How an event repeats.

    Attributes:
        rrule: The value of an RRULE (RFC 5545, 3.3.10); None where only `rdates` are known.
        rdates: Starts beside those of the rule (RFC 5545, 3.8.5.2).
        exdates: Starts of the rule that are left out (RFC 5545, 3.8.5.1).
        moved: Occurrences that differ from the rule.
    """

    rrule: str | None = None
    rdates: tuple[Moment, ...] = ()
    exdates: tuple[Moment, ...] = ()
    moved: tuple[MovedOccurrence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRef:
    """A posting that an event was read from.

    `id` is the source's id in the catalogue, `key` the source's own key for the event, `url` the page.
    """

    id: str
    key: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One real event, whoever announced it; None for what is unknown.

    No event holds a link, number or key that lets a stranger into its meeting: they are left out when it is made, so
    that code which shows an event need not check.

    Attributes:
        uid: The identifier, which never passes to another event (RFC 5545, 3.8.4.7).
        name: Its name.
        start: Its first day or instant; of a series, that of the first occurrence.
        end: Its last day, inclusive (schema.org's endDate), or the instant it ends. None for one day, and for an instant
            where no end is stated.
        timezone: Its zone (IANA).
        timezone_assumed: Whether the zone is the source's, and not stated for the event.
        attendance_mode: Whether people attend online, in person, or either.
        status: Whether it takes place as announced.
        kind: What sort of gathering it is.
        location: Where it is.
        url: Its own page, or the page that announces it.
        registration_url: Where to register.
        description: What is said of it, as plain text.
        organizer: Who holds it.
        keywords: The source's own words for what it is about.
        topics: Slugs of our topics.
        language: The language it is held in (BCP 47).
        audience: Who it is for, as the source says.
        price: What attending costs.
        deadlines: The last days to register and the like.
        credit: What attending earns.
        recording: Whether it can be watched later.
        recording_url: Where it can be watched.
        captions: Whether it is captioned.
        sign_language: Whether it is interpreted into a sign language.
        recurrence: How it repeats.
        sequence: How often it was changed significantly (RFC 5545, 3.8.7.4).
        created: When it was first found.
        last_modified: When it was last changed.
        sources: The postings it was read from.
        evidence: For a field, where its value came from.
    """

    uid: str
    name: str
    start: Moment
    end: Moment | None = None
    timezone: str | None = None
    timezone_assumed: bool = False
    attendance_mode: AttendanceMode | None = None
    status: Status = Status.SCHEDULED
    kind: Kind | None = None
    location: Location | None = None
    url: str | None = None
    registration_url: str | None = None
    description: str | None = None
    organizer: str | None = None
    keywords: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    language: str | None = None
    audience: tuple[str, ...] = ()
    price: Price | None = None
    deadlines: tuple[Deadline, ...] = ()
    credit: tuple[Credit, ...] = ()
    recording: Recording | None = None
    recording_url: str | None = None
    captions: bool | None = None
    sign_language: bool | None = None
    recurrence: Recurrence | None = None
    sequence: int = 0
    created: datetime | None = None
    last_modified: datetime | None = None
    sources: tuple[SourceRef, ...] = ()
    evidence: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        changes = public_fields(self) if any(map(may_hold_private, filter(None, self._texts()))) else {}
        if changes.get("location") == Location():
            changes["location"] = None
        for name, value in changes.items():
            object.__setattr__(self, name, value)

    def _texts(self) -> Iterable[str | None]:
        """Every text of the event in which a source's words may stand."""
        place, recurrence = self.location, self.recurrence
        return (
            *(self.name, self.description, self.organizer, self.language),
            *(self.url, self.registration_url, self.recording_url),
            *((place.name, place.address, place.city, place.region, place.country) if place else ()),
            *((recurrence.rrule, *(moved.name for moved in recurrence.moved)) if recurrence else ()),
            *(self.keywords + self.topics + self.audience),
            *(text for credit in self.credit for text in (credit.unit, credit.evidence)),
            *(ref.url for ref in self.sources),
            *(words for _, words in self.evidence),
        )

    @property
    def all_day(self) -> bool:
        """Whether no time of day is known."""
        return not isinstance(self.start, datetime)
