"""A text as tokens: numbers with their units, words with what they may mean in the text's language, marks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from symposia.when.languages import language_of, likely_language, roles_in_any_language
from symposia.when.pieces import Piece, cut, to_plain
from symposia.when.vocabulary import NO_ROLES, Language, Roles, date_words, language

Kind = Literal["iso", "numeric", "pair", "time", "dotted", "number", "word", "mark", "other"]

_HAN_DIGITS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_han_numeral = re.compile("[一二三四五六七八九十]{1,3}(?=[年月日号號点點时時])")
_UNITS = {
    "年": "year", "년": "year", "月": "month", "월": "month", "日": "day", "号": "day", "號": "day", "일": "day", "時": "hour",
    "时": "hour", "點": "hour", "点": "hour", "시": "hour", "分": "minute", "분": "minute", "半": "half", "반": "half",
}  # fmt: skip
"""What a number counts in Japanese, Chinese and Korean, by the character after it (CLDR's date patterns)."""
_MAX_RUN = 40
"""Characters of a run of words without spaces that are asked for its language."""


class Token(NamedTuple):
    """A piece of a text, and what it may mean in a date."""

    kind: Kind
    text: str
    start: int
    end: int
    number: int = -1
    """The value of a number of up to four digits; -1 for anything else."""
    unit: str = ""
    """What a number counts ("year" to "half"), where a character after it says so."""
    roles: Roles = NO_ROLES


_DATE_KINDS = frozenset(("iso", "numeric", "a", "b", "pair", "dotted", "run"))
"""The kinds of pieces that may be a day by themselves: numbers in a row, and the words of languages without spaces."""
_TIME_KINDS = _DATE_KINDS - {"iso", "pair"} | {"time"}
"""The kinds of pieces that may be a time of day by themselves, or the end of a range of times."""
END = Token("mark", "", -1, -1)
"""What stands before the first token and after the last."""
_PADDING = [END] * 64
"""More tokens than any reader looks ahead."""


class Text(NamedTuple):
    """The tokens of a text, and the language of its words."""

    tokens: list[Token]
    language: str
    """The language that the words tell (BCP 47); "" where they tell none."""
    vocabulary: Language
    """The language that the words are read by."""
    plain: str
    """The text with plain digits and marks, character for character."""
    at: Callable[[int], Token]
    """The token at an index; END a little before the first and after the last."""


def may_state_date(pieces: Iterable[Piece]) -> bool:
    """Whether pieces may tell a day, a rule or a part of a year: most texts hold no word and no number of such."""
    return any(kind in _DATE_KINDS or text in date_words() for kind, text, _, _ in pieces)


def may_state_time(text: str, hint: str | None) -> bool:
    """Whether a text may tell a time of day: a number is one by itself, or a word makes one of it."""
    plain = to_plain(text)
    time_words = _languages_of(plain, hint)[1].time_words
    # "9a" and "5p" are times, and the letters alone are words of many languages.
    return any(
        kind in _TIME_KINDS or word in time_words or (word in ("a", "p") and plain[start - 1 : start].isdigit())
        for kind, word, start, _ in cut(plain)
    )


@lru_cache(maxsize=64)
def tokens_of(text: str, hint: str | None = None) -> Text:
    """The tokens of a text. `hint` is a language of the vocabulary, for words that several languages share.

    The last texts are remembered: a line is asked for its days, then for its times, then for its days in another year.

    >>> [(token.text, token.roles) for token in tokens_of("3. März").tokens]
    [('3', {}), ('.', {}), ('marz', {'month': 3})]
    >>> tokens_of("mardi 2 mars").language
    'fr'
    """
    plain = to_plain(text)
    told, vocabulary = _languages_of(plain, hint)
    tokens, at = _tokenize(plain, vocabulary.code)
    return Text(tokens, told, vocabulary, plain, at)


@lru_cache(maxsize=64)
def _languages_of(plain: str, hint: str | None) -> tuple[str, Language]:
    """The language that the words of a plain text tell, "" where they tell none, and the one to read them by."""
    pieces = cut(plain)
    words = list(_language_clues(pieces))
    told = language_of(words, hint) or ("zh" if any(piece[0] == "run" for piece in pieces) else "")
    return told, language(told or likely_language(words) or "en")


@lru_cache(maxsize=64)
def _tokenize(plain: str, code: str) -> tuple[list[Token], Callable[[int], Token]]:
    """The tokens of a plain text read by a language, and the token at an index.

    Remembered by the language, which a hint and the words may agree on.
    """
    vocabulary = language(code)
    tokens: list[Token] = []
    for piece in cut(plain):
        if piece[0] == "run":
            tokens += _split_run(piece, vocabulary, tokens[-1] if tokens else END)
        else:
            tokens.append(_to_token(piece, vocabulary))
    phrases = vocabulary.phrases
    if any(token.unit or token.text in phrases for token in tokens):
        tokens = list(_with_units_and_phrases(tokens, vocabulary))
    # Padded at the end alone: a negative index counts from there.
    return tokens, (tokens + _PADDING).__getitem__


def _language_clues(pieces: Sequence[Piece]) -> Iterator[str]:
    """The words that may tell a language; of words without spaces, all parts of up to three characters."""
    for kind, word, _, _ in pieces:
        if kind == "word":
            yield word
        elif kind == "run":
            run = word[:_MAX_RUN]
            yield from (run[start : start + size] for size in (1, 2, 3) for start in range(len(run)))
            yield from _word_of_script(run)


def _word_of_script(run: str) -> Iterator[str]:
    """A weekday or month of the language that a script is of: Hangul of Korean, Thai of Thai, kana of Japanese."""
    first = run[0]
    if "\uac00" <= first <= "\ud7af":
        yield "수요일"
    elif "\u0e00" <= first <= "\u0e7f":
        yield "มีนาคม"
    elif any("\u3040" <= character <= "\u30fa" for character in run):
        yield "水曜日"


def _to_token(piece: Piece, vocabulary: Language) -> Token:
    kind, text, start, end = piece
    if kind == "word":
        return Token("word", text, start, end, -1, "", vocabulary.words.get(text) or roles_in_any_language(text))
    if kind == "number":
        return Token("number", text, start, end, int(text) if len(text) < 5 else -1)
    if kind in ("point", "mark"):
        return Token("mark", text, start, end, -1, "", vocabulary.words.get(text, NO_ROLES))
    return Token("numeric" if kind in "ab" else kind, text, start, end)  # type: ignore[arg-type]  # the pattern has no other kinds


def _split_run(piece: Piece, vocabulary: Language, before: Token) -> Iterator[Token]:
    """The tokens in a run of characters without spaces: units of a number before, numerals, the longest known words."""
    run, offset, index = piece[1], piece[2], 0
    while index < len(run):
        if run[index] == ".":
            index += 1
            continue
        token = _token_in_run(run, index, offset, vocabulary, before)
        yield token
        before, index = token, index + token.end - token.start


def _token_in_run(run: str, index: int, offset: int, vocabulary: Language, before: Token) -> Token:
    """The token at `index` of a run that begins at `offset` of the text; a single character where nothing is known."""
    character, start = run[index], offset + index
    unit = _UNITS.get(character)
    if unit and ((before.kind == "number" and not before.unit) or (unit == "half" and before.unit == "hour")):
        return Token("mark", character, start, start + 1, unit=unit)
    if numeral := _han_numeral.match(run, index):
        return Token("number", numeral[0], start, offset + numeral.end(), number=_han_number(numeral[0]))
    names = vocabulary.spaceless.get(character, ())
    text = next((name for name in names if run.startswith(name, index)), character)
    return Token("word", text, start, start + len(text), roles=vocabulary.words.get(text, NO_ROLES))


def _han_number(numeral: str) -> int:
    """The value of a numeral from 一 to 九十九."""
    tens, ten, ones = numeral.rpartition("十")
    return (_HAN_DIGITS.get(tens, 1) * 10 if ten else 0) + _HAN_DIGITS.get(ones, 0)


def _with_units_and_phrases(tokens: list[Token], vocabulary: Language) -> Iterator[Token]:
    """The tokens with units joined to their numbers and phrases made one word."""
    index, phrases = 0, vocabulary.phrases
    while index < len(tokens):
        token = tokens[index]
        if not token.unit and token.kind != "number" and token.text not in phrases:
            yield token
            index += 1
            continue
        following = tokens[index + 1] if index + 1 < len(tokens) else END
        if token.kind == "number" and following.unit and not token.unit:
            yield Token("number", token.text, token.start, following.end, token.number, following.unit)
            index += 2
            continue
        size, roles = _longest_phrase(tokens, index, vocabulary)
        if size > 1:
            words = " ".join(part.text for part in tokens[index : index + size])
            yield Token("word", words, token.start, tokens[index + size - 1].end, roles=roles)
        else:
            yield token
        index += size


def _longest_phrase(tokens: list[Token], index: int, vocabulary: Language) -> tuple[int, Roles]:
    """How many tokens from `index` make a known phrase, and what it means; 1 where none does."""
    for pieces, roles in vocabulary.phrases.get(tokens[index].text, ()):
        if len(pieces) <= len(tokens) - index and all(
            tokens[index + step].text == piece for step, piece in enumerate(pieces)
        ):
            return len(pieces), roles
    return 1, NO_ROLES
