"""Answers for machines, and bare lines of text, that say that there is nothing: errors with the status of a success."""

from __future__ import annotations

import json
import re
from typing import Any

from spiders.extraction.lexicon.soft_errors import find_404, fold_phrase, folded_words
from spiders.extraction.lexicon.word_lists import word_list
from symposia.errors import Cause, ExtractionError

MAX_ERROR = 20_000
"""Characters of an answer for machines that may be nothing but an error."""
_MAX_LINE = 300
"""Characters of a text without markup that may be nothing but an error."""
_tag = re.compile(r"<[^<>]{0,500}>")
_root = re.compile(r"<(?:[\w.-]{1,50}:)?([a-z][\w.-]{0,80})[\s/>]", re.IGNORECASE)
_xml_fault = re.compile(r"<(?:[\w.-]{1,50}:)?fault[\s>]", re.IGNORECASE)


def check_plain(text: str) -> None:
    """A line or two without markup is an error, where it says so."""
    words = fold_phrase(text[:_MAX_LINE])
    if len(text) > _MAX_LINE:
        return
    for cause, table, keys in (
        (Cause.NOT_FOUND, "not_found", ("title", "maybe")),
        (Cause.HTTP, "not_found", ("down",)),
        (Cause.BLOCKED, "blocked", ("title", "maybe", "signed")),
    ):
        known = frozenset().union(*(folded_words(table, key) for key in keys))
        if words in known or (cause is Cause.NOT_FOUND and find_404({words})):
            raise ExtractionError(cause, f"the answer says: {words!r}")


def check_xml(text: str) -> None:
    """An XML answer is an error where its root is called so; what it says tells which."""
    body = re.sub(r"^\s*<\?[^<>]{0,300}\?>", "", text[:MAX_ERROR].lstrip("\ufeff \t\r\n"))
    root = _root.search(body[:2048])
    name = root[1].casefold() if root else ""
    if len(text) > MAX_ERROR or not (
        name in word_list("json_errors", "roots") or (name == "envelope" and _xml_fault.search(body))
    ):
        return
    _raise_said(" ".join(_tag.sub(" ", body).split()) or name)


def check_json(text: str) -> None:
    """A small object that holds a message and nothing else is an error, whatever its status."""
    if len(text) > MAX_ERROR:
        return
    try:
        data = json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError):
        return
    message = _message(data[0] if isinstance(data, list) and len(data) == 1 else data)
    if message is not None:
        _raise_said(message)


def _raise_said(message: str) -> None:
    words = message.casefold()
    for cause, key in ((Cause.NOT_FOUND, "not_found"), (Cause.BLOCKED, "blocked"), (Cause.HTTP, "down")):
        if any(_says(words, mark) for mark in word_list("json_errors", key)):
            raise ExtractionError(cause, f"the answer says: {message[:200]!r}")
    raise ExtractionError(Cause.WRONG_CONTENT, f"the answer says: {message[:200]!r}")


def _says(words: str, mark: str) -> bool:
    """Whether words hold a mark; a number only by itself: 404 is not in "14041"."""
    if not mark.isdigit():
        return mark in words
    return re.search(rf"(?<!\d){mark}(?!\d)", words) is not None


def _message(data: Any) -> str | None:
    """What an object says that is an error; None for one that is none: it holds records, or more than an error does."""
    if not isinstance(data, dict):
        return None
    fold_phrase = {str(key).casefold(): value for key, value in data.items() if value not in (None, "", [], {}, False)}
    said = [fold_phrase[key] for key in word_list("json_errors", "said") if key in fold_phrase]
    surely = any(key in fold_phrase for key in word_list("json_errors", "surely"))
    known = {*word_list("json_errors", "said"), *word_list("json_errors", "around")}
    if not said or _holds_records(data) or not (surely or known.issuperset(fold_phrase)):
        return None
    status = [str(fold_phrase[key]) for key in ("status", "statuscode", "code") if key in fold_phrase]
    return json.dumps([*said, *status], ensure_ascii=False) if len(said) + len(status) > 1 else _text(said[0])


def _text(said: Any) -> str:
    return said if isinstance(said, str) else json.dumps(said, ensure_ascii=False)


def _holds_records(data: dict[str, Any]) -> bool:
    """Whether an object has a list of things, even an empty one, under a name that is not that of its errors."""
    about = {*word_list("json_errors", "said"), "params", "trace"}
    return any(isinstance(value, list) and str(key).casefold() not in about for key, value in data.items())
