"""Pages that scripts have yet to write: what a server sends is a shell, and only a browser sees what it announces."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from lxml import etree, html

from spiders.extraction.classify.empty_listing import says_it_is_empty
from spiders.extraction.dom.visible_lines import visible_texts
from spiders.extraction.page import Page
from symposia.text.plain_text import first_text, one_line, plain_text

_ENOUGH = 600
"""Characters of its own with which a page is no shell, whatever they say."""
_MAX_FRAME = 3_000
"""Characters of header, navigation and footer around a shell; where there are more, the page was written by its server."""
_MAX_ELEMENTS = 20_000

_FILLED = ("iframe", "object", "embed", "video", "table", "form")
"""What an element holds that needs no script to be filled."""
_RUNS = re.compile(r"|module|(?:text|application)/(?:x-)?(?:java|ecma)script.*", re.IGNORECASE).fullmatch


def needs_browser(page: Page) -> bool:
    """Whether scripts have yet to write the page: it runs some, has a place for what they write, and says nothing itself.

    False for whatever is no HTML, for an empty page, and for a page with as little as one line of its own.
    """
    if page.text.lstrip("\ufeff \t\r\n")[:1] != "<" or not any(_runs(script) for script in page.tree.iter("script")):
        return False
    own, frame = _texts(page.visible)
    if len(own) > _ENOUGH or len(frame) > _MAX_FRAME:
        return False
    lines = [words for line in own.splitlines() if (words := _folded(line))]
    mount = _has_mount(page.tree)
    waiting = [line for line in lines if _waits().fullmatch(line) or _asks().search(line)]
    skips = {_folded(first_text(a, 200)) for a in page.visible.iter("a") if (a.get("href") or "").startswith("#")}
    said = [
        line for line in lines if line not in waiting and line not in skips and not (mount and _is_title(page, line))
    ]
    return not said and (mount or bool(waiting) or _asks_in_noscript(page.tree))


def _runs(script: html.HtmlElement) -> bool:
    """Whether a script is run, and not data for one."""
    return bool(_RUNS((script.get("type") or "").strip())) and bool(script.get("src") or (script.text or "").strip())


def _texts(tree: html.HtmlElement) -> tuple[str, str]:
    own, frame = "", ""
    for text, place in visible_texts(tree):
        if text is None:
            own += "" if own.endswith("\n") else "\n"
        elif place.is_boilerplate:
            frame += text.strip()
        else:
            own += re.sub(r"\s+", " ", text)
        if len(own) > _ENOUGH or len(frame) > _MAX_FRAME:
            break
    return own.strip(), frame


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
