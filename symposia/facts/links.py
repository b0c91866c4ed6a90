"""What a link of an event is for: to register, to watch the recording, or to join while it is on, which stays private."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from symposia.facts.clauses import clause_around
from symposia.lexicon.patterns import any_sequence
from symposia.private_links import MAX_URL, is_private_link, trimmed_url

_MAX_LABEL = 60
_SHORT = 3
"""Words of a label from which it says what one registers for."""
_REACH = 60
_url = re.compile(rf"https?://[^\s<>\"'\]}}|]{{3,{MAX_URL}}}")
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
        url = trimmed_url(match[0])
        before, _ = clause_around(text, match.start(), match.start(), _REACH)
        role = _role_in(before, url)
        if role and role not in found:
            found[role] = Link(role=role, url=url, words=f"{' '.join(before.split())} {url}".strip())
    return list(found.values())


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
