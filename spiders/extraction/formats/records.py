"""Events in JSON or XML of no standard: the answers of platforms, whatever they call a name and a start."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from typing import Any

from spiders.extraction.formats.answer import is_json, is_xml, parse_answer
from spiders.extraction.formats.answer_pages import next_answer
from spiders.extraction.formats.record_fields import (
    Record,
    filled_key,
    keys_of,
    read_field,
    read_keywords,
    read_location,
    read_mode,
    read_status,
    read_text,
    read_url,
    read_zone,
)
from spiders.extraction.formats.record_search import find_records
from spiders.extraction.formats.record_times import is_midnight, moment_key, read_moment
from spiders.extraction.formats.schema_org import extract_schema_org
from spiders.extraction.page import Extraction, Page, Refusal
from spiders.extraction.registration_links import add_links, parse_links
from symposia.moments import day_part, is_day
from symposia.posting import Posting, digest_key, with_distinct_keys
from symposia.text.plain_text import one_line, plain_text

MAX_EVENTS = 10_000
"""Events of one answer that are read, which bounds time and memory; the rest is refused as one."""


class RecordsExtractor:
    """Reads JSON, and XML that is no feed."""

    name = "JSON or XML"
    may_be_soft_error = True

    def accepts(self, page: Page) -> bool:
        """Whether the page is JSON, or XML that is not XHTML."""
        return is_json(page) or is_xml(page)

    def extract(self, page: Page) -> Extraction:
        """Read schema.org's events where the answer states any, else its records.

        Raises ExtractionError for XML that declares entities, which can grow without bound.
        """
        stated = extract_schema_org(page)
        return stated if stated.postings else extract_records(page)


def extract_records(page: Page) -> Extraction:
    """Read every record with a name and a start. `empty` where a list of records is there, and holds none.

    Raises ExtractionError for XML that declares entities, which can grow without bound.
    """
    data = parse_answer(page)
    kind = "json" if is_json(page) else "xml"
    postings = read_records(page, data, kind)
    following = next_answer(page, data)
    left_out = (Refusal(what="the rest of the answer", reason=f"more than {MAX_EVENTS} events"),)
    return Extraction(
        kind=kind,
        postings=tuple(postings[:MAX_EVENTS]),
        refusals=left_out if len(postings) > MAX_EVENTS else (),
        next_pages=(following,) if following and postings else (),
        empty=not postings and _is_empty_list(data),
    )


def read_records(
    page: Page, data: Any, extractor: str, is_event: Callable[[Record], bool] = lambda record: True
) -> list[Posting]:
    """The postings of the records in `data`, each once; an empty list where there are none.

    Args:
        page: The page that carries the data.
        data: JSON data, its keys folded.
        extractor: The name for the postings' origin.
        is_event: Says of a record with a name and a start whether it is an event.
    """
    records = islice(find_records(data, is_event), MAX_EVENTS + 1)
    postings = (_build_posting(page, record, extractor) for record in records)
    unique = {(posting.source_key, posting.start): posting for posting in postings if posting}
    return with_distinct_keys(list(unique.values()))


def _build_posting(page: Page, record: Record, extractor: str) -> Posting | None:
    name, start = one_line(read_text(read_field(record, "name"))), read_moment(record, "start")
    if name is None or start is None:
        return None
    end = read_moment(record, "end")
    if is_midnight(start) and (end is None or is_midnight(end)):
        start, end = day_part(start), day_part(end) or None
    url, description = read_url(page, record, "url"), read_text(read_field(record, "description"))
    posting = Posting(
        origin=page.origin(extractor),
        source_key=_source_key(record, url, name, start),
        name=name,
        start=start,
        end=end if end != start or is_day(start) else None,
        timezone=read_zone(record),
        status=read_status(record),
        attendance_mode=read_mode(record),
        kind=read_text(read_field(record, "kind")),
        location=read_location(record),
        url=url,
        registration_url=read_url(page, record, "registration"),
        description=plain_text(description),
        organizer=one_line(read_text(read_field(record, "organizer"))),
        keywords=read_keywords(record),
        price="free" if record.get("free") is True or record.get("isfree") is True else None,
        evidence=(("name", f"field {filled_key(record, 'name')}"), ("start", f"field {moment_key(record, 'start')}")),
    )
    return add_links(posting, page, parse_links(description))


def _source_key(record: Record, url: str | None, name: str, start: str) -> str:
    """The platform's id, else the URL, else a digest; of an occurrence, its event's id with its own or its start."""
    own_id = read_text(read_field(record, "id"))
    if record.get("occurrenceof"):
        return f"{record['occurrenceof']}#{own_id if own_id != record['occurrenceof'] and own_id else start}"
    return own_id or url or digest_key(name, start)


def _is_empty_list(data: Any) -> bool:
    """Whether an answer is an empty list, or has one under a key that platforms list events under."""
    if isinstance(data, dict):
        return any(data.get(key) == [] for key in keys_of("lists"))
    return isinstance(data, list) and not data
