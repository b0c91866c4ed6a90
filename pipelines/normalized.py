"""The value that passes from stage to stage, and the error that rejects it."""

from __future__ import annotations

from dataclasses import dataclass

from symposia.event import Event
from symposia.posting import Posting


@dataclass(frozen=True, slots=True, kw_only=True)
class NormalizedPosting:
    """A posting in its source's words, and the event that it was read as.

    `notes` are what stages did to it, or missed in it, as `<stage>/<what>`: the crawl's stats count them.
    """

    posting: Posting
    event: Event
    notes: tuple[str, ...] = ()


class Rejected(ValueError):  # noqa: N818 - it says what became of the posting
    """A posting cannot be published as an event. `reason` is a short slug for counting; the message says more."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason
