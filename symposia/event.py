"""What we say of an event: typed, with its time zone. Names are schema.org/Event's, in snake case."""

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
    """schema.org/EventAttendanceModeEnumeration."""

    ONLINE = "online"
    IN_PERSON = "in_person"
    HYBRID = "hybrid"


class Status(StrEnum):
    """schema.org/EventStatusType."""

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
    """Where an event is (schema.org/Place). Coordinates are WGS 84 degrees; `country` as the source writes it."""

    name: str | None = None
    address: str | None = None
    city: str | None = None
    region: str | None = None
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """What attending costs. `low` and `high` in units of `currency` (ISO 4217); None where nothing is said."""

    is_free: bool | None = None
    low: float | None = None
    high: float | None = None
    currency: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """The last moment for something."""

    kind: DeadlineKind
    at: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """What attending earns: `hours` of `unit` (CEU, clock, ECTS ...), a certificate or not, and the words that say so."""

    hours: float | None = None
    unit: str | None = None
    certificate: bool | None = None
    evidence: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedOccurrence:
    """One occurrence of a series that differs from the rule (RFC 5545, 3.8.4.4, RECURRENCE-ID).

    `recurrence_id` is the start that the rule gives it; None in the other fields means "as the series says".
    """

    recurrence_id: Moment
    start: Moment
    end: Moment | None = None
    name: str | None = None
    status: Status | None = None
    this_and_future: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurrence:
    """How an event repeats (RFC 5545, 3.3.10): `rrule` without the property's name, or None where only `rdates` are given."""

    rrule: str | None = None
    rdates: tuple[Moment, ...] = ()
    exdates: tuple[Moment, ...] = ()
    moved: tuple[MovedOccurrence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRef:
    """A posting that an event was read from: the source's id, the source's own key for the event, and the page."""

    id: str
    key: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One real event, whoever announced it.

    `end` is None where no end is stated; for a `date` it is the last day, inclusive (schema.org's endDate), and None for
    one day. `timezone` is an IANA name; `timezone_assumed` says that it is the source's and not stated for the event.
    `evidence` says for a field, where its value came from.

    No Event holds a link, number or key that lets a stranger into its meeting, whatever its words come from: they are
    left out as it is made, so that nothing that shows an event need ask.
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
        changes = public_fields(self) if may_hold_private("\n".join(filter(None, self._texts()))) else {}
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
        """Whether only the day is known."""
        return not isinstance(self.start, datetime)
