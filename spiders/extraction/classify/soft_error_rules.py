"""The rules of soft errors, in order: what a page shows that is a wall, a log-in, an error page, and no listing.

An event may be called as such pages are ("Access Denied: a talk on library fines"). So most words count only where they
are all of a title or a heading, or where the page says little else; and a page that names a day is hardly ever refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import NamedTuple, TypeAlias
from urllib.parse import urlsplit

from lxml import html

from spiders.extraction.classify.shown_page import BARE, LITTLE, MAX_FIELDS, NEXT_TO_NOTHING, ShownPage
from spiders.extraction.lexicon.soft_errors import find_404, first_of, fold_phrase, folded_words
from spiders.extraction.lexicon.word_lists import word_list
from spiders.extraction.page import Page
from symposia.errors import Cause

Finder: TypeAlias = Callable[[ShownPage], str | None]
"""Finds the words by which a page is a soft error; None where it is none."""
MAX_CODE = 100_000
"""Characters of a page's source in which marks of walls are looked for."""
_MAX_LABEL = 100
"""Characters of a button."""
_FEW_FIELDS = 2
"""Fields of a page that asks who one is: a name, perhaps a password. Forms for anything else have more."""
_refresh = re.compile(r"^\s*\d{1,3}\s*[;,]\s*url\s*=\s*['\"]?\s*(\S{1,300})", re.IGNORECASE)
"""The content of `<meta http-equiv="refresh">` (HTML Standard, 4.2.5.3)."""
_feed_path = re.compile(r"\.(?:ics|ical|ifb|rss|atom)$", re.IGNORECASE)


class Rule(NamedTuple):
    """One kind of soft error: its cause, what it is in words for the report, and how it is found."""

    cause: Cause
    what: str
    find: Finder


def _find_said(table: str, title: str, maybe: str, text: str) -> Finder:
    """Make a finder by three lists of a table: titles that are sure, those that may be an event's, and sentences."""

    def find(shown: ShownPage) -> str | None:
        sure = first_of(shown.headings & folded_words(table, title))
        if sure:
            return sure
        called = shown.headings | shown.titles
        weak = first_of(called & (folded_words(table, title) | folded_words(table, maybe)))
        if table == "not_found" and title == "title":
            weak = weak or find_404(called)
        is_little = shown.text or not shown.own
        if weak and not shown.says_something and (weak in folded_words(table, title) or is_little):
            return weak
        return _find_sentence(shown, table, text)

    return find


def _find_sentence(shown: ShownPage, table: str, key: str) -> str | None:
    """The first sentence of a list on a page that says little, and names no day."""
    sentence = next((words for words in word_list(table, key) if words in shown.text), None) if shown.text else None
    return sentence if sentence and not shown.says_something else None


def _find_signature(shown: ShownPage) -> str | None:
    """Words that a wall signs with, whatever time it states."""
    return next((words for words in word_list("blocked", "signed") if words in shown.text), None)


def _find_wall(shown: ShownPage) -> str | None:
    """The mark of a wall in the source of a page that shows next to nothing: common pages carry such marks too."""
    if shown.whole_size > NEXT_TO_NOTHING or shown.says_something:
        return None
    is_bare = shown.whole_size <= BARE and shown.count_fields("text", "email", "") <= _FEW_FIELDS
    return _find_mark(shown, "blocked", "code", *(("captcha",) if is_bare else ()))


def _find_parking(shown: ShownPage) -> str | None:
    """The mark of a shop for domains, or of a provider's own page, in the source of a page that shows little."""
    if shown.whole_size > LITTLE or shown.says_something:
        return None
    return _find_mark(shown, "not_found", "gone_code")


def _find_mark(shown: ShownPage, table: str, *keys: str) -> str | None:
    source = shown.page.text[:MAX_CODE].casefold()
    return next((mark for key in keys for mark in word_list(table, key) if mark in source), None)


def _find_consent(shown: ShownPage) -> str | None:
    """What a page asks consent with that shows nothing else."""
    words = folded_words("blocked", "consent")
    headings = {fold_phrase(line.text) for line in shown.lines if line.place.tag in ("h1", "h2", "h3")}
    beginning = {fold_phrase(line.text) for line in shown.lines[:2]}
    asked = first_of((shown.titles | headings | beginning) & words)
    if asked is None or shown.whole_size > 2 * LITTLE or headings - words or shown.says_something:
        return None
    around = shown.whole_size - shown.own_size
    return asked if around <= BARE and _has_button_to_accept(shown.page) else None


def _has_button_to_accept(page: Page) -> bool:
    buttons = islice(page.tree.iter("button", "a", "input"), MAX_FIELDS)
    labels = (fold_phrase(button.get("value") or button.text_content()[:_MAX_LABEL]) for button in buttons)
    return any(label in folded_words("blocked", "accept") for label in labels)


def _find_login(shown: ShownPage) -> str | None:
    """What a page is called that asks who one is, and says little else."""
    if not shown.text and shown.own:
        return None
    names = {(field.get("name") or "").casefold() for field in islice(shown.page.tree.iter("input"), MAX_FIELDS)}
    handed_over = first_of(names & set(word_list("login", "fields")))
    if handed_over and not shown.says_something:
        return handed_over
    asks_password = shown.count_fields("password") > 0
    asks_name = 0 < shown.count_fields("text", "email", "") <= _FEW_FIELDS
    words = folded_words("login", "title")
    words |= folded_words("login", "maybe") if asks_password or asks_name else frozenset()
    called = first_of((shown.headings | shown.titles) & words)
    called = called or ("a password" if asks_password and shown.whole_size <= BARE else None)
    return called if called and not shown.says_something else _find_sentence(shown, "login", "text")


def _if_next_to_nothing(find: Finder) -> Finder:
    """Make a finder for titles that are poor evidence ("Coming soon"): only pages that show next to nothing are asked."""
    return lambda shown: find(shown) if shown.whole_size <= NEXT_TO_NOTHING else None


def _find_refresh(shown: ShownPage) -> str | None:
    """Where a page leads to that does nothing else."""
    if shown.whole_size > BARE or shown.says_something:
        return None
    return next(_refresh_addresses(shown.page.tree), None)


def _refresh_addresses(tree: html.HtmlElement) -> Iterator[str]:
    for meta in islice(tree.iter("meta"), MAX_FIELDS):
        is_refresh = (meta.get("http-equiv") or "").casefold() == "refresh"
        match = _refresh.match(meta.get("content") or "") if is_refresh else None
        if match:
            yield match[1]


def _find_other_than_its_address(shown: ShownPage) -> str | None:
    """The address, where it is a calendar's or a feed's, and the page is HTML that names no day."""
    address = urlsplit(shown.page.url)
    is_feed = _feed_path.search(address.path) or "ical=1" in address.query
    return shown.page.url if is_feed and not shown.says_something else None


RULES: tuple[Rule, ...] = (
    Rule(Cause.BLOCKED, "a page that blocks", _find_signature),
    Rule(Cause.BLOCKED, "a page that blocks", _find_said("blocked", "title", "maybe", "text")),
    Rule(Cause.BLOCKED, "a page that asks for a browser or a person", _find_wall),
    Rule(Cause.LOGIN, "a page that asks to log in", _find_login),
    Rule(Cause.BLOCKED, "a page that asks for consent", _find_consent),
    Rule(Cause.GONE, "no site any more", _find_said("not_found", "gone", "gone", "gone_text")),
    Rule(Cause.GONE, "no site any more", _find_parking),
    Rule(Cause.NOT_FOUND, "a page that says", _find_said("not_found", "title", "maybe", "text")),
    Rule(Cause.HTTP, "a server out of order", _find_said("not_found", "down", "down", "down_text")),
    Rule(Cause.GONE, "no site yet, or no more", _if_next_to_nothing(_find_said("not_found", "gone", "gone_maybe", "gone_text"))),
    Rule(Cause.HTTP, "a server out of order", _if_next_to_nothing(_find_said("not_found", "down", "down_maybe", "down_text"))),
    Rule(Cause.NOT_FOUND, "a page that only leads to another", _find_refresh),
    Rule(Cause.WRONG_CONTENT, "a page at the address of a feed", _find_other_than_its_address),
)  # fmt: skip
"""All rules; the first that finds something gives the cause."""
