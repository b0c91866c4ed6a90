"""Soft errors: answers with status 200 that are no listing. Empty, a wall, a log-in, not found, gone, out of order, a file.

In HTML they are told by the rules of `soft_error_rules`, in data and bare text by `soft_errors_in_data`.
"""

from __future__ import annotations

import re

from spiders.extraction.classify.shown_page import ShownPage, title_parts
from spiders.extraction.classify.soft_error_rules import MAX_CODE, RULES
from spiders.extraction.classify.soft_errors_in_data import check_json, check_plain, check_xml
from spiders.extraction.lexicon.soft_errors import find_404, fold_phrase, folded_words
from spiders.extraction.page import Page
from symposia.errors import Cause, ExtractionError

_MAX_HEAD = 4_096
"""Characters of an answer by which its format is told."""
_MAX_WORDS = 200
"""Characters of a page's words that are quoted in an error."""
_MAGIC = {
    b"%PDF": "a PDF",
    b"%!PS": "PostScript",
    b"{\\rtf": "an RTF file",
    b"PK\x03\x04": "a ZIP file",
    b"\xd0\xcf\x11\xe0": "an Office file",
    b"Rar!": "a RAR file",
    b"7z\xbc\xaf": "a 7z file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"RIFF": "a picture or sound",
    b"OggS": "sound",
    b"ID3": "sound",
    b"\x1f\x8b": "a gzip file",
}
"""The first bytes of files that are no pages (WHATWG MIME Sniffing, 6)."""
_BLANK = b"\0 \t\r\n\f\v\xef\xbb\xbf\xfe\xff"
"""Bytes that say nothing: white space, NUL, byte order marks."""
_SURE_AND_MAYBE = {
    "blocked": ("title", "maybe"),
    "login": ("title", "maybe"),
    "not_found": ("title", "maybe", "gone", "gone_maybe", "down", "down_maybe"),
}
"""The lists of titles that soft errors have."""
_title = re.compile(r"<title[^<>]{0,200}>([^<]{0,300})", re.IGNORECASE)
_heading = re.compile(r"<h1[^<>]{0,500}>(?:\s{0,100}<[^<>]{0,500}>){0,5}([^<]{0,300})", re.IGNORECASE)


def check_page(page: Page) -> None:
    """Refuse an answer that cannot be a listing; do nothing for any other.

    Raises:
        ExtractionError: The answer is a soft error; `cause` says of which kind, the message quotes what says so.
    """
    if not page.body.strip(_BLANK):
        raise ExtractionError(Cause.EMPTY_BODY, "an empty answer")
    file = next((name for magic, name in _MAGIC.items() if page.body.startswith(magic)), None)
    if file:
        raise ExtractionError(Cause.WRONG_CONTENT, f"{file}, not a page")
    head = page.text[:_MAX_HEAD].lstrip("\ufeff \t\r\n").casefold()
    if head.startswith(("{", "[")):
        check_json(page.text)
    elif "<" not in head:
        check_plain(page.text)
    elif head.startswith(("<?xml", "<error", "<rss", "<feed")) and "<html" not in head:
        check_xml(page.text)
    else:
        _check_html(page)


def _check_html(page: Page) -> None:
    title, heading = _first_match(_title, page.text), _first_match(_heading, page.text)
    if len(page.tree) and not any(len(part) or (part.text or "").strip() for part in page.tree):
        raise ExtractionError(Cause.EMPTY_BODY, "a page without an element")
    if len(page.text) > MAX_CODE and not _is_called_soft_error(title, heading):
        return
    if "startDate" in page.text or "DTSTART" in page.text:
        return  # It states events for machines, whatever else it says.
    shown = ShownPage(page, title)
    for rule in RULES:
        if words := rule.find(shown):
            raise ExtractionError(rule.cause, f"{rule.what}: {words[:_MAX_WORDS]!r}")


def _is_called_soft_error(title: str, heading: str) -> bool:
    """Whether the title or first heading is one that soft errors have. Large pages are not looked at without one."""
    names = {*title_parts(title), fold_phrase(heading)}
    lists = (folded_words(table, key) for table, keys in _SURE_AND_MAYBE.items() for key in keys)
    return find_404(names) is not None or any(not names.isdisjoint(words) for words in lists)


def _first_match(pattern: re.Pattern[str], text: str) -> str:
    """The first group of the first match, its white space folded; "" where there is none."""
    match = pattern.search(text)
    return " ".join(match[1].split()) if match else ""
