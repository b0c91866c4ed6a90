"""Private links: addresses that let whoever has them into a meeting, and the meeting's number and key beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import unquote

from symposia.text.patterns import any_phrase
from symposia.text.toml_files import toml_at

T = TypeVar("T")

LEFT_OUT = "[left out]"
"""What stands in place of a private link, number or key."""
MAX_URL = 2_000
"""Characters of an address that are looked at: browsers and servers refuse much longer ones."""
_TEXTS_KEPT = 4_096
"""Texts that are remembered, those of some hundred events: each change of an event asks about all of its texts again."""
_IDENTIFIERS = frozenset({"uid", "id", "key", "source_key", "origin"})
"""Fields that identify an object; they hold nothing that a source says."""

_address_in_text = re.compile(
    rf"(?:https?://|(?<![\w.@/-]))[\w-]{{1,60}}(?:\.[\w-]{{1,60}}){{1,6}}[/?][^\s<>\"'\]}}}}|]{{1,{MAX_URL}}}",
    re.IGNORECASE,
)
"""An address in a text, with or without its scheme."""
_dial_string = re.compile(r"\+\d{6,15},,\d{6,15}#[\d#*,]{0,30}")
"""A telephone number with the meeting's number after it, as telephones dial both."""
_meeting_word = re.compile(r"(?<!\w)(?:zoom|webex|teams|meet|meeting|jitsi|bigbluebutton)(?!\w)", re.IGNORECASE)
_unseen = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]|[\ud800-\udfff]|[\ufdd0-\ufdef\ufeff\ufffe\uffff]")
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
    shown = _unseen.sub("", url)[:MAX_URL]
    # Mail programs wrap an address in one of their own: ?url=https%3A%2F%2Fzoom.us%2Fj%2F812.
    return "://" in shown and any(_private_address_pattern().search(text) for text in {shown, unquote(shown)})


@lru_cache(maxsize=_TEXTS_KEPT)
def may_hold_private(text: str) -> bool:
    """Whether a text may hold a private link, number or key; False is certain.

    >>> may_hold_private("Zoom for beginners"), may_hold_private("Zoom: zoom.us/j/81234567890")
    (False, True)
    """
    shown = _unseen.sub("", text)
    if not _holds_hint(shown):  # nearly all: events are made by the million
        return False
    if any(
        pattern.search(shown)
        for pattern in (_private_address_pattern(), _dial_string, _meeting_number_pattern(), _meeting_key_pattern())
    ) or is_private_link(shown):
        return True
    return any(_leads_into_meeting(trimmed_url(match[0])) for match in _address_in_text.finditer(shown))


def _holds_hint(text: str) -> bool:
    folded = text.lower() if text.isascii() else text.casefold().replace("\u0131", "i").replace("\u0307", "")
    for hint in _hint_words():  # noqa: SIM110  # any() takes twice as long
        if hint in folded:
            return True
    return False


def without_private(text: str, beside: str = "") -> str:
    """`text` without private links, numbers of meetings and keys; `beside` is what is said in the same place.

    "Password: tulip" gives a key away only where a meeting is spoken of.

    >>> without_private("Join zoom.us/j/81234567890, passcode: tulip")
    'Join [left out], passcode: [left out]'
    >>> without_private("The password: a history")
    'The password: a history'
    """
    return _without_private(text, _meeting_word.search(beside) is not None) if may_hold_private(text) else text


def without_private_links(value: T) -> T:
    """The dataclass with all texts in it, nested ones too, as `without_private` gives them; itself if nothing is private."""
    if not any(map(may_hold_private, _texts_in(value))):
        return value
    return replace(value, **public_fields(value))  # type: ignore[type-var]  # T is a dataclass


def public_fields(value: Any, *, together: bool = False) -> dict[str, Any]:
    """The fields of a dataclass that hold anything private, as they may be published.

    Where nothing but a private link was stated, an optional field is None, and a tuple loses the item. With `together`,
    the texts are about one thing: a word such as "Zoom" in any of them makes what follows "password:" a key in all.
    """
    said = {field.name: getattr(value, field.name) for field in fields(value) if field.name not in _IDENTIFIERS}
    beside = " ".join(text for text in said.values() if isinstance(text, str)) if together else ""
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
        return value if name.endswith("url") and "://" in value else without_private(value, beside)
    if name == "evidence" and isinstance(value, tuple):
        return tuple((of, without_private(words)) for of, words in value)
    if isinstance(value, tuple):
        return tuple(new for item in value if (new := _public_value(item, "", beside)) != LEFT_OUT)
    return (
        replace(value, **public_fields(value, together=True))
        if is_dataclass(value) and not isinstance(value, type)
        else value
    )


@lru_cache(maxsize=_TEXTS_KEPT)
def _without_private(text: str, is_meeting: bool) -> str:
    left = _leave_out(_unseen.sub("", text), is_meeting)
    # What is left out may have hidden the beginning of an address: "Meeting ID 812 3456 7890zoom.us/j/...".
    return left if left == text else _without_private(left, is_meeting)


def _leave_out(text: str, is_meeting: bool) -> str:
    text = _dial_string.sub(LEFT_OUT, _address_in_text.sub(_replace_address, text))
    text = _meeting_number_pattern().sub(rf"\g<1>{LEFT_OUT}", text)
    keys = [match["key"] for match in _meeting_key_pattern().finditer(text)]
    # A key has a digit, or a meeting is spoken of: "the password: a history" gives nothing away.
    if is_meeting or LEFT_OUT in text or _meeting_word.search(text) or any(map(_has_digit, keys)):
        return _meeting_key_pattern().sub(rf"\g<said>{LEFT_OUT}", text)
    return text


def _replace_address(match: re.Match[str]) -> str:
    address = trimmed_url(match[0])
    return LEFT_OUT + match[0][len(address) :] if _leads_into_meeting(address) else match[0]


def _leads_into_meeting(address: str) -> bool:
    """Whether an address, with or without its scheme, is a private link."""
    return is_private_link(address if "://" in address else f"https://{address}")


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
    said = any_phrase(_word_lists()["numbers"])
    return re.compile(rf"(?<!\w)({said}[\s:#=]{{1,4}})\d[\d \-]{{7,24}}\d", re.IGNORECASE)


@cache
def _meeting_key_pattern() -> re.Pattern[str]:
    said = rf"{any_phrase(_word_lists()['keys'])}(?:(?: is)?\s?[:=]\s?| is )"
    return re.compile(rf"(?<!\w)(?P<said>{said})(?!{re.escape(LEFT_OUT)})(?P<key>[^\s,;.()]{{3,40}})", re.IGNORECASE)


@cache
def _hint_words() -> tuple[str, ...]:
    return (",,", *_word_lists()["hints"])
