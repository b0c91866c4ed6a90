"""The values of extraction: the page that an extractor is given, and what it gives back."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from urllib.parse import urljoin

from lxml import etree, html
from w3lib.encoding import html_body_declared_encoding, html_to_unicode, http_content_type_encoding
from w3lib.html import get_base_url

from spiders.extraction.dom.visibility import visible_tree
from symposia.facts.language import written_in
from symposia.posting import Origin, Posting
from symposia.text.plain_text import first_text
from symposia.urls import without_session

# lxml.html looks up a class by tag, in Python, for every element touched: a tenth of the time of reading a page.
_ONE_CLASS = etree.ElementDefaultClassLookup(element=html.HtmlElement, comment=html.HtmlComment)
_huge_tag = re.compile(r"<[a-zA-Z][^<>]{200000,}>")
"""A tag whose attributes libxml2 would take minutes over."""
_NO_CHARSETS = frozenset((
    "base64", "bz2", "hex", "idna", "punycode", "quopri", "raw-unicode-escape", "rot-13", "undefined", "unicode-escape", "uu", "zlib",
))  # fmt: skip
"""Python codecs that no browser takes as a charset: some are not of text, and one needs hours for a page."""
_MAX_SAMPLE = 6_000
"""Characters of a page that decide its language: more do not make it surer."""
_MAX_PROLOGUE = 4_096
"""Characters of a page within which `<base>` stands."""
_language_tag = re.compile(r"[a-zA-Z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")


@dataclass(frozen=True, kw_only=True)
class Page:
    """One response, and what the catalogue says of its source.

    Attributes:
        url: The address that answered, redirects followed.
        body: The bytes as received.
        fetched_at: When; aware. Relative dates ("tomorrow") are counted from here.
        content_type: The header as the server sent it; "" where it sent none.
        source: The id of the source in the catalogue.
        timezone: The zone (IANA) for times that name none; None where the source has none.
        language: The language (BCP 47) of the source; None leaves it to the page.
        region: The region (ISO 3166) of the source.
        topics: The topics of the source, as weak evidence.
    """

    url: str
    body: bytes = field(repr=False)
    fetched_at: datetime
    content_type: str = ""
    source: str = ""
    timezone: str | None = None
    language: str | None = None
    region: str | None = None
    topics: tuple[str, ...] = ()

    @cached_property
    def text(self) -> str:
        """The body decoded: by its BOM, the server's charset, its own, then as UTF-8, then as Windows-1252 (WHATWG Encoding)."""
        if {http_content_type_encoding(self.content_type), html_body_declared_encoding(self.body)} & _NO_CHARSETS:
            return self.body.decode(_utf8_or_windows_1252(self.body), "replace")
        encoding, text = html_to_unicode(self.content_type, self.body, auto_detect_fun=_utf8_or_windows_1252)
        if encoding == "utf-8" and "\ufffd" in text and _utf8_or_windows_1252(self.body) != "utf-8":
            # It is declared as UTF-8 and is not: nearly always Windows-1252.
            return self.body.decode("cp1252", "replace")
        return text

    @cached_property
    def tree(self) -> html.HtmlElement:
        """The body as an HTML tree; an empty `<html>` where there is nothing to parse."""
        parser = html.HTMLParser(encoding="utf-8", huge_tree=False)
        parser.set_element_class_lookup(_ONE_CLASS)
        body = _huge_tag.sub("", self.text.replace("\x00", "")).encode("utf-8", "replace")
        try:
            return html.document_fromstring(body, parser=parser, ensure_head_body=True)
        except etree.ParserError:  # nothing but comments, or nothing at all
            return html.document_fromstring(b"<html></html>", parser=parser, ensure_head_body=True)

    @cached_property
    def visible(self) -> html.HtmlElement:
        """A copy of `tree` without what a reader does not see: scripts, comments, hidden elements."""
        return visible_tree(self.tree)

    @cached_property
    def effective_language(self) -> str | None:
        """The language (BCP 47): the source's, else what the page declares, else that of its words; None where none is clear."""
        stated = (self.tree.get("lang") or "").strip()
        if self.language or _language_tag.fullmatch(stated):
            return self.language or stated
        body = self.visible.find("body")
        if body is None:
            return None
        return written_in(first_text(body, _MAX_SAMPLE), least=8, lead=2, most=1_500)

    @cached_property
    def base_url(self) -> str:
        """The address that relative links are resolved against: `<base href>`, else the page's own."""
        return get_base_url(self.text[:_MAX_PROLOGUE], self.url)

    def link(self, href: str | None) -> str | None:
        """Resolve a link to an absolute http(s) address without session ids; None for any other (`mailto:`, broken ones)."""
        if not href or not href.strip():
            return None
        if href not in self._links:
            self._links[href] = self._link(href.strip())
        return self._links[href]

    def _link(self, href: str) -> str | None:
        try:
            address = urljoin(self.base_url, href)
        except ValueError:
            return None
        return without_session(address) if address.startswith(("http://", "https://")) else None

    @cached_property
    def _links(self) -> dict[str, str | None]:
        """Resolved links by their `href`: a card's picture, title and button share one."""
        return {}

    def origin(self, extractor: str) -> Origin:
        """The origin of a posting that the extractor of that name read from this page."""
        return Origin(
            source=self.source,
            url=self.url,
            fetched_at=self.fetched_at,
            extractor=extractor,
            timezone=self.timezone,
            language=self.language,
            region=self.region,
            topics=self.topics,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A piece of a page that looked like an event and was not read: which one, and why."""

    what: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """What one page holds.

    Attributes:
        kind: The format that the postings were read from.
        postings: The events, in the page's order.
        refusals: What looked like an event and was not read.
        details: Addresses of pages that say more about one event each.
        next_pages: Addresses where the listing continues.
        empty: Whether the page says in words that it lists nothing.
    """

    kind: str
    postings: tuple[Posting, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    details: tuple[str, ...] = ()
    next_pages: tuple[str, ...] = ()
    empty: bool = field(default=False)


def distinct(items: Iterable[str | None]) -> tuple[str, ...]:
    """Leave out empty items and repetitions, keeping the order.

    >>> distinct(["/b", None, "/a", "", "/b"])
    ('/b', '/a')
    """
    return tuple(dict.fromkeys(item for item in items if item))


def _utf8_or_windows_1252(body: bytes) -> str:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"
