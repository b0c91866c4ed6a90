"""schema.org/Event on a page, in any of its three syntaxes: JSON-LD, microdata, RDFa."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields

from spiders.extraction.formats.jsonld import extract_jsonld
from spiders.extraction.formats.microdata import MICRODATA, RDFA, extract_items
from spiders.extraction.page import Extraction, Page, distinct
from symposia.moments import has_time
from symposia.posting import Posting, with_distinct_keys


def extract_schema_org(page: Page) -> Extraction:
    """Read the page's schema.org events, each once: the fullest where several syntaxes state it."""
    postings, refusals = extract_jsonld(page)
    postings += extract_items(page, MICRODATA)
    postings += extract_items(page, RDFA)
    unique = tuple(with_distinct_keys(_keep_fullest(postings)))
    kind = unique[0].origin.extractor if unique else "json-ld"
    return Extraction(kind=kind, postings=unique, refusals=tuple(refusals), details=_find_details(page, unique))


def _keep_fullest(postings: Iterable[Posting]) -> list[Posting]:
    """Of postings with the same name and start, the one that fills the most fields."""
    best: dict[tuple[str, str | None], Posting] = {}
    for posting in postings:
        event = ((posting.name or "").casefold(), posting.start or posting.when)
        if event not in best or _count_filled(posting) > _count_filled(best[event]):
            best[event] = posting
    return list(best.values())


def _count_filled(posting: Posting) -> int:
    return sum(getattr(posting, field.name) not in (None, ()) for field in fields(Posting))


def _find_details(page: Page, postings: tuple[Posting, ...]) -> tuple[str, ...]:
    """The events' own pages, where the listing lacks a description, an end or a time of day."""
    incomplete = (posting for posting in postings if not _is_complete(posting))
    here = page.url.split("#")[0]
    return distinct(posting.url for posting in incomplete if posting.url and posting.url.split("#")[0] != here)


def _is_complete(posting: Posting) -> bool:
    return bool(posting.description and posting.end and has_time(posting.start))
