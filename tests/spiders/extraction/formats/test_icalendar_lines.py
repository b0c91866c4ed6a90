"""iCalendar text, unfolded and cut into components."""

from __future__ import annotations

import pytest

from spiders.extraction.formats.icalendar_lines import component_blocks, raw_value, unfold

UNFOLDED = {
    "a folded line": ("SUMMARY:Reading\r\n  Day", "SUMMARY:Reading Day\n"),
    "folded with a tab": ("SUMMARY:Reading\r\n\tDay", "SUMMARY:ReadingDay\n"),
    "bare LF": ("UID:1\nSUMMARY:Day\n", "UID:1\nSUMMARY:Day\n"),
    "bare CR": ("UID:1\rSUMMARY:Day\r", "UID:1\nSUMMARY:Day\n"),
    "empty lines": ("UID:1\r\n\r\nSUMMARY:Day", "UID:1\nSUMMARY:Day\n"),
    "folded without a space": ("DESCRIPTION:one\r\ntwo three", "DESCRIPTION:one\\ntwo three\n"),
    "a colon in text": ("DESCRIPTION:one\r\nat the hall: two", "DESCRIPTION:one\\nat the hall: two\n"),
    "NULs": ("\x00SUMMARY:\x00Day", "SUMMARY:Day\n"),
    "nothing": ("", "\n"),
}


@pytest.mark.parametrize(("text", "expected"), UNFOLDED.values(), ids=list(UNFOLDED))
def test_unfold(text: str, expected: str) -> None:
    """A property a line (RFC 5545, 3.1), whatever ended it."""
    assert unfold(text) == expected


BLOCKS = {
    "one": ("BEGIN:VEVENT\nUID:1\nEND:VEVENT\n", ["UID:1"]),
    "two": ("BEGIN:VEVENT\nUID:1\nEND:VEVENT\nBEGIN:VEVENT\nUID:2\nEND:VEVENT\n", ["UID:1", "UID:2"]),
    "in small letters": ("begin:vevent\nUID:1\nend:vevent\n", ["UID:1"]),
    "one that is never closed": ("BEGIN:VEVENT\nUID:x\nBEGIN:VEVENT\nUID:1\nEND:VEVENT\n", ["UID:1"]),
    "of another kind": ("BEGIN:VTIMEZONE\nTZID:x\nEND:VTIMEZONE\n", []),
    "none": ("", []),
}


@pytest.mark.parametrize(("text", "bodies"), BLOCKS.values(), ids=list(BLOCKS))
def test_component_blocks(text: str, bodies: list[str]) -> None:
    """Each complete by itself."""
    assert list(component_blocks(text, "VEVENT")) == [f"BEGIN:VEVENT\n{body}\nEND:VEVENT\n" for body in bodies]


@pytest.mark.parametrize(
    ("block", "value"),
    [
        ("SUMMARY:Reading Day", "Reading Day"),
        ("UID:1\nSUMMARY;LANGUAGE=en:Reading Day\nEND:VEVENT", "Reading Day"),
        ("summary:Reading Day", "Reading Day"),
        ("SUMMARY:One\nSUMMARY:Two", "One"),
        ("SUMMARY: ", None),
        ("X-SUMMARY:Reading Day", None),
        ("", None),
    ],
)
def test_raw_value(block: str, value: str | None) -> None:
    """The first one of that name."""
    assert raw_value(block, "SUMMARY") == value
