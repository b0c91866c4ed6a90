"""How one attends: online, at a place, or either."""

from __future__ import annotations

import re
from functools import cache

from symposia.event import AttendanceMode, Kind
from symposia.facts.lists import may_say
from symposia.facts.words import Said, alternatives, clause, pattern, shown, words_in

_Hit = tuple[int, int]
_has_digit = re.compile(r"\d").search
_capital = r"[A-ZÀ-Þ0-9][\w'’&.\-]{0,25}"


def find_mode(name: str, description: str, kind: Kind | None) -> Said[AttendanceMode] | None:
    """How one attends; None where neither a place nor a way to listen in is named. A topic ("online teaching") is neither."""
    text = f"{name}\n{description}"
    hybrid = _stated(text, "hybrid")
    if hybrid:
        return _said(AttendanceMode.HYBRID, text, hybrid)
    in_name = _online(name) or _stated(name, "in_person")
    online, stream, place = _online(text), _stated(text, "stream"), _place(text)
    if place and (stream or (online and _stated(text, "in_person"))) and not in_name:
        return _said(AttendanceMode.HYBRID, text, place)
    if _online(name) or (kind is Kind.WEBINAR and not _stated(name, "in_person")):
        return _said(AttendanceMode.ONLINE, text, online or (0, len(name)))
    if in_name or (place and not online):
        return _said(AttendanceMode.IN_PERSON, text, place or (0, len(name)))
    return _said(AttendanceMode.ONLINE, text, online or stream) if online or stream else None


def _online(text: str) -> _Hit | None:
    return (
        _labelled(text, online=True)
        or _stated(text, "online")
        or _event_online(text)
        or _set_off(text)
        or _join_link(text)
    )


def _place(text: str) -> _Hit | None:
    return (
        _stated(text, "in_person")
        or _labelled(text, online=False)
        or _held(text)
        or _site(text)
        or _stated(text, "catering")
    )


def _stated(text: str, key: str) -> _Hit | None:
    """The first of a list's words that is not denied."""
    for match in words_in(text, "mode", key):
        if not _denied(text, match.start()) and not _is_sale(text, match.start(), key):
            return match.span()
    return None


def _denied(text: str, start: int) -> bool:
    before, _ = clause(text, start, start, 24)
    return pattern("mode", "not").search(before) is not None


def _is_sale(text: str, start: int, key: str) -> bool:
    """ "Tickets are sold in person or online", "register online at ..."."""
    before, _ = clause(text, start, start, 60)
    if key == "online":
        return _signing().search(before) is not None
    return key == "hybrid" and pattern("mode", "sale").search(before) is not None


@cache
def _signing() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){alternatives('mode', 'signing')}\s$", re.IGNORECASE)


def _event_online(text: str) -> _Hit | None:
    """ "Online workshop", "virtual matching workshop"; but not "virtual reality workshop"."""
    for match in _adjective().finditer(text) if may_say(text, "mode", "adjective") else ():
        following = text[match.end() : match.end() + 20]
        is_topic = pattern("mode", "topic").search(match["between"]) or pattern("mode", "attributed").match(
            following.lstrip(" -")
        )
        if not is_topic and not _denied(text, match.start()):
            return match.span()
    return None


@cache
def _adjective() -> re.Pattern[str]:
    adjective, noun = alternatives("mode", "adjective"), alternatives("mode", "noun")
    return re.compile(
        rf"(?<![\w-]){adjective}(?P<between>(?:[ ,\-][\w&]{{1,20}}){{0,2}}?)[ \-]{noun}(?!\w)", re.IGNORECASE
    )


def _set_off(text: str) -> _Hit | None:
    """ "Reading circle (online)", "Free and ONLINE via ..."."""
    found = _apart().search(text) if may_say(text, "mode", "bracketed", "leading") else None
    return found.span() if found else None


@cache
def _apart() -> re.Pattern[str]:
    bracketed, leading = alternatives("mode", "bracketed"), alternatives("mode", "leading")
    return re.compile(
        rf"[(\[]\s?{bracketed}\s?[)\]]|^[ \-*]{{0,4}}{leading}(?=\s{{0,2}}[.:,|(]|\s{{1,2}}[\-–]|\s{{0,2}}$)",
        re.IGNORECASE | re.MULTILINE,
    )


def _join_link(text: str) -> _Hit | None:
    """Where one joins a meeting; not where one registers for it."""
    found = _meeting().search(text) if may_say(text, "mode", "join") else None
    return found.span() if found else None


@cache
def _meeting() -> re.Pattern[str]:
    return re.compile(alternatives("mode", "join"), re.IGNORECASE)


def _labelled(text: str, *, online: bool) -> _Hit | None:
    """ "Location: ...", "Where: ...", with what makes it online, or with a place."""
    for match in _label().finditer(text) if may_say(text, "mode", "place_label") else ():
        not_place = pattern("mode", "not_place").match(match["what"])
        if online and not_place and _is_online(match["what"]):
            return match.span()
        if not online and not not_place and _is_named(match["what"]):
            return match.span()
    return None


def _is_online(place: str) -> bool:
    named = pattern("mode", "online_place").match(place)
    return named is not None or re.match(r"https?://\S{0,20}zoom", place, re.IGNORECASE) is not None


def _is_named(place: str) -> bool:
    """ "Town Library", "3rd floor", "aula magna"; not "we meet where ..."."""
    return not place[0].islower() or pattern("mode", "site_of", "room").match(place) is not None


@cache
def _label() -> re.Pattern[str]:
    return re.compile(
        rf"(?:^|[.;|•*\-]\s?|\s)\**(?:(?i:{alternatives('mode', 'place_label')})\**\s?[:|]\**|(?<=[\n|])(?:Location|Venue|Where|Locatie|Waar|Ort|Lugar|Lieu)\b)"
        r"[\s:|*_\[]{0,6}(?P<what>[^\s:|*][^\n|]{1,60})",
        re.MULTILINE,
    )


def _held(text: str) -> _Hit | None:
    """ "Held at the Town Library", "takes place in Utrecht"."""
    for match in _holding().finditer(text):
        short = re.match(r"[A-Z]{2,4}\b", match["what"])
        if not short and not pattern("mode", "not_place", "not_held").match(match["what"]):
            return match.span()
    return None


@cache
def _holding() -> re.Pattern[str]:
    held, article, of, kind = (alternatives("mode", key) for key in ("held", "article", "of", "site_of"))
    held = rf"(?:{held}|(?:held|takes? place|taking place)\s[^.;\n]{{1,60}}\s(?:in|at))"
    return re.compile(
        rf"(?<!\w)(?i:{held})\s(?:(?i:{article})\s)?(?:(?i:{kind})\s(?:{of}\s)?)?(?P<what>(?:[A-ZÀ-Þ]|\d{{1,2}}(?:th|st|nd|rd)\s[A-Z])[\w'’.\-]{{1,30}})"
    )


def _site(text: str) -> _Hit | None:
    """ "At the Science Hall", "Room 12", a street with a number."""
    for match in _named_site().finditer(text) if may_say(text, "mode", "site", "site_of", "room") else ():
        if not _is_of_a_person(text, match.start()):
            return match.span()
    found = (_street().search(text) if _has_digit(text) or may_say(text, "mode", "street_first") else None) or _town(
        text
    )
    return found.span() if found else None


def _town(text: str) -> re.Match[str] | None:
    """ "In Utrecht", "in Boulder, CO": a town that is neither anyone's home nor the subject."""
    return next((match for match in _in_town().finditer(text) if not _is_of_a_person(text, match.start())), None)


@cache
def _in_town() -> re.Pattern[str]:
    town = r"[A-ZÀ-Þ][a-zß-ÿ]{2,20}(?:[ -][A-ZÀ-Þ][a-zß-ÿ]{2,20}){0,2}"
    named = rf"{town},? \(?(?:[A-Z]{{2}}\b|USA?\b|UK\b|(?=[A-ZÀ-Þt])(?i:{alternatives('mode', 'country')}))"
    known = rf"(?=[A-ZÀ-Þ])(?i:{alternatives('mode', 'city')})"
    alone = rf"^{town}(?:,| [-–])\s(?i:{alternatives('mode', 'country')})$"
    return re.compile(
        rf"(?<!\w)(?:{alternatives('mode', 'in_town')}\s(?:{named}|{known})|to\s{named})(?![\w’'])|{alone}",
        re.MULTILINE,
    )


def _is_of_a_person(text: str, start: int) -> bool:
    """ "A professor at the University of ..." says where she works, not where the event is."""
    before, _ = clause(text, start, start, 70)
    return pattern("mode", "person").search(before) is not None


@cache
def _named_site() -> re.Pattern[str]:
    site, site_of = alternatives("mode", "site"), alternatives("mode", "site", "site_of")
    at, article, of, room = (alternatives("mode", key) for key in ("at", "article", "of", "room"))
    named = rf"(?:{_capital}\s){{0,4}}{_capital}\s(?i:{site})|(?:{_capital}\s){{0,2}}(?i:{site_of})\s{of}\s{_capital}"
    numbered = rf"(?i:{room})\s[A-Z]?\d{{1,4}}\w?"
    return re.compile(rf"(?<!\w)(?:(?i:{at})\s(?:{article}\s)?(?:{named})|{numbered})(?!\w)")


@cache
def _street() -> re.Pattern[str]:
    """ "401 Oak Street", "Hauptstraße 5", "Springfield, IL 62701", "Calle Mayor"."""
    after, joined, first = (alternatives("mode", key) for key in ("street", "street_compound", "street_first"))
    return re.compile(
        rf"\b\d{{1,5}}[ ,]{{1,2}}(?:[NSEW]\.?\s)?(?:[A-Z0-9][\w.']{{0,20}}\s){{1,3}}(?=[A-Z])(?i:{after})\b"
        rf"|\b[A-ZÄÖÜ][\wäöüß.-]{{2,25}}{joined}[ ]\d{{1,4}}"
        r"|\b[A-Z][a-z]{2,20}(?:[ ][A-Z][a-z]{2,20})?, [A-Z]{2}[ ]\d{5}\b|\b\d{4}[ ][A-Z]{2}[ ][A-Z][a-z]{2,}"
        rf"|\b(?:\d{{1,4}},?[ ]|(?=[A-Z]))(?i:{first})[ ](?:d[aeou]s?[ ](?:l[ao]s?[ ])?)?[A-Z][a-z]{{2,}}"
    )


def _said(mode: AttendanceMode, text: str, hit: _Hit | None) -> Said[AttendanceMode]:
    return Said(value=mode, words=shown(text, *hit) if hit else "")
