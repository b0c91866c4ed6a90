"""The addresses of an event: those to register and to watch it, and none that lets whoever has it into the meeting."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from symposia.event import Event, Location, Recording
from symposia.facts.links import LEFT_OUT, Role, find_links, is_private_link, without_private
from symposia.posting import Posting

_TEXTS = ("name", "description", "organizer")


def with_links(event: Event, posting: Posting) -> Event:
    """The event with the addresses that its source has for it, else those that its description names, apart from its page's.

    What can be watched has been recorded.
    """
    stated = {role: url for role in Role if (url := public_web(getattr(posting, role))) and url != event.url}
    links = (link for link in find_links(posting.description or "") if link.url != event.url)
    named = {link.role: link for link in links if link.role not in stated}
    urls = stated | {role: link.url for role, link in named.items()}
    if not urls:
        return event
    evidence = dict(event.evidence) | {link.role.value: link.words for link in named.values()}
    recording = event.recording
    if Role.RECORDING in urls and recording is None:
        recording = Recording.RECORDING_AVAILABLE
        evidence["recording"] = evidence.get(Role.RECORDING, "a link to it")
    return replace(
        event,
        registration_url=urls.get(Role.REGISTRATION),
        recording_url=urls.get(Role.RECORDING),
        recording=recording,
        evidence=tuple(sorted(evidence.items())),
    )


def public(event: Event) -> Event:
    """The event, its words without private links, the numbers of meetings and their keys."""
    words: dict[str, Any] = {name: without_private(text) for name in _TEXTS if (text := getattr(event, name))}
    said = words | {
        "evidence": tuple((name, without_private(text)) for name, text in event.evidence),
        "location": _place(event.location),
    }
    # Nearly all are public as they are, and a copy of so many fields takes longer than a look.
    return replace(event, **said) if any(getattr(event, name) != value for name, value in said.items()) else event


def _place(place: Location | None) -> Location | None:
    """A place, its words without private links; None where they were all that it said."""
    if place is None:
        return None
    texts: dict[str, Any] = {field.name: getattr(place, field.name) for field in fields(place)}
    kept = {name: without_private(text) if isinstance(text, str) else text for name, text in texts.items()}
    said: dict[str, Any] = {name: None if value == LEFT_OUT else value for name, value in kept.items()}
    left = replace(place, **said)
    return left if left != Location() else None


def public_web(url: str | None) -> str | None:
    """The address where it is http or https, and lets nobody into a meeting; None otherwise."""
    return url if url and url.startswith(("http://", "https://")) and not is_private_link(url) else None
