"""Detect the language of the words of a date.

Every word votes for the languages that write it inside dates, with as many votes as it has letters. `language_votes` in
words.toml says which roles vote, and how much short words and the declared language count.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from functools import cache, lru_cache
from typing import Any

from symposia.when.folding import fold_word
from symposia.when.vocabulary import NO_ROLES, Roles, is_spaceless, language_codes, parts_of, vocabulary_data

_MAX_SMALL = 3
"""Letters of a small word, as "de" and "den" are, that `likely_language` goes by."""


def language_of(words: Collection[str], hint: str | None) -> str:
    """The language (BCP 47) of most of the folded words; "" where they tell none.

    `hint` is the language that the page declares; it decides where the words are few, and then the order of `language_codes`.

    >>> language_of(["dienstag", "marz"], None), language_of(["2027"], None)
    ('de', '')
    >>> language_of(["mar"], "it")
    'it'
    """
    rules, voters = _vote_rules(), _languages_by_word()
    count: dict[str, int] = {hint: rules["hint"]} if hint else {}
    longest_short, short = rules["short_letters"], rules["short"]
    for word in words:
        if (languages := voters.get(word)) is None:  # as most words
            continue
        votes = len(word) if len(word) > longest_short or not word.isascii() else short
        for code in languages:
            count[code] = count.get(code, 0) + votes
    return _winner(count)


def likely_language(words: Collection[str]) -> str:
    """The language that uses most of the small folded words; "" for none.

    Enough to read them by, but too little to say which language it is.
    """
    return _winner(Counter(code for word in words for code in _languages_by_small_word().get(word, ())))


@lru_cache(maxsize=16_384)
def roles_in_any_language(word: str) -> Roles:
    """The month or weekday that a folded word means in every language that knows it; no roles where they disagree.

    >>> roles_in_any_language("dienstag"), roles_in_any_language("mar")
    ({'weekday': 1}, {})
    """
    if len(word) < 3 and word.isascii():
        return NO_ROLES
    languages = vocabulary_data()["languages"]
    meanings = [languages[code]["words"].get(word, NO_ROLES) for code in _languages_by_word().get(word, ())]
    dated = [{role: roles[role] for role in ("month", "weekday") if role in roles} for roles in meanings]
    return dated[0] if dated and dated[0] and all(roles == dated[0] for roles in dated) else NO_ROLES


@lru_cache(maxsize=4_096)
def is_calendar_word(word: str) -> bool:
    """Whether a word is a month or a day of the week in every language that knows it.

    >>> is_calendar_word("Januari"), is_calendar_word("środa"), is_calendar_word("Reading")
    (True, True, False)
    """
    return bool(roles_in_any_language(fold_word(word)))


def _winner(count: Mapping[str, int]) -> str:
    """The code with the most votes, the likelier language first; "" where there are none."""
    if not count:
        return ""
    most, rank = max(count.values()), _rank()
    return min((code for code, votes in count.items() if votes == most), key=rank.__getitem__)


@cache
def _rank() -> dict[str, int]:
    return {code: rank for rank, code in enumerate(language_codes())}


@cache
def _vote_rules() -> dict[str, Any]:
    rules: dict[str, Any] = vocabulary_data()["language_votes"]
    return rules


@cache
def _languages_by_word() -> dict[str, tuple[str, ...]]:
    """The languages that a word votes for. "de", an abbreviation in Hungarian, is a small word in too many others."""
    rules, languages = _vote_rules(), vocabulary_data()["languages"]
    voting, voting_if_long = set(rules["roles"]), set(rules["roles_of_long_words"])
    found: dict[str, list[str]] = defaultdict(list)
    everywhere = [(code, *entry) for code in language_codes() for entry in languages[code]["words"].items()]
    small = {name for _, name, roles in everywhere if len(name) < 3 and "fill" in roles}
    for code, name, roles in everywhere:
        is_long = len(name) > rules["short_letters"]
        votes = not voting.isdisjoint(roles) or (is_long and not voting_if_long.isdisjoint(roles))
        if votes and name not in small:
            # The longest word of a phrase votes: "apres" of "de l'après-midi", not "de".
            part = name if is_spaceless(name) else max(parts_of(name), key=len)
            if code not in found[part] and part not in small and (len(part) > 1 or not part.isascii()):
                found[part].append(code)
    return {word: tuple(codes) for word, codes in found.items()}


@cache
def _languages_by_small_word() -> dict[str, tuple[str, ...]]:
    """The languages that use a small word inside dates: what is left to go by where nothing else tells a language."""
    found: dict[str, list[str]] = defaultdict(list)
    for code in language_codes():
        for name, roles in vocabulary_data()["languages"][code]["words"].items():
            if len(name) <= _MAX_SMALL and roles.keys() & {"fill", "range", "list", "at"}:
                found[name].append(code)
    return {word: tuple(codes) for word, codes in found.items()}
