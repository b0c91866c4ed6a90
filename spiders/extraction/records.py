"""Events in JSON or XML that is no standard: the answers of platforms, whatever they call a name and a start."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from typing import Any, TypeAlias
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from lxml import etree

from spiders.extraction.marks import marks
from spiders.extraction.page import Extraction, Page
from symposia.errors import Cause, ExtractionError
from symposia.event import Location
from symposia.posting import Posting
from symposia.prose import one_line, plain_text
from symposia.when.iso import iso

Record: TypeAlias = Mapping[str, Any]
"""A JSON object, or an XML element as one: its keys as `_folded` makes them."""

MAX_DEPTH = 12
MAX_NODES = 200_000
"""Values of one answer that are looked at."""
MAX_INSTANCES = 500
"""Occurrences of one record that are read."""
_EPOCH = (1e9, 4e9)
"""Seconds since 1970 that a number must lie between to be taken for a moment: 2001 to 2096."""


def extract_records(page: Page) -> Extraction:
    """The events of an answer in JSON or XML: every record with a name and a start; none where there are none.

    Raises ExtractionError for XML that declares entities. A list of records that is there, and empty, is `empty`.
    """
    data = _data(page)
    postings = tuple(posting for record in _records(data) if (posting := _posting(page, record)))
    unique = {posting.source_key: posting for posting in postings}
    following = _next(page, data)
    return Extraction(
        kind="json" if _is_json(page) else "xml",
        postings=tuple(unique.values()),
        next_pages=(following,) if following and postings else (),
        empty=not postings and _is_empty(data),
    )


def is_records(page: Page) -> bool:
    """Whether the page is JSON, or XML that is no HTML."""
    return _is_json(page) or _is_xml(page)


def _is_json(page: Page) -> bool:
    return page.text.lstrip("\ufeff \t\r\n")[:1] in ("{", "[")


def _is_xml(page: Page) -> bool:
    head = page.text[:2048].lstrip("\ufeff \t\r\n").casefold()
    return head.startswith("<?xml") and "<html" not in head and "<!doctype html" not in head


def _data(page: Page) -> Any:
    if _is_xml(page):
        return _from_xml(page)
    try:
        return _keys_folded(json.loads(page.text.lstrip("\ufeff"), strict=False))
    except (ValueError, RecursionError):
        return None


def _from_xml(page: Page) -> Any:
    if "<!ENTITY" in page.text:
        raise ExtractionError(Cause.WRONG_CONTENT, "XML that declares entities")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False)
    body = page.text.partition("?>")[2] if page.text.lstrip("\ufeff \t\r\n").startswith("<?xml") else page.text
    root = etree.fromstring(body.encode("utf-8", "replace"), parser)
    return _element(root, 0) if root is not None else None


def _element(element: Any, depth: int) -> Any:
    """An XML element as an object of its attributes and children; as its text, where it has neither."""
    found: dict[str, Any] = {_folded(etree.QName(name).localname): value for name, value in element.attrib.items()}
    for child in element:
        if not isinstance(child.tag, str) or depth > MAX_DEPTH:
            continue
        name, value = _folded(etree.QName(child).localname), _element(child, depth + 1)
        # What is said twice, in UTC and for the reader, say, is kept in order.
        found[name] = (
            [*(found[name] if isinstance(found[name], list) else [found[name]]), value] if name in found else value
        )
    text = (element.text or "").strip()
    if found and text:
        found.setdefault("value", text)
    return found or text


def _keys_folded(value: Any, depth: int = 0) -> Any:
    if isinstance(value, dict) and depth < MAX_DEPTH:
        return {_folded(str(key)): _keys_folded(one, depth + 1) for key, one in value.items()}
    if isinstance(value, list) and depth < MAX_DEPTH:
        return [_keys_folded(one, depth + 1) for one in value]
    return value


def _folded(key: str) -> str:
    """A key without its case and its separators: `startDate`, `start_date` and `start-date` are one."""
    return key.casefold().translate({ord(mark): None for mark in "_- :$@"})


@cache
def _keys(name: str) -> tuple[str, ...]:
    """What platforms call a field, the surest first."""
    return marks("records", name)


def _first(record: Record, name: str) -> Any:
    return next((record[key] for key in _keys(name) if record.get(key) not in (None, "", [], {})), None)


def _records(data: Any) -> Iterator[Record]:
    """The records of an answer, in order: each occurrence of an event that lists several is one."""
    stack: list[tuple[Any, int]] = [(data, 0)]
    for _ in range(MAX_NODES):
        if not stack:
            return
        value, depth = stack.pop()
        if isinstance(value, dict) and _names_an_event(value):
            yield from _occurrences(value)
        elif isinstance(value, dict | list) and depth < MAX_DEPTH:
            children = value.values() if isinstance(value, dict) else value
            stack += [(child, depth + 1) for child in reversed(list(children)) if isinstance(child, dict | list)]


def _names_an_event(record: Record) -> bool:
    named = _text(_first(record, "name")) is not None
    return named and (_moment(record, "start") is not None or bool(_instances(record)))


def _instances(record: Record) -> list[Record]:
    """The nested records of a record that state a start, and no name of their own: the times at which it takes place."""
    name = _text(_first(record, "name")) or ""
    found: list[Record] = []
    for key in _keys("instances"):
        nested = deque([(record.get(key), 0)])
        while nested and len(found) < MAX_INSTANCES:
            value, depth = nested.popleft()
            if isinstance(value, dict) and _moment(value, "start"):
                # "7 July, 11:30: Inuk", as a performance of "Inuk" may be called.
                found += [value] if name in (_text(_first(value, "name")) or name) else []
            elif isinstance(value, dict) and depth and _first(value, "name") is not None:
                continue  # a record of its own, whose occurrences these are
            elif isinstance(value, dict | list) and depth < 4:
                nested += [(one, depth + 1) for one in (value.values() if isinstance(value, dict) else value)]
    return found


def _occurrences(record: Record) -> Iterator[Record]:
    instances = _instances(record)
    if not instances:
        yield record
    ends = set(_keys("end"))
    for instance in instances:
        shared = {key: value for key, value in record.items() if key not in ends and key not in _keys("start")}
        own = {key: value for key, value in instance.items() if key not in _keys("name")}
        yield {**shared, **own, "occurrenceof": _text(_first(record, "id")) or ""}


def _posting(page: Page, record: Record) -> Posting | None:
    name, start = one_line(_text(_first(record, "name"))), _moment(record, "start")
    if name is None or start is None:
        return None
    end = _moment(record, "end")
    if _is_midnight(start) and (end is None or _is_midnight(end)):
        start, end = start[:10], end[:10] if end else None
    url = _web(page, _first(record, "url"))
    return Posting(
        origin=page.origin("json" if _is_json(page) else "xml"),
        source_key=_key(record, url, name, start),
        name=name,
        start=start,
        end=end,
        timezone=_zone(record),
        status=_status(record),
        attendance_mode=_mode(record),
        kind=_text(_first(record, "kind")),
        location=_location(record),
        url=url,
        registration_url=_web(page, _first(record, "registration")),
        description=plain_text(_text(_first(record, "description"))),
        organizer=one_line(_text(_first(record, "organizer"))),
        keywords=_keywords(record),
        price="free" if record.get("free") is True or record.get("isfree") is True else None,
        evidence=(("name", _said(record, "name")), ("start", _said(record, "start"))),
    )


def _said(record: Record, name: str) -> str:
    return f"field {next((key for key in _keys(name) if record.get(key) not in (None, '', [], {})), name)}"


def _moment(record: Record, name: str) -> str | None:
    """A start or end in ISO 8601; None where the record states none that a machine can read."""
    value = _first(record, name)
    for part in value if isinstance(value, list) else [value]:
        found = _read_moment(part)
        if found is not None:
            time = _first(record, f"{name}_time")
            return f"{found}T{time}" if len(found) == 10 and isinstance(time, str) and iso(f"{found}T{time}") else found
    return None


def _read_moment(value: Any) -> str | None:
    if isinstance(value, dict):
        if "date" in value and isinstance(value.get("time"), str) and (both := iso(f"{value['date']}T{value['time']}")):
            return iso(_text(value.get("iso"))) or both
        return next((found for key in _keys("moment") if (found := _read_moment(value.get(key)))), None)
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float) or (isinstance(value, str) and value.isdigit() and len(value) in (10, 13)):
        seconds = float(value) / (1000 if float(value) > _EPOCH[1] else 1)
        within = _EPOCH[0] < seconds < _EPOCH[1]
        return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="minutes") if within else None
    return iso(value) if isinstance(value, str) else None


def _is_midnight(moment: str) -> bool:
    return len(moment) == 10 or (moment[10:16] == "T00:00" and len(moment) <= 19)


def _zone(record: Record) -> str | None:
    start = _first(record, "start")
    nested = _first(start, "timezone") if isinstance(start, dict) else None
    stated = _text(_first(record, "timezone")) or _text(nested)
    return stated if stated and "/" in stated else None


def _status(record: Record) -> str | None:
    if any(record.get(key) in (True, "true", 1) for key in ("iscancelled", "iscanceled", "cancelled", "canceled")):
        return "cancelled"
    return _text(_first(record, "status"))


def _mode(record: Record) -> str | None:
    online = next((record[key] for key in _keys("online") if isinstance(record.get(key), bool)), None)
    stated = _text(_first(record, "mode"))
    return (
        "online"
        if online
        else {"offline": "in person", "physical": "in person", "inperson": "in person"}.get(
            _folded(stated or ""), stated
        )
    )


def _location(record: Record) -> Location | None:
    stated = _first(record, "place")
    stated = next((one for one in stated if one), None) if isinstance(stated, list) else stated
    inner = stated if isinstance(stated, dict) else {}
    place = Location(
        name=one_line(
            _text(_first(inner, "name"))
            or _text(_first(record, "place_name"))
            or (stated if isinstance(stated, str) else None)
        ),
        address=one_line(_text(_first(inner, "address")) or _text(_first(record, "address"))),
        city=one_line(_text(inner.get("city"))),
        region=one_line(_text(inner.get("region")) or _text(inner.get("state"))),
        country=one_line(_text(inner.get("countrycode")) or _text(inner.get("country"))),
    )
    return place if place != Location() else None


def _text(value: Any) -> str | None:
    """A value as text: of an object its name, of a list its first; None where it says nothing."""
    if isinstance(value, list):
        return next((text for one in value[:20] if (text := _text(one))), None)
    if isinstance(value, dict):
        return next(
            (
                text
                for key in ("name", "title", "rendered", "text", "label", "value", "en", "html")
                if isinstance(text := value.get(key), str) and text
            ),
            None,
        )
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return value.strip() or None if isinstance(value, str) else None


def _web(page: Page, value: Any) -> str | None:
    text = _text(value)
    if isinstance(value, dict):
        text = next((one for key in ("public", "url", "href", "html") if isinstance(one := value.get(key), str)), text)
    return page.link(text) if text and text.startswith(("http://", "https://", "/")) else None


def _keywords(record: Record) -> tuple[str, ...]:
    stated = _first(record, "keywords")
    words = stated if isinstance(stated, list) else str(stated or "").split(",")
    return tuple(dict.fromkeys(word for one in words[:30] if (word := one_line(_text(one), limit=80))))


def _key(record: Record, url: str | None, name: str, start: str) -> str:
    """The platform's own id, with the start where it is one of several occurrences; else the address, else a digest."""
    own = _text(_first(record, "id"))
    if record.get("occurrenceof"):
        return f"{record['occurrenceof']}#{own if own != record['occurrenceof'] and own else start}"
    return own or url or "sha256:" + sha256(f"{name}|{start}".encode("utf-8", "replace")).hexdigest()[:32]


def _next(page: Page, data: Any) -> str | None:
    """The address of the answer after this one: as it says itself, or by its number or token."""
    if not isinstance(data, dict):
        return None
    stated = (
        data.get("nextresturl") or data.get("next") or (data.get("links") or {}).get("next")
        if isinstance(data.get("links") or {}, dict)
        else None
    )
    if isinstance(stated, str) and stated.startswith(("http", "/")):
        return page.link(stated)
    token = data.get("nextpagetoken")
    if isinstance(token, str):
        return _with(page.url, pageToken=token)
    number = data.get("page")
    if (
        isinstance(number, dict)
        and isinstance(number.get("current"), int)
        and isinstance(number.get("total"), int)
        and number["current"] < number["total"]
    ):
        return _with(page.url, page=str(number["current"] + 1))
    if data.get("hasmore") is True and isinstance(data.get("nextcursor"), str):
        return _with(page.url, pagination_cursor=data["nextcursor"])
    return None


def _with(url: str, **values: str) -> str:
    """An address with those values in its query."""
    parts = urlsplit(url)
    query = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] not in values]
    return urlunsplit(parts._replace(query=urlencode([*query, *values.items()])))


def _is_empty(data: Any) -> bool:
    """Whether an answer is a list of nothing, or names one that is called as lists of events are."""
    if isinstance(data, dict):
        return any(data.get(key) == [] for key in _keys("lists"))
    return isinstance(data, list) and not data
