"""What a person has decided of events: which postings are one event, which are not, and what a field says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from itertools import combinations
from pathlib import Path
from typing import Any, Self

from cattrs import BaseValidationError

from pipelines.events.lifecycle import A_PERSON
from symposia.codec import event_from_json, to_json
from symposia.errors import OverridesError
from symposia.event import Event
from symposia.lexicon.toml_files import toml_at

_FIXED = ("uid", "sequence", "created", "last_modified", "sources", "evidence", "recurrence", "timezone_assumed")


@dataclass(frozen=True, kw_only=True)
class Overrides:
    """A person's decisions. Postings are named `source key`, as `symposia why` shows them; events by their UID.

    `same` and `different` are groups of postings that are one event, or each another. `values` are fields by UID.
    """

    same: tuple[frozenset[str], ...] = ()
    different: tuple[frozenset[str], ...] = ()
    values: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def rulings(self) -> Self | None:
        """Itself, where it decides of any postings; None where it doesn't, and nobody need ask."""
        return self if self.same or self.different else None

    def ruling(self, one: Event, other: Event) -> bool | None:
        """Whether two postings are one event; None where nobody has decided."""
        pair = frozenset((name_of(one), name_of(other)))
        return False if pair in self._apart else True if pair in self._joined else None

    def partners(self, one: Event) -> frozenset[str]:
        """The names of the postings that are the same event as this one."""
        return frozenset(name for pair in self._joined if name_of(one) in pair for name in pair)

    @cached_property
    def _joined(self) -> frozenset[frozenset[str]]:
        return _pairs(self.same)

    @cached_property
    def _apart(self) -> frozenset[frozenset[str]]:
        return _pairs(self.different)

    def applied(self, event: Event) -> Event:
        """The event with the fields that a person has set; each says so in its evidence."""
        values = self.values.get(event.uid)
        if not values:
            return event
        # What said so before says nothing any more: neither of a field, nor of one of its values ("topics.math").
        said = {name: words for name, words in event.evidence if name.partition(".")[0] not in values}
        evidence = said | dict.fromkeys(values, A_PERSON)
        return replace(event_from_json({**to_json(event), **values}), evidence=tuple(sorted(evidence.items())))


def name_of(posting: Event) -> str:
    """A posting's name in the overrides and for people: its source's id, and its key there."""
    return f"{posting.sources[0].id} {posting.sources[0].key}" if posting.sources else ""


def load_overrides(path: Path) -> Overrides:
    """The decisions in a TOML file; none where there is no such file. Raises OverridesError, naming the fault."""
    if not path.exists():
        return Overrides()
    try:
        data = toml_at(path)
    except (OSError, ValueError) as error:
        raise OverridesError(f"{path}: {error}") from error
    unknown = data.keys() - {"same", "different", "event"}
    if unknown:
        raise OverridesError(f"{path}: unknown: {', '.join(sorted(unknown))}; known are same, different and event")
    return Overrides(
        same=_groups(path, data, "same"), different=_groups(path, data, "different"), values=_values(path, data)
    )


def _groups(path: Path, data: dict[str, Any], key: str) -> tuple[frozenset[str], ...]:
    found = []
    for entry in _tables(path, data, key):
        names = entry.get("postings")
        if not (isinstance(names, list) and len(names) > 1 and all(isinstance(one, str) and one for one in names)):
            raise OverridesError(f'{path}: [[{key}]] needs postings = ["source key", "source key"]')
        found.append(frozenset(names))
    return tuple(found)


def _values(path: Path, data: dict[str, Any]) -> dict[str, dict[str, Any]]:
    names = {one.name for one in fields(Event)} - set(_FIXED)
    found: dict[str, dict[str, Any]] = {}
    for entry in _tables(path, data, "event"):
        uid, values = entry.get("uid"), {name: value for name, value in entry.items() if name != "uid"}
        wrong = values.keys() - names
        if not isinstance(uid, str) or wrong or not values:
            said = f"no field of an event: {', '.join(sorted(wrong))}" if wrong else "it needs a uid and a field"
            raise OverridesError(f"{path}: [[event]] {uid or ''}: {said}")
        found[uid] = _checked(path, uid, values)
    return found


def _checked(path: Path, uid: str, values: dict[str, Any]) -> dict[str, Any]:
    """The values as JSON has them, once an event was made with them."""
    plain = {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in values.items()}
    some: dict[str, Any] = {"uid": uid, "name": "some event", "start": "2000-01-01"}
    try:
        event = event_from_json({**some, **plain})
    except (BaseValidationError, ValueError, TypeError) as error:
        raise OverridesError(f"{path}: [[event]] {uid}: a value is none of its field: {error}") from error
    for name, value in plain.items():
        if isinstance(value, str) and name not in ("start", "end") and getattr(event, name) != value:
            raise OverridesError(f"{path}: [[event]] {uid}: {name} would let a stranger into the meeting")
    return plain


def _tables(path: Path, data: dict[str, Any], key: str) -> list[dict[str, Any]]:
    tables = data.get(key, [])
    if not (isinstance(tables, list) and all(isinstance(one, dict) for one in tables)):
        raise OverridesError(f"{path}: {key} is a list of tables: [[{key}]]")
    return tables


def _pairs(groups: tuple[frozenset[str], ...]) -> frozenset[frozenset[str]]:
    return frozenset(frozenset(pair) for group in groups for pair in combinations(sorted(group), 2))
