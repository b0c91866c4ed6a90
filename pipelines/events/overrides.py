"""People's decisions: which postings are one event, which are not, and the values of an event's fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from itertools import combinations
from pathlib import Path
from typing import Any, Self

from cattrs import BaseValidationError

from pipelines.events.lifecycle import PERSONS_OVERRIDE
from symposia.codec import event_from_json, to_json
from symposia.errors import OverridesError
from symposia.event import Event
from symposia.text.toml_files import toml_at

_FIXED_FIELDS = ("uid", "sequence", "created", "last_modified", "sources", "evidence", "recurrence", "timezone_assumed")
"""Fields that a person cannot set: the program's own, and rules of recurrence."""


@dataclass(frozen=True, kw_only=True)
class Overrides:
    """A person's decisions. Postings are named `source key`, as `symposia why` shows them.

    Attributes:
        same: Groups of postings that are one event.
        different: Groups of postings each of which is another event.
        values: Values of fields, by the event's UID.
    """

    same: tuple[frozenset[str], ...] = ()
    different: tuple[frozenset[str], ...] = ()
    values: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def rulings(self) -> Self | None:
        """Itself if it decides anything about postings; None if not, which spares callers the question for each pair."""
        return self if self.same or self.different else None

    def ruling(self, one: Event, other: Event) -> bool | None:
        """Whether two postings are one event; None where nobody has decided."""
        pair = frozenset((posting_name(one), posting_name(other)))
        if pair in self._different_pairs:
            return False
        return True if pair in self._same_pairs else None

    def partners(self, posting: Event) -> frozenset[str]:
        """The names of the postings that a person joined with this one, its own included; empty where nobody has decided."""
        return frozenset(name for pair in self._same_pairs if posting_name(posting) in pair for name in pair)

    @cached_property
    def _same_pairs(self) -> frozenset[frozenset[str]]:
        return _pairs_in(self.same)

    @cached_property
    def _different_pairs(self) -> frozenset[frozenset[str]]:
        return _pairs_in(self.different)

    def apply(self, event: Event) -> Event:
        """Set the fields of an event that a person has decided; its evidence says so of each."""
        values = self.values.get(event.uid)
        if not values:
            return event
        # The words that a field, or one of its values ("topics.math"), was read from no longer count as evidence.
        kept = {name: words for name, words in event.evidence if name.partition(".")[0] not in values}
        evidence = kept | dict.fromkeys(values, PERSONS_OVERRIDE)
        return replace(event_from_json({**to_json(event), **values}), evidence=tuple(sorted(evidence.items())))


def posting_name(posting: Event) -> str:
    """A posting's name in the overrides and for people: its source's id, and its key there."""
    return f"{posting.sources[0].id} {posting.sources[0].key}" if posting.sources else ""


def load_overrides(path: Path) -> Overrides:
    """Read the decisions in a TOML file; none where there is no such file.

    Raises:
        OverridesError: It is not TOML, or says something that cannot be decided; the message names the file and the fault.
    """
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
        same=_read_groups(path, data, "same"),
        different=_read_groups(path, data, "different"),
        values=_read_values(path, data),
    )


def _read_groups(path: Path, data: dict[str, Any], key: str) -> tuple[frozenset[str], ...]:
    groups = []
    for entry in _list_tables(path, data, key):
        names = entry.get("postings")
        if not (isinstance(names, list) and len(names) > 1 and all(isinstance(name, str) and name for name in names)):
            raise OverridesError(f'{path}: [[{key}]] needs postings = ["source key", "source key"]')
        groups.append(frozenset(names))
    return tuple(groups)


def _read_values(path: Path, data: dict[str, Any]) -> dict[str, dict[str, Any]]:
    known = {field.name for field in fields(Event)} - set(_FIXED_FIELDS)
    by_uid: dict[str, dict[str, Any]] = {}
    for entry in _list_tables(path, data, "event"):
        uid, values = entry.get("uid"), {name: value for name, value in entry.items() if name != "uid"}
        unknown = values.keys() - known
        if not isinstance(uid, str) or unknown or not values:
            fault = f"no field of an event: {', '.join(sorted(unknown))}" if unknown else "it needs a uid and a field"
            raise OverridesError(f"{path}: [[event]] {uid or ''}: {fault}")
        by_uid[uid] = _check_values(path, uid, values)
    return by_uid


def _check_values(path: Path, uid: str, values: dict[str, Any]) -> dict[str, Any]:
    """The values as JSON has them, once an event was made with them and holds them as they are."""
    plain = {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in values.items()}
    needed: dict[str, Any] = {"uid": uid, "name": "some event", "start": "2000-01-01"}
    try:
        event = event_from_json({**needed, **plain})
    except (BaseValidationError, ValueError, TypeError) as error:
        raise OverridesError(f"{path}: [[event]] {uid}: a value does not fit its field: {error}") from error
    for name, value in plain.items():
        if isinstance(value, str) and name not in ("start", "end") and getattr(event, name) != value:
            raise OverridesError(f"{path}: [[event]] {uid}: {name} would let a stranger into the meeting")
    return plain


def _list_tables(path: Path, data: dict[str, Any], key: str) -> list[dict[str, Any]]:
    tables = data.get(key, [])
    if not (isinstance(tables, list) and all(isinstance(table, dict) for table in tables)):
        raise OverridesError(f"{path}: {key} is a list of tables: [[{key}]]")
    return tables


def _pairs_in(groups: tuple[frozenset[str], ...]) -> frozenset[frozenset[str]]:
    return frozenset(frozenset(pair) for group in groups for pair in combinations(sorted(group), 2))
