"""Whether a piece of a page says that its event does not take place as planned."""

from __future__ import annotations

from spiders.extraction.listing.regions import Region
from symposia.facts.money import find_amounts
from symposia.lexicon.status import find_status
from symposia.text.plain_text import first_text

_MAX_LINES = 12
"""Lines of a region that are searched: a status stands near the title."""
_MAX_LINE = 500
"""Characters of one line that are searched."""
_MAX_BADGE = 40
"""Characters of an element that shows nothing but a status: "the event has been postponed" has 28."""
_MIN_STRUCK = 6
"""Characters of struck-through text that may be a date or a name: shorter ones are an old price or hour."""


def status_of(region: Region) -> str | None:
    """The words with which a region says that its event does not take place as planned: "cancelled".

    They are a line or an element that says nothing else, or a part set off from a line. Struck-through text counts as
    "cancelled". None where nothing of the kind is said.
    """
    lines = region.text.splitlines()[:_MAX_LINES]
    stated = next((status for line in lines if (status := find_status(line[:_MAX_LINE]))), None)
    return stated or _find_badge(region) or ("cancelled" if _is_struck_through(region) else None)


def _find_badge(region: Region) -> str | None:
    """The first status that is all an element says."""
    texts = (
        first_text(element, _MAX_BADGE)
        for whole in region.elements
        for element in whole.iter("span", "em", "strong", "b", "i", "div", "p")
    )
    return next((status for text in texts if len(text) <= _MAX_BADGE and (status := find_status(text))), None)


def _is_struck_through(region: Region) -> bool:
    """Whether the date or a name is struck through, as cancelled events often are; a struck price is an old price."""
    struck = (
        (element.text_content() or "").strip()
        for whole in region.elements
        for element in whole.iter("del", "s", "strike")
    )
    return any(len(text) >= _MIN_STRUCK and next(find_amounts(text), None) is None for text in struck)
