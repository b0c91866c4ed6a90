"""Whether an event can be watched later, read along, and followed by those who sign."""

from __future__ import annotations

import re
from functools import cache

from symposia.event import Recording
from symposia.facts.words import Said, alternatives, clause, pattern, sentence, shown, words_in

_NEAR = 16
"""Characters around an offer of captions that may deny it."""


def find_recording(name: str, description: str) -> Said[Recording] | None:
    """What the text says of a recording of this event; None where it says nothing, or speaks of other events' only."""
    text = f"{name}\n{description}"
    for value in (Recording.RECORDING_AVAILABLE, Recording.WILL_BE_RECORDED, Recording.NOT_RECORDED):
        for match in words_in(text, "recording", value.value):
            denied = value is Recording.WILL_BE_RECORDED and _is_denied(text, match)
            if not denied and not _is_of_another(text, match):
                return Said(value=_in_time(text, match, value), words=shown(text, *match.span()))
    return None


def _in_time(text: str, match: re.Match[str], value: Recording) -> Recording:
    """ "Available afterwards", "you will get a link" are yet to come."""
    before, after = clause(text, *match.span(), 30)
    later = pattern("recording", "later").search(after) or pattern("recording", "promised").search(before)
    return Recording.WILL_BE_RECORDED if later and value is Recording.RECORDING_AVAILABLE else value


def _is_denied(text: str, match: re.Match[str]) -> bool:
    """ "Will not be recorded", "may be recorded"."""
    before = text[max(0, match.start() - 16) : match.start()]
    return pattern("recording", "denied").search(before + match[0]) is not None


def _is_of_another(text: str, match: re.Match[str]) -> bool:
    before, after = clause(text, *match.span(), 60)
    if pattern("recording", "condition").search(before) or _is_written().search(before):
        return True
    return any(
        pattern("recording", key).search(words) for key in ("other_event", "request") for words in (before, after[:30])
    )


@cache
def _is_written() -> re.Pattern[str]:
    """ "Attendance (will be recorded)"."""
    return re.compile(rf"(?<!\w){alternatives('recording', 'written')}\W{{1,2}}(?:will\s)?$", re.IGNORECASE)


def find_captions(name: str, description: str) -> Said[bool] | None:
    """Whether the event itself is captioned; None where captions are not offered, are asked for, or are what is taught."""
    return _offered("captions", f"{name}\n{description}")


def find_sign_language(name: str, description: str) -> Said[bool] | None:
    """Whether the event is interpreted into a sign language; None as for captions."""
    return _offered("sign_language", f"{name}\n{description}")


def _offered(table: str, text: str) -> Said[bool] | None:
    for match in words_in(text, table, "true"):
        before, after = sentence(text, *match.span(), 80)
        if any(pattern(table, "subject").search(words) for words in (before, after[:40])):
            continue
        if any(pattern("captions", "denied").search(words) for words in (before[-_NEAR:], after[:_NEAR])):
            continue
        if any(pattern("captions", "provided").search(words) for words in (before, match[0], after)):
            return Said(value=True, words=shown(text, *match.span()))
    return None
