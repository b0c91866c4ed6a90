"""HTML fragments and untidy text as plain, bounded prose."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container
from html import unescape

from lxml import etree, html

MAX_PROSE = 20_000
"""Characters kept of any one text."""

BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "legend",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
"""Elements that begin a line of their own (HTML Standard, 15.3 "Flow content")."""
UNSEEN = {"script", "style", "template", "noscript", "head"}
_MAX_CHILDREN = 2_000
_MAX_DEPTH = 20
_space = re.compile(r"\s+")
_looks_like_html = re.compile(r"<\s*(?:/|!--)?\s*[a-zA-Z][^<>]{0,2000}>").search
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def first_text(element: html.HtmlElement, limit: int) -> str:
    """The text of an element with its white space made single spaces, read no further than just past `limit` characters."""
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
    """The lines of an element that stand in no block element within it, white space folded; no more than `limit` characters."""
    if not len(element):
        line = " ".join(_space.sub(" ", element.text or "")[:limit].split())
        return [line] if line else []
    parts: list[str] = []
    _add_own(element, parts, 0)
    lines = (" ".join(line.split()) for line in "".join(parts)[:limit].split("\n"))
    return [line for line in lines if line]


def _add_own(element: html.HtmlElement, parts: list[str], depth: int) -> None:
    parts.append(_space.sub(" ", element.text or ""))
    for child in element[:_MAX_CHILDREN]:
        if child.tag in BLOCKS:
            parts.append("\n")
        elif isinstance(child.tag, str) and child.tag not in UNSEEN and depth < _MAX_DEPTH:
            _add_own(child, parts, depth + 1)
        parts.append(_space.sub(" ", child.tail or ""))


def one_line(text: str | None, limit: int = 500) -> str | None:
    """`text` (plain or HTML) on one line, spaces folded, invisible characters removed; None where nothing is left."""
    prose = plain_text(text, limit=limit * 8)
    return " ".join(prose.split())[:limit].strip() or None if prose else None


def plain_text(text: str | None, limit: int = MAX_PROSE) -> str | None:
    """`text`, tags removed and entities resolved, its paragraphs on lines of their own; None where nothing is left."""
    if not text:
        return None
    text = text[: limit * 10]
    text = _from_html(text) if _looks_like_html(text) else unescape(text)
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text)).replace("\xa0", " ")
    lines = (" ".join(line.split()) for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()[:limit].strip() or None


def _from_html(markup: str) -> str:
    try:
        tree = html.fragment_fromstring(markup, create_parent="div")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return unescape(markup)
    return tree_text(tree)


def tree_text(tree: html.HtmlElement, without: Container[html.HtmlElement] = ()) -> str:
    """The text of a tree as a reader sees it: block elements on lines of their own, scripts and styles left out.

    `without`: elements that are left out too, with all that they hold.
    """
    parts: list[str] = []
    skipped = 0
    for action, node in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        name = node.tag if isinstance(node.tag, str) else None
        unseen = name in UNSEEN or (name is not None and node in without)
        if action == "start":
            skipped += unseen
            if name in BLOCKS:
                parts.append("\n")
            if not skipped and node.text:
                parts += _apart(parts, node.text, name)
        else:
            skipped -= unseen
            if name in BLOCKS:
                parts.append("\n")
            if not skipped and node.tail and node is not tree:
                parts += _apart(parts, node.tail, name)
    return "".join(parts)


def _apart(before: list[str], text: str, tag: str | None) -> tuple[str, ...]:
    """`text` with a space before it, where two inline elements would make one word of "2027" and "11:30" that style sets apart."""
    last = before[-1][-1:] if before else ""
    runs_on = (last.isdigit() and text[0].isalnum()) or (last.islower() and (text[0].isupper() or text[0].isdigit()))
    return (" ", text) if runs_on and tag not in ("sup", "sub") else (text,)
