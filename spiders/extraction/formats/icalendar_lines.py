"""iCalendar text that is not quite RFC 5545, mended until it parses."""

from __future__ import annotations

import re
from collections.abc import Iterator

_property_line = re.compile(r"[A-Za-z0-9-]{1,60}(?:;[^:]{0,2000})?:")
_blocks = re.compile(r"^BEGIN:(VEVENT|VTIMEZONE)\s*$(.*?)^END:\1\s*$", re.IGNORECASE | re.MULTILINE | re.DOTALL)

CALENDAR_HEAD = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Symposia//mended//EN\r\n"


def unfold(text: str) -> str:
    """The content lines of `text`, each on a line of its own and unfolded (RFC 5545, 3.1).

    A line that is no property continues the one before it, as feeds that fold without the leading space mean it.
    """
    lines: list[list[str]] = []  # each in its pieces, as a line may be folded a million times
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


def blocks(text: str, kind: str) -> Iterator[str]:
    """The `BEGIN:kind` ... `END:kind` pieces of unfolded text."""
    for match in _blocks.finditer(text):
        if match[1].upper() == kind:
            # Of one that is never closed and the next, the next.
            body = re.split(rf"^BEGIN:{kind}\s*$", match[2], flags=re.IGNORECASE | re.MULTILINE)[-1]
            yield f"BEGIN:{kind}\n{body.strip()}\nEND:{kind}\n"


def value_of(block: str, name: str) -> str | None:
    """The raw value of the first property of that name; None where there is none."""
    found = re.search(rf"^{name}(?:;[^:\n]*)?:(.*)$", block, re.IGNORECASE | re.MULTILINE)
    return found[1].strip() or None if found else None
