"""Events and postings as the JSON text of the store, and digests that tell whether an event has changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256

from symposia.codec import to_json
from symposia.event import Event
from symposia.posting import Posting
from symposia.private_links import without_private_links

_BOOKKEEPING = ("sequence", "created", "last_modified")
"""Fields that say when we wrote an event, and nothing of the event."""


def serialize_event(event: Event) -> tuple[str, str]:
    """Serialize an event as JSON text; the text and the event's digest."""
    data = to_json(event)
    return json.dumps(data, ensure_ascii=False), _digest(data)


def serialize_posting(posting: Posting) -> str:
    """Serialize a posting as JSON text, without private links: nothing that the store holds lets a stranger in."""
    return json.dumps(to_json(without_private_links(posting)), ensure_ascii=False)


def digest_event(event: Event) -> str:
    """Digest all fields of an event but its bookkeeping (SHA-256, hex)."""
    return _digest(to_json(event))


def _digest(data: Mapping[str, object]) -> str:
    content = {name: value for name, value in data.items() if name not in _BOOKKEEPING}
    text = json.dumps(content, sort_keys=True, ensure_ascii=False)
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
