"""What a listing says of an event, and what the event's own page says, as one posting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace

from symposia.moments import day_part, has_time
from symposia.posting import Posting

_TIMES = ("start", "end", "when", "timezone")
_IDENTITY = {"origin", "source_key", "name", "evidence", "keywords", "description", *_TIMES}


def choose_detail(listed: Posting, found: Sequence[Posting]) -> Posting | None:
    """The posting on a detail page that is about the `listed` event; None where that is not clear.

    It is the only one, or the one of that name, or the only one that states a time on the listed day.
    """
    if len(found) == 1:
        return found[0]
    name = (listed.name or "").casefold()
    named = next((posting for posting in found if name and (posting.name or "").casefold() == name), None)
    if named is not None or not listed.start:
        return named
    day = day_part(listed.start)
    timed = {one.start: one for one in found if has_time(one.start) and day_part(one.start) == day}
    return next(iter(timed.values())) if len(timed) == 1 else None


def merge_detail(listed: Posting, detail: Posting) -> Posting:
    """`listed`, completed by `detail`. The listing's identity stays, and its words win where both say something,

    but for the description (the longer) and the time (the detail page's, where the listing knows the day at most).
    """
    filled = {
        field.name: getattr(detail, field.name)
        for field in fields(Posting)
        if field.name not in _IDENTITY and not getattr(listed, field.name) and getattr(detail, field.name)
    }
    if _tells_more(listed, detail):
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


def _tells_more(listed: Posting, detail: Posting) -> bool:
    if listed.start is None:
        return bool(detail.start or (detail.when and not listed.when))
    if detail.start is None or day_part(detail.start) != day_part(listed.start):
        return False
    return len(detail.start) > len(listed.start) or (listed.end is None and len(detail.start) == len(listed.start))
