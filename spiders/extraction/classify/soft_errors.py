"""Pages that are no listing although they answer 200: empty, blocked, not found, gone, out of order, behind a log-in, of another kind.

An event may be called as such pages are ("Access Denied: a talk on library fines"). So most words count only where they
are all of a title or a heading, or where the page says little else; and a page that names a day is hardly ever refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from urllib.parse import urlsplit

from lxml import html

from spiders.extraction.classify.empty_listing import says_it_is_empty
from spiders.extraction.classify.soft_errors_in_data import check_json, check_plain, check_xml
from spiders.extraction.dom.boilerplate import is_boilerplate
from spiders.extraction.dom.visible_lines import Line, visible_lines
from spiders.extraction.lexicon.soft_errors import find_404, first_of, fold_phrase, folded_words
from spiders.extraction.lexicon.word_lists import word_list
from spiders.extraction.page import Page
from symposia.errors import Cause, ExtractionError
from symposia.when import find_when

SMALL = 100_000
"""Characters of a page that may be a refusal without a title or heading that says so."""
_LITTLE = 1_500
"""Characters that a page shows of its own, where it may be nothing but a refusal."""
_MUCH = 5_000
"""Characters after which it is not worth reading on: what is said there is no refusal."""
_NEXT_TO_NOTHING = 600
_BARE = 300
_MAX_FIELDS = 50

_BINARY = {
    b"%PDF": "a PDF",
    b"%!PS": "PostScript",
    b"{\\rtf": "an RTF file",
    b"PK\x03\x04": "a ZIP file",
    b"\xd0\xcf\x11\xe0": "an Office file",
    b"Rar!": "a RAR file",
    b"7z\xbc\xaf": "a 7z file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"RIFF": "a picture or sound",
    b"OggS": "sound",
    b"ID3": "sound",
    b"\x1f\x8b": "a gzip file",
}
_NOTHING = b"\0 \t\r\n\f\v\xef\xbb\xbf\xfe\xff"
"""Bytes that say nothing: white space, NUL, the marks of byte order."""

_title = re.compile(r"<title[^<>]{0,200}>([^<]{0,300})", re.IGNORECASE)
_heading = re.compile(r"<h1[^<>]{0,500}>(?:\s{0,100}<[^<>]{0,500}>){0,5}([^<]{0,300})", re.IGNORECASE)
_parts = re.compile(r"\s[|–—·•»›-]\s|[|»]")
_stamp = re.compile(r"\d\d:\d\d:\d\d")
_forward = re.compile(r"^\s*\d{1,3}\s*[;,]\s*url\s*=\s*['\"]?\s*(\S{1,300})", re.IGNORECASE)
_feed_address = re.compile(r"\.(?:ics|ical|ifb|rss|atom)$", re.IGNORECASE)


def check_page(page: Page) -> None:
    """Raises ExtractionError, its cause saying why, for a page that cannot be a listing; does nothing for any other."""
    if not page.body.strip(_NOTHING):
        raise ExtractionError(Cause.EMPTY_BODY, "an empty answer")
    binary = next((name for magic, name in _BINARY.items() if page.body.startswith(magic)), None)
    if binary:
        raise ExtractionError(Cause.WRONG_CONTENT, f"{binary}, not a page")
    head = page.text[:4096].lstrip("\ufeff \t\r\n").casefold()
    if head.startswith(("{", "[")):
        check_json(page.text)
    elif "<" not in head:
        check_plain(page.text)
    elif head.startswith(("<?xml", "<error", "<rss", "<feed")) and "<html" not in head:
        check_xml(page.text)
    else:
        _check_html(page)


@dataclass(frozen=True)
class _Shown:
    """What a page shows to its reader, folded."""

    page: Page
    title: str
    lines: tuple[Line, ...]

    @cached_property
    def titles(self) -> frozenset[str]:
        """The title and its pieces."""
        return _titles(self.title)

    @cached_property
    def own(self) -> tuple[Line, ...]:
        """The lines that do not stand around the page."""
        return tuple(line for line in self.lines if line.place.is_own)

    @cached_property
    def headings(self) -> frozenset[str]:
        """The first two headings of the page's own part, and its first line where it says next to nothing."""
        found = [line.text for line in self.own if line.place.tag in ("h1", "h2")][:2]
        found += [line.text for line in self.own[:1] if self.size <= _NEXT_TO_NOTHING]
        return frozenset(map(fold_phrase, found)) - {""}

    @cached_property
    def size(self) -> int:
        """The characters of the page's own part."""
        return sum(len(line.text) for line in self.own)

    @cached_property
    def whole(self) -> int:
        """The characters of all that is shown."""
        return sum(len(line.text) for line in self.lines)

    @cached_property
    def text(self) -> str:
        """The words of the page's own part, where it says little; else nothing."""
        return fold_phrase(" ".join(line.text for line in self.own)) if self.size <= _LITTLE else ""

    @cached_property
    def says_something(self) -> bool:
        """Whether the page's own part names a day, or says that nothing is on: then it is what it seems to be."""
        return says_it_is_empty(self.page) or any(map(self._names_a_day, self.own[:200]))

    def _names_a_day(self, line: Line) -> bool:
        text = line.text[:300]
        if not re.search(r"\d", text) or _stamp.search(text) or text.casefold().startswith(("©", "copyright", "(c)")):
            return False
        return any(when.start is not None for _, when in find_when(text, self.page.fetched_at, self.page.language))


def _check_html(page: Page) -> None:
    title, heading = _found(_title, page.text), _found(_heading, page.text)
    if len(page.tree) and not any(len(part) or (part.text or "").strip() for part in page.tree):
        raise ExtractionError(Cause.EMPTY_BODY, "a page without an element")
    if len(page.text) > SMALL and not _may_refuse(title, heading):
        return
    if "startDate" in page.text or "DTSTART" in page.text:
        return  # It states events for machines, whatever else it says.
    shown = _Shown(page, title, tuple(visible_lines(page.visible, most=_MUCH)))
    for cause, what, rule in _RULES:
        if said := rule(shown):
            raise ExtractionError(cause, f"{what}: {said[:200]!r}")


def _may_refuse(title: str, heading: str) -> bool:
    """Whether the title or first heading of a large page is one that pages have that are none."""
    words = {*_titles(title), fold_phrase(heading)}
    keys = ("title", "maybe"), ("gone", "gone_maybe"), ("down", "down_maybe")
    tables = [("blocked", keys[0]), ("login", keys[0]), *(("not_found", key) for key in keys)]
    return any(
        not words.isdisjoint(folded_words(table, key)) or find_404(words) for table, pair in tables for key in pair
    )


def _titles(title: str) -> frozenset[str]:
    """A title, and what stands first and last in it beside the name of the site; nothing for none."""
    parts = _parts.split(title)
    return frozenset(map(fold_phrase, (title, parts[0], parts[-1], title.rsplit(": ", 1)[-1]))) - {""}


def _said_in(table: str, title: str, maybe: str, text: str) -> Callable[[_Shown], str | None]:
    """A rule: what of three lists the page says, where it means it; None where it does not."""

    def rule(shown: _Shown) -> str | None:
        sure = first_of(shown.headings & folded_words(table, title))
        weak = first_of((shown.headings | shown.titles) & (folded_words(table, title) | folded_words(table, maybe)))
        if sure:
            return sure
        if table == "not_found" and title == "title":
            weak = weak or find_404(shown.headings | shown.titles)
        if weak and not shown.says_something and (_is_sure(weak, table, title) or shown.text or not shown.own):
            return weak
        return _sentence(shown, table, text)

    return rule


def _is_sure(said: str, table: str, key: str) -> bool:
    return said in folded_words(table, key)


def _sentence(shown: _Shown, table: str, key: str) -> str | None:
    """The first sentence of a list that a page says which says little, and no day."""
    said = next((mark for mark in word_list(table, key) if mark in shown.text), None) if shown.text else None
    return said if said and not shown.says_something else None


def _signed(shown: _Shown) -> str | None:
    """Who blocks, in their own name, whatever time they state."""
    return next((mark for mark in word_list("blocked", "signed") if mark in shown.text), None)


def _wall(shown: _Shown) -> str | None:
    """The mark of a wall in the code of a page that shows next to nothing; common pages carry such marks too."""
    if shown.whole > _NEXT_TO_NOTHING or shown.says_something:
        return None
    code = shown.page.text[:SMALL].casefold()
    keys = ("code", "captcha") if shown.whole <= _BARE and _fields(shown.page, "text", "email", "") < 3 else ("code",)
    return next((mark for key in keys for mark in word_list("blocked", key) if mark in code), None)


def _consent(shown: _Shown) -> str | None:
    """What a page asks consent with that holds nothing else."""
    words = folded_words("blocked", "consent")
    headings = {fold_phrase(line.text) for line in shown.lines if line.place.tag in ("h1", "h2", "h3")}
    said = first_of((shown.titles | headings | {fold_phrase(line.text) for line in shown.lines[:2]}) & words)
    if said is None or shown.whole > 2 * _LITTLE or headings - words or shown.says_something:
        return None
    around = shown.whole - shown.size
    return said if around <= _BARE and _asks_to_accept(shown.page) else None


def _asks_to_accept(page: Page) -> bool:
    buttons = islice(page.tree.iter("button", "a", "input"), _MAX_FIELDS)
    labels = (fold_phrase(one.get("value") or one.text_content()[:100]) for one in buttons)
    return any(label in folded_words("blocked", "accept") for label in labels)


def _login(shown: _Shown) -> str | None:
    """What a page is called that asks who one is, and says little else."""
    if not shown.text and shown.own:
        return None
    names = {(one.get("name") or "").casefold() for one in _inputs(shown.page)}
    handed_over = first_of(names & set(word_list("login", "fields")))
    if handed_over and not shown.says_something:
        return handed_over
    said = shown.headings | shown.titles
    asks = _fields(shown.page, "password") > 0
    wanted = folded_words("login", "title") | (
        folded_words("login", "maybe") if asks or _asks_who(shown.page) else frozenset()
    )
    named = first_of(said & wanted) or ("a password" if asks and shown.whole <= _BARE else None)
    return (named if named and not shown.says_something else None) or _sentence(shown, "login", "text")


def _asks_who(page: Page) -> bool:
    """Whether the page has but one field or two to write in, as one has that asks for a name before the password."""
    return 0 < _fields(page, "text", "email", "") < 3


def _fields(page: Page, *kinds: str) -> int:
    """How many fields of these types the page shows in its own part."""
    inputs = islice(page.visible.iter("input"), _MAX_FIELDS)
    return sum((one.get("type") or "").casefold() in kinds and not _is_around(one) for one in inputs)


def _is_around(element: html.HtmlElement) -> bool:
    return any(is_boilerplate(one, statements=True) for one in (element, *element.iterancestors()))


def _inputs(page: Page) -> Iterator[html.HtmlElement]:
    return islice(page.tree.iter("input"), _MAX_FIELDS)


def _parked(shown: _Shown) -> str | None:
    """The mark of a shop for domains, or of a provider's page, in the code of a page that shows little."""
    if shown.whole > _LITTLE or shown.says_something:
        return None
    code = shown.page.text[:SMALL].casefold()
    return next((mark for mark in word_list("not_found", "gone_code") if mark in code), None)


def _bare(rule: Callable[[_Shown], str | None]) -> Callable[[_Shown], str | None]:
    """A rule for pages that show next to nothing, whose titles are poor evidence: "Coming soon"."""
    return lambda shown: rule(shown) if shown.whole <= _NEXT_TO_NOTHING else None


def _forwards(shown: _Shown) -> str | None:
    """Where a page leads that does nothing else."""
    if shown.whole > _BARE or shown.says_something:
        return None
    metas = islice(shown.page.tree.iter("meta"), _MAX_FIELDS)
    contents = (one.get("content") or "" for one in metas if (one.get("http-equiv") or "").casefold() == "refresh")
    return next((found[1] for content in contents if (found := _forward.match(content))), None)


def _other_than_its_address(shown: _Shown) -> str | None:
    """The address, where it is a calendar's or a feed's, and the page is neither, and names no day."""
    address = urlsplit(shown.page.url)
    is_feed = _feed_address.search(address.path) or "ical=1" in address.query
    return shown.page.url if is_feed and not shown.says_something else None


_RULES: tuple[tuple[Cause, str, Callable[[_Shown], str | None]], ...] = (
    (Cause.BLOCKED, "a page that blocks", _signed),
    (Cause.BLOCKED, "a page that blocks", _said_in("blocked", "title", "maybe", "text")),
    (Cause.BLOCKED, "a page that asks for a browser or a person", _wall),
    (Cause.LOGIN, "a page that asks to log in", _login),
    (Cause.BLOCKED, "a page that asks for consent", _consent),
    (Cause.GONE, "no site any more", _said_in("not_found", "gone", "gone", "gone_text")),
    (Cause.GONE, "no site any more", _parked),
    (Cause.NOT_FOUND, "a page that says", _said_in("not_found", "title", "maybe", "text")),
    (Cause.HTTP, "a server out of order", _said_in("not_found", "down", "down", "down_text")),
    (Cause.GONE, "no site yet, or no more", _bare(_said_in("not_found", "gone", "gone_maybe", "gone_text"))),
    (Cause.HTTP, "a server out of order", _bare(_said_in("not_found", "down", "down_maybe", "down_text"))),
    (Cause.NOT_FOUND, "a page that only leads to another", _forwards),
    (Cause.WRONG_CONTENT, "a page at the address of a feed", _other_than_its_address),
)


def _found(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return " ".join(match[1].split()) if match else ""
