"""Events in JSON or XML that is no standard: the answers of platforms, whatever they call a name and a start."""

from __future__ import annotations

import json
from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import sha256
from itertools import islice
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from lxml import etree

from spiders.extraction.dom.registration_links import links_in, with_links
from spiders.extraction.formats.record_fields import (
    Record,
    first,
    folded,
    is_midnight,
    key_of,
    keys_of,
    keywords_of,
    location_of,
    mode_of,
    moment_key,
    moment_of,
    status_of,
    text_of,
    web_of,
    zone_of,
)
from spiders.extraction.page import Extraction, Page, Refusal
from symposia.errors import Cause, ExtractionError
from symposia.moments import day_part, is_day
from symposia.posting import Posting
from symposia.text.plain_text import one_line, plain_text

MAX_DEPTH = 40
MAX_NODES = 200_000
"""Values of one answer that are looked at."""
MAX_EVENTS = 10_000
"""Events of one answer that are read."""
MAX_INSTANCES = 500
"""Occurrences of one record that are read."""
_TIMES_WITHIN = ("scheduling", "when", "timing")
"""What holds a record's own start and end, where the record does not state them itself."""
_TIME_FIELDS = ("start", "end", "start_time", "end_time", "timezone")


def extract_records(page: Page) -> Extraction:
    """The events of an answer in JSON or XML: every record with a name and a start; none where there are none.

    Raises ExtractionError for XML that declares entities. A list of records that is there, and empty, is `empty`.
    """
    data = _data(page)
    kind = "json" if _is_json(page) else "xml"
    postings = postings_in(page, data, kind)
    following = _next(page, data)
    cut = (Refusal(what="the rest of the answer", reason=f"more than {MAX_EVENTS} events"),)
    return Extraction(
        kind=kind,
        postings=tuple(postings[:MAX_EVENTS]),
        refusals=cut if len(postings) > MAX_EVENTS else (),
        next_pages=(following,) if following and postings else (),
        empty=not postings and _is_empty(data),
    )


def postings_in(page: Page, data: Any, extractor: str, counts: Callable[[Record], bool] | None = None) -> list[Posting]:
    """The events among the records of `data`, whose keys are folded, each once; none where there are none.

    `counts` says of a record with a name and a start whether it is an event; each is one where it is not given.
    """
    records = islice(_records(data, counts or (lambda record: True)), MAX_EVENTS + 1)
    found = (_posting(page, record, extractor) for record in records)
    unique = {(posting.source_key, posting.start): posting for posting in found if posting}
    several = Counter(key for key, _ in unique)
    # One id for all occurrences of an event: each is told by its start.
    return [
        replace(posting, source_key=f"{key}#{start}") if several[key] > 1 else posting
        for (key, start), posting in unique.items()
    ]


def is_records(page: Page) -> bool:
    """Whether the page is JSON, or XML that is no HTML."""
    return _is_json(page) or _is_xml(page)


def keys_folded(value: Any, depth: int = 0) -> Any:
    """JSON data, the keys of its objects without case and separators, down to `MAX_DEPTH` levels."""
    if isinstance(value, dict) and depth < MAX_DEPTH:
        return {folded(str(key)): keys_folded(one, depth + 1) for key, one in value.items()}
    if isinstance(value, list) and depth < MAX_DEPTH:
        return [keys_folded(one, depth + 1) for one in value]
    return value


def _is_json(page: Page) -> bool:
    return page.text.lstrip("\ufeff \t\r\n")[:1] in ("{", "[")


def _is_xml(page: Page) -> bool:
    head = page.text[:2048].lstrip("\ufeff \t\r\n").casefold()
    return head.startswith("<?xml") and "<html" not in head and "<!doctype html" not in head


def _data(page: Page) -> Any:
    if _is_xml(page):
        return _from_xml(page)
    try:
        return keys_folded(json.loads(page.text.lstrip("\ufeff"), strict=False))
    except (ValueError, RecursionError):
        return None


def _from_xml(page: Page) -> Any:
    if "<!ENTITY" in page.text:
        raise ExtractionError(Cause.WRONG_CONTENT, "XML that declares entities")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False)
    body = page.text.partition("?>")[2] if page.text.lstrip("\ufeff \t\r\n").startswith("<?xml") else page.text
    try:
        root = etree.fromstring(body.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None
    return _element(root, 0) if root is not None else None


def _element(element: Any, depth: int) -> Any:
    """An XML element as an object of its attributes and children; as its text, where it has neither."""
    found: dict[str, Any] = {folded(etree.QName(name).localname): value for name, value in element.attrib.items()}
    for child in element:
        if not isinstance(child.tag, str) or depth > MAX_DEPTH:
            continue
        name, value = folded(etree.QName(child).localname), _element(child, depth + 1)
        # What is said twice, in UTC and for the reader, say, is kept in order.
        before = found.get(name)
        found[name] = [*(before if isinstance(before, list) else [before]), value] if name in found else value
    text = (element.text or "").strip()
    if found and text:
        found.setdefault("value", text)
    return found or text


def _records(data: Any, counts: Callable[[Record], bool]) -> Iterator[Record]:
    """The records of an answer, in order: each occurrence of an event that lists several is one."""
    stack: list[tuple[Any, int]] = [(data, 0)]
    for _ in range(MAX_NODES):
        if not stack:
            return
        value, depth = stack.pop()
        events = [one for one in _occurrences(value) if counts(one)] if isinstance(value, dict) else []
        yield from events
        if not events and isinstance(value, dict | list) and depth < MAX_DEPTH:
            children = value.values() if isinstance(value, dict) else value
            stack += [(child, depth + 1) for child in reversed(list(children)) if isinstance(child, dict | list)]


def _occurrences(record: Record) -> Iterator[Record]:
    """The event that a record with a name and a start is, once for each of its occurrences; nothing where it is none."""
    name = text_of(first(record, "name"))
    if name is None:
        return
    record = _with_its_times(record)
    instances = _instances(record, name)
    if not instances and moment_of(record, "start") is not None:
        yield record
    own = {key: value for key, value in record.items() if key not in keys_of("start") and key not in keys_of("end")}
    for instance in instances:
        more = {key: value for key, value in instance.items() if key not in keys_of("name")}
        yield {**own, **more, "occurrenceof": text_of(first(record, "id")) or ""}


def _with_its_times(record: Record) -> Record:
    """The record, with the times that it keeps in an object of their own: `{"scheduling": {"config": {"startDate": ...}}}`."""
    if moment_of(record, "start") is not None:
        return record
    nested = [record[key] for key in _TIMES_WITHIN if isinstance(record.get(key), dict)]
    nested += [inner for one in nested for inner in one.values() if isinstance(inner, dict)]
    times: Record = next((one for one in nested if first(one, "name") is None and moment_of(one, "start")), {})
    keys = {key for field in _TIME_FIELDS for key in keys_of(field)}
    return {**record, **{key: value for key, value in times.items() if key in keys}}


def _instances(record: Record, name: str) -> list[Record]:
    """The nested records of a record that state a start, and no name of their own: the times at which it takes place."""
    found: list[Record] = []
    for key in keys_of("instances"):
        nested = deque([(record.get(key), 0)])
        while nested and len(found) < MAX_INSTANCES:
            value, depth = nested.popleft()
            if isinstance(value, dict) and moment_of(value, "start"):
                # "7 July, 11:30: Inuk", as a performance of "Inuk" may be called.
                found += [value] if name in (text_of(first(value, "name")) or name) else []
            elif isinstance(value, dict) and depth and first(value, "name") is not None:
                continue  # a record of its own, whose occurrences these are
            elif isinstance(value, dict | list) and depth < 4:
                nested += [(one, depth + 1) for one in (value.values() if isinstance(value, dict) else value)]
    return found


def _posting(page: Page, record: Record, extractor: str) -> Posting | None:
    name, start = one_line(text_of(first(record, "name"))), moment_of(record, "start")
    if name is None or start is None:
        return None
    end = moment_of(record, "end")
    if is_midnight(start) and (end is None or is_midnight(end)):
        start, end = day_part(start), day_part(end) or None
    url, description = web_of(page, record, "url"), text_of(first(record, "description"))
    posting = Posting(
        origin=page.origin(extractor),
        source_key=_key(record, url, name, start),
        name=name,
        start=start,
        end=end if end != start or is_day(start) else None,
        timezone=zone_of(record),
        status=status_of(record),
        attendance_mode=mode_of(record),
        kind=text_of(first(record, "kind")),
        location=location_of(record),
        url=url,
        registration_url=web_of(page, record, "registration"),
        description=plain_text(description),
        organizer=one_line(text_of(first(record, "organizer"))),
        keywords=keywords_of(record),
        price="free" if record.get("free") is True or record.get("isfree") is True else None,
        evidence=(("name", f"field {key_of(record, 'name')}"), ("start", f"field {moment_key(record, 'start')}")),
    )
    return with_links(posting, page, links_in(description))


def _key(record: Record, url: str | None, name: str, start: str) -> str:
    """The platform's own id, with the start where it is one of several occurrences; else the address, else a digest."""
    own = text_of(first(record, "id"))
    if record.get("occurrenceof"):
        return f"{record['occurrenceof']}#{own if own != record['occurrenceof'] and own else start}"
    return own or url or "sha256:" + sha256(f"{name}|{start}".encode("utf-8", "replace")).hexdigest()[:32]


def _next(page: Page, data: Any) -> str | None:
    """The address of the answer after this one: as it says itself, or by its number or token; None where it is the last."""
    if not isinstance(data, dict):
        return None
    links = data.get("links")
    stated = data.get("nextresturl") or data.get("next") or (links.get("next") if isinstance(links, dict) else None)
    if isinstance(stated, str) and stated.startswith(("http", "/")):
        return page.link(stated)
    if isinstance(token := data.get("nextpagetoken"), str):
        return _with(page.url, pageToken=token)
    if (number := _next_number(data.get("page"))) is not None:
        return _with(page.url, page=str(number))
    if data.get("hasmore") is True and isinstance(data.get("nextcursor"), str):
        return _with(page.url, pagination_cursor=data["nextcursor"])
    return None


def _next_number(page: Any) -> int | None:
    """The number after `{"current": 1, "total": 3}`; None for the last, and for anything else."""
    current, total = (page.get("current"), page.get("total")) if isinstance(page, dict) else (None, None)
    return current + 1 if isinstance(current, int) and isinstance(total, int) and current < total else None


def _with(url: str, **values: str) -> str:
    """An address with those values in its query."""
    parts = urlsplit(url)
    query = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] not in values]
    return urlunsplit(parts._replace(query=urlencode([*query, *values.items()])))


def _is_empty(data: Any) -> bool:
    """Whether an answer is a list of nothing, or names one that is called as lists of events are."""
    if isinstance(data, dict):
        return any(data.get(key) == [] for key in keys_of("lists"))
    return isinstance(data, list) and not data
