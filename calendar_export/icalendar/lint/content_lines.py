"""The lines of a calendar, unfolded, and the components that they make (RFC 5545, 3.1 and 3.4); what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from calendar_export.icalendar.lint.findings import Fault, fault

MAX_OCTETS = 75
MAX_DEPTH = 10
"""Components within components, at most; RFC 5545 knows three."""

_fold = re.compile(rb"\r?\n[ \t]")
_bare_end = re.compile(rb"(?<!\r)\n|\r(?!\n)")
_control = re.compile("[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]")
_content_line = re.compile(
    r'([A-Za-z0-9-]+)((?:;[A-Za-z0-9-]+=(?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)*):(.*)', re.DOTALL
).fullmatch
_parameter = re.compile(r';([A-Za-z0-9-]+)=((?:"[^"]*"|[^";:])*)')


@dataclass(frozen=True, slots=True)
class Line:
    """A content line: `number` is that of its first line in the file, `name` and the names of `parameters` in capitals."""

    number: int
    name: str
    parameters: dict[str, str]
    value: str


@dataclass(slots=True)
class Component:
    """What stands between BEGIN and END; `end` is the number of the line of END, None where it is missing."""

    name: str
    number: int
    lines: list[Line] = field(default_factory=list)
    children: list[Component] = field(default_factory=list)
    end: int | None = None

    def all(self, *names: str) -> list[Line]:
        """Its lines of those names."""
        return [line for line in self.lines if line.name in names]

    def first(self, name: str) -> Line | None:
        """Its first line of that name; None where there is none."""
        return next((line for line in self.lines if line.name == name), None)

    def parts(self, *names: str) -> list[Component]:
        """The components of those names that stand in it."""
        return [child for child in self.children if child.name in names]


def read(content: bytes, first: int, found: list[Fault]) -> list[Line]:
    """The content lines of `content`, whose first line has the number `first`; faults of writing are added to `found`."""
    found += _written(content, first)
    lines = []
    for number, text in _unfolded(content, first, found):
        match = _content_line(text)
        if match:
            name, parameters, value = match.groups()
            known = (
                {key.upper(): given.strip('"') for key, given in _parameter.findall(parameters)} if parameters else {}
            )
            lines.append(Line(number, name.upper(), known, value))
        else:
            found.append(fault("content-line", number, f"no content line: {text[:60]!r}"))
    return lines


def tree(lines: Iterable[Line], found: list[Fault]) -> Component:
    """A component without a name that holds all that stands at the top; faults of BEGIN and END are added to `found`."""
    top = Component("", 0)
    stack = [top]
    for line in lines:
        if line.name == "BEGIN" and len(stack) <= MAX_DEPTH:
            opened = Component(line.value.strip().upper(), line.number)
            stack[-1].children.append(opened)
            stack.append(opened)
        elif line.name == "END":
            _close(stack, line, found)
        else:
            stack[-1].lines.append(line)
    found += [fault("balance", one.number, f"BEGIN:{one.name} has no END") for one in stack[1:]]
    return top


def _close(stack: list[Component], line: Line, found: list[Fault]) -> None:
    name = line.value.strip().upper()
    if name not in [one.name for one in stack[1:]]:
        found.append(fault("balance", line.number, f"END:{name} has no BEGIN"))
        return
    while (closed := stack.pop()).name != name:
        found.append(fault("balance", closed.number, f"BEGIN:{closed.name} has no END"))
    closed.end = line.number


def _written(content: bytes, first: int) -> Iterator[Fault]:
    """What is wrong with line ends and lengths: the first of each, as one program's faults are many."""
    bare = _bare_end.search(content)
    if bare:
        yield fault("line-end", first + content.count(b"\n", 0, bare.start()), "a line does not end with CR LF")
    for number, line in enumerate(content.split(b"\n"), start=first):
        octets = len(line) - line.endswith(b"\r")
        if octets > MAX_OCTETS:
            yield fault("line-length", number, f"{octets:,} octets, {MAX_OCTETS} at most")
            return


def _unfolded(content: bytes, first: int, found: list[Fault]) -> Iterator[tuple[int, str]]:
    """Each content line with its number, unfolded."""
    whole = _text(_fold.sub(b"", content), first, content, found)
    numbers = _numbers(content, first)
    for number, text in zip(numbers, re.split(r"\r?\n", whole), strict=False):
        odd = _control.search(text)
        if odd:
            found.append(fault("control", number, f"the control character U+{ord(odd.group()):04X}"))
        if text:
            yield number, text


def _numbers(content: bytes, first: int) -> Iterator[int]:
    """The numbers of the lines that continue no other."""
    yield first
    at = content.find(b"\n")
    while at >= 0:
        first += 1
        if content[at + 1 : at + 2] not in (b" ", b"\t"):
            yield first
        at = content.find(b"\n", at + 1)


def _text(unfolded: bytes, first: int, content: bytes, found: list[Fault]) -> str:
    try:
        text = unfolded.decode()
    except UnicodeDecodeError as error:
        found.append(fault("utf-8", first + content.count(b"\n", 0, error.start), "the text is not UTF-8"))
        return unfolded.decode(errors="replace")
    if not text.isascii():
        split = next((number for number, line in enumerate(content.split(b"\n"), start=first) if _is_cut(line)), None)
        if split is not None:
            found.append(fault("split-character", split, "a character is cut in two"))
    return text


def _is_cut(line: bytes) -> bool:
    """Whether a folded line begins within a character: with an octet that continues one."""
    return line[:1] in (b" ", b"\t") and line[1:2] >= b"\x80" and line[1:2] < b"\xc0"
