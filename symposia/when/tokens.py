"""A text cut into what matters to a date: numbers, words with their meanings, marks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple, TypeAlias

from symposia.when.folding import WORD, fold
from symposia.when.vocabulary import (
    NO_ROLES,
    SPACELESS,
    Language,
    Roles,
    elsewhere,
    language,
    language_of,
    likely,
    telling,
)

Kind = Literal["iso", "numeric", "pair", "time", "dotted", "number", "word", "mark", "other"]

_PLAIN = str.maketrans(
    {code: str(digit) for base in (0x660, 0x6F0, 0x966, 0x9E6, 0xE50, 0xFF10) for digit, code in enumerate(range(base, base + 10))}
    | {chr(code): chr(code - 0xFEE0) for code in (*range(0xFF01, 0xFF10), *range(0xFF1A, 0xFF21), *range(0xFF41, 0xFF5B))}
    | dict.fromkeys("‐‑‒–—―−〜～~→⟶➔", "-")
    | dict.fromkeys("’‘ʼ`´", "'")
    | {"،": ",", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "［": "[", "］": "]"}
)  # fmt: skip
"""Digits of other scripts (Arabic, Persian, Devanagari, Bengali, Thai, full-width) and what stands for a plain mark: one for one."""

_not_plain = re.compile(f"[{re.escape(''.join(map(chr, _PLAIN)))}]")

_token = re.compile(
    rf"""
  \s*+(?:(?P<word>(?<!\w)[^\W\d_]/[^\W\d_](?!\w)|(?![{SPACELESS}]|[vV]\.?\s?\d+\.){WORD}[.॰]?)
  | (?P<point>[^\w\s{SPACELESS}$€£¥₹(+#§№-])
  | (?P<iso>(?<![\d.])\d{{4}}-\d\d-\d\d(?:(?:T|\s+)\d\d:\d\d(?::\d\d(?:[.,]\d{{1,9}})?)?(?:Z\b|[+-]\d\d:?\d\d(?!\d))?)?(?![\d:-])
      |(?<!\d)\d{{8}}T\d{{4}}(?:\d\d)?Z?(?!\d))
  | (?P<other>[$€£¥₹]\s?\d[\d.,]{{0,15}}|\d[\d.,]{{0,15}}\s?(?:%|‰|[$€£¥₹])|(?<![\d-])(?:\(\d{{3}}\)\s?|\d{{3}}[\s.-])?\d{{3}}[\s.-]\d{{4}}(?!\d)
      |\+\d[\d\s().-]{{6,18}}\d|\d{{1,3}}(?:,\d{{3}})+(?!\d)|\d{{5,}}|(?<![\w.])[vV]\.?\s?\d+(?:\.\d+)+|\d+(?:\.\d+){{3,}}|\d+x\d+|[#§№]\s?\d+
      |(?<!\d)(?:24/7|9/11|50/50|24/365|20/20)(?![\d/]))
  | (?P<numeric>(?<![\d.,])(?:\d{{4}}(?P<a>[./-])\s?\d{{1,2}}(?P=a)\s?\d{{1,2}}(?![\d/])
      |\d{{1,2}}(?P<b>[./-])\s?\d{{1,2}}(?P=b)\s?(?:\d{{4}}|\d{{1,2}})(?![\d/:]|\.\d)))
  | (?P<time>(?<![\d.,:/$])\d{{1,2}}(?::\d\d(?::\d\d(?:\.\d+)?)?|\s?[hHu]\s?\d\d)(?!\d|:\d))
  | (?P<pair>(?<![\d.,/$])(?:\d{{1,2}}/\d{{1,2}}(?![\d/])|(?!(?:1[3-9]|[2-9]\d)\.\s?(?:1[3-9]|[2-9]\d)\.)\d{{1,2}}\.\s?\d{{1,2}}\.(?!\s?\d{{4}}|\d)))
  | (?P<dotted>(?<![\d.,$])\d{{1,2}}\.\d\d(?![\d.]\d|\d))
  | (?P<number>\d+)
  | (?P<run>[{SPACELESS}]+(?:\.[\u0e00-\u0e7f]+)*\.?)
  | (?P<mark>->|--+|[^\w\s])
  ) | \s+
    """,
    re.VERBOSE,
)

_HAN_DIGITS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
UNITS = {
    "年": "year", "년": "year", "月": "month", "월": "month", "日": "day", "号": "day", "號": "day", "일": "day", "時": "hour",
    "时": "hour", "點": "hour", "点": "hour", "시": "hour", "分": "minute", "분": "minute", "半": "half", "반": "half",
}  # fmt: skip
"""What a number counts in Japanese, Chinese and Korean, by the character after it (CLDR's patterns of these languages)."""


Piece: TypeAlias = tuple[str, str, int, int]
"""What the pattern found: its group, the words (folded, if one word), start and end."""


class Token(NamedTuple):
    """A piece of the text at [`start`, `end`); `number` of a number; `unit` of one that says it; what a word may mean."""

    kind: Kind
    text: str
    start: int
    end: int
    number: int = -1
    unit: str = ""
    roles: Roles = NO_ROLES


_TELLING = frozenset(("iso", "numeric", "a", "b", "pair", "dotted", "run"))
"""The kinds of pieces that may be a day by themselves: numbers in a row, and the words of languages without spaces."""
_TIMED = _TELLING - {"iso", "pair"} | {"time"}
"""The kinds of pieces that may be a time of day by themselves, or the end of a range of times."""
END = Token("mark", "", -1, -1)
"""What stands before the first token and after the last."""
_PADDING = [END] * 64


class Text(NamedTuple):
    """The tokens of a text and the language that its words are of, "" where they tell none.

    `at` gives the token at an index, END a little before the first and after the last. `plain` is the text with plain digits
    and marks, character for character.
    """

    tokens: list[Token]
    language: str
    vocabulary: Language
    plain: str
    at: Callable[[int], Token]


@lru_cache(maxsize=64)
def plain_of(text: str) -> str:
    """The text with plain digits and marks, character for character."""
    # Of what is made plain, ASCII has but two marks.
    if text.isascii():
        return text.replace("`", "'").replace("~", "-")
    return _not_plain.sub(lambda match: _PLAIN[ord(match[0])], text)


def may_tell(pieces: Iterable[Piece]) -> bool:
    """Whether a text of those pieces may tell a day, a rule or a part of a year: most texts hold no word and no number of such."""
    return any(kind in _TELLING or text in telling() for kind, text, _, _ in pieces)


def may_tell_time(text: str, hint: str | None) -> bool:
    """Whether a text may tell a time of day: it has a number that can be one by itself, or a word that makes one of a number."""
    plain = plain_of(text)
    timing = _spoken(plain, hint)[1].timing
    # "9a" and "5p" are times, and the letters alone are words of many languages.
    return any(
        kind in _TIMED or word in timing or (word in ("a", "p") and plain[start - 1 : start].isdigit())
        for kind, word, start, _ in pieces_of(plain)
    )


@lru_cache(maxsize=64)
def tokens_of(text: str, hint: str | None = None) -> Text:
    """The tokens of a text. `hint` is a language of the vocabulary, for words that several languages share.

    The last are remembered: a line is asked for its days, then for its times, then for its days in another year.
    """
    plain = plain_of(text)
    spoken, vocabulary = _spoken(plain, hint)
    tokens, at = _tokens(plain, vocabulary.code)
    return Text(tokens, spoken, vocabulary, plain, at)


@lru_cache(maxsize=64)
def _spoken(plain: str, hint: str | None) -> tuple[str, Language]:
    """The language that the words of a plain text are of, "" where they tell none, and the one that they are read by."""
    pieces = pieces_of(plain)
    words = list(_words(pieces))
    spoken = language_of(words, hint) or ("zh" if any(piece[0] == "run" for piece in pieces) else "")
    return spoken, language(spoken or likely(words) or "en")


@lru_cache(maxsize=64)
def _tokens(plain: str, code: str) -> tuple[list[Token], Callable[[int], Token]]:
    """The tokens of a plain text that is read by a language, whether a hint or its words say so, and the token at an index."""
    vocabulary = language(code)
    tokens: list[Token] = []
    for piece in pieces_of(plain):
        if piece[0] == "run":
            tokens += _spaceless(piece, vocabulary, tokens[-1] if tokens else END)
        else:
            tokens.append(_single(piece, vocabulary))
    phrases = vocabulary.phrases
    if any(token.unit or token.text in phrases for token in tokens):
        tokens = list(_joined(tokens, vocabulary))
    # Padded at the end alone: a negative index counts from there.
    return tokens, (tokens + _PADDING).__getitem__


@lru_cache(maxsize=64)
def pieces_of(plain: str) -> tuple[Piece, ...]:
    """A plain text, cut."""
    return tuple(_pieces(plain))


def _pieces(plain: str) -> Iterator[Piece]:
    for match in _token.finditer(plain):
        kind = match.lastgroup
        if kind is not None:
            words, (start, end) = match[kind], match.span(kind)
            yield kind, fold(words) if kind == "word" else words, start, end


def _words(pieces: Sequence[Piece]) -> Iterator[str]:
    for kind, word, _, _ in pieces:
        if kind == "word":
            yield word
        elif kind == "run":
            run = word[:40]
            yield from (run[start : start + size] for size in (1, 2, 3) for start in range(len(run)))
            yield from _scripts(run)


def _scripts(run: str) -> Iterator[str]:
    """A word that tells the language of a run of characters whose words stand together."""
    first = run[0]
    if "\uac00" <= first <= "\ud7af":
        yield "수요일"
    elif "\u0e00" <= first <= "\u0e7f":
        yield "มีนาคม"
    elif any("\u3040" <= character <= "\u30fa" for character in run):
        yield "水曜日"


def _single(piece: Piece, vocabulary: Language) -> Token:
    kind, text, start, end = piece
    if kind == "word":
        return Token("word", text, start, end, -1, "", vocabulary.words.get(text) or elsewhere(text))
    if kind == "number":
        return Token("number", text, start, end, int(text) if len(text) < 5 else -1)
    if kind in ("point", "mark"):
        return Token("mark", text, start, end, -1, "", vocabulary.words.get(text, NO_ROLES))
    return Token("numeric" if kind in "ab" else kind, text, start, end)  # type: ignore[arg-type]


def _spaceless(piece: Piece, vocabulary: Language, before: Token) -> Iterator[Token]:
    """The words in a run of characters without spaces: the longest that are known; units of a number before; single characters."""
    run, offset, index = piece[1], piece[2], 0
    while index < len(run):
        character = run[index]
        if character == ".":
            index += 1
            continue
        if character in UNITS and (
            (before.kind == "number" and not before.unit) or (UNITS[character] == "half" and before.unit == "hour")
        ):
            text = character
            token = Token("mark", character, offset + index, offset + index + 1, unit=UNITS[character])
        elif numeral := re.compile("[一二三四五六七八九十]{1,3}(?=[年月日号號点點时時])").match(run, index):
            text = numeral[0]
            token = Token("number", text, offset + index, offset + numeral.end(), number=_han(text))
        else:
            text = next(
                (name for name in vocabulary.spaceless.get(character, ()) if run.startswith(name, index)), character
            )
            start = offset + index
            token = Token("word", text, start, start + len(text), roles=vocabulary.words.get(text, NO_ROLES))
        yield token
        before, index = token, index + len(text)


def _han(numeral: str) -> int:
    """The value of a numeral from 一 to 九十九."""
    tens, ten, ones = numeral.rpartition("十")
    return (_HAN_DIGITS.get(tens, 1) * 10 if ten else 0) + _HAN_DIGITS.get(ones, 0)


def _joined(tokens: list[Token], vocabulary: Language) -> Iterator[Token]:
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
        size, roles = _phrase(tokens, index, vocabulary)
        if size > 1:
            words = " ".join(one.text for one in tokens[index : index + size])
            yield Token("word", words, token.start, tokens[index + size - 1].end, roles=roles)
        else:
            yield token
        index += size


def _phrase(tokens: list[Token], index: int, vocabulary: Language) -> tuple[int, Roles]:
    """How many tokens from `index` make a known phrase, and what it means; 1 where none does."""
    for pieces, roles in vocabulary.phrases.get(tokens[index].text, ()):
        if len(pieces) <= len(tokens) - index and all(
            tokens[index + step].text == piece for step, piece in enumerate(pieces)
        ):
            return len(pieces), roles
    return 1, NO_ROLES
