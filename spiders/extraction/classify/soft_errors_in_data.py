"""Soft errors in data: JSON, XML and bare lines of text that say that there is nothing, with the status of a success."""

from __future__ import annotations

import json
import re
from typing import Any

from spiders.extraction.lexicon.soft_errors import find_404, fold_phrase, folded_words
from spiders.extraction.lexicon.word_lists import word_list
from symposia.errors import Cause, ExtractionError

MAX_ERROR = 20_000
"""Characters of an answer for machines that may be nothing but an error: a trace of the program is about as long."""
_MAX_LINE = 300
"""Characters of a text without markup that may be nothing but an error."""
_MAX_ROOT = 2_048
"""Characters of an XML answer within which its root begins."""
_MAX_WORDS = 200
"""Characters of an answer that are quoted in an error."""
_PLAIN_ERRORS = (
    (Cause.NOT_FOUND, "not_found", ("title", "maybe")),
    (Cause.HTTP, "not_found", ("down",)),
    (Cause.BLOCKED, "blocked", ("title", "maybe", "signed")),
)
"""Causes, and the lists of what a line of text says that is an error of that kind."""
_tag = re.compile(r"<[^<>]{0,500}>")
_declaration = re.compile(r"^\s*<\?[^<>]{0,300}\?>")
_root = re.compile(r"<(?:[\w.-]{1,50}:)?([a-z][\w.-]{0,80})[\s/>]", re.IGNORECASE)
_soap_fault = re.compile(r"<(?:[\w.-]{1,50}:)?fault[\s>]", re.IGNORECASE)


def check_plain(text: str) -> None:
    """Refuse a line or two without markup that are an error.

    Raises:
        ExtractionError: The text is what error pages say, and nothing else.
    """
    if len(text) > _MAX_LINE:
        return
    phrase = fold_phrase(text)
    for cause, table, keys in _PLAIN_ERRORS:
        is_known = any(phrase in folded_words(table, key) for key in keys)
        if is_known or (cause is Cause.NOT_FOUND and find_404({phrase})):
            raise ExtractionError(cause, f"the answer says: {phrase!r}")


def check_xml(text: str) -> None:
    """Refuse an XML answer that is an error.

    Raises:
        ExtractionError: The root element is called as errors are; the words within tell the cause.
    """
    body = _declaration.sub("", text[:MAX_ERROR].lstrip("\ufeff \t\r\n"))
    root = _root.search(body[:_MAX_ROOT])
    name = root[1].casefold() if root else ""
    is_error = name in word_list("json_errors", "roots") or (name == "envelope" and _soap_fault.search(body))
    if is_error and len(text) <= MAX_ERROR:
        message = " ".join(_tag.sub(" ", body).split()) or name
        raise ExtractionError(_cause_of(message), f"the answer says: {message[:_MAX_WORDS]!r}")


def check_json(text: str) -> None:
    """Refuse a JSON answer that is an error.

    Raises:
        ExtractionError: It is a small object, alone or in a list, that holds a message and nothing else.
    """
    if len(text) > MAX_ERROR:
        return
    try:
        data = json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError):
        return
    message = _error_message(data[0] if isinstance(data, list) and len(data) == 1 else data)
    if message is not None:
        raise ExtractionError(_cause_of(message), f"the answer says: {message[:_MAX_WORDS]!r}")


def _cause_of(message: str) -> Cause:
    words = message.casefold()
    for cause, key in ((Cause.NOT_FOUND, "not_found"), (Cause.BLOCKED, "blocked"), (Cause.HTTP, "down")):
        if any(_holds(words, mark) for mark in word_list("json_errors", key)):
            return cause
    return Cause.WRONG_CONTENT


def _holds(words: str, mark: str) -> bool:
    """Whether words hold a mark; a number only by itself: 404 is not in "14041"."""
    if not mark.isdigit():
        return mark in words
    return re.search(rf"(?<!\d){mark}(?!\d)", words) is not None


def _error_message(data: Any) -> str | None:
    """What an object says that is an error; None for one that holds records, or more than errors do."""
    if not isinstance(data, dict):
        return None
    values = {str(key).casefold(): value for key, value in data.items() if value not in (None, "", [], {}, False)}
    messages = [values[key] for key in word_list("json_errors", "said") if key in values]
    is_sure = any(key in values for key in word_list("json_errors", "surely"))
    known = {*word_list("json_errors", "said"), *word_list("json_errors", "around")}
    if not messages or _holds_records(data) or not (is_sure or known.issuperset(values)):
        return None
    status = [str(values[key]) for key in ("status", "statuscode", "code") if key in values]
    said = [*messages, *status]
    return json.dumps(said, ensure_ascii=False) if len(said) > 1 else _message_text(messages[0])


def _message_text(message: Any) -> str:
    return message if isinstance(message, str) else json.dumps(message, ensure_ascii=False)


def _holds_records(data: dict[str, Any]) -> bool:
    """Whether an object has a list, even an empty one, under a name that is not that of its errors."""
    about_errors = {*word_list("json_errors", "said"), "params", "trace"}
    return any(isinstance(value, list) and str(key).casefold() not in about_errors for key, value in data.items())
