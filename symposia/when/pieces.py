"""A text cut into numbers, words and marks, before any language is known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TypeAlias

from symposia.when.folding import WORD, fold_word

SPACELESS = "\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
"""A character class of scripts that write words together: Thai, kana, Han; and Hangul, whose particles join numbers."""

_PLAIN = str.maketrans(
    {code: str(digit) for base in (0x660, 0x6F0, 0x966, 0x9E6, 0xE50, 0xFF10) for digit, code in enumerate(range(base, base + 10))}
    | {chr(code): chr(code - 0xFEE0) for code in (*range(0xFF01, 0xFF10), *range(0xFF1A, 0xFF21), *range(0xFF41, 0xFF5B))}
    | dict.fromkeys("‐‑‒–—―−〜～~→⟶➔", "-")
    | dict.fromkeys("’‘ʼ`´", "'")
    | {"،": ",", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "［": "[", "］": "]"}
)  # fmt: skip
"""Plain characters, one for one.

For digits of other scripts (Arabic, Persian, Devanagari, Bengali, Thai, full-width), and for marks."""

_not_plain = re.compile(f"[{re.escape(''.join(map(chr, _PLAIN)))}]")

_piece = re.compile(
    rf"""
  \s*+(?:(?P<word>(?<!\w)[^\W\d_]/[^\W\d_](?!\w)|(?![{SPACELESS}]|[vV]\.?\s?\d+\.){WORD}[.॰]?)
  # a mark that begins no number
  | (?P<point>[^\w\s{SPACELESS}$€£¥₹(+#§№-])
  # ISO 8601, extended or compact
  | (?P<iso>(?<![\d.])\d{{4}}-\d\d-\d\d(?:(?:T|\s+)\d\d:\d\d(?::\d\d(?:[.,]\d{{1,9}})?)?(?:Z\b|[+-]\d\d:?\d\d(?!\d))?)?(?![\d:-])
      |(?<!\d)\d{{8}}T\d{{4}}(?:\d\d)?Z?(?!\d))
  # numbers of something else: prices, shares, telephones, thousands, versions, sizes, and idioms like 24/7
  | (?P<other>[$€£¥₹]\s?\d[\d.,]{{0,15}}|\d[\d.,]{{0,15}}\s?(?:%|‰|[$€£¥₹])|(?<![\d-])(?:\(\d{{3}}\)\s?|\d{{3}}[\s.-])?\d{{3}}[\s.-]\d{{4}}(?!\d)
      |\+\d[\d\s().-]{{6,18}}\d|\d{{1,3}}(?:,\d{{3}})+(?!\d)|\d{{5,}}|(?<![\w.])[vV]\.?\s?\d+(?:\.\d+)+|\d+(?:\.\d+){{3,}}|\d+x\d+|[#§№]\s?\d+
      |(?<!\d)(?:24/7|9/11|50/50|24/365|20/20)(?![\d/]))
  # 3/4/2027, 2027-4-3
  | (?P<numeric>(?<![\d.,])(?:\d{{4}}(?P<a>[./-])\s?\d{{1,2}}(?P=a)\s?\d{{1,2}}(?![\d/])
      |\d{{1,2}}(?P<b>[./-])\s?\d{{1,2}}(?P=b)\s?(?:\d{{4}}|\d{{1,2}})(?![\d/:]|\.\d)))
  # 16:30, 16h30
  | (?P<time>(?<![\d.,:/$])\d{{1,2}}(?::\d\d(?::\d\d(?:\.\d+)?)?|\s?[hHu]\s?\d\d)(?!\d|:\d))
  # 3/4, and 3.4. with its last dot
  | (?P<pair>(?<![\d.,/$])(?:\d{{1,2}}/\d{{1,2}}(?![\d/])|(?!(?:1[3-9]|[2-9]\d)\.\s?(?:1[3-9]|[2-9]\d)\.)\d{{1,2}}\.\s?\d{{1,2}}\.(?!\s?\d{{4}}|\d)))
  # 14.30, a time or an amount
  | (?P<dotted>(?<![\d.,$])\d{{1,2}}\.\d\d(?![\d.]\d|\d))
  | (?P<number>\d+)
  # words of a script that writes them together
  | (?P<run>[{SPACELESS}]+(?:\.[\u0e00-\u0e7f]+)*\.?)
  | (?P<mark>->|--+|[^\w\s])
  ) | \s+
    """,
    re.VERBOSE,
)


Piece: TypeAlias = tuple[str, str, int, int]
"""What the pattern found: the name of its group, the words (folded, if one word), start and end."""


@lru_cache(maxsize=64)
def to_plain(text: str) -> str:
    """The text with plain digits and marks, character for character.

    >>> to_plain("٣–５ March")
    '3-5 March'
    """
    # Of what is made plain, ASCII has but two marks.
    if text.isascii():
        return text.replace("`", "'").replace("~", "-")
    return _not_plain.sub(lambda match: _PLAIN[ord(match[0])], text)


@lru_cache(maxsize=64)
def cut(plain: str) -> tuple[Piece, ...]:
    """The pieces of a text with plain digits and marks.

    >>> cut("3. März, 16:30")
    (('number', '3', 0, 1), ('point', '.', 1, 2), ('word', 'marz', 3, 7), ('point', ',', 7, 8), ('time', '16:30', 9, 14))
    """
    return tuple(_find_pieces(plain))


def _find_pieces(plain: str) -> Iterator[Piece]:
    for match in _piece.finditer(plain):
        kind = match.lastgroup
        if kind is not None:
            words, (start, end) = match[kind], match.span(kind)
            yield kind, fold_word(words) if kind == "word" else words, start, end
