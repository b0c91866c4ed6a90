"""What a link of an event is for: to register, to watch the recording, or to join while it is on, which stays private."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path

from symposia.facts.clauses import clause_around
from symposia.lexicon.patterns import any_sequence

LEFT_OUT = "[left out]"
"""What stands in place of a private link, number or key."""
_MAX_LABEL = 60
_MAX_URL = 2_000
_SHORT = 3
"""Words of a label from which it says what one registers for."""
_REACH = 60
_url = re.compile(rf"https?://[^\s<>\"'\]}}|]{{3,{_MAX_URL}}}")
_address = re.compile(
    rf"(?:https?://|(?<![\w.@/-]))[\w-]{{1,60}}(?:\.[\w-]{{1,60}}){{1,6}}[/?][^\s<>\"'\]}}}}|]{{1,{_MAX_URL}}}",
    re.IGNORECASE,
)
"""An address in a text, its scheme left out, as people do."""
_dial = re.compile(r"\+\d{6,15},,\d{6,15}#[\d#*,]{0,30}")
_meeting = re.compile(r"(?<!\w)(?:zoom|webex|teams|meet|meeting|jitsi|bigbluebutton)(?!\w)", re.I)
_MARKS = " \t\n:;,.!?*>»→›-–—|[]()\"'“”"


class Role(StrEnum):
    """What a link is for, as the fields of an event call it."""

    REGISTRATION = "registration_url"
    RECORDING = "recording_url"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An address, what it is for, and the words that say so."""

    role: Role
    url: str
    words: str


def role_of(label: str, url: str) -> Role | None:
    """What a link of that label is for; None where it is neither to register nor to watch, or leads to an account or a meeting."""
    if is_private_link(url):
        return None
    words = " ".join(label.split()).strip(_MARKS)
    for role in Role:
        called = len(words) <= _MAX_LABEL and _begins(role).match(words)
        if called and not _not(role).search(words) and not _is_account(role, url, words):
            return role
    return next((role for role in Role if _leads(role).search(url)), None) if _is_bare(words) else None


def find_links(text: str) -> list[Link]:
    """The addresses in a running text (plain) that the words before them, or they themselves, say the use of: one a use."""
    found: dict[Role, Link] = {}
    for match in _url.finditer(text):
        url = _trimmed(match[0])
        before, _ = clause_around(text, match.start(), match.start(), _REACH)
        role = _role_in(before, url)
        if role and role not in found:
            found[role] = Link(role=role, url=url, words=f"{' '.join(before.split())} {url}".strip())
    return list(found.values())


def is_private_link(url: str | None) -> bool:
    """Whether an address lets whoever has it into a meeting. Forms of registration and recordings are none."""
    return bool(url and "://" in url and _private().search(url[:_MAX_URL]) and not _leads(Role.RECORDING).search(url))


@lru_cache(maxsize=4096)
def without_private(text: str) -> str:
    """`text`, its private links, numbers of meetings and keys left out."""
    if "/" not in text and not _key_words().search(text):
        return text
    text = _address.sub(_without_address, text)
    text = _numbers().sub(rf"\g<1>{LEFT_OUT}", _dial.sub(LEFT_OUT, text))
    is_meeting = LEFT_OUT in text or _meeting.search(text) is not None
    return _keys().sub(lambda match: _without_key(match, is_meeting), text)


def _without_address(match: re.Match[str]) -> str:
    address = _trimmed(match[0])
    private = is_private_link(address if "://" in address else f"https://{address}")
    return LEFT_OUT + match[0][len(address) :] if private else match[0]


def _without_key(match: re.Match[str], is_meeting: bool) -> str:
    """Such as "Passcode: 81x2" without the key. Where no meeting is spoken of, "the password: a history" is left alone."""
    is_key = is_meeting or any(character.isdigit() for character in match["key"])
    return f"{match['said']}{LEFT_OUT}" if is_key else match[0]


def _trimmed(url: str) -> str:
    """An address without the marks of the sentence that it ends, and brackets that it does not open."""
    url = url.rstrip(".,;:!?*_")
    return url if not url.endswith(")") or "(" in url else _trimmed(url[:-1])


def _role_in(before: str, url: str) -> Role | None:
    """The use that the words before an address say: "To register, visit ...", "Register for the series here: ..."."""
    if is_private_link(url):
        return None
    said = [(match.start(), role) for role in Role if (match := _said(role).search(before))]
    if said and not _not(said[0][1]).search(before[said[0][0] :]):
        return max(said)[1]
    return next((role for role in Role if _leads(role).search(url)), None)


def _is_bare(words: str) -> bool:
    """Whether a label says nothing of its own: an address, "here", "link"; then the address must tell."""
    return bool(
        re.fullmatch(
            r"(?:click |go |find it )?(?:here|link|more|details)?|https?://\S+|[\w-]+(?:\.[\w-]+)+\S*", words, re.I
        )
    )


def _is_account(role: Role, url: str, words: str) -> bool:
    """Whether a link to register is to open an account, or to become a member: by its address, where its label is short."""
    return role is Role.REGISTRATION and words.count(" ") < _SHORT and _accounts().search(url) is not None


@cache
def _tables() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((Path(__file__).parent / "links.toml").read_text(encoding="utf-8"))


def _table(role: Role) -> dict[str, list[str]]:
    return _tables()[role.value.removesuffix("_url")]


def _any(phrases: list[str]) -> str:
    """A pattern for any of the phrases, the longest first, with hyphens for spaces too."""
    special = {" ": r"[\s\-]{1,2}", "'": "['’]"}
    return any_sequence([special.get(one) or re.escape(one) for one in phrase] for phrase in phrases)


@cache
def _begins(role: Role) -> re.Pattern[str]:
    return re.compile(rf"(?:{_any(_table(role)['begins'])})(?!\w)", re.I)


@cache
def _said(role: Role) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_any(_table(role)['begins'])})(?!\w)", re.I)


@cache
def _not(role: Role) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_any(_table(role)['not'])})(?!\w)", re.I)


@cache
def _leads(role: Role) -> re.Pattern[str]:
    return re.compile("|".join(_table(role)["addresses"]), re.I)


@cache
def _accounts() -> re.Pattern[str]:
    return re.compile("|".join(_tables()["registration"]["accounts"]), re.I)


@cache
def _private() -> re.Pattern[str]:
    return re.compile("|".join(_tables()["private"]["addresses"]), re.I)


@cache
def _numbers() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)((?:{_any(_tables()['private']['numbers'])})[\s:#=]{{1,4}})\d[\d \-]{{7,24}}\d", re.I)


@cache
def _keys() -> re.Pattern[str]:
    words = _any(_tables()["private"]["passwords"])
    return re.compile(rf"(?<!\w)(?P<said>(?:{words})(?:(?: is)?\s?[:=]\s?| is ))(?P<key>[^\s,;.()]{{3,40}})", re.I)


@cache
def _key_words() -> re.Pattern[str]:
    table = _tables()["private"]
    return re.compile(rf"(?<!\w)(?:{_any(table['passwords'] + table['numbers'])})(?!\w)|,,", re.I)
