"""The vocabulary of dates, compiled from CLDR: `python -m symposia.when.cldr > symposia/when/vocabulary.json`.

Months, weekdays, day periods, the order of numeric dates and the words inside date patterns come from CLDR through babel;
spellings that people use beside them, and words like "tomorrow", from the locale data that dateparser keeps; what neither
holds ("until", "every", seasons) from words.toml. Compiled, because opening fifty locales takes a second and the reader
is wanted in milliseconds.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

from babel import Locale
from babel.core import get_global
from babel.dates import format_date

from symposia.when.folding import WORD, fold

Words = dict[str, dict[str, Any]]
"""Folded words and phrases, each with its roles and what it stands for in them."""

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_RELATIVE = {"0 day ago": 0, "1 day ago": -1, "2 day ago": -2, "in 1 day": 1, "in 2 day": 2}
_word = re.compile(rf"{WORD}(?:['’]{WORD})*")
_roman = re.compile("[ivx]{1,4}")
_literal = re.compile(r"'([^']+)'|([^\W\da-zA-Z_]+)")
_MONTH_FIRST_REGIONS = ("US", "PH", "PR", "GU", "VI", "AS", "MP")
"""Territories whose English CLDR pattern for short dates puts the month first."""


def compiled() -> dict[str, Any]:
    """The whole vocabulary: `languages` by code, and `month_first`, the zones of the places that write 3/4 for 4 March."""
    own = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))
    territories = get_global("zone_territories")
    return {
        "languages": {code: _language(code, own.get(code, {})) for code in own["languages"]},
        "month_first": sorted(zone for zone, place in territories.items() if place in _MONTH_FIRST_REGIONS),
        "zones": {fold(name): zone for name, zone in own["zones"].items()} | _zone_names(own["metazones"]),
        "eras": own["eras"],
    }


def _language(code: str, own: dict[str, Any]) -> dict[str, Any]:
    locale = Locale.parse(own.get("locale", code), sep="-")
    words: Words = defaultdict(dict)
    for name, role, value in (
        *_spellings(code),
        *_fields(locale),
        *_inside_patterns(locale),
        *_periods(locale),
        *(
            (word, "ahead", 1)
            for unit in ("day", "week")
            for _, after, _ in _ahead(locale, unit, 1)
            for word in after.split()
        ),
        *_formatted_months(locale),
        *_own(own),
    ):
        if (
            (key := fold(name))
            and not (role == "month" and _roman.fullmatch(key))
            and (len(key) > 1 or role not in ("month", "weekday", "am", "pm") or not key.isascii())
        ):
            words[key][role] = _joined(words[key][role], value) if role == "period" and role in words[key] else value
    pattern = locale.date_formats["short"].pattern
    order = "".join(sorted("dMy", key=pattern.find)).lower()
    pair = locale.datetime_skeletons["Md"].pattern
    pair_order = "mdy" if pair.find("M") < pair.find("d") else "dmy"
    dotted = bool(re.search(r"H\.mm", locale.time_formats["short"].pattern))
    ahead = sorted({one for unit, days in (("day", 1), ("week", 7)) for one in _ahead(locale, unit, days)})
    return {
        "ahead": ahead,
        "order": order,
        "pair_order": pair_order,
        "dotted_time": dotted,
        "words": dict(sorted(words.items())),
    }


def _joined(one: list[int], other: list[int]) -> list[int]:
    """Two parts of the day that go by one name: French calls both the night's end and the morning "matin"."""
    return [min(one[0], other[0]), max(one[1], other[1])] if one[0] <= other[1] and other[0] <= one[1] else other


def _own(own: dict[str, Any]) -> Iterator[tuple[str, str, Any]]:
    for role, value in own.items():
        if isinstance(value, dict):
            yield from ((name, role, number) for name, number in value.items())
        elif isinstance(value, list):
            yield from ((name, role, 1) for name in value)


def _spellings(code: str) -> Iterator[tuple[str, str, Any]]:
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
    for key, days in _RELATIVE.items():
        yield from ((name, "relative", days) for name in info.get("relative-type", {}).get(key, ()))


def _fields(locale: Locale) -> Iterator[tuple[str, str, Any]]:
    """Names of months and weekdays, and the words of its lists."""
    for role, tables in (("month", locale.months), ("weekday", locale.days)):
        for context in ("format", "stand-alone"):
            for width in ("abbreviated", "wide"):
                for number, name in tables[context][width].items():
                    if (lead := re.fullmatch(r"([^\W\d_]+)\s\d+", name)) and role == "month":
                        yield lead[1], "month_lead", 1
                    if not re.fullmatch(r"\d.*", name):
                        yield name, role, number
    for part in ("2", "end"):
        yield from ((word, "list", 1) for word in _word.findall(locale.list_patterns["standard"][part]))


def _inside_patterns(locale: Locale) -> Iterator[tuple[str, str, Any]]:
    """What CLDR writes between the parts of a date (`fill`), before a time (`at`), after an hour (`hour`), in a range."""
    skeletons = locale.datetime_skeletons
    dates = [locale.date_formats[width].pattern for width in ("full", "long", "medium", "short")]
    dates += [skeletons[key].pattern for key in ("MMMd", "yMMMd", "MMMEd", "yMMMEd", "Md", "yMd") if key in skeletons]
    for pattern in dates:
        yield from ((word, "fill", 1) for word in _words_of(pattern))
    for width in ("full", "long", "medium", "short"):
        yield from ((word, "at", 1) for word in _words_of(str(locale.datetime_formats[width])))
    for key in ("H", "Hm"):
        before, _, after = skeletons[key].pattern.partition("H") if key in skeletons else ("", "", "")
        yield from ((word, "at", 1) for word in _words_of(before))
        yield from ((word, "hour", 1) for word in _words_of(after.split("m")[0]))


def _ahead(locale: Locale, unit: str, days: int) -> Iterator[tuple[str, str, int]]:
    """What stands before and after the number in "in 3 days"."""
    for pattern in locale._data["date_fields"][unit]["future"].values():
        before, number, after = pattern.partition("{0}")
        if number:
            yield fold(before), fold(after), days


def _words_of(pattern: str) -> Iterator[str]:
    for quoted, bare in _literal.findall(pattern):
        yield from _word.findall(quoted or bare)


def _periods(locale: Locale) -> Iterator[tuple[str, str, Any]]:
    """ "in the evening" and the like, with the seconds of the day between which they lie; noon and midnight."""
    rules = locale._data["day_period_rules"].get(None, {}) if "day_period_rules" in locale._data else {}
    for context in ("format", "stand-alone"):
        for width in ("abbreviated", "wide"):
            for key, name in locale.day_periods[context].get(width, {}).items():
                if key in ("am", "pm"):
                    yield name, key, 1
                    continue
                rule = rules.get(key, [{}])[0]
                if "at" in rule:
                    yield name, "clock", rule["at"] // 60
                elif "from" in rule:
                    yield name, "period", [rule["from"] // 60, rule["before"] // 60]


def _formatted_months(locale: Locale) -> Iterator[tuple[str, str, Any]]:
    """Months as dates show them, with what some languages join to the name: "במרץ", "martxoaren"."""
    for month in range(1, 13):
        widths = (
            locale.months[context][width] for context in ("format", "stand-alone") for width in ("wide", "abbreviated")
        )
        names = [fold(names[month]) for names in widths if len(fold(names[month])) > 2]
        for width in ("full", "long", "medium"):
            for word in _word.findall(format_date(date(2027, month, 15), width, locale=locale)):
                if any(name in fold(word) and len(fold(word)) < len(name) + 6 for name in names):
                    yield word, "month", month


def _zone_names(metazones: dict[str, str]) -> dict[str, str]:
    """The long names of well-known zones in the languages that name them."""
    found: dict[str, str] = {}
    for code in ("en", "en_GB", "en_AU", "en_CA", "de", "fr", "es", "it", "nl", "pt", "sv", "da", "pl"):
        for metazone, zone in metazones.items():
            names: Iterable[str] = Locale.parse(code)._data["meta_zones"].get(metazone, {}).get("long", {}).values()
            found.update({fold(name): zone for name in names})
    return dict(sorted(found.items()))


if __name__ == "__main__":
    json.dump(compiled(), sys.stdout, ensure_ascii=False, indent=0)
