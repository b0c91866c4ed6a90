"""Private links: addresses that let whoever has them into a meeting, and the meeting's number and key beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, TypeVar
from unicodedata import normalize
from urllib.parse import unquote

from symposia.text.patterns import any_phrase
from symposia.text.toml_files import toml_at

T = TypeVar("T")

LEFT_OUT = "[left out]"
"""What stands in place of a private link, number or key."""
MAX_URL = 2_000
"""Characters of an address that are looked at: browsers and servers refuse much longer ones."""
_MAX_WRAPS = 3
"""Addresses within each other: a link in a mail, passed on by a second mail program and a search engine."""
_TEXTS_KEPT = 4_096
"""Texts that are remembered, those of some hundred events: each change of an event asks about all of its texts again."""
_IDENTIFIERS = frozenset({"uid", "id", "key", "source_key", "origin"})
"""Fields that identify an object; they hold nothing that a source says."""

_address_in_text = re.compile(
    r"(?:\b(?:https?|zoom[a-z]{2,10}|ms-?teams|webexteams|gotomeeting|lync15):[/\\]{1,4}|(?<![\w:/\\])//"
    r"|(?<![\w.@-])[\w-]{1,60}(?:[.。][\w-]{1,60}){1,6}\.?(?::\d{0,5})?[/\\?])"
    rf"[^\s<>\"'\]}}|]{{1,{MAX_URL}}}",
    re.IGNORECASE,
)
"""An address in a text, with or without its scheme."""
_has_scheme = re.compile(r"[a-z][a-z0-9+-]{0,20}:[/\\]", re.IGNORECASE)
_authority = re.compile(
    r"(?:(?<=:)/{1,8}|/{2,8})(?:[^\s/?#@]{0,80}@)?([\w.%-]{1,120}?)\.?(?::\d{0,5})?(?=[/?#]|$)/{0,8}"
)
"""The host of an address, with the slashes, user name, port and final dot around it."""
_proofpoint_target = re.compile(r"//urldefense[\w.-]{1,40}/v2/[^\s]{0,40}[?&]u=([^\s&#]+)", re.IGNORECASE)
"""An address within one of URL Defense, version 2, which writes "%" as "-" and "/" as "_"."""
_dial_string = re.compile(
    r"(?<!\w)\+?\(?\d[\d ().\xa0\-‐‑]{2,20}\d"
    r"(?:,{2,6}[* ]?\d[\d \-]{7,18}\d(?:#|%23)?|[,;]{1,6}[* ]?\d[\d \-]{4,18}\d(?:#|%23))[\d#*,]{0,30}"
)
"""A telephone number with the meeting's number after it, as telephones dial both."""
_number_beside_meeting = re.compile(
    r"(?<![\w-])(?P<said>id[\s:#=]{1,4})\d{3}[ \xa0\-]?\d{3,4}[ \xa0\-]?\d{3,5}(?!\d)", re.IGNORECASE
)
"""What the number of a meeting looks like: only where one is spoken of is it one."""
_IN_BRACKETS = r"(?: ?\([^()\n]{1,30}\))?"
"""What may follow the name of a number or a key: "Meeting number (access code):"."""
_BEGINS = r"(?<!\w)(?!(?<=[\w/=.%\-][?&])[\w\-]{2,40}=)"
"""Where the name of a number or a key begins; a parameter of an address that is public is a part of it."""
_REPLACED = rf"\g<said>{LEFT_OUT}"
_KEY_CHARS, _KEY_END = r"[^\s,;()]", r"[^\s,;().:?]"
"""What a key is made of, and what it may end with: a full stop behind it is the sentence's."""
_unseen = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]|[\ud800-\udfff]|[\ufdd0-\ufdef\ufeff\ufffe\uffff]"
    "|[\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f]"
)
"""Invisible characters: within an address, they would hide it from the patterns."""


def is_private_link(url: str | None) -> bool:
    """Whether an address lets whoever has it into a meeting. Forms of registration and recordings do not.

    >>> is_private_link("https://us02web.zoom.us/j/81234567890?pwd=abc")
    True
    >>> is_private_link("https://us02web.zoom.us/webinar/register/WN_abc"), is_private_link(None)
    (False, False)
    """
    if not url:
        return False
    # As browsers read it (WHATWG URL, 4.4): a backslash is a slash, a full-width letter or stop is a plain one.
    shown = _unseen.sub("", url)[:MAX_URL].replace("\\", "/").replace("。", ".")
    if not shown.isascii():
        shown = normalize("NFKC", shown)
    return ":/" in shown and any(map(_private_address_pattern().search, _unwrap(shown)))


def _unwrap(url: str) -> Iterator[str]:
    """An address, and those that it passes on, as mail programs wrap them: ?url=https%3A%2F%2Fzoom.us%2Fj%2F812."""
    for _ in range(_MAX_WRAPS):
        yield _authority.sub(r"//\1/", url)
        inner = unquote(url)
        if inner == url:
            break
        url = inner
    for target in _proofpoint_target.findall(url):
        yield _authority.sub(r"//\1/", unquote(target.replace("-", "%").replace("_", "/")))


@lru_cache(maxsize=_TEXTS_KEPT)
def may_hold_private(text: str) -> bool:
    """Whether a text may hold a private link, number or key; False is certain.

    >>> may_hold_private("Zoom for beginners"), may_hold_private("Zoom: zoom.us/j/81234567890")
    (False, True)
    """
    shown = _unseen.sub("", text)
    if not _holds_hint(shown):  # nearly all: events are made by the million
        return False
    patterns = (
        *(_dial_string, _meeting_number_pattern(), _number_beside_meeting),
        *(_meeting_key_pattern(), _bare_key_pattern()),
    )
    if any(pattern.search(shown) for pattern in patterns):
        return True
    return any(_leads_into_meeting(trimmed_url(match[0])) for match in _address_in_text.finditer(shown))


def _holds_hint(text: str) -> bool:
    folded = text.lower() if text.isascii() else _fold_letters(text)
    if "%" in folded:
        folded += unquote(folded)
    for hint in _hint_words():  # noqa: SIM110  # any() takes twice as long
        if hint in folded:
            return True
    return False


def _fold_letters(text: str) -> str:
    return normalize("NFKC", text).casefold().replace("\u0131", "i").replace("\u0307", "")


def without_private(text: str, beside: str = "") -> str:
    """`text` without private links, numbers of meetings and keys; `beside` is what is said in the same place.

    "Password: tulip" gives a key away only where a meeting is spoken of.

    >>> without_private("Join zoom.us/j/81234567890, passcode: tulip")
    'Join [left out], passcode: [left out]'
    >>> without_private("The password: a history")
    'The password: a history'
    """
    return _without_private(text, _speaks_of_meeting(beside)) if may_hold_private(text) else text


def without_private_links(value: T) -> T:
    """The dataclass with all texts in it, nested ones too, as `without_private` gives them; itself if nothing is private."""
    if not any(map(may_hold_private, _texts_in(value))):
        return value
    return replace(value, **public_fields(value))  # type: ignore[type-var]  # T is a dataclass


def public_fields(value: Any, beside: str = "") -> dict[str, Any]:
    """The fields of a dataclass that hold anything private, as they may be published.

    Where nothing but a private link was stated, an optional field is None, and a tuple loses the item. All texts are about
    one thing, and so is what is said `beside` them: a word such as "Zoom" in any of them makes what follows "password:" a
    key in all.
    """
    said = {field.name: getattr(value, field.name) for field in fields(value) if field.name not in _IDENTIFIERS}
    beside = " ".join((beside, *_texts_in(tuple(said.values()))))
    public = {name: _public_value(old, name, beside) for name, old in said.items()}
    optional = {field.name for field in fields(value) if field.default is None}
    return {
        name: None if new in ("", LEFT_OUT) and name in optional else new
        for name, new in public.items()
        if new != said[name]
    }


def _texts_in(value: Any) -> Iterator[str]:
    """Each text of a dataclass or a tuple, nested ones too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts_in(item)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _texts_in(getattr(value, field.name))


def _public_value(value: Any, name: str, beside: str) -> Any:
    """The value of a field, or the item of a tuple, as it may be published: "" for a private address."""
    if isinstance(value, str):
        if name.endswith("url") and _leads_into_meeting(value):
            return ""
        # Words are kept out of addresses: "?meeting-id=81234567890" of a public form is a part of it.
        is_address = name.endswith("url") and "://" in value and len(value.split()) == 1
        return value if is_address else without_private(value, beside)
    if name == "evidence" and isinstance(value, tuple):
        return tuple((of, without_private(words, beside)) for of, words in value)
    if isinstance(value, tuple):
        return tuple(new for item in value if (new := _public_value(item, "", beside)) != LEFT_OUT)
    return (
        replace(value, **public_fields(value, beside)) if is_dataclass(value) and not isinstance(value, type) else value
    )


@lru_cache(maxsize=_TEXTS_KEPT)
def _without_private(text: str, is_meeting: bool) -> str:
    shown = _unseen.sub("", text)
    left = _leave_out(shown, is_meeting)
    # What is left out may have hidden the beginning of an address: "Meeting ID 812 3456 7890zoom.us/j/...".
    return text if left == shown else _without_private(left, is_meeting)


def _leave_out(text: str, is_meeting: bool) -> str:
    text = _dial_string.sub(LEFT_OUT, _address_in_text.sub(_replace_address, text))
    text = _meeting_number_pattern().sub(_REPLACED, text)
    is_meeting = is_meeting or _speaks_of_meeting(text)
    if is_meeting:
        text = _number_beside_meeting.sub(_REPLACED, text)
        text = _bare_key_pattern().sub(_REPLACED, text)
    keys = [match["key"] for match in _meeting_key_pattern().finditer(text)]
    # A key has a digit, or a meeting is spoken of: "the password: a history" gives nothing away.
    if is_meeting or any(map(_has_digit, keys)):
        return _meeting_key_pattern().sub(_REPLACED, text)
    return text


def _speaks_of_meeting(text: str) -> bool:
    return LEFT_OUT in text or _meeting_word_pattern().search(text) is not None


def _replace_address(match: re.Match[str]) -> str:
    address = trimmed_url(match[0])
    return LEFT_OUT + match[0][len(address) :] if _leads_into_meeting(address) else match[0]


def _leads_into_meeting(address: str) -> bool:
    """Whether an address, with or without its scheme, is a private link."""
    return is_private_link(address if _has_scheme.match(address) else f"https://{address}")


def trimmed_url(url: str) -> str:
    """An address found in a text, without a sentence's closing marks and an unopened bracket at its end.

    >>> trimmed_url("https://guild.example/e/1)."), trimmed_url("https://guild.example/e_(1).")
    ('https://guild.example/e/1', 'https://guild.example/e_(1)')
    """
    return url.rstrip(".,;:!?*_" if "(" in url else ".,;:!?*_)")


def _has_digit(text: str) -> bool:
    return any(character.isdigit() for character in text)


@cache
def _word_lists() -> dict[str, list[str]]:
    return toml_at(Path(__file__).with_suffix(".toml"))


@cache
def _private_address_pattern() -> re.Pattern[str]:
    return re.compile("|".join(_word_lists()["addresses"]), re.IGNORECASE)


@cache
def _meeting_number_pattern() -> re.Pattern[str]:
    digits = r"\d[\d \xa0\-‐‑]"
    return re.compile(
        rf"{_BEGINS}(?P<said>{any_phrase(_word_lists()['numbers'])}{_IN_BRACKETS}(?: is)?[\s:#=]{{1,4}})"
        rf"(?:{digits}{{7,24}}\d#?|{digits}{{2,24}}\d#)",
        re.IGNORECASE,
    )


@cache
def _meeting_key_pattern() -> re.Pattern[str]:
    """A key after a colon or the like: no word that stands in place of one."""
    lists = _word_lists()
    verb = any_phrase(lists["is"])
    said = rf"{any_phrase(lists['keys'])}{_IN_BRACKETS}(?:(?: {verb})?\s?[:=]\s{{0,2}}| {verb} | [-–—] )"
    other = rf"(?!{re.escape(LEFT_OUT)})(?!{any_phrase(lists['no_values'])}(?:[\s.,;:!?()\"]|$))"
    key = rf"\d{{3,5}}(?:[ \-]\d{{3,5}}){{1,4}}(?!\w)#?|{_KEY_CHARS}{{2,39}}{_KEY_END}"
    return re.compile(rf"{_BEGINS}(?P<said>{said}){other}(?P<key>{key})", re.IGNORECASE)


@cache
def _bare_key_pattern() -> re.Pattern[str]:
    """A key with nothing before it but the word: it has a digit, and is longer than the number of a lesson."""
    key = rf"(?={_KEY_CHARS}{{0,39}}\d){_KEY_CHARS}{{3,39}}{_KEY_END}"
    return re.compile(rf"{_BEGINS}(?P<said>{any_phrase(_word_lists()['keys'])} )(?P<key>{key})", re.IGNORECASE)


@cache
def _meeting_word_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){any_phrase(_word_lists()['meetings'])}(?!\w)", re.IGNORECASE)


@cache
def _hint_words() -> tuple[str, ...]:
    return (",,", *_word_lists()["hints"])
