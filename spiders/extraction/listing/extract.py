"""A listing as a reader sees it: regions of a page, each with a date and a title."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from lxml import html

from spiders.extraction.classify.empty_listing import says_it_is_empty
from spiders.extraction.dom.headings import Above, find_headings_above
from spiders.extraction.lexicon.title_words import announces_no_event
from spiders.extraction.lexicon.titles import TitleCandidate
from spiders.extraction.listing.date_roles import most_complete
from spiders.extraction.listing.event_fields import find_anchors, read_event_url, read_place
from spiders.extraction.listing.event_times import read_event_times
from spiders.extraction.listing.page_defaults import default_place_for, default_time_for, find_page_defaults
from spiders.extraction.listing.page_subject import page_subject
from spiders.extraction.listing.regions import MAX_REGIONS, Region
from spiders.extraction.listing.same_event import ListedEvent, is_mentioned_in_passing, is_news, merge_same_events
from spiders.extraction.listing.segmentation import Segmentation, segment_page
from spiders.extraction.listing.separate_times import SeparateTime, combine
from spiders.extraction.listing.status import status_of
from spiders.extraction.listing.title import choose_title
from spiders.extraction.listing.title_candidates import repeated_texts
from spiders.extraction.listing.year_inference import DatedText, infer_years
from spiders.extraction.page import Extraction, Page, Refusal, distinct
from spiders.extraction.registration_links import add_links
from symposia.event import Location, Moment
from symposia.moments import day_from_text, is_day
from symposia.posting import Posting, digest_key
from symposia.text.plain_text import plain_text

_MIN_DESCRIPTION = 40
"""Characters of a region beyond its title and its date, from which on they describe the event."""


def extract_listing(page: Page) -> Extraction:
    """Read the events that a page shows. `empty` where it says itself that there are none."""
    segmentation = segment_page(page)
    regions = segmentation.regions
    headings = find_headings_above(page.visible, [region.date_node for region in regions], page.fetched_at.year)
    events = merge_same_events(list(_iter_events(page, segmentation, headings)))
    events = [event for event in events if not is_news(event, events)]
    elements = [element for region in regions for element in region.elements]
    postings = _with_keys(_with_defaults(page, events, elements, lambda text: bool(segmentation.read_dates(text))))
    left_out = (Refusal(what="the rest of the page", reason=f"more than {MAX_REGIONS} dates"),)
    return Extraction(
        kind="listing",
        postings=postings,
        refusals=left_out if segmentation.is_cut else (),
        details=_find_details(postings),
        empty=not postings and says_it_is_empty(page),
    )


def _iter_events(
    page: Page, segmentation: Segmentation, headings: Mapping[html.HtmlElement, Above]
) -> Iterator[ListedEvent]:
    """The event of each region that has a title and a day, in order."""
    regions = segmentation.regions
    is_only, repeated, subject = len(regions) == 1, repeated_texts(regions), page_subject(page)
    dated_texts = infer_years(page, regions, segmentation.read_dates, headings)
    for region, dated in zip(regions, dated_texts, strict=True):
        over = headings.get(region.date_node, Above())
        title = choose_title(region, subject, over, is_only, repeated)
        posting = _build_posting(page, region, dated, title) if title else None
        if title and posting:
            yield ListedEvent(posting, title, over)


def _build_posting(page: Page, region: Region, dated: DatedText, title: TitleCandidate) -> Posting | None:
    """The posting of a region; None where it names no day, only mentions one, or says that nothing takes place."""
    if not dated.dates or announces_no_event(title.text) or _is_mention(page, dated, title):
        return None
    times = read_event_times(page, region, dated)
    if times is None:
        return None
    words, url = most_complete(dated.dates).text, read_event_url(page, region)
    is_described = len(region.text) > len(title.text) + len(words) + _MIN_DESCRIPTION
    posting = Posting(
        origin=page.origin("listing"),
        source_key=url or "",
        name=title.text,
        start=_format_moment(times.start),
        end=_format_moment(times.end) if times.end else None,
        recurrence=times.recurrence,
        when=words,
        timezone=times.timezone,
        status=status_of(region),
        location=read_place(region),
        url=url,
        description=plain_text(region.text) if is_described else None,
        evidence=(("name", title.evidence), *times.evidence),
    )
    # The links of an element are those of all its lines.
    return posting if region.is_line else add_links(posting, page, find_anchors(region))


def _is_mention(page: Page, dated: DatedText, title: TitleCandidate) -> bool:
    """Whether a region only mentions its day: it has no title of its own, and the day stands in a long sentence."""
    has_own_title = not title.borrowed and title.evidence != "text"
    when = most_complete(dated.dates)
    span = next(span for span, expression in dated.dates if expression is when)
    return not has_own_title and is_mentioned_in_passing(dated.text, span, when, page.fetched_at.date())


def _format_moment(moment: Moment) -> str:
    """ISO 8601 to the minute; without the offset of a named zone, which is the posting's own field."""
    if not isinstance(moment, datetime):
        return moment.isoformat()
    is_in_named_zone = hasattr(moment.tzinfo, "key")
    return (moment.replace(tzinfo=None) if is_in_named_zone else moment).isoformat(timespec="minutes")


def _with_defaults(
    page: Page, events: Sequence[ListedEvent], regions: Collection[html.HtmlElement], has_day: Callable[[str], bool]
) -> list[Posting]:
    """The postings; those without a time or a place with what the page states for all, or under their heading."""
    postings = [event.posting for event in events]
    if not any(_is_mere_day(posting) or posting.location is None for posting in postings):
        return postings
    stated = find_page_defaults(page.visible, regions, has_day, page.effective_language, page.timezone)
    if not stated:
        return postings
    elements = [default.element for default in stated if default.element is not None]
    headings = find_headings_above(page.visible, elements, page.fetched_at.year)
    defaults = [(default, headings[default.element]) for default in stated if default.element in headings]
    return [
        _at_place(
            _at_time(event.posting, default_time_for(event.above, defaults)),
            default_place_for(event.above, defaults),
        )
        for event in events
    ]


def _is_mere_day(posting: Posting) -> bool:
    return is_day(posting.start) and posting.end is None and posting.recurrence is None


def _at_time(posting: Posting, time: SeparateTime | None) -> Posting:
    """The posting at the time stated for all, where it names none itself."""
    if time is None or not _is_mere_day(posting):
        return posting
    start, end = combine(day_from_text(posting.start or ""), time)
    return replace(
        posting,
        start=_format_moment(start),
        end=_format_moment(end) if end else None,
        timezone=posting.timezone or time.timezone,
        evidence=(*posting.evidence, ("time", f"for all: {time.words}")),
    )


def _at_place(posting: Posting, place: str | None) -> Posting:
    """The posting at the place stated for all, where it names none itself."""
    if place is None or posting.location is not None:
        return posting
    return replace(posting, location=Location(name=place), evidence=(*posting.evidence, ("location", "for all")))


def _with_keys(postings: Sequence[Posting]) -> tuple[Posting, ...]:
    """The postings, each under a key of its own: its URL where that is one event's alone, else a digest."""
    counts = Counter(posting.url for posting in postings)
    own = (posting.url if posting.url and counts[posting.url] == 1 else None for posting in postings)
    keyed = (
        replace(posting, source_key=url or digest_key(posting.name, posting.start))
        for posting, url in zip(postings, own, strict=True)
    )
    return tuple({posting.source_key: posting for posting in keyed}.values())


def _find_details(postings: tuple[Posting, ...]) -> tuple[str, ...]:
    """The events' own pages, where the listing names no time of day; none on a page of one event, which is its own."""
    if len(postings) < 2:
        return ()
    return distinct(posting.url for posting in postings if is_day(posting.start) and posting.source_key == posting.url)
