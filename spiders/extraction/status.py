"""Whether a piece of a page says that its event does not take place as planned."""

from __future__ import annotations

import re
from functools import cache

from spiders.extraction.marks import marks
from spiders.extraction.regions import Region

_LONGEST = 40
"""Characters of a line that may be nothing but a status."""


def status_of(region: Region) -> str | None:
    """The words of a line that say little else ("Meeting cancelled"), or "cancelled" for struck-through text; else None."""
    for line in region.text.splitlines():
        words = " ".join(line.split())
        if 0 < len(words) <= _LONGEST and (found := _pattern().fullmatch(words.casefold().strip(" *!.()[]-–—:"))):
            return found["status"]
    return "cancelled" if _struck(region) else None


@cache
def _pattern() -> re.Pattern[str]:
    words = "|".join(map(re.escape, marks("status", "words")))
    around = "|".join(map(re.escape, marks("status", "around")))
    return re.compile(rf"(?:(?:{around})\s+){{0,3}}(?P<status>{words})(?:\s+(?:{around})){{0,3}}")


def _struck(region: Region) -> bool:
    """Whether the date or a name is struck through, as cancelled events often are."""
    return any(
        len((one.text_content() or "").strip()) > 5
        for whole in region.elements
        for one in whole.iter("del", "s", "strike")
    )
