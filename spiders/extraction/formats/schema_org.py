"""Events that a page states for machines: JSON-LD, microdata, RDFa."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import fields, replace

from spiders.extraction.formats.jsonld import extract_jsonld
from spiders.extraction.formats.microdata import MICRODATA, RDFA, extract_markup
from spiders.extraction.page import Extraction, Page, distinct
from symposia.moments import has_time
from symposia.posting import Posting


def extract_structured(page: Page) -> Extraction:
    """The page's schema.org events, each once, the fullest where several syntaxes state it; none where there are none."""
    postings, refusals = extract_jsonld(page)
    postings += extract_markup(page, MICRODATA)
    postings += extract_markup(page, RDFA)
    kept = _apart(_fullest(postings))
    kind = kept[0].origin.extractor if kept else "json-ld"
    return Extraction(kind=kind, postings=kept, refusals=tuple(refusals), details=_details(page, kept))


def _fullest(postings: Iterable[Posting]) -> list[Posting]:
    best: dict[tuple[str | None, str | None], Posting] = {}
    for posting in postings:
        same = ((posting.name or "").casefold(), posting.start or posting.when)
        if same not in best or _filled(posting) > _filled(best[same]):
            best[same] = posting
    return list(best.values())


def _filled(posting: Posting) -> int:
    return sum(getattr(posting, field.name) not in (None, ()) for field in fields(Posting))


def _apart(postings: list[Posting]) -> tuple[Posting, ...]:
    """The postings, those under one key told apart by their start: a series often links to one page."""
    counts = Counter(posting.source_key for posting in postings)
    return tuple(
        replace(posting, source_key=f"{posting.source_key}#{posting.start or posting.when}")
        if counts[posting.source_key] > 1
        else posting
        for posting in postings
    )


def _details(page: Page, postings: tuple[Posting, ...]) -> tuple[str, ...]:
    """The events' own pages, where the listing leaves a description, an end or a time of day unsaid."""
    wanting = (posting for posting in postings if not (posting.description and posting.end and has_time(posting.start)))
    return distinct(
        posting.url for posting in wanting if posting.url and posting.url.split("#")[0] != page.url.split("#")[0]
    )
