"""What an export tells about a source and its last crawl."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSummary:
    """A source and how its last crawl ended; None where that is not known, as before its first crawl.

    `notes`, `history` and `listed` are for the page alone; the tables hold the others.

    Attributes:
        status: ok, empty (the source itself says that it lists nothing) or failed.
        cause: Why it was not ok, in one word.
        checked: The day (UTC) of the last crawl. Not the moment: then the table would change with every crawl.
        alarms: What a person should look at, in words.
        notes: What can wait.
        new: Events that the last crawl saw for the first time.
        history: Events listed on each of the last days with a crawl, oldest first; None where that crawl failed.
        listed: Whether the catalogue still has the source.
    """

    id: str
    name: str
    url: str
    status: str | None = None
    cause: str | None = None
    detail: str | None = None
    checked: date | None = None
    events: int | None = None
    refused: int | None = None
    pages: int | None = None
    alarms: tuple[str, ...] = ()
    new: int | None = None
    notes: tuple[str, ...] = ()
    history: tuple[int | None, ...] = ()
    listed: bool = True
