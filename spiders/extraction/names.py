"""The name of the event that a piece of a page announces, and what on the page says so."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from spiders.extraction.columns import cells_of, column
from spiders.extraction.headings import HEADINGS, Above
from spiders.extraction.naming import clean_name, has_event_word, is_place, is_sentence
from spiders.extraction.page import Page
from spiders.extraction.regions import Region
from symposia.prose import first_text, one_line, tree_text

Named: TypeAlias = tuple[str, str]
"""A name, and the evidence for it."""

_title_class = re.compile(r"(?:^|[\s_-])(?:title|name|summary|heading|headline)(?:$|[\s_-])", re.IGNORECASE)
_separators = re.compile(r"\s+[|–—»«:·•-]\s+|\s*[|»«]\s*")
_SURE = 5
"""The weight of a name that stands within its piece and is marked as one."""
_MAX_ELEMENTS = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A text that may be the name, where it stood, and how much speaks for it."""

    text: str
    evidence: str
    weight: float


def repeated_links(regions: Sequence[Region]) -> frozenset[str]:
    """The texts of links that most pieces carry: they say what one can do, and name no event."""
    if len(regions) < 4:
        return frozenset()
    counts = Counter(
        text
        for region in regions
        for text in {one_line(link.text_content(), limit=100) for one in region.elements for link in one.iter("a")}
        if text
    )
    return frozenset(
        text for text, count in counts.items() if count > len(regions) / 3 and count > 3 and not has_event_word(text)
    )


def name_of(region: Region, page: Page, over: Above | None, alone: bool, repeated: frozenset[str]) -> Named | None:
    """The best name for what a piece announces; None where nothing on the page names it. `alone`: it is the only piece."""
    best = max((one for one in _candidates(region, over, repeated)), key=lambda one: one.weight, default=None)
    if best is not None and best.weight >= (_SURE if alone else 0):
        return best.text, best.evidence
    subject = page_subject(page)
    if subject is not None:
        return subject
    if best is not None and best.weight > -_SURE:
        return best.text, best.evidence
    # "2027 Meeting Schedule" is a poor name, but all that the page says.
    return next(((one.text, f"{one.tag} above") for one in (over.headings if over else ())), None)


def page_subject(page: Page) -> Named | None:
    """What the page as a whole is about: its first heading or, where that says nothing, its title."""
    heading = next((text for one in page.tree.iter("h1") if (text := clean_name(first_text(one, 300)))), None)
    if heading is not None and not is_sentence(heading):
        return heading, "h1"
    title = one_line(page.tree.findtext(".//title"), limit=300)
    pieces = [clean_name(piece) for piece in _separators.split(title or "")]
    named = [piece for piece in pieces if piece]
    best = next((piece for piece in named if has_event_word(piece)), named[0] if named else None)
    return (best, "title") if best else None


def _candidates(region: Region, over: Above | None, repeated: frozenset[str]) -> Iterator[Candidate]:
    for text, evidence, weight in _texts(region, over):
        if text in repeated:
            continue
        name = clean_name(text)
        if name is not None:
            yield Candidate(text=name, evidence=evidence, weight=weight + _merit(name))


def _merit(name: str) -> float:
    """What speaks for and against words as a name, wherever they stand."""
    return 2 * has_event_word(name) - 4 * is_place(name) - 3 * is_sentence(name)


def _texts(region: Region, over: Above | None) -> Iterator[tuple[str, str, float]]:
    """The texts that may be the name, with where they stand and how good a place for a name that is."""
    if not region.line:
        yield from _marked(region)
    lines = [line for raw in region.text.splitlines() if (line := raw.strip())]
    for number, line in enumerate(lines[:8]):
        yield line, "text", 3 - 0.5 * number
    for number, heading in enumerate(over.headings if over is not None else ()):
        first = 4 if over and over.own else 1.5
        yield heading.text, f"{heading.tag} above", 0.5 - 0.1 * number if number else first


def _marked(region: Region) -> Iterator[tuple[str, str, float]]:
    """Texts that the page marks up as more than text: columns, headings, classes, links, bold words."""
    first = region.elements[0]
    cell = column(first, "name")
    if cell is not None:
        yield first_text(cell, 400), "column", 8
    elif first.tag == "tr" and (cells := cells_of(first)):
        lines = [line for one in cells for raw in tree_text(one)[:2000].splitlines()[:20] if (line := raw.strip())]
        for number, line in enumerate(lines[:12]):
            yield line, "cell", 4 - 0.3 * number
    for number, one in enumerate(element for whole in region.elements for element in whole.iter()):
        if number > _MAX_ELEMENTS:
            return
        if not isinstance(one.tag, str):
            continue
        if one.tag in HEADINGS:
            yield first_text(one, 400), one.tag, 7
        elif _title_class.search(one.get("class") or "") and len(one) < 12:
            yield first_text(one, 400), "class", 6.5
        elif one.tag == "a":
            yield first_text(one, 400), "a", 5
        elif one.tag in ("strong", "b"):
            yield first_text(one, 400), one.tag, 4
