"""What words mean in dates, in over fifty languages: vocabulary.json, compiled by `cldr`."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, TypeAlias

from symposia.when.folding import WORD
from symposia.when.pieces import SPACELESS

Roles: TypeAlias = dict[str, Any]
"""What a word may be in a date (see words.toml), each with its value: {"month": 3}, {"range": 1}."""
Phrase: TypeAlias = tuple[tuple[str, ...], Roles]
"""The words of a phrase, and what it means."""
NumberPattern: TypeAlias = tuple[tuple[str, ...], tuple[str, ...], int]
"""The words before and after a number of days or weeks to come, "in" 3 "days", and how many days one of them is."""

NO_ROLES: Roles = {}
_part_of_phrase = re.compile(rf"[^\W\d_]/[^\W\d_](?!\w)|{WORD}|\d+|[^\w\s]")
_spaceless = re.compile(f"[{SPACELESS}]")
_DATE_ROLES = frozenset(
    (
        "month", "weekday", "month_lead", "weekday_lead", "relative", "next", "this", "ahead", "every", "fortnight", "plural",
        "always", "nth", "unit", "season", "quarter", "tba",
    )
)  # fmt: skip
"""The roles of words that tell dates: each date, rule or part of a year in words holds a word of one."""
_TIME_ROLES = frozenset(("am", "pm", "period", "hour", "oclock", "clock"))
"""The roles of words that make a time of day of a number, or are one."""
_ROLES_OF_ENGLISH = frozenset(
    ("month", "weekday", "am", "pm", "numbered", "tba", "range", "list", "at", "clock", "address")
)
"""The roles of English words that pages in other languages use too."""
_OTHER_CODES = {"no": "nb", "iw": "he", "in": "id", "ua": "uk"}
"""Languages by other codes: a macrolanguage, two withdrawn codes (BCP 47), and a country's for its language."""


@dataclass(frozen=True, slots=True)
class Language:
    """The words of a language, and how it writes numeric dates."""

    code: str
    order: str
    """The order of the numbers in a date (CLDR's short date pattern): "dmy", "mdy" or "ymd"."""
    pair_order: str
    """The order of day and month in a date without a year: "dmy" or "mdy"."""
    dotted_time: bool
    """Whether times are written with a dot: 14.30."""
    words: dict[str, Roles]
    phrases: dict[str, list[Phrase]]
    """Phrases by their first word, the longest first."""
    spaceless: dict[str, list[str]]
    """Words of scripts without spaces by their first character, the longest first."""
    ahead: tuple[NumberPattern, ...]
    time_words: frozenset[str]
    """Words that tell times of day: each time that is no number by itself holds one."""


@cache
def vocabulary_data() -> dict[str, Any]:
    """The vocabulary as `cldr.compile_vocabulary` made it."""
    data: dict[str, Any] = json.loads((Path(__file__).parent / "vocabulary.json").read_text(encoding="utf-8"))
    return data


@cache
def language_codes() -> tuple[str, ...]:
    """The languages of the vocabulary (BCP 47), the likelier first."""
    return tuple(vocabulary_data()["languages"])


def zone_names() -> dict[str, str]:
    """IANA zones by what people write for them, folded."""
    names: dict[str, str] = vocabulary_data()["zones"]
    return names


def eras() -> dict[str, int]:
    """Japanese and Chinese eras by their names, each with the year before its first."""
    years: dict[str, int] = vocabulary_data()["eras"]
    return years


@cache
def date_words() -> frozenset[str]:
    """Folded words, in any language, that tell dates: each date, rule or part of a year in words holds one."""
    words = set(eras())
    for data in (vocabulary_data()["languages"][code] for code in language_codes()):
        words.update(_first_part(name) for name, roles in data["words"].items() if not _DATE_ROLES.isdisjoint(roles))
        words.update(
            part for before, after, _ in data["ahead"] for part in _part_of_phrase.findall(f"{before} {after}")
        )
    return frozenset(words)


def _first_part(name: str) -> str:
    return name if is_spaceless(name) else parts_of(name)[0]


def is_spaceless(name: str) -> bool:
    """Whether a name is of a script that writes words together."""
    return _spaceless.match(name) is not None


def parts_of(name: str) -> list[str]:
    """The words, numbers and marks of a name, cut as texts are."""
    return _part_of_phrase.findall(name)


@cache
def ordinals() -> frozenset[str]:
    """What makes a number an ordinal in any language."""
    languages = vocabulary_data()["languages"].values()
    return frozenset(name for data in languages for name, roles in data["words"].items() if "ordinal" in roles)


@cache
def ambiguous_months() -> frozenset[str]:
    """Names of months that, in small letters, are other English words too: "may", "march"."""
    return frozenset(
        name for name, roles in vocabulary_data()["languages"]["en"]["words"].items() if "doubtful" in roles
    )


@cache
def month_first_zones() -> frozenset[str]:
    """The zones (IANA) of the places where 3/4 is 4 March."""
    return frozenset(vocabulary_data()["month_first"])


@lru_cache(maxsize=256)
def known_code(language: str | None) -> str | None:
    """The vocabulary's code for a BCP 47 tag; None for a language that it does not hold.

    >>> known_code("pt-BR"), known_code("no"), known_code("tlh")
    ('pt', 'nb', None)
    """
    tag = (language or "").replace("_", "-").casefold()
    base = _OTHER_CODES.get(tag.split("-")[0], tag.split("-")[0])
    if "latn" in tag and f"{base}-Latn" in language_codes():
        return f"{base}-Latn"
    return base if base in language_codes() else None


@cache
def language(code: str) -> Language:
    """A language of `language_codes`, with the English words that all pages use where it has no meaning of its own."""
    data = vocabulary_data()["languages"][code]
    words: dict[str, Roles] = {}
    phrases: dict[str, list[Phrase]] = defaultdict(list)
    spaceless: dict[str, list[str]] = defaultdict(list)
    for name, roles in (*data["words"].items(), *(_english_words() if code != "en" else ())):
        # A word that is not known of a script without spaces is cut into its characters.
        parts = tuple(name.replace(" ", "") if is_spaceless(name) else parts_of(name))
        alone = is_spaceless(name) and " " not in name
        if alone:
            spaceless[name[0]].append(name)
        if len(parts) == 1 or alone:
            words.setdefault(name, roles)
        else:
            phrases[parts[0]].append((parts, roles))
    for several in phrases.values():
        several.sort(key=lambda phrase: -len(phrase[0]))
    for names in spaceless.values():
        names.sort(key=len, reverse=True)
    return Language(
        code=code,
        order=data["order"],
        pair_order=data["pair_order"],
        dotted_time=data["dotted_time"],
        words=words,
        phrases=phrases,
        spaceless=spaceless,
        ahead=tuple((tuple(parts_of(before)), tuple(parts_of(after)), days) for before, after, days in data["ahead"]),
        time_words=frozenset(_time_words(words, phrases)),
    )


def _time_words(words: Mapping[str, Roles], phrases: Mapping[str, list[Phrase]]) -> Iterator[str]:
    """The words that tell times of day; of a phrase, its longest word."""
    for name, roles in words.items():
        if not _TIME_ROLES.isdisjoint(roles):
            yield name
    for several in phrases.values():
        yield from (max(parts, key=len) for parts, roles in several if not _TIME_ROLES.isdisjoint(roles))


@cache
def _english_words() -> tuple[tuple[str, Roles], ...]:
    words = vocabulary_data()["languages"]["en"]["words"].items()
    shared = ((name, {role: roles[role] for role in roles if role in _ROLES_OF_ENGLISH}) for name, roles in words)
    return tuple((name, roles) for name, roles in shared if roles)
