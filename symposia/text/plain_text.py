"""Plain text of HTML: as a reader sees it, one block a line, bounded in length and without invisible characters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container
from html import unescape

from lxml import etree, html

MAX_PROSE = 20_000
"""Characters of any one text that are kept: longer ones are no description of an event."""
BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "dialog", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "legend",
    "li", "main", "menu", "nav", "ol", "optgroup", "option", "p", "pre", "search", "section", "summary", "table", "tbody", "td",
    "tfoot", "th", "thead", "tr", "ul",
))  # fmt: skip
"""Elements that begin a line of their own (HTML Standard, 15.3 "Non-replaced elements"), and `<br>`. All others are inline."""
UNSEEN = frozenset((
    "audio", "canvas", "datalist", "head", "iframe", "noembed", "noframes", "noscript", "object", "script", "style", "svg",
    "template", "title", "video",
))  # fmt: skip
"""Elements whose words no reader sees: not rendered (HTML Standard, 15.3.1), or shown only if an embedded thing fails."""
_MAX_CHILDREN = 2_000
"""Children of one element whose lines are read: a page that has more of them is a table of data."""
_MAX_DEPTH = 20
"""Inline elements within one another that are read: editors nest a handful."""
_MARKUP_PER_CHARACTER = 10
"""Characters of HTML that are parsed for each character of plain text that is kept."""
_space = re.compile(r"\s+")
_tag = re.compile(r"<\s*(?:/|!--)?\s*[a-zA-Z][^<>]{0,2000}>")
_invisible = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""Zero-width and directional marks, soft hyphens, control characters: they are pasted in, and break comparisons."""


def first_text(element: html.HtmlElement, limit: int) -> str:
    """The beginning of an element's text, white space folded; cut at a node's end, so it may exceed `limit` a little.

    Scripts within are text here, so hand in an element of a visible tree (`Page.visible`).

    >>> first_text(html.fromstring("<h3>Phonics <em>for</em>   beginners</h3>"), limit=100)
    'Phonics for beginners'
    """
    if not len(element) and isinstance(element.tag, str):
        return " ".join((element.text or "").split())
    pieces: list[str] = []
    size = 0
    for piece in element.itertext():
        if piece.isspace():
            continue
        words = " ".join(piece.split())
        pieces.append(words)
        size += len(words) + 1
        if size > limit + 1:
            break
    return " ".join(pieces)


def own_lines(element: html.HtmlElement, limit: int) -> list[str]:
    """The lines of an element that stand in no block within it, white space folded; `limit` characters in all.

    >>> own_lines(html.fromstring("<div>All <b>sessions</b> begin at 4 pm<p>Phonics</p>in Room 2</div>"), limit=100)
    ['All sessions begin at 4 pm', 'in Room 2']
    """
    if not len(element):
        line = " ".join(_space.sub(" ", element.text or "")[:limit].split())
        return [line] if line else []
    parts: list[str] = []
    _collect_own_text(element, parts, 0)
    lines = (" ".join(line.split()) for line in "".join(parts)[:limit].split("\n"))
    return [line for line in lines if line]


def _collect_own_text(element: html.HtmlElement, parts: list[str], depth: int) -> None:
    parts.append(_space.sub(" ", element.text or ""))
    for child in element[:_MAX_CHILDREN]:
        if child.tag in BLOCKS:
            parts.append("\n")
        elif isinstance(child.tag, str) and child.tag not in UNSEEN and depth < _MAX_DEPTH:
            _collect_own_text(child, parts, depth + 1)
        parts.append(_space.sub(" ", child.tail or ""))


def one_line(text: str | None, limit: int = 500) -> str | None:
    """A text, plain or HTML, on one line of at most `limit` characters; None where nothing is left.

    >>> one_line("<p>Phonics&nbsp;&amp; spelling<br>Room 2</p>")
    'Phonics & spelling Room 2'
    """
    prose = plain_text(text, limit=limit * 8)
    return " ".join(prose.split())[:limit].strip() or None if prose else None


def plain_text(text: str | None, limit: int = MAX_PROSE) -> str | None:
    """A text without tags and with its entities resolved, a line a block, cut to `limit`; None where nothing is left.

    >>> plain_text("<p>Phonics &amp; spelling</p><p>Room 2</p><script>track()</script>").splitlines()
    ['Phonics & spelling', '', 'Room 2']
    >>> plain_text("Readers &amp; writers, grades < 3")
    'Readers & writers, grades < 3'
    """
    if not text:
        return None
    text = text[: limit * _MARKUP_PER_CHARACTER]
    text = _text_of_markup(text) if _tag.search(text) else unescape(text)
    text = _invisible.sub("", unicodedata.normalize("NFC", text)).replace("\xa0", " ")
    lines = (" ".join(line.split()) for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()[:limit].strip() or None


def _text_of_markup(markup: str) -> str:
    try:
        tree = html.fragment_fromstring(markup, create_parent="div")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return unescape(markup)
    return tree_text(tree)


def tree_text(tree: html.HtmlElement, without: Container[html.HtmlElement] = (), limit: int | None = None) -> str:
    """The text of a tree, with a line break where a block begins or ends, and without scripts and styles.

    Args:
        tree: The root of what is read; what follows it is not.
        without: Elements to leave out, with all that they hold.
        limit: Characters, or pieces of text, after which nothing more is read; None reads to the end.

    >>> tree_text(html.fromstring("<li>3 March<p>Phonics</p><style>p {}</style></li>")).splitlines()
    ['', '3 March', 'Phonics', '']
    """
    parts: list[str] = []
    skipped = size = 0
    for action, node in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        name = node.tag if isinstance(node.tag, str) else None
        is_left_out = name in UNSEEN or (name is not None and node in without)
        if name in BLOCKS:
            parts.append("\n")
        if action == "start":
            skipped += is_left_out
            text = node.text
        else:
            skipped -= is_left_out
            text = node.tail if node is not tree else None
        if text and not skipped:
            parts += _spaced(parts, text, name)
            size += 0 if text.isspace() else len(text)
        if limit is not None and max(size, len(parts)) > limit:
            break
    return "".join(parts)


def _spaced(before: list[str], text: str, tag: str | None) -> tuple[str, ...]:
    """`text`, after a space where it would run into the word before: style sets "2027" and "11:30" apart, not a space."""
    last = before[-1][-1:] if before else ""
    runs_on = (last.isdigit() and text[0].isalnum()) or (last.islower() and (text[0].isupper() or text[0].isdigit()))
    return (" ", text) if runs_on and tag not in ("sup", "sub") else (text,)
