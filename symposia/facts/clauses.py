"""The clause and the sentence around a place in running text, and the words quoted as evidence."""

from __future__ import annotations

import re

_clause_end = re.compile(r"[.!?;•|](?=[\s*]|$)|\n")
_sentence_end = re.compile(r"[.!?•|](?=[\s*]|$)|\n\s*\n|\n(?=\s*[-*#•+])")


def clause_around(text: str, start: int, end: int, reach: int = 100) -> tuple[str, str]:
    """What stands before and after a place in its clause, at most `reach` characters of each."""
    return _text_around(_clause_end, text, start, end, reach)


def sentence_around(text: str, start: int, end: int, reach: int = 200) -> tuple[str, str]:
    """What stands before and after a place in its sentence, at most `reach` characters of each."""
    return _text_around(_sentence_end, text, start, end, reach)


def quote(text: str, start: int, end: int, more: int = 40) -> str:
    """The words at a place with some of their clause, on one line: evidence for a reader."""
    before, after = clause_around(text, start, end, more)
    first, last = before.split(" ", 1), after.rsplit(" ", 1)
    before = before if len(before) < more or len(first) < 2 else first[1]
    after = after if len(after) < more or len(last) < 2 else last[0]
    return " ".join(f"{before}{text[start:end]}{after}".split()).strip(" *#|-:,;")


def _text_around(stop: re.Pattern[str], text: str, start: int, end: int, reach: int) -> tuple[str, str]:
    low = max(0, start - reach)
    begin = max([low, *(match.end() for match in stop.finditer(text, low, start))])
    found = stop.search(text, end, end + reach)
    return text[begin:start], text[end : found.start() if found else end + reach]
