"""How one attends: online, at a place, or either."""

from __future__ import annotations

import re
from functools import cache

from symposia.event import AttendanceMode, Kind
from symposia.facts.clauses import clause_around, quote
from symposia.facts.fact import Fact
from symposia.facts.word_lists import any_of_list, find_words, list_pattern, may_hold

_Hit = tuple[int, int]
"""Where the words that say so stand in the text, [start, end)."""
_has_digit = re.compile(r"\d").search
_CAPITALIZED = r"[A-ZÀ-Þ0-9][\w'’&.\-]{0,25}"


def find_mode(name: str, description: str, kind: Kind | None) -> Fact[AttendanceMode] | None:
    """Find how one attends; None where neither a place nor a way to join from elsewhere is named.

    A topic ("online teaching") is neither. `kind`: what the event is called; a webinar is online unless a place is named.

    >>> find_mode("Phonics", "Join us in person or online.", None).value
    <AttendanceMode.HYBRID: 'hybrid'>
    >>> find_mode("Online teaching", "", None) is None
    True
    """
    text = f"{name}\n{description}"
    hybrid = _find_stated(text, "hybrid")
    if hybrid:
        return _make_fact(AttendanceMode.HYBRID, text, hybrid)
    in_name = _find_online(name) or _find_stated(name, "in_person")
    online, stream, place = _find_online(text), _find_stated(text, "stream"), _find_place(text)
    if place and (stream or (online and _find_stated(text, "in_person"))) and not in_name:
        return _make_fact(AttendanceMode.HYBRID, text, place)
    if _find_online(name) or (kind is Kind.WEBINAR and not _find_stated(name, "in_person")):
        return _make_fact(AttendanceMode.ONLINE, text, online or (0, len(name)))
    if in_name or (place and not online):
        return _make_fact(AttendanceMode.IN_PERSON, text, place or (0, len(name)))
    return _make_fact(AttendanceMode.ONLINE, text, online or stream) if online or stream else None


def _find_online(text: str) -> _Hit | None:
    return (
        _find_labelled(text, online=True)
        or _find_stated(text, "online")
        or _find_online_event(text)
        or _find_set_off(text)
        or _find_join_link(text)
    )


def _find_place(text: str) -> _Hit | None:
    return (
        _find_stated(text, "in_person")
        or _find_labelled(text, online=False)
        or _find_held(text)
        or _find_site(text)
        or _find_stated(text, "catering")
    )


def _find_stated(text: str, key: str) -> _Hit | None:
    """The first of a list's words that is not denied."""
    for match in find_words(text, "mode", key):
        if not _is_denied(text, match.start()) and not _is_sale(text, match.start(), key):
            return match.span()
    return None


def _is_denied(text: str, start: int) -> bool:
    before, _ = clause_around(text, start, start, 24)
    return list_pattern("mode", "not").search(before) is not None


def _is_sale(text: str, start: int, key: str) -> bool:
    """Such as "Tickets are sold in person or online", "register online at ..."."""
    before, _ = clause_around(text, start, start, 60)
    if key == "online":
        return _signing_up_pattern().search(before) is not None
    return key == "hybrid" and list_pattern("mode", "sale").search(before) is not None


@cache
def _signing_up_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){any_of_list('mode', 'signing')}\s$", re.IGNORECASE)


def _find_online_event(text: str) -> _Hit | None:
    """Such as "Online workshop", "virtual matching workshop"; but not "virtual reality workshop"."""
    for match in _online_event_pattern().finditer(text) if may_hold(text, "mode", "adjective") else ():
        following = text[match.end() : match.end() + 20]
        is_topic = list_pattern("mode", "topic").search(match["between"]) or list_pattern("mode", "attributed").match(
            following.lstrip(" -")
        )
        if not is_topic and not _is_denied(text, match.start()):
            return match.span()
    return None


@cache
def _online_event_pattern() -> re.Pattern[str]:
    adjective, noun = any_of_list("mode", "adjective"), any_of_list("mode", "noun")
    return re.compile(
        rf"(?<![\w-]){adjective}(?P<between>(?:[ ,\-][\w&]{{1,20}}){{0,2}}?)[ \-]{noun}(?!\w)", re.IGNORECASE
    )


def _find_set_off(text: str) -> _Hit | None:
    """Such as "Reading circle (online)", "Free and ONLINE via ..."."""
    found = _set_off_pattern().search(text) if may_hold(text, "mode", "bracketed", "leading") else None
    return found.span() if found else None


@cache
def _set_off_pattern() -> re.Pattern[str]:
    bracketed, leading = any_of_list("mode", "bracketed"), any_of_list("mode", "leading")
    return re.compile(
        rf"[(\[]\s?{bracketed}\s?[)\]]|^[ \-*]{{0,4}}{leading}(?=\s{{0,2}}[.:,|(]|\s{{1,2}}[\-–]|\s{{0,2}}$)",
        re.IGNORECASE | re.MULTILINE,
    )


def _find_join_link(text: str) -> _Hit | None:
    """Where one joins a meeting; not where one registers for it."""
    found = _join_link_pattern().search(text) if may_hold(text, "mode", "join") else None
    return found.span() if found else None


@cache
def _join_link_pattern() -> re.Pattern[str]:
    return re.compile(any_of_list("mode", "join"), re.IGNORECASE)


def _find_labelled(text: str, *, online: bool) -> _Hit | None:
    """Such as "Location: ...", "Where: ...", with what makes it online, or with a place."""
    for match in _place_label_pattern().finditer(text) if may_hold(text, "mode", "place_label") else ():
        not_place = list_pattern("mode", "not_place").match(match["what"])
        if online and not_place and _is_online_place(match["what"]):
            return match.span()
        if not online and not not_place and _is_place_name(match["what"]):
            return match.span()
    return None


def _is_online_place(place: str) -> bool:
    named = list_pattern("mode", "online_place").match(place)
    return named is not None or re.match(r"https?://\S{0,20}zoom", place, re.IGNORECASE) is not None


def _is_place_name(place: str) -> bool:
    """Such as "Town Library", "3rd floor", "aula magna"; not "we meet where ..."."""
    return not place[0].islower() or list_pattern("mode", "site_of", "room").match(place) is not None


@cache
def _place_label_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"(?:^|[.;|•*\-]\s?|\s)\**(?:(?i:{any_of_list('mode', 'place_label')})\**\s?[:|]\**|(?<=[\n|])(?:Location|Venue|Where|Locatie|Waar|Ort|Lugar|Lieu)\b)"
        r"[\s:|*_\[]{0,6}(?P<what>[^\s:|*][^\n|]{1,60})",
        re.MULTILINE,
    )


def _find_held(text: str) -> _Hit | None:
    """Such as "Held at the Town Library", "takes place in Utrecht"."""
    for match in _held_pattern().finditer(text):
        short = re.match(r"[A-Z]{2,4}\b", match["what"])
        if not short and not list_pattern("mode", "not_place", "not_held").match(match["what"]):
            return match.span()
    return None


@cache
def _held_pattern() -> re.Pattern[str]:
    held, article, of, kind = (any_of_list("mode", key) for key in ("held", "article", "of", "site_of"))
    held = rf"(?:{held}|(?:held|takes? place|taking place)\s[^.;\n]{{1,60}}\s(?:in|at))"
    return re.compile(
        rf"(?<!\w)(?i:{held})\s(?:(?i:{article})\s)?(?:(?i:{kind})\s(?:{of}\s)?)?(?P<what>(?:[A-ZÀ-Þ]|\d{{1,2}}(?:th|st|nd|rd)\s[A-Z])[\w'’.\-]{{1,30}})"
    )


def _find_site(text: str) -> _Hit | None:
    """Such as "At the Science Hall", "Room 12", a street with a number."""
    for match in _site_pattern().finditer(text) if may_hold(text, "mode", "site", "site_of", "room") else ():
        if not _is_of_a_person(text, match.start()):
            return match.span()
    found = (
        _street_pattern().search(text) if _has_digit(text) or may_hold(text, "mode", "street_first") else None
    ) or _find_town(text)
    return found.span() if found else None


def _find_town(text: str) -> re.Match[str] | None:
    """Such as "In Utrecht", "in Boulder, CO": a town that is neither anyone's home nor the subject."""
    return next((match for match in _town_pattern().finditer(text) if not _is_of_a_person(text, match.start())), None)


@cache
def _town_pattern() -> re.Pattern[str]:
    town = r"[A-ZÀ-Þ][a-zß-ÿ]{2,20}(?:[ -][A-ZÀ-Þ][a-zß-ÿ]{2,20}){0,2}"
    named = rf"{town},? \(?(?:[A-Z]{{2}}\b|USA?\b|UK\b|(?=[A-ZÀ-Þt])(?i:{any_of_list('mode', 'country')}))"
    known = rf"(?=[A-ZÀ-Þ])(?i:{any_of_list('mode', 'city')})"
    alone = rf"^{town}(?:,| [-–])\s(?i:{any_of_list('mode', 'country')})$"
    return re.compile(
        rf"(?<!\w)(?:{any_of_list('mode', 'in_town')}\s(?:{named}|{known})|to\s{named})(?![\w’'])|{alone}",
        re.MULTILINE,
    )


def _is_of_a_person(text: str, start: int) -> bool:
    """Such as "A professor at the University of ..." says where she works, not where the event is."""
    before, _ = clause_around(text, start, start, 70)
    return list_pattern("mode", "person").search(before) is not None


@cache
def _site_pattern() -> re.Pattern[str]:
    site, site_of = any_of_list("mode", "site"), any_of_list("mode", "site", "site_of")
    at, article, of, room = (any_of_list("mode", key) for key in ("at", "article", "of", "room"))
    named = rf"(?:{_CAPITALIZED}\s){{0,4}}{_CAPITALIZED}\s(?i:{site})|(?:{_CAPITALIZED}\s){{0,2}}(?i:{site_of})\s{of}\s{_CAPITALIZED}"
    numbered = rf"(?i:{room})\s[A-Z]?\d{{1,4}}\w?"
    return re.compile(rf"(?<!\w)(?:(?i:{at})\s(?:{article}\s)?(?:{named})|{numbered})(?!\w)")


@cache
def _street_pattern() -> re.Pattern[str]:
    """Such as "401 Oak Street", "Hauptstraße 5", "Springfield, IL 62701", "Calle Mayor"."""
    after, joined, first = (any_of_list("mode", key) for key in ("street", "street_compound", "street_first"))
    return re.compile(
        rf"\b\d{{1,5}}[ ,]{{1,2}}(?:[NSEW]\.?\s)?(?:[A-Z0-9][\w.']{{0,20}}\s){{1,3}}(?=[A-Z])(?i:{after})\b"
        rf"|\b[A-ZÄÖÜ][\wäöüß.-]{{2,25}}{joined}[ ]\d{{1,4}}"
        r"|\b[A-Z][a-z]{2,20}(?:[ ][A-Z][a-z]{2,20})?, [A-Z]{2}[ ]\d{5}\b|\b\d{4}[ ][A-Z]{2}[ ][A-Z][a-z]{2,}"
        rf"|\b(?:\d{{1,4}},?[ ]|(?=[A-Z]))(?i:{first})[ ](?:d[aeou]s?[ ](?:l[ao]s?[ ])?)?[A-Z][a-z]{{2,}}"
    )


def _make_fact(mode: AttendanceMode, text: str, hit: _Hit | None) -> Fact[AttendanceMode]:
    return Fact(value=mode, words=quote(text, *hit) if hit else "")
