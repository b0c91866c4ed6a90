"""Pages that are no listing although they answer 200: empty, blocked, not found, of another kind."""

from __future__ import annotations

import json
import re
from typing import Any

from spiders.extraction.marks import marks
from spiders.extraction.page import Page
from symposia.errors import Cause, ExtractionError

SMALL = 20_000
"""Characters of a page that may be nothing but a refusal."""

_BINARY = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a ZIP file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x1f\x8b": "a gzip file",
}

_title = re.compile(r"<title[^>]{0,200}>([^<]{0,300})", re.IGNORECASE)
_heading = re.compile(r"<h1[^>]{0,500}>(?:\s*<[^>]{0,500}>){0,5}([^<]{0,300})", re.IGNORECASE)
_password = re.compile(r"<input[^>]{0,500}type=[\"']?password", re.IGNORECASE)


def check_page(page: Page) -> None:
    """Raises ExtractionError, its cause saying why, for a page that cannot be a listing; does nothing for any other."""
    if not page.body.strip():
        raise ExtractionError(Cause.EMPTY_BODY, "an empty answer")
    binary = next((name for magic, name in _BINARY.items() if page.body.startswith(magic)), None)
    if binary:
        raise ExtractionError(Cause.WRONG_CONTENT, f"{binary}, not a page")
    if page.text.lstrip("\ufeff \t\r\n")[:1] == "{":
        _check_json(page.text)
    else:
        _check_html(page.text)


def _check_html(text: str) -> None:
    title = _words(_title.search(text))
    heading = _words(_heading.search(text)) if len(text) < SMALL else ""
    code = text[:SMALL].casefold()
    if _begins(title, marks("blocked", "title")) or _begins(heading, marks("blocked", "title")):
        raise ExtractionError(Cause.BLOCKED, f"a page that blocks: {title or heading!r}")
    if len(text) < SMALL and any(mark in code for mark in marks("blocked", "code")):
        raise ExtractionError(Cause.BLOCKED, "a page that asks for a browser or a person")
    if any(_names(words, marks("not_found", "title")) for words in (title, heading)):
        raise ExtractionError(Cause.NOT_FOUND, f"a page that says: {title or heading!r}")
    if _begins(title, marks("login", "title")) and _password.search(text):
        raise ExtractionError(Cause.BLOCKED, f"a page that asks for a password: {title!r}")


def _check_json(text: str) -> None:
    """A small object that holds a message and nothing else is an error, whatever its status."""
    if len(text) > SMALL:
        return
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return
    message = _message(data)
    if message is None:
        return
    for cause, key in ((Cause.NOT_FOUND, "not_found"), (Cause.BLOCKED, "blocked")):
        if any(mark in message.casefold() for mark in marks("json_errors", key)):
            raise ExtractionError(cause, f"the answer says: {message[:200]!r}")
    raise ExtractionError(Cause.WRONG_CONTENT, f"the answer says: {message[:200]!r}")


def _message(data: Any) -> str | None:
    if not isinstance(data, dict) or any(isinstance(value, list | dict) and len(value) > 3 for value in data.values()):
        return None
    said = next(
        (data[key] for key in ("message", "error", "errors", "detail", "error_description") if data.get(key)), None
    )
    return json.dumps(said, ensure_ascii=False) if isinstance(said, list | dict) else str(said) if said else None


def _words(match: re.Match[str] | None) -> str:
    return " ".join(match[1].casefold().split()) if match else ""


def _begins(words: str, wanted: tuple[str, ...]) -> bool:
    return any(words == mark or re.match(rf"{re.escape(mark)}(?!\w)", words) for mark in wanted)


def _names(words: str, wanted: tuple[str, ...]) -> bool:
    """Whether a title is one of the marks, alone or set off from the site's name: "Page not found | Guild"."""
    parts = [part.strip(" .!:") for part in re.split(r"\s[|–—-]\s|[|:»]", words)]
    return any(part in wanted or re.fullmatch(r"(error )?404( error)?( .{0,40})?", part) for part in parts)
