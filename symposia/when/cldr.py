"""The vocabulary of dates, compiled from CLDR: `python -m symposia.when.cldr > vocabulary.json`.

Months, weekdays, day periods, the order of numeric dates and the words inside date patterns come from CLDR (Unicode UTS #35,
part 4) through Babel; spellings that people use beside them, and words like "tomorrow", from dateparser's locale data; what
neither holds ("until", "every", seasons) from words.toml. Compiled, because opening fifty locales takes a second and the
reader is wanted in milliseconds.
"""

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any, TypeAlias

from babel import Locale
from babel.core import get_global
from babel.dates import format_date

from symposia.text.toml_files import toml_at
from symposia.when.folding import WORD, fold_word

Words: TypeAlias = dict[str, dict[str, Any]]
"""Folded words and phrases, each with its roles and what it stands for in them."""
Entry: TypeAlias = tuple[str, str, Any]
"""A word, a role and the value: ("März", "month", 3)."""

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_RELATIVE_DAYS = {"0 day ago": 0, "1 day ago": -1, "2 day ago": -2, "in 1 day": 1, "in 2 day": 2}
"""dateparser's names for relative days, as days from today."""
_CONTEXTS, _WIDTHS = ("format", "stand-alone"), ("abbreviated", "wide")
_MAX_ENDING = 5
"""Letters that a language may join to the name of a month: "martxoaren"."""
_word = re.compile(rf"{WORD}(?:['’]{WORD})*")
_roman = re.compile("[ivx]{1,4}")
_literal = re.compile(r"'([^']+)'|([^\W\da-zA-Z_]+)")


def compile_vocabulary() -> dict[str, Any]:
    """The whole vocabulary.

    `languages` by code; `month_first`, the zones of the places that write 3/4 for 4 March; `zones` and `eras` by their names;
    and `language_votes`, as words.toml has it.
    """
    own = toml_at(Path(__file__).with_name("words.toml"))
    territories, month_first = get_global("zone_territories"), own["month_first_regions"]
    names = {fold_word(name): zone for name, zone in own["zones"].items()}
    return {
        "languages": {code: _compile_language(code, own.get(code, {})) for code in own["languages"]},
        "month_first": sorted(zone for zone, place in territories.items() if place in month_first),
        "zones": names | _long_zone_names(own["metazones"], own["zone_locales"]),
        "eras": own["eras"],
        "language_votes": own["language_votes"],
    }


def _compile_language(code: str, own: dict[str, Any]) -> dict[str, Any]:
    locale = Locale.parse(own.get("locale", code), sep="-")
    pattern, pair = locale.date_formats["short"].pattern, locale.datetime_skeletons["Md"].pattern
    ahead = {entry for unit, days in (("day", 1), ("week", 7)) for entry in _words_around_number(locale, unit, days)}
    return {
        "ahead": sorted(ahead),
        "order": "".join(sorted("dMy", key=pattern.find)).lower(),
        "pair_order": "mdy" if pair.find("M") < pair.find("d") else "dmy",
        "dotted_time": bool(re.search(r"H\.mm", locale.time_formats["short"].pattern)),
        "words": dict(sorted(_compile_words(code, locale, own).items())),
    }


def _compile_words(code: str, locale: Locale, own: dict[str, Any]) -> Words:
    words: Words = defaultdict(dict)
    for name, role, value in _entries(code, locale, own):
        key = fold_word(name)
        if not key or not _is_telling(key, role):
            continue
        joined = role == "period" and role in words[key]
        words[key][role] = _join_periods(words[key][role], value) if joined else value
    return words


def _entries(code: str, locale: Locale, own: dict[str, Any]) -> Iterator[Entry]:
    """All that is known of a language's words; what comes later holds."""
    yield from _dateparser_names(code)
    yield from _calendar_names(locale)
    yield from _words_in_patterns(locale)
    yield from _day_periods(locale)
    for unit in ("day", "week"):
        for _, after, _ in _words_around_number(locale, unit, 1):
            yield from ((word, "ahead", 1) for word in after.split())
    yield from _months_in_dates(locale)
    yield from _own_words(own)


def _is_telling(key: str, role: str) -> bool:
    """Whether a folded word says enough to be kept: no Roman numeral for a month, no single letter for a name."""
    if role == "month" and _roman.fullmatch(key):
        return False
    return len(key) > 1 or role not in ("month", "weekday", "am", "pm") or not key.isascii()


def _join_periods(one: list[int], other: list[int]) -> list[int]:
    """Two parts of the day that go by one name: French calls both the night's end and the morning "matin"."""
    return [min(one[0], other[0]), max(one[1], other[1])] if one[0] <= other[1] and other[0] <= one[1] else other


def _own_words(own: dict[str, Any]) -> Iterator[Entry]:
    for role, value in own.items():
        if isinstance(value, dict):
            yield from ((name, role, number) for name, number in value.items())
        elif isinstance(value, list):
            yield from ((name, role, 1) for name in value)


def _dateparser_names(code: str) -> Iterator[Entry]:
    """What dateparser's locale data lists; nothing for a language that it does not know."""
    try:
        info = import_module(f"dateparser.data.date_translation_data.{code}").info
    except ModuleNotFoundError:
        return
    for role, keys, first in (("month", _MONTHS, 1), ("weekday", _WEEKDAYS, 0)):
        for number, key in enumerate(keys, first):
            yield from ((name, role, number) for name in info.get(key, ()) if not re.search(r"\d", name))
    for half in ("am", "pm"):
        yield from ((name, half, 1) for name in info.get(half, ()) if len(name) > 1)
    for key, days in _RELATIVE_DAYS.items():
        yield from ((name, "relative", days) for name in info.get("relative-type", {}).get(key, ()))


def _calendar_names(locale: Locale) -> Iterator[Entry]:
    """Names of months and weekdays, and the words of lists."""
    for role, tables in (("month", locale.months), ("weekday", locale.days)):
        for context in _CONTEXTS:
            for width in _WIDTHS:
                for number, name in tables[context][width].items():
                    if (lead := re.fullmatch(r"([^\W\d_]+)\s\d+", name)) and role == "month":
                        yield lead[1], "month_lead", 1
                    if not re.fullmatch(r"\d.*", name):
                        yield name, role, number
    for part in ("2", "end"):
        yield from ((word, "list", 1) for word in _word.findall(locale.list_patterns["standard"][part]))


def _words_in_patterns(locale: Locale) -> Iterator[Entry]:
    """What CLDR writes between the parts of a date (`fill`), before a time (`at`), and after an hour (`hour`)."""
    skeletons, widths = locale.datetime_skeletons, ("full", "long", "medium", "short")
    dates = [locale.date_formats[width].pattern for width in widths]
    dates += [skeletons[key].pattern for key in ("MMMd", "yMMMd", "MMMEd", "yMMMEd", "Md", "yMd") if key in skeletons]
    for pattern in dates:
        yield from ((word, "fill", 1) for word in _literals(pattern))
    for width in widths:
        yield from ((word, "at", 1) for word in _literals(str(locale.datetime_formats[width])))
    for key in ("H", "Hm"):
        before, _, after = skeletons[key].pattern.partition("H") if key in skeletons else ("", "", "")
        yield from ((word, "at", 1) for word in _literals(before))
        yield from ((word, "hour", 1) for word in _literals(after.split("m")[0]))


def _words_around_number(locale: Locale, unit: str, days: int) -> Iterator[tuple[str, str, int]]:
    """What stands before and after the number in "in 3 days", and how many `days` the unit has."""
    for pattern in locale._data["date_fields"][unit]["future"].values():
        before, number, after = pattern.partition("{0}")
        if number:
            yield fold_word(before), fold_word(after), days


def _literals(pattern: str) -> Iterator[str]:
    """The words of a date pattern, which quotes them where they are Latin."""
    for quoted, bare in _literal.findall(pattern):
        yield from _word.findall(quoted or bare)


def _day_periods(locale: Locale) -> Iterator[Entry]:
    """Words like "in the evening", noon and midnight, with the minutes of the day that they mean."""
    rules = locale._data["day_period_rules"].get(None, {}) if "day_period_rules" in locale._data else {}
    for context in _CONTEXTS:
        for width in _WIDTHS:
            for key, name in locale.day_periods[context].get(width, {}).items():
                if key in ("am", "pm"):
                    yield name, key, 1
                    continue
                rule = rules.get(key, [{}])[0]
                if "at" in rule:
                    yield name, "clock", rule["at"] // 60
                elif "from" in rule:
                    yield name, "period", [rule["from"] // 60, rule["before"] // 60]


def _months_in_dates(locale: Locale) -> Iterator[Entry]:
    """Months as dates show them, with what some languages join to the name: "במרץ", "martxoaren"."""
    for month in range(1, 13):
        tables = (locale.months[context][width] for context in _CONTEXTS for width in ("wide", "abbreviated"))
        names = [fold_word(names[month]) for names in tables if len(fold_word(names[month])) > 2]
        for width in ("full", "long", "medium"):
            for word in _word.findall(format_date(date(2027, month, 15), width, locale=locale)):
                if any(name in fold_word(word) and len(fold_word(word)) <= len(name) + _MAX_ENDING for name in names):
                    yield word, "month", month


def _long_zone_names(metazones: dict[str, str], locales: list[str]) -> dict[str, str]:
    """The zones of well-known metazones by their long names in those locales."""
    found: dict[str, str] = {}
    for code in locales:
        for metazone, zone in metazones.items():
            names: Iterable[str] = Locale.parse(code)._data["meta_zones"].get(metazone, {}).get("long", {}).values()
            found.update({fold_word(name): zone for name in names})
    return dict(sorted(found.items()))


if __name__ == "__main__":
    json.dump(compile_vocabulary(), sys.stdout, ensure_ascii=False, indent=0)
