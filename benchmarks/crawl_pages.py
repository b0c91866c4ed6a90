"""The pages that benchmarks/crawl.py has crawled: invented, and no two events alike in their words."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

_FORMS = (
    "Workshop",
    "Webinar",
    "Conference",
    "Seminar",
    "Training",
    "Talk",
    "Course",
    "Forum",
    "Institute",
    "Masterclass",
)
_ACTS = (
    "Teaching",
    "Exploring",
    "Planning",
    "Assessing",
    "Rethinking",
    "Leading",
    "Designing",
    "Supporting",
    "Sharing",
)
_THEMES = (
    "early reading", "fractions", "school libraries", "robotics", "inclusive classrooms", "climate science", "poetry",
    "project-based learning", "open textbooks", "media literacy", "mentoring", "academic writing", "digital portfolios",
    "geometry", "bilingual learners", "formative assessment", "museum visits", "civics", "chemistry labs", "homework",
    "accessibility", "data in schools", "learning spaces", "school gardens", "peer review", "phonics", "music", "history",
)  # fmt: skip
_PEOPLE = ("teachers", "librarians", "school leaders", "lecturers", "tutors", "families", "new staff", "researchers")
_SENTENCES = (
    "Bring one unit of your own on {theme}, and leave with a plan for it.",
    "{people} show what worked in their rooms, and what did not.",
    "We read two short studies of {theme} and argue about them.",
    "Registration closes on {due}; places are few.",
    "The fee is ${fee}, and members of the association pay half.",
    "Participants earn {hours} hours of professional development.",
    "It is free of charge and open to all {people}.",
    "The session will be recorded, and slides are shared with {people}.",
    "An hour of {theme}, with time for questions at the end.",
    "Lunch is provided; please tell us what you do not eat.",
    "Held in two groups, so that {people} and beginners get what they need.",
    "How {theme} and {other} belong together, told with examples from {number} schools.",
)
_STREETS = ("Harbour", "Mill", "Station", "Garden", "College", "Bridge", "Market", "Orchard", "Castle", "Chapel")
_TOWNS = (
    "Northfield",
    "Easton",
    "Ashby",
    "Riverton",
    "Lakeside",
    "Oakham",
    "Weston",
    "Fairview",
    "Hillcrest",
    "Marston",
)
_ROOMS = ("Library", "Town Hall", "Education Centre", "Room 12", "Auditorium", "Science Museum", "Community Centre")


@dataclass(frozen=True, slots=True)
class Invented:
    """An event that nobody holds."""

    path: str
    name: str
    start: datetime
    end: datetime
    venue: str
    street: str
    town: str
    words: str


def invented(number: int, part: int) -> Invented:
    """An event of a page, the same each time it is asked for."""
    chance = Random(f"{number}/{part}")
    pick = chance.choice
    start = datetime(2027, 1, 4, 8, tzinfo=UTC) + timedelta(days=chance.randrange(600), hours=chance.randrange(10))
    told = {"theme": pick(_THEMES), "other": pick(_THEMES), "people": pick(_PEOPLE), "fee": chance.randrange(5, 400)}
    told |= {
        "hours": chance.randrange(1, 20),
        "number": chance.randrange(3, 900),
        "due": f"{start - timedelta(9):%-d %B %Y}",
    }
    words = " ".join(chance.sample(_SENTENCES, chance.randrange(1, 4))).format_map(told)
    return Invented(
        path=f"/event/{number}-{part}",
        name=f"{pick(_FORMS)}: {pick(_ACTS)} {told['theme']} with {pick(_PEOPLE)} of {pick(_TOWNS)}",
        start=start,
        end=start + timedelta(hours=chance.randrange(1, 5)),
        venue=f"{pick(_TOWNS)} {pick(_ROOMS)}",
        street=f"{chance.randrange(1, 900)} {pick(_STREETS)} Street",
        town=pick(_TOWNS),
        words=words[0].upper() + words[1:],
    )


def as_script(events: list[Invented]) -> str:
    """The events as a page states them for machines, in JSON-LD."""
    graph = [
        {
            "@type": "Event",
            "name": one.name,
            "url": one.path,
            "startDate": one.start.isoformat(),
            "endDate": one.end.isoformat(),
            "description": one.words,
            "location": {
                "@type": "Place",
                "name": one.venue,
                "address": {"@type": "PostalAddress", "streetAddress": one.street, "addressLocality": one.town},
            },
        }
        for one in events
    ]
    script = json.dumps({"@context": "https://schema.org", "@graph": graph})
    return f'<script type="application/ld+json">{script}</script>'


def as_cards(events: list[Invented]) -> str:
    """The events as a page shows them to readers, and no more."""
    return "".join(
        f'<div class="card event-card"><a class="card-image" href="{one.path}"><img src="/images{one.path}.jpg" alt=""></a>'
        f'<div class="card-body"><h3 class="card-title"><a href="{one.path}">{one.name}</a></h3>'
        f'<p class="card-date">{one.start:%A, %-d %B %Y, %H:%M} – {one.end:%H:%M}</p>'
        f'<p class="card-place">{one.venue}, {one.street}, {one.town}</p><p class="card-text">{one.words}</p>'
        f'<a class="button" href="{one.path}">Read more</a></div></div>'
        for one in events
    )


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of pages: how many events one has, how they are written, and what a CSS selector finds one item in."""

    events: int
    written: Callable[[list[Invented]], str]
    box: str


KINDS = {"schema.org": Kind(5, as_script, "html"), "listing": Kind(10, as_cards, ".event-card")}
_PARAGRAPH = "<p>Words that a page of this kind has, and that say nothing of an event.</p>"
_SIZE = 25_000
LISTING = 100
"""Pages of one listing."""


def page(kind: str, number: int, pages: int) -> bytes:
    """A page of events with a link to the next page of its listing, filled up with paragraphs of no event."""
    events = KINDS[kind].written([invented(number, part) for part in range(KINDS[kind].events)])
    last = number + 1 == pages or (number + 1) % LISTING == 0
    following = "" if last else f'<a rel="next" href="/page/{number + 1}">Next</a>'
    fill = _PARAGRAPH * ((_SIZE - len(events)) // len(_PARAGRAPH))
    head, body = (events, "") if kind == "schema.org" else ("", events)
    return (
        f'<!DOCTYPE html><html lang="en"><head><title>Events</title>{head}</head><body><h1>Upcoming events</h1>'
        f"<main>{body}</main><section>{fill}</section>{following}</body></html>"
    ).encode()
