"""Whether an event can be watched later, and read along."""

from __future__ import annotations

import re

from symposia.event import Recording
from symposia.facts.words import Said, clause, pattern, sentence, shown


def find_recording(name: str, description: str) -> Said[Recording] | None:
    """What the text says of a recording of this event; None where it says nothing, or speaks of other events' only."""
    text = f"{name}\n{description}"
    for value in (Recording.RECORDING_AVAILABLE, Recording.WILL_BE_RECORDED, Recording.NOT_RECORDED):
        for match in pattern("recording", value.value).finditer(text):
            if not _is_of_another(text, match) and not (
                value is Recording.WILL_BE_RECORDED and _is_denied(text, match)
            ):
                return Said(value=_in_time(text, match, value), words=shown(text, *match.span()))
    return None


def _in_time(text: str, match: re.Match[str], value: Recording) -> Recording:
    """ "Available afterwards" is yet to come."""
    after = clause(text, *match.span(), 30)[1]
    later = value is Recording.RECORDING_AVAILABLE and pattern("recording", "later").search(after)
    return Recording.WILL_BE_RECORDED if later else value


def _is_denied(text: str, match: re.Match[str]) -> bool:
    """ "Will not be recorded", "may be recorded"."""
    before = text[max(0, match.start() - 16) : match.start()]
    return (
        re.search(
            r"(?<!\w)(?:not|never|cannot|may|might|no|nicht|pas|niet|não)(?!\w)", before + match[0], re.IGNORECASE
        )
        is not None
    )


def _is_of_another(text: str, match: re.Match[str]) -> bool:
    before, after = clause(text, *match.span(), 60)
    if re.search(r"(?<!\w)(?:if|falls|si|als|se)(?!\w)", before, re.IGNORECASE):
        return True
    return any(
        pattern("recording", key).search(words) for key in ("other_event", "request") for words in (before, after[:30])
    )


def find_captions(name: str, description: str) -> Said[bool] | None:
    """Whether the event itself is captioned; None where captions are not offered, are asked for, or are what is taught."""
    text = f"{name}\n{description}"
    for match in pattern("captions", "true").finditer(text):
        before, after = sentence(text, *match.span(), 80)
        if pattern("captions", "subject").search(before) or pattern("captions", "subject").search(after[:40]):
            continue
        if any(pattern("captions", "provided").search(words) for words in (before, match[0], after)):
            return Said(value=True, words=shown(text, *match.span()))
    return None
