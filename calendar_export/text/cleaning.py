"""Text made safe to write: without control characters, with plain line ends, and never a program's word for nothing."""

from __future__ import annotations

import re

_PLACEHOLDERS = frozenset(["none", "nan", "nat", "null", "undefined"])
"""What Python, pandas, SQL and JavaScript print for a missing value; sources publish it by mistake."""
_line_end = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_control = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]|[\ud800-\udfff]|[\ufdd0-\ufdef\ufeff\ufffe\uffff]")
"""Controls, lone surrogates and noncharacters; TAB and LF stay."""


def clean(text: str) -> str:
    r"""Remove control characters, which RFC 5545, 3.1 and XML 1.0, 2.2 forbid, and write every line end as LF.

    >>> clean("Reading\x00 aloud\r\nfor all")
    'Reading aloud\nfor all'
    """
    return _control.sub("", _line_end.sub("\n", text))


def clean_line(text: str) -> str:
    r"""Clean `text` and join it to one line with single spaces: clients show titles and places on one line.

    >>> clean_line("  Reading\r\n\taloud ")
    'Reading aloud'
    """
    return " ".join(clean(text).split())


def is_placeholder(text: str) -> bool:
    """Whether `text` is empty, or what a program prints for a missing value.

    >>> is_placeholder("NaN"), is_placeholder("Nan's kitchen")
    (True, False)
    """
    return not text or text.casefold() in _PLACEHOLDERS
