"""How one attends: online, at a place, or either."""

from __future__ import annotations

import re
from functools import cache

from symposia.event import AttendanceMode, Kind
from symposia.facts.words import Said, alternatives, clause, pattern, shown

_Hit = tuple[int, int]
_street = re.compile(
    r"\b\d{1,5}[ ,]{1,2}(?:[NSEW]\.?\s)?(?:[A-Z0-9][\w.']{0,20}\s){1,3}(?:St|Street|Ave|Avenue|Rd|Road|Blvd|Boulevard|Drive|Dr|Lane|Ln|Way|Hwy|Court)\b"
    r"|\b[A-ZÄÖÜ][\wäöüß.-]{2,25}(?:straße|strasse|straat|str\.|weg|laan|plein|platz)[ ]\d{1,4}"
    r"|\b[A-Z][a-z]{2,20}(?:[ ][A-Z][a-z]{2,20})?, [A-Z]{2}[ ]\d{5}\b|\b\d{4}[ ][A-Z]{2}[ ][A-Z][a-z]{2,}"
    r"|\b(?:Rue|Calle|Avenida|Rua|Plaza|Place)[ ](?:d[eou]s?[ ])?[A-Z][a-z]{2,}"
)
_link = re.compile(
    r"zoom\.us/(?:j|my|w|s|webinar|meeting)/|teams\.microsoft\.com/l/meetup|meet\.google\.com/|meet\.jit\.si/|webex\.com/meet",
    re.I,
)
"""Where one joins a meeting; not where one registers for it."""
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
    link = _link.search(text)
    return (
        _labelled(text, online=True)
        or _stated(text, "online")
        or _event_online(text)
        or _set_off(text)
        or (link.span() if link else None)
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
    for match in pattern("mode", key).finditer(text):
        if not _denied(text, match.start()) and not (key == "hybrid" and _is_sale(text, match.start())):
            return match.span()
    return None


def _denied(text: str, start: int) -> bool:
    before, _ = clause(text, start, start, 24)
    return pattern("mode", "not").search(before) is not None


def _is_sale(text: str, start: int) -> bool:
    """ "Tickets are sold in person or online"."""
    before, _ = clause(text, start, start, 60)
    return pattern("mode", "sale").search(before) is not None


def _event_online(text: str) -> _Hit | None:
    """ "Online workshop", "virtual matching workshop"; but not "virtual reality workshop"."""
    for match in _adjective().finditer(text):
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
    found = re.search(
        r"[(\[]\s?(?:online|virtual|zoom|via zoom|en ligne|en línea|virtual event)\s?[)\]]|^[ \-*]{0,4}(?:online|virtual)(?: event)?(?=\s{0,2}[.:,|(\-–]|\s{0,2}$)",
        text,
        re.I | re.M,
    )
    return found.span() if found else None


def _labelled(text: str, *, online: bool) -> _Hit | None:
    """ "Location: ...", "Where: ...", with what makes it online, or with a place."""
    for match in _label().finditer(text):
        not_place = pattern("mode", "not_place").match(match["what"])
        is_online = not_place is not None and re.match(
            r"online|virtual|zoom|remote|webinar|(?:ms |microsoft )?teams|en l|google|webex|internet|youtube|https?://\S{0,20}zoom",
            match["what"],
            re.I,
        )
        if online and is_online:
            return match.span()
        if not online and not not_place and (match["what"][0].isupper() or match["what"][0].isdigit()):
            return match.span()
    return None


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
        if not pattern("mode", "not_place").match(match["what"]) and not re.match(_calendar, match["what"]):
            return match.span()
    return None


_calendar = r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Mon|Tue|Wed|Thu|Fri|Sat|Sun|Zoom|English|Spanish|French|German|Dutch|Online|[A-Z]{2,4}\b)"


@cache
def _holding() -> re.Pattern[str]:
    held = alternatives("mode", "held")
    held = rf"(?:{held}|(?:held|takes? place|taking place)\s[^.;\n]{{1,60}}\s(?:in|at))"
    return re.compile(
        rf"(?<!\w)(?i:{held})\s(?:(?i:the|our|de|het|der|dem|den|la|el|le|les|a|o)\s)?(?P<what>(?:[A-ZÀ-Þ]|\d{{1,2}}(?:th|st|nd|rd)\s[A-Z])[\w'’.\-]{{1,30}})"
    )


def _site(text: str) -> _Hit | None:
    """ "At the Science Hall", "Room 12", a street with a number."""
    for match in _named_site().finditer(text):
        if not _is_of_a_person(text, match.start()):
            return match.span()
    found = _street.search(text) or _town(text)
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
        rf"(?<!\w)(?:(?:in|at|en|em|te|à|a)\s(?:{named}|{known})|to\s{named})(?![\w’'])|{alone}", re.MULTILINE
    )


def _is_of_a_person(text: str, start: int) -> bool:
    """ "A professor at the University of ..." says where she works, not where the event is."""
    before, _ = clause(text, start, start, 70)
    return pattern("mode", "person").search(before) is not None


@cache
def _named_site() -> re.Pattern[str]:
    site = alternatives("mode", "site")
    named = rf"(?:{_capital}\s){{0,4}}{_capital}\s(?i:{site})|(?:{_capital}\s){{0,2}}(?i:{site}|universität|universiteit|universidad|université|universidade)\s(?:of|de|du|da|do|für|van)\s{_capital}"
    room = r"(?:Room|Raum|Saal|Zaal|Salle|Sala|Aula|Rm\.?)\s[A-Z]?\d{1,4}\w?"
    return re.compile(
        rf"(?<!\w)(?:(?:(?:at|in|im|op|à|au|en|no|na)\s(?:the\s|de\s|het\s|la\s|el\s)?(?:{named})|{room})(?!\w))"
    )


def _said(mode: AttendanceMode, text: str, hit: _Hit | None) -> Said[AttendanceMode]:
    return Said(value=mode, words=shown(text, *hit) if hit else "")
