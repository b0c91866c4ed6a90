"""The addresses of an event: its page, and where one registers for it and watches it."""

from __future__ import annotations

from dataclasses import replace

from symposia.event import Event, Recording
from symposia.facts.links import Role, find_links
from symposia.posting import Posting
from symposia.private_links import is_private_link


def with_links(event: Event, posting: Posting) -> Event:
    """Add where one registers for an event and where one watches it: as its source says, else as its description does.

    Its own page is neither. Where nothing else is said of a recording, a link to one says that there is one.
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


def public_web(url: str | None) -> str | None:
    """The address where it is http or https, and lets nobody into a meeting; None otherwise.

    >>> public_web("https://guild.example/e/1")
    'https://guild.example/e/1'
    >>> public_web("https://zoom.us/j/81234567890"), public_web("mailto:office@guild.example")
    (None, None)
    """
    return url if url and url.startswith(("http://", "https://")) and not is_private_link(url) else None
