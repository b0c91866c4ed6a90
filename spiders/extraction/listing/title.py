"""The name of the event that a piece of a page announces, and what on the page says so."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from urllib.parse import unquote, urlsplit

from lxml import html

from spiders.extraction.dom.field_labels import stated
from spiders.extraction.dom.headings import HEADINGS, Above
from spiders.extraction.dom.table_columns import CELLS, cells_of, column, head_of
from spiders.extraction.lexicon.title_words import (
    has_event_word,
    is_acronym,
    is_address,
    is_detail_line,
    is_list_title,
    is_numbered,
    is_place,
    is_sentence,
    is_specific,
    singular_title,
)
from spiders.extraction.lexicon.titles import TitleCandidate, clean_title
from spiders.extraction.listing.regions import Region
from spiders.extraction.page import Page
from symposia.text.plain_text import first_text, one_line, tree_text

_title_class = re.compile(r"(?:^|[\s_-])(?:title|name|summary|heading|headline)(?:$|[\s_-])", re.IGNORECASE)
_separators = re.compile(r"\s+[|–—»«>:·•-]\s+|\s*[|»«]\s*")
_SURE = 5
"""The weight of a name that stands within its piece and is marked as one."""
_LONG = 60
"""Characters, from which on a heading is less likely the name of what the page is about."""
_MAX_ELEMENTS = 400


def repeated_texts(regions: Sequence[Region]) -> frozenset[str]:
    """The texts of links and lines that most pieces carry: they say what one can do or read, more likely than what takes place."""
    if len(regions) < 4:
        return frozenset()
    counts = Counter(
        name for region in regions for name in {clean_title(text) for text in _short_texts(region)} if name
    )
    return frozenset(
        name for name, count in counts.items() if count > len(regions) / 3 and count > 3 and not has_event_word(name)
    )


def _short_texts(region: Region) -> Iterator[str]:
    yield from region.text.splitlines()[:8]
    yield from (first_text(link, 100) for one in region.elements for link in one.iter("a"))


def name_of(
    region: Region, subject: TitleCandidate | None, over: Above | None, alone: bool, repeated: frozenset[str]
) -> TitleCandidate | None:
    """The best name for what a piece announces; None where nothing on the page names it.

    `subject` is what the page is about, and `alone` whether this is its only piece: then it is called as the page is, but
    for a name of its own that is marked as one.
    """
    candidates = [*_candidates(region, over, repeated), *([subject] if subject else [])]
    best = max(candidates, key=lambda one: one.weight, default=None)
    if alone and subject is not None and best is not None and best.weight < _SURE and not _is_under_heads(region):
        best = subject
    if best is None or best.weight <= -_SURE:
        # "2027 Meeting Schedule" is a poor name, but all that the page says.
        headings = over.headings if over else ()
        best = next(
            (TitleCandidate(text=one.text, evidence=f"{one.tag} above", borrowed=True) for one in headings), best
        )
    if best is None:
        return None
    if best.borrowed and subject is not None and subject.text.endswith(f": {best.text}"):
        best = subject
    if is_numbered(best.text):
        return _with_series(best, candidates)
    if is_acronym(best.text):
        return _spelled_out(best, candidates)
    return best._replace(text=singular_title(best.text)) if best.borrowed else best


def _is_under_heads(region: Region) -> bool:
    """Whether a piece is a row of a table that says what its columns hold: then its name is a cell, however few the rows."""
    cells = cells_of(region.elements[0]) if region.elements[0].tag == "tr" else []
    return any(head.tag == "th" for cell in cells if (head := head_of(cell)) is not None)


def _spelled_out(named: TitleCandidate, candidates: Sequence[TitleCandidate]) -> TitleCandidate:
    """An acronym ("FRAC 2027") with the words beside it that it stands for, where there are some."""
    words = [
        one
        for one in candidates
        if not (one.borrowed or is_acronym(one.text) or is_place(one.text)) and " " in one.text
    ]
    best = max(words, key=lambda one: one.weight, default=None)
    if best is None or is_sentence(best.text) or named.borrowed:
        return named
    return named._replace(text=best.text if named.text in best.text else f"{named.text}: {best.text}")


def _with_series(named: TitleCandidate, candidates: Sequence[TitleCandidate]) -> TitleCandidate:
    """A name that is but a number in a series ("Session 2"), with the series before it, where something names that."""
    series = [one for one in candidates if not is_numbered(one.text) and not is_sentence(one.text)]
    best = max(series, key=lambda one: (one.evidence in HEADINGS or one.borrowed, one.weight), default=None)
    return named if best is None else named._replace(text=f"{best.text}: {named.text}")


def page_subject(page: Page) -> TitleCandidate | None:
    """What the page as a whole is about, by its first headings and the pieces of its title; None where they say nothing."""
    titles = _title_pieces(page)
    said = [(first_text(one, 300), "h1") for one in islice(page.tree.iter("h1"), 4)]
    said += [(piece, "title") for piece in titles]
    site = clean_title(_meta(page, "og:site_name"))
    in_title = {clean_title(piece) for piece in titles}
    candidates = [
        TitleCandidate(
            name,
            evidence,
            _merit(name)
            + 0.5 * (evidence == "h1")
            + 0.5 * (name in in_title)
            - 2 * (name == site)
            - 1.5 * is_list_title(name)
            - 0.1 * number,
            borrowed=True,
        )
        for number, (text, evidence) in enumerate(said)
        if (name := clean_title(text))
    ]
    # "Teaching fractions" above "Webinar registration", though that says more of what it is.
    best = max(candidates, key=lambda one: one.weight + 2 * is_specific(one.text), default=None)
    best = best or _of_address(page)
    return _whose(best, site, candidates) if best else None


def _whose(named: TitleCandidate, site: str | None, candidates: Sequence[TitleCandidate]) -> TitleCandidate:
    """A name of one word that many have ("Board"), with whose it is, where the page says that: "HMC: Board"."""
    if " " in named.text or not has_event_word(named.text):
        return named
    others = [one.text for one in candidates if one.text != named.text]
    whose = site or max(others, key=len, default=None)
    return named._replace(text=f"{whose}: {named.text}") if whose else named


def _of_address(page: Page) -> TitleCandidate | None:
    """What the address says that the page is about: "Board of trustees" of `/board-of-trustees/meetings`; None for any other."""
    pieces = [unquote(piece).replace("-", " ").replace("_", " ") for piece in urlsplit(page.url).path.split("/")]
    found = [
        name for piece in reversed(pieces) if has_event_word(piece) and (name := clean_title(piece)) and " " in name
    ]
    return TitleCandidate(found[0][:1].upper() + found[0][1:], "address", 0.5, borrowed=True) if found else None


def _title_pieces(page: Page) -> list[str]:
    title = one_line(page.tree.findtext(".//title"), limit=300)
    return _separators.split(title or "")


def _meta(page: Page, name: str) -> str | None:
    return next((one.get("content") for one in page.tree.iter("meta") if one.get("property") == name), None)


def _candidates(region: Region, over: Above | None, repeated: frozenset[str]) -> Iterator[TitleCandidate]:
    where = stated(region.text.splitlines(), "place")
    elsewhere = {clean_title(line) for line in where.lines} | {clean_title(where.text)} if where else set()
    if (cell := column(region.elements[0], "place")) is not None:
        elsewhere |= {clean_title(line) for line in tree_text(cell)[:2000].splitlines()}
    for text, evidence, weight in _texts(region, over):
        name = clean_title(text)
        if name is not None and name not in elsewhere:
            unmarked = evidence in ("text", "cell", "strong", "b")
            merit = _merit(name, unmarked) - 4 * (name in repeated) - 6 * is_detail_line(text)
            merit -= 1.5 * (evidence not in ("text", "cell") and is_list_title(name))
            yield TitleCandidate(name, evidence, weight + merit, borrowed=evidence.endswith(" above"))


@lru_cache(maxsize=1_024)
def _merit(name: str, unmarked: bool = True) -> float:
    """What speaks for and against words as a name, wherever they stand; of unmarked ones, also that they are a place's."""
    place = is_place(name) if unmarked else is_address(name)
    return 2 * has_event_word(name) - 4 * place - 3 * is_sentence(name) - 0.5 * (len(name) > _LONG)


def _texts(region: Region, over: Above | None) -> Iterator[tuple[str, str, float]]:
    """The texts that may be the name, with where they stand and how good a place for a name that is."""
    if not region.line:
        yield from _marked(region)
    lines = [line for raw in region.text.splitlines() if (line := raw.strip())]
    for number, line in enumerate(lines[:8]):
        yield line, "text", (5 if region.day else 3) - 0.5 * number
    for number, heading in enumerate(over.headings if over is not None else ()):
        first = 4 if over and over.own else 1.5
        yield heading.text, f"{heading.tag} above", 0.5 - 0.1 * number if number else first


def _marked(region: Region) -> Iterator[tuple[str, str, float]]:
    """Texts that the page marks up as more than text: columns, headings, classes, links, bold words."""
    first = region.elements[0]
    cell = column(first, "name")
    if cell is not None:
        yield _first_words(cell), "column", 8
    elif first.tag == "tr" and (cells := cells_of(first)):
        lines = [line for one in cells for raw in tree_text(one)[:2000].splitlines()[:20] if (line := raw.strip())]
        for number, line in enumerate(lines[:12]):
            yield line, "cell", 4 - 0.3 * number
    elif first.tag in CELLS and (head := head_of(first)) is not None:
        yield first_text(head, 200), "head above", 5
    for number, one in enumerate(element for whole in region.elements for element in whole.iter()):
        if number > _MAX_ELEMENTS:
            return
        weight = _weight_of(one)
        if weight is not None:
            # Of two that are marked alike, the first is the name.
            yield first_text(one, 400), weight[0], weight[1] - number / 1_000


def _first_words(cell: html.HtmlElement) -> str:
    """The words of a cell that are marked as a name, else its first line: below it may stand a place."""
    marked = next((one for one in cell.iter(*HEADINGS, "a", "strong", "b") if clean_title(first_text(one, 400))), None)
    if marked is not None:
        return first_text(marked, 400)
    lines = (" ".join(line.split()) for line in tree_text(cell)[:2000].splitlines())
    return next((line for line in lines if clean_title(line)), "")


def _weight_of(element: html.HtmlElement) -> tuple[str, float] | None:
    """How an element is marked up as a name, and how much that speaks for it; None for one that is not."""
    if not isinstance(element.tag, str):
        return None
    if element.tag in HEADINGS:
        return element.tag, 7
    if _title_class.search(element.get("class") or "") and len(element) < 12:
        return "class", 6.5
    if element.tag == "a" and next(element.iterdescendants(*HEADINGS, "p", "div"), None) is not None:
        return None  # a link around a whole card
    return {"a": ("a", 5.0), "strong": ("strong", 4.0), "b": ("b", 4.0)}.get(element.tag)
