"""What a piece of a page says under a label of its own: "Location: Room 12", or "Where" above "Central Library"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from spiders.extraction.dom.table_columns import heading_pattern
from spiders.extraction.lexicon.title_words import is_place

_LABEL = 30
"""Characters of a line that may be no more than a label."""
_MAX_LINES = 4
"""Lines that a value may take up: the name of a place, then its address."""


class LabelledValue(NamedTuple):
    """What a label says, on one line, and the lines of the piece that say it."""

    text: str
    lines: frozenset[str]


def read_labelled_value(lines: Sequence[str], key: str) -> LabelledValue | None:
    """The first value whose label means `key` (a list of [columns] in marks.toml); None where no line is such a label."""
    for number, line in enumerate(lines):
        label, _, rest = line.partition(":")
        if len(label) > _LABEL or not heading_pattern(key).fullmatch(label.casefold().strip(" -–—*")):
            continue
        value = [rest.strip()] if rest.strip() else []
        value += _following(lines[number + 1 :], bool(value)) if key == "place" or not value else ()
        if value:
            return LabelledValue(", ".join(one.strip(" ,") for one in value), frozenset({line, *value}))
    return None


def _following(lines: Sequence[str], begun: bool) -> Iterator[str]:
    """The lines after a label that belong to its value: the first, and then those of an address."""
    for number, line in enumerate(lines[:_MAX_LINES]):
        if line.endswith(":") or ((number or begun) and not is_place(line)):
            return
        yield line
