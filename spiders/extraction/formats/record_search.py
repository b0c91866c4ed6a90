"""The events among an answer's objects: those with a name and a start, once for each occurrence they list."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from typing import Any

from spiders.extraction.formats.answer import MAX_DEPTH
from spiders.extraction.formats.record_fields import Record, keys_of, read_field, read_text
from spiders.extraction.formats.record_times import read_moment

MAX_NODES = 200_000
"""Objects and lists of one answer that are looked at, which bounds time."""
MAX_INSTANCES = 500
"""Occurrences of one record that are read, which bounds time."""
_MAX_INSTANCE_DEPTH = 4
"""Levels below a record at which its occurrences are looked for: by month and by day, say."""
_TIME_OBJECTS = ("scheduling", "when", "timing")
"""Keys of the object in which a record may keep its start and end."""
_TIME_FIELDS = ("start", "end", "start_time", "end_time", "timezone")


def find_records(data: Any, is_event: Callable[[Record], bool]) -> Iterator[Record]:
    """The records of an answer that are events, in order; each occurrence of an event that lists several is one.

    Args:
        data: The answer, its keys folded.
        is_event: Says of a record with a name and a start whether it is an event.
    """
    stack: list[tuple[Any, int]] = [(data, 0)]
    for _ in range(MAX_NODES):
        if not stack:
            return
        value, depth = stack.pop()
        events = [record for record in _occurrences(value) if is_event(record)] if isinstance(value, dict) else []
        yield from events
        if not events and isinstance(value, dict | list) and depth < MAX_DEPTH:
            children = value.values() if isinstance(value, dict) else value
            stack += [(child, depth + 1) for child in reversed(list(children)) if isinstance(child, dict | list)]


def _occurrences(record: Record) -> Iterator[Record]:
    """A record with a name and a start, once for each occurrence it lists; nothing for any other object."""
    name = read_text(read_field(record, "name"))
    if name is None:
        return
    record = _with_nested_times(record)
    instances = _find_instances(record, name)
    if not instances and read_moment(record, "start") is not None:
        yield record
    shared = {key: value for key, value in record.items() if key not in keys_of("start") and key not in keys_of("end")}
    for instance in instances:
        own = {key: value for key, value in instance.items() if key not in keys_of("name")}
        yield {**shared, **own, "occurrenceof": read_text(read_field(record, "id")) or ""}


def _with_nested_times(record: Record) -> Record:
    """The record with the times of an object within it: `{"scheduling": {"config": {"startDate": ...}}}`."""
    if read_moment(record, "start") is not None:
        return record
    nested = [record[key] for key in _TIME_OBJECTS if isinstance(record.get(key), dict)]
    nested += [inner for outer in nested for inner in outer.values() if isinstance(inner, dict)]
    nameless = (times for times in nested if read_field(times, "name") is None)
    times: Record = next((times for times in nameless if read_moment(times, "start")), {})
    keys = {key for field in _TIME_FIELDS for key in keys_of(field)}
    return {**record, **{key: value for key, value in times.items() if key in keys}}


def _find_instances(record: Record, name: str) -> list[Record]:
    """The objects within a record that state a start, and no name of their own: its occurrences."""
    instances: list[Record] = []
    for key in keys_of("instances"):
        queue = deque([(record.get(key), 0)])
        while queue and len(instances) < MAX_INSTANCES:
            value, depth = queue.popleft()
            if isinstance(value, dict) and read_moment(value, "start"):
                # A performance of "Inuk" may be called "7 July, 11:30: Inuk".
                instances += [value] if name in (read_text(read_field(value, "name")) or name) else []
            elif isinstance(value, dict) and depth and read_field(value, "name") is not None:
                continue  # an event of its own, with occurrences of its own
            elif isinstance(value, dict | list) and depth < _MAX_INSTANCE_DEPTH:
                queue += [(item, depth + 1) for item in (value.values() if isinstance(value, dict) else value)]
    return instances
