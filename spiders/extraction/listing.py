"""A listing as a reader sees it: repeated pieces of a page, each with a date and a name. A first version."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from typing import TypeAlias

from lxml import html

from spiders.extraction.general import GeneralTime, general_time
from spiders.extraction.headings import HEADINGS, Above, above
from spiders.extraction.marks import marks
from spiders.extraction.page import Extraction, Page, distinct
from spiders.extraction.regions import Region, regions_of
from symposia.event import Location
from symposia.posting import Posting
from symposia.prose import one_line, plain_text
from symposia.when import Order, When, find_when, numeric_order, series_of

Reader: TypeAlias = Callable[..., list[tuple[tuple[int, int], When]]]
_place_class = re.compile(r"(?:^|[\s_-])(?:location|venue|place|where)(?:$|[\s_-])", re.IGNORECASE)
_title_class = re.compile(r"(?:^|[\s_-])(?:title|name|summary|heading)(?:$|[\s_-])", re.IGNORECASE)
_BULLETS = " \t•·*–—-"
_may_begin = re.compile(r"\W*\w+\W+\w*\d|\W*\d").match
_ANY_DAY = datetime(2000, 1, 1, tzinfo=UTC)
_has_digit = re.compile(r"\d").search
_has_letters = re.compile(r"[^\W\d_]{2}").search
_more = re.compile(
    r"(?:(?:(?:read |learn )?more|details|info|agenda|minutes|register|mehr|más|meer|lire la suite|rsvp|pdf|transcript|"
    r"recording|video|audio|packet|slides|map|directions|zoom|link|notice|materials|view|see|click|here|download|back|home|top|"
    r"cancell?ed|postponed|rescheduled|date|time|place|where|when|new|the|for|of|to|and|et|y|und)\W*)+",
    re.IGNORECASE,
)


def extract_listing(page: Page) -> Extraction:
    """The events of a plain page; none where it holds no dated pieces. `empty` where it says that there are none."""
    read = partial(_read, page=page, order=numeric_order(page.tree.text_content()))
    regions = regions_of(page.tree, lambda text: bool(read(text)))
    if not regions:
        read = partial(read, rules=True)
        regions = regions_of(page.tree, lambda text: bool(read(text)))
    regions = [one for region in regions for one in _lines(region, read)]
    alone = len(regions) == 1
    over = above(page.tree, [region.dated for region in regions], page.fetched_at.year)
    found = [
        posting
        for region in regions
        if (posting := _posting(page, region, _in_year(read, region, over), alone, over.get(region.dated)))
    ]
    if any(_is_day(posting) for posting in found):
        usual = general_time(page.tree, lambda text: bool(read(text)), page.language or _language(page))
        found = [_at_usual_time(posting, usual) for posting in found] if usual else found
    postings = _apart(found)
    empty = not postings and any(mark in page.text.casefold() for mark in marks("listing", "none"))
    return Extraction(kind="listing", postings=postings, details=_details(page, postings), empty=empty)


def _is_day(posting: Posting) -> bool:
    """Whether a posting names one day and no time of day."""
    return len(posting.start or "") == len("2027-03-03") and posting.end is None and posting.recurrence is None


def _at_usual_time(posting: Posting, usual: GeneralTime) -> Posting:
    """The posting with the time that the page states for all, where it names none itself."""
    if not _is_day(posting):
        return posting
    end = f"{posting.start}T{usual.end:%H:%M}" if usual.end and usual.end > usual.start else None
    evidence = (*posting.evidence, ("time", f"for all: {usual.words}"))
    return replace(posting, start=f"{posting.start}T{usual.start:%H:%M}", end=end, evidence=evidence)


def _lines(region: Region, read: Reader) -> list[Region]:
    """The lines of a piece, where several begin with a date: each is an event of its own. Else the piece itself."""
    lines = [line.strip(_BULLETS) for line in region.text.splitlines()]
    dated = [line for line in lines if _may_begin(line) and (found := read(line)) and found[0][0][0] == 0]
    return [replace(region, text=line, line=True) for line in dated] if len(dated) > 1 else [region]


def _in_year(
    read: Reader, region: Region, over: Mapping[html.HtmlElement, Above]
) -> list[tuple[tuple[int, int], When]]:
    """What a piece says of when; dates without a year in the year that stands above them, where one does."""
    text, said = _flat(region.text), over.get(region.dated)
    found = read(text)
    if said is None or said.year is None or all(when.year_stated for _, when in found):
        return found
    return read(text, year=said.year)


def _read(
    text: str, page: Page, order: Order | None, rules: bool = False, year: int | None = None
) -> list[tuple[tuple[int, int], When]]:
    """The expressions in `text` that name a day; those that tell a rule only on request, as single days say more.

    `year` is that of dates that state none, where the page says it.
    """
    language = page.language or _language(page)
    as_of = page.fetched_at.replace(year=year, month=1, day=1, hour=12) if year else page.fetched_at
    found = find_when(text, as_of, language, page.timezone, order)
    return [one for one in found if one[1].start is not None and (rules or one[1].rrule is None)]


def _posting(
    page: Page, region: Region, found: list[tuple[tuple[int, int], When]], alone: bool, over: Above | None
) -> Posting | None:
    if not found:
        return None
    when = found[0][1]
    named = _name(region, found) or _name_before(region) or (_page_name(page) if alone else None) or _name_above(over)
    if named is None:
        return None
    name, evidence = named
    url = _url(page, region)
    start, end, recurrence = series_of(when)
    if start is None:
        return None
    return Posting(
        origin=page.origin("listing"),
        source_key=url or "",
        name=name,
        start=_iso(start),
        end=_iso(end) if end else None,
        recurrence=recurrence,
        when=when.text,
        timezone=when.timezone if when.zone_stated else None,
        status="cancelled" if _struck(region) else None,
        location=_place(region),
        url=url,
        description=plain_text(region.text) if len(region.text) > len(name) + len(when.text) + 40 else None,
        evidence=(("name", evidence), ("start", f"words: {when.text}")),
    )


def _name(region: Region, found: list[tuple[tuple[int, int], When]]) -> tuple[str, str] | None:
    """The heading, the cell under a heading like "Event", the link or the first words that are no date; and which it was."""
    element = region.element
    if region.line:
        return _name_in_text(region, found)
    candidates = [(one.tag, one) for tag in HEADINGS for one in element.iter(tag)]
    candidates += [
        ("class", one)
        for one in element.iter()
        if isinstance(one.tag, str) and _title_class.search(one.get("class") or "")
    ]
    column = _column(element, "name")
    candidates += [("column", column)] if column is not None else []
    candidates += [(tag, one) for tag in ("a", "strong", "b") for one in element.iter(tag)]
    for evidence, one in candidates:
        text = one_line(one.text_content())
        if text and _is_name(text, found):
            return text, evidence
    return _name_in_text(region, found)


def _name_in_text(region: Region, found: list[tuple[tuple[int, int], When]]) -> tuple[str, str] | None:
    rest = _without(_flat(region.text), found)
    # What begins in the middle of a sentence is no name.
    return (rest[:200], "text") if rest[:1].isalnum() and not rest[:1].islower() and _is_name(rest, found) else None


def _name_before(region: Region) -> tuple[str, str] | None:
    """The heading that stands before a dated paragraph, with nothing but text between."""
    one = region.element
    for _ in range(3):
        before = one.getprevious()
        if before is None:
            parent = one.getparent()
            if parent is None or parent.tag in ("body", "main", "html"):
                return None
            one = parent
            continue
        if before.tag in HEADINGS and (text := one_line(before.text_content())):
            return text, f"{before.tag} before"
        one = before
    return None


def _name_above(over: Above | None) -> tuple[str, str] | None:
    """The heading that a bare list of dates stands under: "2027 Meeting Schedule"."""
    if over is None or over.heading is None or not _has_letters(over.heading):
        return None
    return over.heading, f"{over.tag} above"


def _page_name(page: Page) -> tuple[str, str] | None:
    heading = page.tree.find(".//h1")
    name = one_line(heading.text_content()) if heading is not None else None
    return (name, "h1") if name else None


def _is_name(text: str, found: list[tuple[tuple[int, int], When]]) -> bool:
    """Whether words name something: more than dates, and more than "read more"."""
    rest = text
    for _, when in found:
        rest = rest.replace(when.text, " ")
    if _has_digit(rest):
        rest = _undated(rest)
    return len(rest.strip()) > 3 and bool(_has_letters(rest)) and _more.fullmatch(rest.strip(" .»›→>|")) is None


def _undated(text: str) -> str:
    """A text without its dates and times, whatever year they are of."""
    pieces, end = [], 0
    for (start, stop), _ in find_when(text, _ANY_DAY):
        pieces.append(text[end:start])
        end = stop
    return " ".join((*pieces, text[end:]))


def _without(text: str, found: list[tuple[tuple[int, int], When]]) -> str:
    """The longer stretch of text before, between or after the dates, as one sentence at most."""
    edges = [0, *(edge for span, _ in found for edge in span), len(text)]
    pieces = [text[start:end].strip(" ,;:|–—-()·•") for start, end in zip(edges[::2], edges[1::2], strict=True)]
    return re.split(r"(?<=[.!?])\s", max(pieces, key=len, default=""), maxsplit=1)[0]


def _url(page: Page, region: Region) -> str | None:
    """The link of the heading, else the first link of the piece that leads somewhere else."""
    links = [one for tag in HEADINGS for heading in region.element.iter(tag) for one in heading.iter("a")]
    links += list(region.element.iter("a")) + list(region.element.iterancestors("a"))
    found = distinct(page.link(one.get("href")) for one in links)
    return next((url for url in found if url.split("#")[0] != page.url.split("#")[0]), None)


def _place(region: Region) -> Location | None:
    marked = (
        one
        for one in region.element.iter()
        if isinstance(one.tag, str) and _place_class.search(f"{one.get('class') or ''} {one.get('itemprop') or ''}")
    )
    element = next(marked, None)
    element = element if element is not None else _column(region.element, "place")
    name = one_line(element.text_content(), limit=200) if element is not None else None
    return Location(name=name) if name else None


def _column(row: html.HtmlElement, key: str) -> html.HtmlElement | None:
    """The cell of a table row under a heading that means `key`; None outside a table, and without such a heading."""
    table = next(row.iterancestors("table"), None) if row.tag == "tr" else None
    head = next(table.iter("tr"), None) if table is not None else None
    if head is None or head is row:
        return None
    for number, cell in enumerate(cell for cell in head if cell.tag in ("th", "td")):
        words = " ".join(cell.text_content().casefold().split())
        if any(re.search(rf"(?<!\w){re.escape(mark)}(?!\w)", words) for mark in marks("columns", key)):
            cells = [cell for cell in row if cell.tag in ("th", "td")]
            return cells[number] if number < len(cells) else None
    return None


def _struck(region: Region) -> bool:
    """Whether the date or a name is struck through, as cancelled events often are."""
    return any(
        len((one.text_content() or "").strip()) > 5
        for tag in ("del", "s", "strike")
        for one in region.element.iter(tag)
    )


def _apart(postings: list[Posting]) -> tuple[Posting, ...]:
    """The postings with a key each: the address where it is one event's alone, else a digest of name and start."""
    counts = Counter(posting.url for posting in postings)
    keyed = (
        replace(posting, source_key=posting.url if posting.url and counts[posting.url] == 1 else _digest(posting))
        for posting in postings
    )
    return tuple({posting.source_key: posting for posting in keyed}.values())


def _digest(posting: Posting) -> str:
    return "sha256:" + sha256(f"{posting.name}|{posting.start}".encode("utf-8", "replace")).hexdigest()[:32]


def _details(page: Page, postings: tuple[Posting, ...]) -> tuple[str, ...]:
    """The events' own pages, where the listing names no time of day; a page of one event has none."""
    if len(postings) < 2:
        return ()
    return distinct(
        posting.url for posting in postings if len(posting.start or "") == 10 and posting.source_key == posting.url
    )


def _iso(moment: object) -> str:
    if isinstance(moment, datetime):
        # A zone that the words name goes into the posting's own field.
        return (
            moment.replace(tzinfo=None).isoformat(timespec="minutes")
            if hasattr(moment.tzinfo, "key")
            else moment.isoformat(timespec="minutes")
        )
    return str(moment)


def _flat(text: str) -> str:
    return " ".join(text.split())


def _language(page: Page) -> str | None:
    found = (page.tree.get("lang") or "").strip()
    return found if re.fullmatch(r"[a-zA-Z]{2,3}(-[A-Za-z0-9]{2,8})*", found) else None
