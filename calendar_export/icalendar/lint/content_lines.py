"""The content lines of a calendar, unfolded, and the components that they make (RFC 5545, 3.1, 3.4, 3.6)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from calendar_export.icalendar.lint.findings import Finding, finding

MAX_OCTETS = 75
"""Octets of a line without its line break (RFC 5545, 3.1)."""
MAX_DEPTH = 10
"""Components within components: RFC 5545 knows three levels."""

_fold = re.compile(rb"\r?\n[ \t]")
_bare_line_break = re.compile(rb"(?<!\r)\n|\r(?!\n)")
_control = re.compile("[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]")
_content_line = re.compile(
    r'([A-Za-z0-9-]+)((?:;[A-Za-z0-9-]+=(?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)*):(.*)', re.DOTALL
).fullmatch
"""A name, its parameters and a value (RFC 5545, 3.1)."""
_parameters = re.compile(r';([A-Za-z0-9-]+)=((?:"[^"]*"|[^";:])*)')


@dataclass(frozen=True, slots=True)
class ContentLine:
    """A content line. `number`: of its first line in the file; `name` and the names of `parameters` are in capitals."""

    number: int
    name: str
    parameters: dict[str, str]
    value: str


@dataclass(slots=True)
class Component:
    """What stands between BEGIN (line `number`) and END (line `end`; None where it is missing)."""

    name: str
    number: int
    lines: list[ContentLine] = field(default_factory=list)
    children: list[Component] = field(default_factory=list)
    end: int | None = None

    def properties(self, *names: str) -> list[ContentLine]:
        """Its own properties of these names."""
        return [line for line in self.lines if line.name in names]

    def first(self, name: str) -> ContentLine | None:
        """Its first property of that name; None where there is none."""
        return next((line for line in self.lines if line.name == name), None)

    def subcomponents(self, *names: str) -> list[Component]:
        """The components of these names directly within it."""
        return [child for child in self.children if child.name in names]


def parse_content_lines(content: bytes, first: int, findings: list[Finding]) -> list[ContentLine]:
    """Unfold and parse a piece of a calendar.

    Args:
        content: The piece.
        first: The number of its first line in the file.
        findings: To which faults of its form are added; what can be read is read all the same.
    """
    findings += _check_line_breaks(content, first)
    lines = []
    for number, text in _unfold(content, first, findings):
        match = _content_line(text)
        if match is None:
            findings.append(finding("content-line", number, f"not a content line: {text[:60]!r}"))
            continue
        name, given, value = match.groups()
        parameters = {key.upper(): text.strip('"') for key, text in _parameters.findall(given)} if given else {}
        lines.append(ContentLine(number, name.upper(), parameters, value))
    return lines


def build_component_tree(lines: Iterable[ContentLine], findings: list[Finding]) -> Component:
    """Nest lines into components; return a nameless one that holds all. Unmatched BEGIN and END are findings."""
    top = Component("", 0)
    stack = [top]
    for line in lines:
        if line.name == "BEGIN" and len(stack) <= MAX_DEPTH:
            opened = Component(line.value.strip().upper(), line.number)
            stack[-1].children.append(opened)
            stack.append(opened)
        elif line.name == "END":
            _close_component(stack, line, findings)
        else:
            stack[-1].lines.append(line)
    findings += [_missing_end(component) for component in stack[1:]]
    return top


def _close_component(stack: list[Component], line: ContentLine, findings: list[Finding]) -> None:
    name = line.value.strip().upper()
    if name not in [component.name for component in stack[1:]]:
        findings.append(finding("balance", line.number, f"END:{name} has no BEGIN"))
        return
    while (closed := stack.pop()).name != name:
        findings.append(_missing_end(closed))
    closed.end = line.number


def _missing_end(component: Component) -> Finding:
    return finding("balance", component.number, f"BEGIN:{component.name} has no END")


def _check_line_breaks(content: bytes, first: int) -> Iterator[Finding]:
    """The first wrong line break and the first line that is too long: a program that makes one makes many."""
    bare = _bare_line_break.search(content)
    if bare:
        yield finding("line-end", first + content.count(b"\n", 0, bare.start()), "the line does not end with CR LF")
    for number, line in enumerate(content.split(b"\n"), start=first):
        octets = len(line) - line.endswith(b"\r")
        if octets > MAX_OCTETS:
            yield finding("line-length", number, f"the line has {octets:,} octets; at most {MAX_OCTETS} are allowed")
            return


def _unfold(content: bytes, first: int, findings: list[Finding]) -> Iterator[tuple[int, str]]:
    """Each content line with the number of its first line."""
    unfolded = _decode(_fold.sub(b"", content), first, content, findings)
    numbers = _first_line_numbers(content, first)
    for number, text in zip(numbers, re.split(r"\r?\n", unfolded), strict=False):
        control = _control.search(text)
        if control:
            findings.append(
                finding("control", number, f"the line has the control character U+{ord(control.group()):04X}")
            )
        if text:
            yield number, text


def _first_line_numbers(content: bytes, first: int) -> Iterator[int]:
    """The numbers of the lines that do not continue another."""
    yield first
    at = content.find(b"\n")
    while at >= 0:
        first += 1
        if content[at + 1 : at + 2] not in (b" ", b"\t"):
            yield first
        at = content.find(b"\n", at + 1)


def _decode(unfolded: bytes, first: int, content: bytes, findings: list[Finding]) -> str:
    try:
        text = unfolded.decode()
    except UnicodeDecodeError as error:
        findings.append(finding("utf-8", first + content.count(b"\n", 0, error.start), "the text is not UTF-8"))
        return unfolded.decode(errors="replace")
    if not text.isascii():
        lines = enumerate(content.split(b"\n"), start=first)
        split = next((number for number, line in lines if _begins_within_character(line)), None)
        if split is not None:
            findings.append(finding("split-character", split, "folding cuts a character in two"))
    return text


def _begins_within_character(line: bytes) -> bool:
    """Whether a continuation line begins with an octet that continues a character of UTF-8."""
    return line[:1] in (b" ", b"\t") and line[1:2] >= b"\x80" and line[1:2] < b"\xc0"
