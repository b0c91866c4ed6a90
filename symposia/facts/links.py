"""What a link of an event is for: to register, or to watch the recording.

Links to join a meeting are neither: they stay private (`symposia.private_links`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from symposia.facts.clauses import clause_around
from symposia.private_links import MAX_URL, is_private_link, trimmed_url
from symposia.text.patterns import any_phrase
from symposia.text.toml_files import toml_at

_MAX_LABEL = 60
"""Characters of a link's label: what is longer is a sentence that mentions registration, and no label."""
_LABEL_SPACES = 3
"""Spaces of a label from which it says what one registers for: then it is not for an account."""
_REACH = 60
"""Characters before an address in which the words stand that say what it is for."""
_MARKS = " \t\n:;,.!?*>»→›-–—|[]()\"'“”"

_url = re.compile(rf"https?://[^\s<>\"'\]}}|]{{3,{MAX_URL}}}")
_bare = re.compile(
    r"(?:click |go |find it )?(?:here|link|more|details)?|https?://\S+|[\w-]+(?:\.[\w-]+)+\S*", re.IGNORECASE
)


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
    """What a link of a page is for, by its label, or by its address where the label says nothing.

    None where it is neither to register nor to watch, or leads to an account, or into a meeting.

    >>> role_of("Register now →", "https://forms.example/7")
    <Role.REGISTRATION: 'registration_url'>
    >>> role_of("Register", "https://guild.example/membership") is None
    True
    """
    if is_private_link(url):
        return None
    words = " ".join(label.split()).strip(_MARKS)
    for role in Role:
        is_named = len(words) <= _MAX_LABEL and _label_pattern(role).match(words)
        if is_named and not _other_use_pattern(role).search(words) and not _is_account(role, url, words):
            return role
    return _role_of_address(url) if _bare.fullmatch(words) else None


def find_links(text: str) -> list[Link]:
    """Find the links of a running text (plain): the first for each use, by the words before it or by its address.

    >>> [(link.role.value, link.url) for link in find_links("Seats are few. Register: https://forms.example/7.")]
    [('registration_url', 'https://forms.example/7')]
    """
    found: dict[Role, Link] = {}
    for match in _url.finditer(text):
        url = trimmed_url(match[0])
        before, _ = clause_around(text, match.start(), match.start(), _REACH)
        role = _role_in_text(before, url)
        if role and role not in found:
            found[role] = Link(role=role, url=url, words=f"{' '.join(before.split())} {url}".strip())
    return list(found.values())


def _role_in_text(before: str, url: str) -> Role | None:
    """What an address is for after such words: "To register, visit ...", "Register for the series here: ..."."""
    if is_private_link(url):
        return None
    named = [(match.start(), role) for role in Role if (match := _mention_pattern(role).search(before))]
    if named and not _other_use_pattern(named[0][1]).search(before[named[0][0] :]):
        return max(named)[1]  # the last word before the address
    return _role_of_address(url)


def _role_of_address(url: str) -> Role | None:
    return next((role for role in Role if _address_pattern(role).search(url)), None)


def _is_account(role: Role, url: str, label: str) -> bool:
    """Whether a link with a short label is to open an account, or to become a member, by its address."""
    return role is Role.REGISTRATION and label.count(" ") < _LABEL_SPACES and _account_pattern().search(url) is not None


@cache
def _label_pattern(role: Role) -> re.Pattern[str]:
    return re.compile(rf"{any_phrase(_lists_of_role(role)['begins'])}(?!\w)", re.IGNORECASE)


@cache
def _mention_pattern(role: Role) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){any_phrase(_lists_of_role(role)['begins'])}(?!\w)", re.IGNORECASE)


@cache
def _other_use_pattern(role: Role) -> re.Pattern[str]:
    """Words after which a link is for something else: "registration fees"."""
    return re.compile(rf"(?<!\w){any_phrase(_lists_of_role(role)['not'])}(?!\w)", re.IGNORECASE)


@cache
def _address_pattern(role: Role) -> re.Pattern[str]:
    return re.compile("|".join(_lists_of_role(role)["addresses"]), re.IGNORECASE)


@cache
def _account_pattern() -> re.Pattern[str]:
    return re.compile("|".join(_lists_of_role(Role.REGISTRATION)["accounts"]), re.IGNORECASE)


@cache
def _lists_of_role(role: Role) -> dict[str, list[str]]:
    lists: dict[str, list[str]] = toml_at(Path(__file__).with_suffix(".toml"))[role.value.removesuffix("_url")]
    return lists
