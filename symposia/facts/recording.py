"""Whether an event can be watched later, read along, and followed by those who sign."""

from __future__ import annotations

import re
from functools import cache

from symposia.event import Recording
from symposia.facts.clauses import clause_around, quote, sentence_around
from symposia.facts.fact import Fact
from symposia.facts.word_lists import any_of_list, find_words, list_pattern

_NEAR = 16
"""Characters around an offer of captions that may deny it."""


def find_recording(name: str, description: str) -> Fact[Recording] | None:
    """Find what a text says of a recording of this event; None where it mentions none, or other events' only.

    >>> find_recording("Phonics", "The session will be recorded.").value
    <Recording.WILL_BE_RECORDED: 'will_be_recorded'>
    """
    text = f"{name}\n{description}"
    for value in (Recording.RECORDING_AVAILABLE, Recording.WILL_BE_RECORDED, Recording.NOT_RECORDED):
        for match in find_words(text, "recording", value.value):
            denied = value is Recording.WILL_BE_RECORDED and _is_denied(text, match)
            if not denied and not _is_of_another(text, match):
                return Fact(value=_recording_at_its_time(text, match, value), words=quote(text, *match.span()))
    return None


def _recording_at_its_time(text: str, match: re.Match[str], value: Recording) -> Recording:
    """Such as "Available afterwards", "you will get a link" are yet to come."""
    before, after = clause_around(text, *match.span(), 30)
    later = list_pattern("recording", "later").search(after) or list_pattern("recording", "promised").search(before)
    return Recording.WILL_BE_RECORDED if later and value is Recording.RECORDING_AVAILABLE else value


def _is_denied(text: str, match: re.Match[str]) -> bool:
    """Such as "Will not be recorded", "may be recorded"."""
    before = text[max(0, match.start() - 16) : match.start()]
    return list_pattern("recording", "denied").search(before + match[0]) is not None


def _is_of_another(text: str, match: re.Match[str]) -> bool:
    before, after = clause_around(text, *match.span(), 60)
    if list_pattern("recording", "condition").search(before) or _in_brackets_pattern().search(before):
        return True
    return any(
        list_pattern("recording", key).search(words)
        for key in ("other_event", "request")
        for words in (before, after[:30])
    )


@cache
def _in_brackets_pattern() -> re.Pattern[str]:
    """Such as "Attendance (will be recorded)"."""
    return re.compile(rf"(?<!\w){any_of_list('recording', 'written')}\W{{1,2}}(?:will\s)?$", re.IGNORECASE)


def find_captions(name: str, description: str) -> Fact[bool] | None:
    """Find whether the event itself is captioned; None where captions are not offered, or are what is taught.

    >>> find_captions("Phonics", "Live captions will be provided.").value
    True
    """
    return _find_offered("captions", f"{name}\n{description}")


def find_sign_language(name: str, description: str) -> Fact[bool] | None:
    """Find whether the event is interpreted into a sign language; None as for captions."""
    return _find_offered("sign_language", f"{name}\n{description}")


def _find_offered(table: str, text: str) -> Fact[bool] | None:
    for match in find_words(text, table, "true"):
        before, after = sentence_around(text, *match.span(), 80)
        if any(list_pattern(table, "subject").search(words) for words in (before, after[:40])):
            continue
        if any(list_pattern("captions", "denied").search(words) for words in (before[-_NEAR:], after[:_NEAR])):
            continue
        if any(list_pattern("captions", "provided").search(words) for words in (before, match[0], after)):
            return Fact(value=True, words=quote(text, *match.span()))
    return None
