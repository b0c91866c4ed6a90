"""Pages that scripts have yet to write: what a server sends is a shell, and only a browser sees what it announces."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from lxml import etree, html

from spiders.extraction.classify.empty_listing import says_it_is_empty
from spiders.extraction.page import Page
from symposia.text.plain_text import one_line, plain_text

_ENOUGH = 600
"""Characters of its own with which a page is no shell, whatever they say."""
_MAX_FRAME = 3_000
"""Characters of header, navigation and footer around a shell; where there are more, the page was written by its server."""
_MAX_ELEMENTS = 20_000

_UNSEEN = {"script", "style", "template", "noscript", "svg", "select", "title"}
_FRAME = {"header", "nav", "footer", "aside"}
_FRAME_ROLES = {"banner", "navigation", "contentinfo", "complementary"}
_FILLED = ("iframe", "object", "embed", "video", "table", "form")
"""What an element holds that needs no script to be filled."""
_INLINE = {
    "a",
    "abbr",
    "b",
    "cite",
    "code",
    "em",
    "font",
    "i",
    "label",
    "mark",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
}
_RUNS = re.compile(r"|module|(?:text|application)/(?:x-)?(?:java|ecma)script.*", re.IGNORECASE).fullmatch
_hidden = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE).search


def needs_browser(page: Page) -> bool:
    """Whether scripts have yet to write the page: it runs some, has a place for what they write, and says nothing itself.

    False for whatever is no HTML, for an empty page, and for a page with as little as one line of its own.
    """
    if page.text.lstrip("\ufeff \t\r\n")[:1] != "<" or not any(_runs(script) for script in page.tree.iter("script")):
        return False
    own, frame = _texts(page.tree)
    if len(own) > _ENOUGH or len(frame) > _MAX_FRAME:
        return False
    lines = [words for line in own.splitlines() if (words := _folded(line))]
    mount = _has_mount(page.tree)
    waiting = [line for line in lines if _waits().fullmatch(line) or _asks().search(line)]
    said = [line for line in lines if line not in waiting and not (mount and _is_title(page, line))]
    return not said and (mount or bool(waiting) or _asks_in_noscript(page.tree))


def _runs(script: html.HtmlElement) -> bool:
    """Whether a script is run, and not data for one."""
    return bool(_RUNS((script.get("type") or "").strip())) and bool(script.get("src") or (script.text or "").strip())


def _texts(tree: html.HtmlElement) -> tuple[str, str]:
    """What a reader without scripts sees: the page's own text, a block a line, and that of header, navigation and footer.

    No more than just past the bounds of each is read.
    """
    own, frame = "", ""
    for text, framed in _pieces(tree):
        if framed:
            frame += text.strip()
        elif text != "\n" or not own.endswith("\n"):
            own += re.sub(r"\s+", " ", text) if text != "\n" else text
        if len(own) > _ENOUGH or len(frame) > _MAX_FRAME:
            break
    return own.strip(), frame


def _pieces(tree: html.HtmlElement) -> Iterator[tuple[str, bool]]:
    """Each text that is seen, and whether it belongs to the frame; a line break where a block begins or ends."""
    body = tree.find("body")
    unseen, framed = 0, 0
    for action, node in etree.iterwalk(tree if body is None else body, events=("start", "end", "comment", "pi")):
        if action in ("start", "end"):
            step = 1 if action == "start" else -1
            unseen += step * _is_unseen(node)
            framed += step * _is_frame(node)
            if node.tag not in _INLINE:
                yield "\n", False
        # A comment is not seen, and what follows it is.
        text = node.text if action == "start" else node.tail
        if text and not unseen:
            yield text, framed > 0


def _is_unseen(node: html.HtmlElement) -> bool:
    return node.tag in _UNSEEN or node.get("hidden") is not None or bool(_hidden(node.get("style") or ""))


def _is_frame(node: html.HtmlElement) -> bool:
    """Whether an element stands around what a page says; a link that leads to a place on the page does as well."""
    skips = node.tag == "a" and (node.get("href") or "").startswith("#")
    return skips or node.tag in _FRAME or node.get("role") in _FRAME_ROLES


def _has_mount(tree: html.HtmlElement) -> bool:
    """Whether there is an element for scripts to fill: called so, or of a tag that HTML does not know."""
    ids, attributes = set(_words("mount_ids")), _words("mount_attributes")
    for count, node in enumerate(tree.iter(etree.Element)):
        if count > _MAX_ELEMENTS:
            return False
        named = (node.get("id") or "").casefold() in ids or any(node.get(name) is not None for name in attributes)
        if (named or "-" in node.tag) and next(node.iter(*_FILLED), None) is None:
            return True
    return False


def _asks_in_noscript(tree: html.HtmlElement) -> bool:
    texts = (plain_text(node.text_content(), limit=2_000) or "" for node in tree.iter("noscript"))
    return any(_asks().search(_folded(text)) for text in texts)


def _is_title(page: Page, line: str) -> bool:
    """Whether a line is part of the page's title, and does not say that nothing is on."""
    title = _folded(one_line(page.tree.findtext(".//title"), limit=300) or "")
    parts = {part.strip() for part in re.split(r"\s[|–—·-]\s|[|:»]", title)}
    return line in parts and not says_it_is_empty(page)


def _folded(text: str) -> str:
    return " ".join(text.replace("’", "'").casefold().split()).strip(" .…!?:,;")


@cache
def _words(key: str) -> tuple[str, ...]:
    table = tomllib.loads((Path(__file__).parent / "client_rendered.toml").read_text(encoding="utf-8"))["scripted"]
    return tuple(table[key])


@cache
def _asks() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(words).replace(r"\*\ ", r"(?:\S+\s){0,3}") for words in _words("asks")))


@cache
def _waits() -> re.Pattern[str]:
    loading = "|".join(map(re.escape, sorted(_words("loading"), key=len, reverse=True)))
    around = "|".join(map(re.escape, sorted(_words("around"), key=len, reverse=True)))
    return re.compile(rf"(?:(?:{around})[\s,.…]+){{0,3}}(?:{loading})(?:[\s,.…]+(?:{around}|{loading})){{0,4}}")
