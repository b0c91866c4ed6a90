"""What flows from stage to stage once a posting has been read."""

from __future__ import annotations

from dataclasses import dataclass

from symposia.event import Event
from symposia.posting import Posting


@dataclass(frozen=True, slots=True, kw_only=True)
class NormalizedPosting:
    """A posting in its source's words, and the event that it was read as."""

    posting: Posting
    event: Event


class Rejected(ValueError):  # noqa: N818 - it says what the posting is
    """A posting that is no event. `reason` is a short slug for counting; the message says more."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason
