"""The scoring weights of the listing reader, from weights.toml, where each has its reason beside it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import cattrs

from symposia.text.toml_files import toml_at


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionWeights:
    """How much its place speaks for a text as the title; `next_*` counts once for each place further on."""

    sure: float
    column: float
    heading: float
    title_class: float
    link: float
    column_head: float
    cell: float
    next_cell: float
    bold: float
    next_marked: float
    line: float
    line_under_day: float
    next_line: float
    own_heading_above: float
    heading_above: float
    higher_heading: float
    next_higher_heading: float


@dataclass(frozen=True, slots=True, kw_only=True)
class WordWeights:
    """What words speak for or against a title, wherever they stand."""

    event_word: float
    place: float
    sentence: float
    long: float
    repeated: float
    detail_line: float
    list_title: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectWeights:
    """What speaks for a text as the subject of the page as a whole."""

    heading: float
    in_title: float
    site_name: float
    list_title: float
    next_text: float
    specific: float
    url: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """All tables of weights.toml."""

    position: PositionWeights
    words: WordWeights
    subject: SubjectWeights


@cache
def load_weights() -> Weights:
    """Read weights.toml, once.

    Raises cattrs.ClassValidationError where a weight is missing, is no number, or has no use.
    """
    tables = toml_at(Path(__file__).with_name("weights.toml"))
    return cattrs.Converter(forbid_extra_keys=True).structure(tables, Weights)
