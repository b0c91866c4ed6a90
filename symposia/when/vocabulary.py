"""What words mean in dates, in over fifty languages: vocabulary.json, which `cldr` compiles."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, TypeAlias

from symposia.when.folding import WORD, fold

Roles: TypeAlias = dict[str, Any]
"""What a word may be in a date (see words.toml), each with its value: {"month": 3}, {"range": 1}."""

NO_ROLES: Roles = {}
_VOTES = (
    "month",
    "weekday",
    "range",
    "list",
    "hour",
    "every",
    "next",
    "plural",
    "relative",
    "season",
    "period",
    "month_lead",
    "am",
    "pm",
    "quarter",
    "tba",
    "ahead",
)
"""The roles whose words tell a language; the others are too short or too common."""
_piece = re.compile(rf"[^\W\d_]/[^\W\d_](?!\w)|{WORD}|\d+|[^\w\s]")
SPACELESS = "\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
"""Scripts that write words together: Thai, kana, Han; and Hangul, whose particles are joined to numbers."""
_spaceless = re.compile(f"[{SPACELESS}]")


Ahead: TypeAlias = tuple[tuple[str, ...], tuple[str, ...], int]
"""The words before and after a number of days or weeks to come, "in" 3 "days", and how many days one is."""


@dataclass(frozen=True, slots=True)
class Language:
    """The words of a language, its phrases by their first word, its spaceless words, and how it writes numeric dates."""

    code: str
    order: str
    pair_order: str
    dotted_time: bool
    words: dict[str, Roles]
    phrases: dict[str, list[tuple[tuple[str, ...], Roles]]]
    spaceless: dict[str, list[str]]
    ahead: tuple[Ahead, ...]
    timing: frozenset[str]
    """Words of which each that makes a time of day of a number, or is one itself, holds one."""


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = json.loads((Path(__file__).parent / "vocabulary.json").read_text(encoding="utf-8"))
    return data


@cache
def codes() -> tuple[str, ...]:
    """The languages that are known (BCP 47), the likelier first."""
    return tuple(_data()["languages"])


def zones() -> dict[str, str]:
    """IANA zones by what people write for them, folded."""
    found: dict[str, str] = _data()["zones"]
    return found


def eras() -> dict[str, int]:
    """Eras by their names, with the year before their first."""
    found: dict[str, int] = _data()["eras"]
    return found


@cache
def telling() -> frozenset[str]:
    """Folded words, of any language, of which every date in words, day told from today, rule and part of a year holds one."""
    found = set(eras())
    for own in (_data()["languages"][code] for code in codes()):
        found.update(_first_piece(name) for name, roles in own["words"].items() if not _TELLING.isdisjoint(roles))
        found.update(piece for before, after, _ in own["ahead"] for piece in _piece.findall(f"{before} {after}"))
    return frozenset(found)


def _first_piece(name: str) -> str:
    return name if _spaceless.match(name) else _piece.findall(name)[0]


@cache
def ordinals() -> frozenset[str]:
    """What makes a number an ordinal in any language."""
    languages = _data()["languages"].values()
    return frozenset(name for one in languages for name, roles in one["words"].items() if "ordinal" in roles)


@cache
def doubtful() -> frozenset[str]:
    """Names of months that, in small letters, are other English words too."""
    return frozenset(name for name, roles in _data()["languages"]["en"]["words"].items() if "doubtful" in roles)


@cache
def month_first_zones() -> frozenset[str]:
    """The zones of the places where 3/4 is the fourth of March."""
    return frozenset(_data()["month_first"])


@lru_cache(maxsize=256)
def known(language: str | None) -> str | None:
    """The code by which the vocabulary knows a BCP 47 tag; None where it does not."""
    tag = (language or "").replace("_", "-").casefold()
    base = {"no": "nb", "iw": "he", "in": "id", "ua": "uk"}.get(tag.split("-")[0], tag.split("-")[0])
    if "latn" in tag and f"{base}-Latn" in codes():
        return f"{base}-Latn"
    return base if base in codes() else None


@cache
def language(code: str) -> Language:
    """A language of `codes()`. Its words come before English ones, which are read in every language."""
    own = _data()["languages"][code]
    words: dict[str, Roles] = {}
    phrases: dict[str, list[tuple[tuple[str, ...], Roles]]] = defaultdict(list)
    spaceless: dict[str, list[str]] = defaultdict(list)
    for name, roles in (*own["words"].items(), *(_english() if code != "en" else ())):
        pieces = tuple(name.replace(" ", "") if _spaceless.match(name) else _piece.findall(name))
        if _spaceless.match(name) and " " not in name:
            spaceless[name[0]].append(name)
        if len(pieces) == 1 or (_spaceless.match(name) and " " not in name):
            words.setdefault(name, roles)
        else:
            phrases[pieces[0]].append((pieces, roles))
    for several in phrases.values():
        several.sort(key=lambda one: -len(one[0]))
    for names in spaceless.values():
        names.sort(key=len, reverse=True)
    return Language(
        code,
        own["order"],
        own["pair_order"],
        own["dotted_time"],
        words,
        phrases,
        spaceless,
        _ahead(own["ahead"]),
        _timing(words, phrases),
    )


def _timing(
    words: Mapping[str, Roles], phrases: Mapping[str, Collection[tuple[tuple[str, ...], Roles]]]
) -> frozenset[str]:
    found = {name for name, roles in words.items() if not _TIMING.isdisjoint(roles)}
    several = (one for those in phrases.values() for one in those)
    return frozenset(found.union(max(pieces, key=len) for pieces, roles in several if not _TIMING.isdisjoint(roles)))


def _ahead(patterns: list[list[Any]]) -> tuple[Ahead, ...]:
    return tuple(
        (tuple(_piece.findall(before)), tuple(_piece.findall(after)), days) for before, after, days in patterns
    )


_TELLING = frozenset(
    [
        "month",
        "weekday",
        "month_lead",
        "weekday_lead",
        "relative",
        "next",
        "this",
        "ahead",
        "every",
        "fortnight",
        "plural",
        "always",
        "nth",
        "unit",
        "season",
        "quarter",
        "tba",
    ]
)
"""The roles of which any expression of time in words holds one."""
_TIMING = frozenset(("am", "pm", "period", "hour", "oclock", "clock"))
"""The roles of words that make a time of day of a number, or are one."""
_SHARED = {"month", "weekday", "am", "pm", "numbered", "tba", "range", "list", "at", "clock", "address"}


@cache
def _english() -> tuple[tuple[str, Roles], ...]:
    """The English words that pages in other languages use too."""
    words = _data()["languages"]["en"]["words"].items()
    return tuple((name, kept) for name, roles in words if (kept := {k: v for k, v in roles.items() if k in _SHARED}))


@cache
def _speakers() -> dict[str, tuple[str, ...]]:
    """The languages that a word speaks for. "de", an abbreviation in Hungarian, is a small word in too many others."""
    found: dict[str, list[str]] = defaultdict(list)
    everywhere = [(code, *one) for code in codes() for one in _data()["languages"][code]["words"].items()]
    small = {name for _, name, roles in everywhere if len(name) < 3 and "fill" in roles}
    for code, name, roles in everywhere:
        telling = any(role in roles for role in _VOTES) or ("at" in roles and len(name) > 3)
        if telling and name not in small:
            # The longest word of a phrase speaks for it: "apres" of "de l'après-midi", not "de".
            piece = name if _spaceless.match(name) else max(_piece.findall(name), key=len)
            if code not in found[piece] and piece not in small and (len(piece) > 1 or not piece.isascii()):
                found[piece].append(code)
    return {word: tuple(several) for word, several in found.items()}


@cache
def _users() -> dict[str, tuple[str, ...]]:
    """The languages that use a small word inside dates: what is left to tell a language by where nothing else does."""
    found: dict[str, list[str]] = defaultdict(list)
    for code in codes():
        for name, roles in _data()["languages"][code]["words"].items():
            if len(name) < 4 and roles.keys() & {"fill", "range", "list", "at"}:
                found[name].append(code)
    return {word: tuple(several) for word, several in found.items()}


def language_of(words: Collection[str], hint: str | None) -> str:
    """The language that most of the folded words are of; `hint` breaks a tie, then the order of `codes()`. "" for none."""
    count: dict[str, int] = {hint: 3} if hint else {}
    speakers = _speakers()
    for word in words:
        if (spoken_in := speakers.get(word)) is None:  # as most words
            continue
        weight = len(word) if len(word) > 3 or not word.isascii() else 1
        for code in spoken_in:
            count[code] = count.get(code, 0) + weight
    return _first(count)


def likely(words: Collection[str]) -> str:
    """The language that uses most of the small words: enough to read them by, and not to say which language it is."""
    return _first(Counter(code for word in words for code in _users().get(word, ())))


def _first(count: Mapping[str, int]) -> str:
    """The code with the most votes, the likelier language first; "" where there are none."""
    if not count:
        return ""
    most, rank = max(count.values()), _rank()
    return min((code for code, votes in count.items() if votes == most), key=rank.__getitem__)


@cache
def _rank() -> dict[str, int]:
    return {code: rank for rank, code in enumerate(codes())}


@lru_cache(maxsize=16_384)
def elsewhere(word: str) -> Roles:
    """What a folded word means where every language that knows it means the same month or weekday; else nothing."""
    if len(word) < 3 and word.isascii():
        return NO_ROLES
    meanings = [_data()["languages"][code]["words"].get(word, NO_ROLES) for code in _speakers().get(word, ())]
    found = [{role: one[role] for role in ("month", "weekday") if role in one} for one in meanings]
    return found[0] if found and found[0] and all(one == found[0] for one in found) else NO_ROLES


@lru_cache(maxsize=4_096)
def is_calendar_word(word: str) -> bool:
    """Whether a word is a month or a day of the week in every language that knows it: "Januari", "środa"."""
    return bool(elsewhere(fold(word)))
