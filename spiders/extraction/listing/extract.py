"""A listing as a reader sees it: repeated pieces of a page, each with a date and a name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import NamedTuple

from lxml import html

from spiders.extraction.classify.empty_listing import says_it_is_empty
from spiders.extraction.dom.field_labels import stated
from spiders.extraction.dom.headings import HEADINGS, Above, above
from spiders.extraction.dom.registration_links import label_of, with_links
from spiders.extraction.dom.table_columns import column
from spiders.extraction.lexicon.title_words import announces_no_event
from spiders.extraction.lexicon.titles import TitleCandidate
from spiders.extraction.listing.date_roles import (
    Dated,
    fullest,
    stated_end,
)
from spiders.extraction.listing.page_defaults import GeneralTime, at_time, own_time, place_for, statements, time_for
from spiders.extraction.listing.regions import MAX_REGIONS, Region
from spiders.extraction.listing.same_event import Found, apart, is_in_passing, is_news
from spiders.extraction.listing.segmentation import pieces_of
from spiders.extraction.listing.status import status_of
from spiders.extraction.listing.title import name_of, page_subject, repeated_texts
from spiders.extraction.listing.year_inference import dated
from spiders.extraction.page import Extraction, Page, Refusal, distinct
from symposia.event import Location, Moment, Recurrence
from symposia.facts.links import role_of
from symposia.moments import is_day, moment_from_text
from symposia.posting import Posting
from symposia.private_links import is_private_link
from symposia.text.plain_text import one_line, plain_text
from symposia.when import series_of

_place_class = re.compile(r"(?:^|[\s_-])(?:location|venue|place|where)(?:$|[\s_-])", re.IGNORECASE)


def extract_listing(page: Page) -> Extraction:
    """The events of a plain page; none where it holds no dated pieces. `empty` where it says that there are none."""
    regions, read, cut = pieces_of(page)
    over = above(page.tree, [region.dated for region in regions], page.fetched_at.year)
    alone, repeated, subject = len(regions) == 1, repeated_texts(regions), page_subject(page)
    found = apart(
        [
            Found(posting, named, under)
            for region, spoken in zip(regions, dated(page, regions, read, over), strict=True)
            for under in (over.get(region.dated, Above()),)
            if (named := name_of(region, subject, under, alone, repeated))
            and (posting := _posting(page, region, *spoken, named))
        ]
    )
    found = [one for one in found if not is_news(one, found)]
    pieces = [one for region in regions for one in region.elements]
    postings = _keyed(_as_stated_for_all(page, found, pieces, lambda text: bool(read(text))))
    empty = not postings and says_it_is_empty(page)
    refusals = (Refusal(what="the rest of the page", reason=f"more than {MAX_REGIONS} dates"),) if cut else ()
    return Extraction(
        kind="listing", postings=postings, refusals=refusals, details=_details(page, postings), empty=empty
    )


def _is_day(posting: Posting) -> bool:
    """Whether a posting names one day and no time of day."""
    return is_day(posting.start) and posting.end is None and posting.recurrence is None


def _as_stated_for_all(
    page: Page, found: Sequence[Found], pieces: Collection[html.HtmlElement], has_day: Callable[[str], bool]
) -> list[Posting]:
    """The postings, those that name no time or place with what the page states for all, or for those under their heading."""
    if not any(_is_day(one.posting) or one.posting.location is None for one in found):
        return [one.posting for one in found]
    said = statements(page.tree, pieces, has_day, page.spoken, page.timezone)
    if not said:
        return [one.posting for one in found]
    at = above(page.tree, [one.element for one in said if one.element is not None], page.fetched_at.year)
    stated = [(one, at[one.element]) for one in said if one.element in at]
    return [
        _at_place(_at_time(one.posting, time_for(one.above, stated)), place_for(one.above, stated)) for one in found
    ]


def _at_time(posting: Posting, usual: GeneralTime | None) -> Posting:
    """The posting at the time stated for all, where it names none itself."""
    if usual is None or not _is_day(posting):
        return posting
    start, end = at_time(moment_from_text(posting.start or ""), usual)
    evidence = (*posting.evidence, ("time", f"for all: {usual.words}"))
    zone = posting.timezone or usual.timezone
    return replace(posting, start=_iso(start), end=_iso(end) if end else None, timezone=zone, evidence=evidence)


def _at_place(posting: Posting, usual: str | None) -> Posting:
    """The posting at the place stated for all, where it names none itself."""
    if usual is None or posting.location is not None:
        return posting
    return replace(posting, location=Location(name=usual), evidence=(*posting.evidence, ("location", "for all")))


class _Times(NamedTuple):
    """The start, the end and the rule of an event, the zone where one is stated, and the words that say so."""

    start: Moment
    end: Moment | None
    recurrence: Recurrence | None
    timezone: str | None
    evidence: tuple[tuple[str, str], ...]


def _posting(page: Page, region: Region, text: str, found: list[Dated], named: TitleCandidate) -> Posting | None:
    """The posting of a piece, whose words are `text`; None where it names no day, or but mentions one in passing."""
    if (
        not found
        or announces_no_event(named.text)
        or _is_mention(page, text, found, named)
        or (times := _times(page, region, text, found)) is None
    ):
        return None
    words, url = fullest(found).text, _url(page, region)
    posting = Posting(
        origin=page.origin("listing"),
        source_key=url or "",
        name=named.text,
        start=_iso(times.start),
        end=_iso(times.end) if times.end else None,
        recurrence=times.recurrence,
        when=words,
        timezone=times.timezone,
        status=status_of(region),
        location=_place(region),
        url=url,
        description=plain_text(region.text) if len(region.text) > len(named.text) + len(words) + 40 else None,
        evidence=(("name", named.evidence), *times.evidence),
    )
    # The links of an element stand for all of its lines.
    return posting if region.line else with_links(posting, page, _links(region))


def _is_mention(page: Page, text: str, found: Sequence[Dated], named: TitleCandidate) -> bool:
    when = fullest(found)
    place = next(span for span, one in found if one is when)
    own = not named.borrowed and named.evidence != "text"
    return not own and is_in_passing(text, place, when, page.fetched_at.date())


def _times(page: Page, region: Region, text: str, found: Sequence[Dated]) -> _Times | None:
    """When a piece says that its event is: its fullest date, the end and the hour that stand apart from it."""
    when = fullest(found)
    start, end, recurrence = series_of(when)
    if start is None:
        return None
    zone = when.timezone if when.zone_stated else None
    said = (("start", f"words: {when.text}"),)
    end = end or _closing(region, text, found)
    if end is not None or recurrence is not None or isinstance(start, datetime):
        return _Times(start, end, recurrence, zone, said)
    apart = own_time(text, [span for span, _ in found], page.spoken, page.timezone)
    if apart is None:
        return _Times(start, end, recurrence, zone, said)
    start, end = at_time(start, apart)
    return _Times(start, end, recurrence, zone or apart.timezone, (*said, ("time", f"words: {apart.words}")))


def _closing(region: Region, text: str, found: Sequence[Dated]) -> Moment | None:
    """The end that a label states, or the row's column of ends; None where none does."""
    when = fullest(found)
    labelled = stated_end(text, found, when)
    if labelled is not None:
        return labelled.start
    cell = column(region.elements[0], "end")
    words = " ".join(cell.text_content().split()) if cell is not None else ""
    last = next((one.start for span, one in found if words and text[slice(*span)] in words), None)
    return last if last is not None and type(last) is type(when.start) and str(last) > str(when.start) else None


def _url(page: Page, region: Region) -> str | None:
    """The link of the heading, else the first link of the piece that leads somewhere else; one to register only where it is alone."""
    links = [one for whole in region.elements for heading in whole.iter(*HEADINGS) for one in heading.iter("a")]
    links += [*_links(region), *region.elements[0].iterancestors("a")]
    found = {url: one for one in reversed(links) if (url := page.link(one.get("href")))}
    elsewhere = [(url, one) for url, one in reversed(found.items()) if url.split("#")[0] != page.url.split("#")[0]]
    public = [(url, one) for url, one in elsewhere if not is_private_link(url)]
    return next((url for url, one in public if not role_of(label_of(one), url)), public[0][0] if public else None)


def _links(region: Region) -> list[html.HtmlElement]:
    return [one for whole in region.elements for one in whole.iter("a")]


def _place(region: Region) -> Location | None:
    marked = (
        one
        for whole in region.elements
        for one in whole.iter()
        if one.keys() and _place_class.search(f"{one.get('class') or ''} {one.get('itemprop') or ''}")
    )
    element = next(marked, None)
    element = element if element is not None else column(region.elements[0], "place")
    said = None if element is not None else stated(region.text.splitlines(), "place")
    name = one_line(element.text_content() if element is not None else said.text if said else None, limit=200)
    return Location(name=name) if name else None


def _keyed(postings: Sequence[Posting]) -> tuple[Posting, ...]:
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
    return distinct(posting.url for posting in postings if is_day(posting.start) and posting.source_key == posting.url)


def _iso(moment: object) -> str:
    if isinstance(moment, datetime):
        # A zone that the words name goes into the posting's own field.
        return (
            moment.replace(tzinfo=None).isoformat(timespec="minutes")
            if hasattr(moment.tzinfo, "key")
            else moment.isoformat(timespec="minutes")
        )
    return str(moment)
