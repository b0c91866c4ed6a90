"""Field labels: values under a label of their own. "Location: Room 12", or "Where" above "Central Library"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from spiders.extraction.dom.table_columns import heading_pattern
from spiders.extraction.lexicon.title_words import is_place

_MAX_LABEL = 30
"""Characters of a label; what is longer says something itself."""
_MAX_LINES = 4
"""Lines that a value may take: the name of a place, then its address."""
_MARKS = " -–—*"
"""Characters around a label."""


class LabelledValue(NamedTuple):
    """What a label says.

    Attributes:
        text: The value on one line.
        lines: The lines that state it, the label's included.
    """

    text: str
    lines: frozenset[str]


def read_labelled_value(lines: Sequence[str], key: str) -> LabelledValue | None:
    """The first value under a label that means `key`; None where no line is such a label.

    Args:
        lines: The lines of what announces one event.
        key: A list of `[columns]` in word_lists.toml: "place", "name" ...

    >>> read_labelled_value(["Phonics", "Where", "Central Library", "12 Mill Lane", "Bring a pen."], "place").text
    'Central Library, 12 Mill Lane'
    """
    for number, line in enumerate(lines):
        label, _, rest = line.partition(":")
        if len(label) > _MAX_LABEL or not heading_pattern(key).fullmatch(label.casefold().strip(_MARKS)):
            continue
        value = [rest.strip()] if rest.strip() else []
        if key == "place" or not value:
            value += _lines_of_value(lines[number + 1 :], has_begun=bool(value))
        if value:
            return LabelledValue(", ".join(part.strip(" ,") for part in value), frozenset({line, *value}))
    return None


def _lines_of_value(lines: Sequence[str], has_begun: bool) -> Iterator[str]:
    """The lines after a label that belong to its value: the first, then those of an address."""
    for number, line in enumerate(lines[:_MAX_LINES]):
        if line.endswith(":") or ((number or has_begun) and not is_place(line)):
            return
        yield line
