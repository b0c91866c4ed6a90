"""Whether a piece of a page says that its event does not take place as planned."""

from __future__ import annotations

from spiders.extraction.listing.regions import Region
from symposia.lexicon.status import find_status
from symposia.text.plain_text import first_text

_MAX_LINES = 12
_MAX_LINE = 500
_MAX_BADGE = 40


def status_of(region: Region) -> str | None:
    """What a line, or a part set off from one, says and nothing else ("Meeting cancelled"); "cancelled" for struck-through text.

    None where nothing of the kind is said.
    """
    lines = region.text.splitlines()[:_MAX_LINES]
    said = next((status for line in lines if (status := find_status(line[:_MAX_LINE]))), None)
    return said or _of_a_badge(region) or ("cancelled" if _struck(region) else None)


def _of_a_badge(region: Region) -> str | None:
    """The status that is all an element says."""
    texts = (
        first_text(one, _MAX_BADGE)
        for whole in region.elements
        for one in whole.iter("span", "em", "strong", "b", "i", "div", "p")
    )
    return next((status for text in texts if len(text) <= _MAX_BADGE and (status := find_status(text))), None)


def _struck(region: Region) -> bool:
    """Whether the date or a name is struck through, as cancelled events often are."""
    return any(
        len((one.text_content() or "").strip()) > 5
        for whole in region.elements
        for one in whole.iter("del", "s", "strike")
    )
