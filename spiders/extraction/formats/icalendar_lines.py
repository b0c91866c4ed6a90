"""iCalendar text that breaks RFC 5545, mended until it parses."""

from __future__ import annotations

import re
from collections.abc import Iterator

_property_line = re.compile(r"[A-Za-z0-9-]{1,60}(?:;[^:]{0,2000})?:")
_component = re.compile(r"^BEGIN:(VEVENT|VTIMEZONE)\s*$(.*?)^END:\1\s*$", re.IGNORECASE | re.MULTILINE | re.DOTALL)

CALENDAR_HEAD = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Symposia//mended//EN\r\n"
"""What stands before a component that is parsed by itself."""


def unfold(text: str) -> str:
    r"""Unfold content lines (RFC 5545, section 3.1), each then on a line of its own.

    A line that is no property continues the one before it: some feeds fold without the leading space.

    >>> unfold("SUMMARY:Reading\r\n  Day\r\nLOCATION:Hall\r\nRoom 2\r\n")
    'SUMMARY:Reading Day\nLOCATION:Hall\\nRoom 2\n'
    """
    lines: list[list[str]] = []  # each as its parts, since a line may be folded a million times
    for line in text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if line[:1] in (" ", "\t") and lines:
            lines[-1].append(line[1:])
        elif not line.strip():
            continue
        elif _property_line.match(line) or not lines:
            lines.append([line])
        else:
            lines[-1].append("\\n" + line)
    return "\n".join(map("".join, lines)) + "\n"


def component_blocks(text: str, kind: str) -> Iterator[str]:
    """The `BEGIN:kind` ... `END:kind` blocks of unfolded text; of one that is never closed, nothing.

    Args:
        text: Unfolded content lines.
        kind: `VEVENT` or `VTIMEZONE`.
    """
    for match in _component.finditer(text):
        if match[1].upper() == kind:
            # A block that is never closed runs into the next one, which begins at the last BEGIN.
            body = re.split(rf"^BEGIN:{kind}\s*$", match[2], flags=re.IGNORECASE | re.MULTILINE)[-1]
            yield f"BEGIN:{kind}\n{body.strip()}\nEND:{kind}\n"


def raw_value(block: str, name: str) -> str | None:
    r"""The value of the first property of that name, still escaped; None where there is none, or it is empty.

    >>> raw_value("BEGIN:VEVENT\nSUMMARY;LANGUAGE=en:Reading Day\n", "SUMMARY")
    'Reading Day'
    """
    match = re.search(rf"^{name}(?:;[^:\n]*)?:(.*)$", block, re.IGNORECASE | re.MULTILINE)
    return match[1].strip() or None if match else None
