"""The title of the event that a region announces: the heaviest candidate, completed where it says too little."""

from __future__ import annotations

from collections.abc import Sequence

from spiders.extraction.dom.headings import HEADINGS, Above
from spiders.extraction.dom.table_columns import cells_of, heading_of
from spiders.extraction.lexicon.title_words import is_acronym, is_numbered, is_place, is_sentence, singular_title
from spiders.extraction.lexicon.titles import TitleCandidate
from spiders.extraction.listing.regions import Region
from spiders.extraction.listing.title_candidates import find_title_candidates
from spiders.extraction.listing.weights import load_weights


def choose_title(
    region: Region, subject: TitleCandidate | None, above: Above | None, is_only: bool, repeated: frozenset[str]
) -> TitleCandidate | None:
    """The best title for the event of a region; None where nothing on the page names it.

    Args:
        region: The region.
        subject: What the page as a whole is about; None where it does not say.
        above: What stands above the region; None where that is not known.
        is_only: Whether the page has no other region. Then the event is called as the page is, unless the region
            marks its title.
        repeated: Titles that most regions carry.
    """
    sure = load_weights().position.sure
    candidates = [*find_title_candidates(region, above, repeated), *([subject] if subject else [])]
    best = _heaviest(candidates)
    if is_only and subject and best and best.weight < sure and not _is_in_headed_table(region):
        best = subject
    if best is None or best.weight <= -sure:
        # "2027 Meeting Schedule" is a poor title, but all that the page says.
        best = _nearest_heading(above) or best
    return _complete_title(best, subject, candidates) if best is not None else None


def _heaviest(candidates: Sequence[TitleCandidate]) -> TitleCandidate | None:
    return max(candidates, key=lambda candidate: candidate.weight, default=None)


def _nearest_heading(above: Above | None) -> TitleCandidate | None:
    for heading in above.headings if above else ():
        return TitleCandidate(text=heading.text, evidence=f"{heading.tag} above", borrowed=True)
    return None


def _complete_title(
    title: TitleCandidate, subject: TitleCandidate | None, candidates: Sequence[TitleCandidate]
) -> TitleCandidate:
    """A title with what it needs to be understood: its series, an acronym's words, the singular of a list's name."""
    if title.borrowed and subject is not None and subject.text.endswith(f": {title.text}"):
        title = subject
    if is_numbered(title.text):
        return _with_series(title, candidates)
    if is_acronym(title.text):
        return _spell_out(title, candidates)
    return title._replace(text=singular_title(title.text)) if title.borrowed else title


def _is_in_headed_table(region: Region) -> bool:
    """Whether a region is a row of a table with headings: its title is a cell then, however few the rows."""
    row = region.elements[0]
    heads = [heading_of(cell) for cell in cells_of(row)] if row.tag == "tr" else []
    return any(head is not None and head.tag == "th" for head in heads)


def _spell_out(acronym: TitleCandidate, candidates: Sequence[TitleCandidate]) -> TitleCandidate:
    """An acronym ("FRAC 2027") with the words beside it that it stands for, where there are some."""
    phrases = [
        candidate
        for candidate in candidates
        if " " in candidate.text and not (candidate.borrowed or is_acronym(candidate.text) or is_place(candidate.text))
    ]
    best = _heaviest(phrases)
    if best is None or is_sentence(best.text) or acronym.borrowed:
        return acronym
    return acronym._replace(text=best.text if acronym.text in best.text else f"{acronym.text}: {best.text}")


def _with_series(numbered: TitleCandidate, candidates: Sequence[TitleCandidate]) -> TitleCandidate:
    """A mere number in a series ("Session 2") with the series before it, where something names that."""
    series = [
        candidate for candidate in candidates if not is_numbered(candidate.text) and not is_sentence(candidate.text)
    ]
    best = max(series, key=lambda title: (title.evidence in HEADINGS or title.borrowed, title.weight), default=None)
    return numbered if best is None else numbered._replace(text=f"{best.text}: {numbered.text}")
