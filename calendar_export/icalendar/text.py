"""The texts of a VEVENT: its description as plain text and as HTML, its categories, its links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape

from calendar_export.text.cleaning import clean, clean_line, is_placeholder
from calendar_export.text.facts import key_facts
from calendar_export.text.urls import uri_value
from symposia.event import Event

MAX_DESCRIPTION = 3_000
"""Characters of a description: the event's page has the rest, and Google reads about a megabyte of a feed."""
_link = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?'()\[\]]")


def categories_of(event: Event) -> list[str]:
    r"""The topics and keywords of an event, each once, without placeholders and addresses.

    None ends with a backslash: ical.js, and so Thunderbird, would read the comma after it as part of the category.
    """
    words = dict.fromkeys(clean_line(word).rstrip("\\ ") for word in (*event.topics, *event.keywords))
    return [word for word in words if not is_placeholder(word) and "://" not in word]


def description_of(event: Event) -> str:
    """An event in plain text: its description, key facts, organizer and links, a paragraph each."""
    description = clean(event.description or "").strip()
    paragraphs = [
        "" if is_placeholder(description) else shorten(description),
        " · ".join(map(clean_line, key_facts(event))),
    ]
    organizer = clean_line(event.organizer or "")
    if not is_placeholder(organizer):
        paragraphs.append(f"Organizer: {organizer}")
    paragraphs.append("\n".join(links_of(event)))
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def links_of(event: Event) -> Iterator[str]:
    """The links of an event, a line each with its label: page, registration, recording, sources; no address twice."""
    labelled = [("", event.url), ("Register: ", event.registration_url), ("Recording: ", event.recording_url)]
    labelled += [("Source: ", ref.url) for ref in event.sources]
    return _drop_repeated((label, url) for label, given in labelled if (url := uri_value(given)))


def shorten(text: str) -> str:
    """Cut `text` to `MAX_DESCRIPTION` characters, between two words where there is a gap in its second half.

    >>> shorten("Two tracks.")
    'Two tracks.'
    >>> shorten("word " * 1_000)[-11:]
    'word word …'
    """
    if len(text) <= MAX_DESCRIPTION:
        return text
    kept = text[:MAX_DESCRIPTION]
    return f"{kept[: max(kept.rfind(' '), kept.rfind(chr(10)), MAX_DESCRIPTION // 2)].rstrip()} …"


def html_of(text: str) -> str:
    r"""Write plain text as HTML with paragraphs, line breaks and links. All of it is escaped: no source's markup survives.

    >>> html_of("1 < 2\nhttps://guild.example/")
    '<html><body><p>1 &lt; 2<br><a href="https://guild.example/">https://guild.example/</a></p></body></html>'
    """
    paragraphs = (part.replace("\n", "<br>") for part in _escape_and_link(text).split("\n\n") if part.strip())
    return "<html><body>" + "".join(f"<p>{part}</p>" for part in paragraphs) + "</body></html>"


def _drop_repeated(links: Iterable[tuple[str, str]]) -> Iterator[str]:
    seen: set[str] = set()
    for label, url in links:
        if url not in seen:
            yield f"{label}{url}"
        seen.add(url)


def _escape_and_link(text: str) -> str:
    parts, end = [], 0
    for link in _link.finditer(text):
        url = escape(link.group())
        parts += [escape(text[end : link.start()]), f'<a href="{url}">{url}</a>']
        end = link.end()
    return "".join([*parts, escape(text[end:])])
