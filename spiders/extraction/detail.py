"""Details: what a listing says about an event, completed by the event's own page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace

from symposia.moments import day_part, has_time
from symposia.posting import Posting

_TIMES = ("start", "end", "when", "timezone")
_KEPT = {"origin", "source_key", "name", "evidence", "keywords", "description", *_TIMES}
"""Fields that a detail page does not simply fill in: the listing's identity, and those with a rule of their own."""


def choose_detail(listed: Posting, found: Sequence[Posting]) -> Posting | None:
    """Choose the posting on a detail page that is about the listed event.

    It is the only one, or the one of that name, or the only one that states a time on the listed day; None where
    neither holds, as any other would be a guess.
    """
    if len(found) == 1:
        return found[0]
    name = (listed.name or "").casefold()
    namesake = next((posting for posting in found if name and (posting.name or "").casefold() == name), None)
    if namesake is not None or not listed.start:
        return namesake
    day = day_part(listed.start)
    timed = {posting.start: posting for posting in found if has_time(posting.start) and day_part(posting.start) == day}
    return next(iter(timed.values())) if len(timed) == 1 else None


def merge_detail(listed: Posting, detail: Posting) -> Posting:
    """Complete a listed posting with its detail page. The listing's identity stays, and its words win over the page's.

    Two fields differ: the longer description is taken, and the detail page's time where it says more about the same day.
    """
    filled = {
        field.name: getattr(detail, field.name)
        for field in fields(Posting)
        if field.name not in _KEPT and not getattr(listed, field.name) and getattr(detail, field.name)
    }
    if _states_more_of_time(detail, listed):
        filled.update({name: getattr(detail, name) for name in _TIMES})
    description = max(listed.description or "", detail.description or "", key=len) or None
    evidence = dict(detail.evidence) | dict(listed.evidence)
    evidence.update({name: f"{detail.origin.url}: {dict(detail.evidence).get(name, 'detail page')}" for name in filled})
    return replace(
        listed,
        name=listed.name or detail.name,
        description=description,
        keywords=tuple(dict.fromkeys((*listed.keywords, *detail.keywords))),
        evidence=tuple(sorted(evidence.items())),
        **filled,
    )


def _states_more_of_time(detail: Posting, listed: Posting) -> bool:
    """Whether the detail page states a time where the listing states a day or nothing, or an end where it states none."""
    if listed.start is None:
        return bool(detail.start or (detail.when and not listed.when))
    if detail.start is None or day_part(detail.start) != day_part(listed.start):
        return False
    return len(detail.start) > len(listed.start) or (listed.end is None and len(detail.start) == len(listed.start))
