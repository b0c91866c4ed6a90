"""Names of months and weekdays in many languages, from CLDR through babel."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cache

LANGUAGES = (
    "en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "nb", "fi", "pl", "cs", "sk", "hu", "ro", "tr", "ru", "uk", "el",
    "ca", "id", "hr", "sl", "bg", "et", "lv", "lt", "eu", "gl",
)  # fmt: skip
"""Those that are recognised, the likelier first: an ambiguous word is the first language's."""

MONTH_FIRST = {"en"}
"""Languages that write 3/4 for the fourth of March."""

_ENGLISH = {
    "sept": ("month", 9),
    "tues": ("weekday", 1),
    "thur": ("weekday", 3),
    "thurs": ("weekday", 3),
    "weds": ("weekday", 2),
}
"""Abbreviations that people write and CLDR does not list."""

NOT_DATES = {"24/7", "9/11", "50/50"}
"""Numbers that mean something else."""

Word = tuple[str, int]
"""A kind, `month` (1 to 12) or `weekday` (0, Monday, to 6), and the number."""


def fold(word: str) -> str:
    """A word as it is looked up: casefolded, without accents and without a final dot."""
    plain = unicodedata.normalize("NFKD", word.casefold().rstrip("."))
    return "".join(character for character in plain if not unicodedata.combining(character))


@cache
def words(language: str) -> dict[str, Word]:
    """The month and weekday names of one language, folded."""
    from babel import Locale  # Here, as babel takes longer to import than most texts to read.

    locale = Locale.parse(language)
    found: dict[str, Word] = {}
    for kind, tables in (("weekday", locale.days), ("month", locale.months)):
        for context in ("format", "stand-alone"):
            for width in ("abbreviated", "wide"):
                for number, name in tables[context][width].items():
                    if len(fold(name)) > 1 and not name[0].isdigit():
                        found[fold(name)] = (kind, number)
    return {**_ENGLISH, **found} if language == "en" else found


@cache
def _languages() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for language in LANGUAGES:
        for word in words(language):
            found[word].append(language)
    return {word: tuple(languages) for word, languages in found.items()}


def language_of(texts: Iterable[str], hint: str | None) -> str:
    """The language that most of the words are of; `hint` (BCP 47) breaks a tie, then the order of LANGUAGES does."""
    base = (hint or "").split("-")[0].casefold()
    base = "nb" if base == "no" else base
    count: Counter[str] = Counter()
    for text in texts:
        for language in _languages().get(fold(text), ()):
            count[language] += len(fold(text)) if len(text) > 3 else 1
    if base in LANGUAGES:
        count[base] += 1
    if not count:
        return base or "en"
    return min(count, key=lambda language: (-count[language], LANGUAGES.index(language)))


def lookup(text: str, language: str) -> Word | None:
    """What a word means in the language, else in English; None where it is no month or weekday."""
    folded = fold(text)
    for known in (language, "en"):
        if known in LANGUAGES and folded in words(known):
            return words(known)[folded]
    return None


RANGE_WORDS = {
    "to", "until", "till", "through", "thru", "bis", "au", "al", "tot", "t/m", "til", "do", "az", "até", "a", "à",
    "hasta", "fino", "пo", "до", "по", "и", "-", "–", "—", "‑", "−", "~", "〜", "～",
}  # fmt: skip
"""What stands between the start and the end of a range."""

LIST_WORDS = {"and", "&", "und", "et", "y", "e", "en", "i", "ja", "og", "och", "+", ",", "/", "a"}
"""What stands between the days of a list."""

FILLERS = {
    "of",
    "de",
    "del",
    "den",
    "der",
    "d",
    "the",
    "le",
    "el",
    "o",
    "on",
    "r",
    "г",
    "року",
    "года",
    "am",
    "dem",
    "dne",
    ",",
    ".",
    "il",
}
"""What may stand inside a date and says nothing."""

TIME_LEADS = {
    "at", "from", "@", "um", "von", "ab", "uhr", "as", "às", "las", "la", "a", "à", "de", "da", "om", "van", "kl", "klo", "o", "od", "в", "с", "time",
    "zeit", "uhrzeit", "hora", "heure", "tijd", "orario", ",", "|", "·", "•", ":", "-", "–", "—", "(", ";", "/",
}  # fmt: skip
"""What may stand between a date and its time."""

HOUR_MARKS = {"uhr", "h", "hrs", "hr", "uur", "ч", "heures", "horas", "ore", "hodin", "klo", "kl"}
AM = {"am", "a.m", "a"}
PM = {"pm", "p.m", "p"}
NAMED_TIMES = {
    "noon": (12, 0),
    "midday": (12, 0),
    "mittag": (12, 0),
    "mediodia": (12, 0),
    "midnight": (0, 0),
    "mitternacht": (0, 0),
}

ZONES = {
    "et": "America/New_York", "est": "America/New_York", "edt": "America/New_York", "ct": "America/Chicago", "cst": "America/Chicago",
    "cdt": "America/Chicago", "mt": "America/Denver", "mst": "America/Denver", "mdt": "America/Denver", "pt": "America/Los_Angeles",
    "pst": "America/Los_Angeles", "pdt": "America/Los_Angeles", "gmt": "UTC", "utc": "UTC", "z": "UTC", "cet": "Europe/Brussels",
    "cest": "Europe/Brussels", "mez": "Europe/Berlin", "mesz": "Europe/Berlin", "bst": "Europe/London", "aest": "Australia/Brisbane",
    "aedt": "Australia/Sydney", "jst": "Asia/Tokyo", "eet": "Europe/Helsinki", "eest": "Europe/Helsinki", "hst": "Pacific/Honolulu",
    "akst": "America/Anchorage", "akdt": "America/Anchorage", "nzst": "Pacific/Auckland", "nzdt": "Pacific/Auckland",
}  # fmt: skip
"""Abbreviations of zones that mean one place; IST and the like are left alone."""
