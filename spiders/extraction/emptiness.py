"""A listing that says in words that it lists nothing: "There are currently no upcoming events"."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from typing import NamedTuple, TypeAlias

from lxml import etree, html

from spiders.extraction.page import Page

Words: TypeAlias = tuple[str, ...]

MAX_ELEMENTS = 50_000
"""Elements of a page that are looked at."""
MAX_LINES = 3_000
"""Lines of a page that are kept."""
MAX_LINE = 500
"""Characters of one line that are read."""
_MAX_WORDS = 60
"""Words of a sentence that may say that nothing is on."""
_MAX_BETWEEN = 7
"""Words between "no" and "events"."""
_MAX_TAIL = 10
"""Words after "no events scheduled"."""
_MAX_DEPTH = 300
_SURE = 3
"""How surely a noun means events, at most."""
_DAYS = 7
"""Cells of a row that is a week: what one of them says is said of a day."""

_UNSEEN = {
    "script",
    "style",
    "template",
    "noscript",
    "svg",
    "select",
    "head",
    "title",
    "iframe",
    "object",
    "textarea",
    "datalist",
    "dialog",
}
_FRAME = {"nav", "footer", "aside"}
_FRAME_ROLES = {"banner", "navigation", "contentinfo", "complementary", "search", "dialog", "gridcell", "tablist"}
_CONTENT = {"main", "article", "section"}
_INLINE = set("a abbr b bdi bdo cite code em font i label mark q s small span strong sub sup time u var wbr".split())  # noqa: SIM905
_unseen_style = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE).search
_sentence_end = re.compile(r"(?<=[.!?…])\s+")
_word = re.compile(r"\w+")


class Line(NamedTuple):
    """A line that a reader sees, the tag of the block it stands in, whether that stands around the page, and whether in `<main>`."""

    text: str
    tag: str
    framed: bool
    main: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Language:
    """How one language says that there is none."""

    none: tuple[Words, ...]
    known: frozenset[str]
    """What may follow the noun."""
    closing: frozenset[str]
    """What makes a statement of it: "upcoming", "scheduled", "found"."""
    nouns: frozenset[str]
    weak: frozenset[str]
    """Nouns that mean the listing only in a statement: "no classes scheduled"."""
    things: frozenset[str]
    """Nouns that may be of anything: "results"."""
    endings: tuple[str, ...]
    """Of nouns in languages that write compounds as one word."""
    never: frozenset[str]
    not_before: frozenset[str]
    not_between: frozenset[str]


class _Data(NamedTuple):
    """What emptiness.toml says."""

    hidden: frozenset[str]
    frame: frozenset[str]
    lines: frozenset[Words]
    by_first: Mapping[str, tuple[_Language, ...]]


def says_it_is_empty(page: Page) -> bool:
    """Whether the page says, where a reader looks for events, that there are none.

    False for a page that is no HTML, for one that says nothing of it, and where only its menus, its footer or its hidden
    parts do, or where it is said of something else: comments, a cart, past events.
    """
    return any(_says_none(line.text) for line in main_lines(page))


def seen_lines(tree: html.HtmlElement, most: int | None = None) -> list[Line]:
    """The lines that a reader of the page sees, in order; none of an empty page.

    No more than the bounds of this module, and, where `most` is given, just past as many characters of the page's own.
    """
    lines: list[Line] = []
    parts: list[str] = []
    size = 0
    for text, place in _pieces(tree):
        if text is not None:
            parts.append(text[: 2 * MAX_LINE])
            continue
        if words := " ".join("".join(parts).split())[:MAX_LINE]:
            lines.append(Line(words, place.tag, place.framed, place.main))
            size += 0 if place.framed else len(words)
        parts = []
        if len(lines) >= MAX_LINES or (most is not None and size > most):
            break
    return lines


def main_lines(page: Page) -> list[Line]:
    """The lines of what the page is about: of its `<main>`, where that says anything, else all that stand outside of its frame."""
    lines = [line for line in seen_lines(page.tree) if not line.framed]
    return [line for line in lines if line.main] or lines


def is_shown(element: html.HtmlElement) -> bool:
    """Whether an element is seen, and stands neither around the page nor in what is about something else."""
    for one in (element, *islice(element.iterancestors(), _MAX_DEPTH)):
        around = one.getparent()
        if one.tag not in ("body", "head") and (
            _is_unseen(one) or _is_frame(one, "" if around is None else around.tag)
        ):
            return False
    return True


class _Place(NamedTuple):
    """Where the walk over a page is: within what is not seen, within the frame, within `<main>`, and in which block."""

    unseen: bool = False
    framed: bool = False
    main: bool = False
    tag: str = "body"


def _pieces(tree: html.HtmlElement) -> Iterator[tuple[str | None, _Place]]:
    """Each text that is seen, with its place; None where a block begins or ends."""
    body = tree.find("body")
    places = [_Place()]
    walk = etree.iterwalk(tree if body is None else body, events=("start", "end", "comment", "pi"))
    for action, node in islice(walk, 2 * MAX_ELEMENTS):
        if action == "start":
            if node.tag not in _INLINE:
                yield None, places[-1]
            places.append(_inside(places[-1], node))
        elif action == "end":
            place = places.pop()
            if node.tag not in _INLINE:
                yield None, place
        # A comment is not seen, and what follows it is.
        text = node.text if action == "start" else node.tail
        if text and not places[-1].unseen:
            yield text, places[-1]
    yield None, places[-1]


def _inside(around: _Place, node: html.HtmlElement) -> _Place:
    """The place within an element that stands at `around`."""
    return _Place(
        unseen=around.unseen or _is_unseen(node),
        framed=around.framed or _is_frame(node, around.tag),
        main=around.main or node.tag == "main" or node.get("role") == "main",
        tag=around.tag if node.tag in _INLINE else node.tag,
    )


def _is_unseen(node: html.HtmlElement) -> bool:
    """Whether an element is not shown: by its tag, an attribute, its style, or a class that is known to hide."""
    if node.tag in _UNSEEN:
        return True
    if not node.keys():  # as most elements
        return False
    if node.get("hidden") is not None or node.get("aria-hidden") == "true":
        return True
    if _unseen_style(node.get("style", "")[:MAX_LINE]):
        return True
    classes = node.get("class", "")[:MAX_LINE].casefold().split()
    return not _data().hidden.isdisjoint(classes) and not any(_shows_again(name) for name in classes)


def _shows_again(name: str) -> bool:
    """Whether a class shows on wide screens what another hides: "d-md-block", "md:flex"."""
    return name.endswith(("-block", "-flex", ":block", ":flex", ":grid", ":inline"))


def _is_frame(node: html.HtmlElement, around: str) -> bool:
    """Whether an element stands around what the page says, or is one day of a month."""
    if node.tag in _FRAME or (node.tag == "header" and around not in _CONTENT):
        return True
    if node.tag == "tr" and len(node) == _DAYS:
        return True
    if not node.keys():
        return False
    if node.get("role") in _FRAME_ROLES:
        return True
    names = f"{node.get('class', '')[:MAX_LINE]} {node.get('id', '')[:MAX_LINE]}".casefold().split()
    return not _data().frame.isdisjoint(names)


def _says_none(text: str) -> bool:
    """Whether a line says that there are no events."""
    line = _words(text)
    if not line or line in _data().lines:
        return bool(line)
    sentences = (_words(sentence) for sentence in _sentence_end.split(text))
    return any(_is_none(words) for words in sentences if len(words) <= _MAX_WORDS)


def _is_none(words: Words) -> bool:
    if words in _data().lines:
        return True
    return any(
        _none_at(language, words, number)
        for number in range(len(words))
        for language in _data().by_first.get(words[number], ())
    )


def _none_at(language: _Language, words: Words, start: int) -> bool:
    """Whether the words from `start` on say in that language that there are none: "no" "upcoming" "events" "at this time"."""
    begin = next((none for none in language.none if words[start : start + len(none)] == none), None)
    if begin is None or not language.never.isdisjoint(words) or (start and words[start - 1] in language.not_before):
        return False
    noun = start + len(begin)
    while noun < len(words) and _strength(language, words[noun]) == 0:
        if noun - start > _MAX_BETWEEN or words[noun] in language.not_between:
            return False
        noun += 1
    if noun == len(words):
        return False
    return _ends(language, words[:noun], words[noun:])


def _ends(language: _Language, before: Words, rest: Words) -> bool:
    """Whether the noun that `rest` begins with, and what follows, make a statement about the whole listing."""
    strength = max(_strength(language, word) for word in rest[:2])
    number = 0
    while number < len(rest) and (rest[number] in language.known or _strength(language, rest[number])):
        number += 1
    closed = not language.closing.isdisjoint((*before, *rest[:number]))
    tail = len(rest) - number
    return (closed and tail <= (_MAX_TAIL if strength > 1 else 0)) or (strength == _SURE and not tail)


def _strength(language: _Language, word: str) -> int:
    """How surely a word means events: 3 for one that means nothing else, 0 for one that does not."""
    for strength, nouns in enumerate((language.things, language.weak, language.nouns), 1):
        if word in nouns or (strength == _SURE and word.endswith(language.endings)):
            return strength
    return 0


def _words(text: str) -> Words:
    return tuple(_word.findall(text.casefold()))


@cache
def _data() -> _Data:
    data = tomllib.loads((Path(__file__).parent / "emptiness.toml").read_text(encoding="utf-8"))
    languages = [_language(table) for table in data["language"].values()]
    by_first: dict[str, tuple[_Language, ...]] = {}
    for language in languages:
        for word in {none[0] for none in language.none}:
            by_first[word] = (*by_first.get(word, ()), language)
    return _Data(
        hidden=frozenset(data["page"]["hidden"]),
        frame=frozenset(data["page"]["frame"]),
        lines=frozenset(_words(line) for table in data["language"].values() for line in table["lines"]),
        by_first=by_first,
    )


def _language(table: Mapping[str, list[str]]) -> _Language:
    words = {key: frozenset(table.get(key, ())) for key in ("between", "after", "closing", "things", "weak", "nouns")}
    return _Language(
        none=tuple(sorted(map(_words, table["none"]), key=len, reverse=True)),
        known=words["between"] | words["after"] | words["closing"],
        closing=words["closing"],
        things=words["things"],
        weak=words["weak"],
        nouns=words["nouns"],
        endings=tuple(table.get("endings", ())),
        never=frozenset(table["never"]),
        not_before=frozenset(table.get("not_before", ())),
        not_between=frozenset(table.get("not_between", ())),
    )
