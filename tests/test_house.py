"""The rules of the house that no linter holds: sizes, names, and a reason for each exception from a rule."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("symposia", "spiders", "pipelines", "calendar_export", "commands", "benchmarks")
SOURCES = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
    for room in ROOMS
    for path in sorted((ROOT / room).rglob("*.py"))
}
"""The modules, by their paths."""
MODULE_LINES = 300
"""What a reader can keep an overview of."""
FUNCTION_LINES = 40
"""What fits on a screen, the docstring left out."""
NAMELESS = {"utils", "util", "helpers", "helper", "common", "misc"}
"""Names that say nothing of what is in a module."""

turns_off = re.compile(r"# *(noqa|type: *ignore)\b").match
says_why = re.compile(
    r"""\#\ (noqa:\ [A-Z]+\d+(,\ ?[A-Z]+\d+)*\ +[-\#]\ \S   # noqa: CODE - why
           |type:\ ignore\[[a-z, -]+\]\ \ \#\ \S)          # type: ignore[code]  # why
    """,
    re.VERBOSE,
).match


def long_modules(name: str, text: str) -> Iterator[str]:
    """The module, where it has more lines than MODULE_LINES."""
    if (lines := len(text.splitlines())) > MODULE_LINES:
        yield f"{name}: {lines} lines"


def long_functions(name: str, text: str) -> Iterator[str]:
    """The functions that have more lines than FUNCTION_LINES."""
    for function in ast.walk(ast.parse(text)):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            docstring = function.body[0] if ast.get_docstring(function, clean=False) else None
            lines = _count_lines(function) - (_count_lines(docstring) if docstring else 0)
            if lines > FUNCTION_LINES:
                yield f"{name}:{function.lineno}: {function.name} has {lines} lines"


def _count_lines(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def nameless_modules(name: str, text: str) -> Iterator[str]:
    """The module or the package of it that has a name which says nothing."""
    yield from NAMELESS.intersection(Path(name).with_suffix("").parts)


def exceptions_without_reason(name: str, text: str) -> Iterator[str]:
    """The comments that turn a rule off, and do not say which, or why."""
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT and turns_off(token.string) and not says_why(token.string):
            yield f"{name}:{token.start[0]}: {token.string}"


@pytest.mark.parametrize("rule", [long_modules, long_functions, nameless_modules, exceptions_without_reason])
def test_rules(rule: Callable[[str, str], Iterator[str]]) -> None:
    """No module breaks one."""
    assert [fault for name, text in SOURCES.items() for fault in rule(name, text)] == []


def test_the_rules_see_what_they_forbid() -> None:
    """Each tells of a module that breaks it."""
    assert list(long_modules("a.py", "\n" * 301)) == ["a.py: 301 lines"]
    assert list(long_functions("a.py", "def f():\n    '''Long.'''\n" + "    x = 1\n" * 40)) == [
        "a.py:1: f has 41 lines"
    ]
    assert list(nameless_modules("spiders/utils/a.py", "")) == ["utils"]
    assert list(exceptions_without_reason("a.py", "x = 1  # noqa: E741\nx = 1  # noqa: E741 - why\n")) == [
        "a.py:1: # noqa: E741"
    ]
    assert len(list(exceptions_without_reason("a.py", "x = 1  # type: ignore\nx = 1  # type: ignore[misc]\n"))) == 2
