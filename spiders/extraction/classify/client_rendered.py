"""Client-rendered pages: the server sends a shell, and only a browser that runs its scripts sees what it announces."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from lxml import etree, html

from spiders.extraction.classify.empty_listing import says_it_is_empty
from spiders.extraction.dom.visible_lines import visible_texts
from spiders.extraction.page import Page
from symposia.text.plain_text import first_text, one_line, plain_text

_MAX_OWN = 600
"""Characters of its own that a shell may show: "loading", and what asks for JavaScript."""
_MAX_BOILERPLATE = 3_000
"""Characters of header, navigation and footer around a shell; a server that writes more of them writes the page too."""
_MAX_ELEMENTS = 20_000
"""Elements of a page among which one for scripts to fill is looked for."""
_MAX_LABEL = 200
"""Characters of a link that skips to a place on the page."""
_MAX_TITLE = 300
"""Characters of a page's title."""
_MAX_NOSCRIPT = 2_000
"""Characters of a `<noscript>`: longer ones hold tracking pixels or a page."""
_FILLED = ("iframe", "object", "embed", "video", "table", "form")
"""What an element holds that needs no script to be filled."""
_script_type = re.compile(r"|module|(?:text|application)/(?:x-)?(?:java|ecma)script.*", re.IGNORECASE)
"""Types of scripts that browsers run; other types are data for them (HTML Standard, 4.12.1)."""


def needs_browser(page: Page) -> bool:
    """Whether scripts have yet to write the page: it runs some, has a place for what they write, and says nothing itself.

    False for a page that is not HTML, for an empty one, and for one that says a single line of its own.
    """
    if page.text.lstrip("\ufeff \t\r\n")[:1] != "<" or not any(map(_is_run, page.tree.iter("script"))):
        return False
    lines = _own_lines(page)
    if lines is None:
        return False
    has_mount = _has_mount(page.tree)
    waiting = [line for line in lines if _waits().fullmatch(line) or _asks().search(line)]
    others = [line for line in lines if line not in waiting and not (has_mount and _is_title(page, line))]
    return not others and (has_mount or bool(waiting) or _asks_in_noscript(page.tree))


def _is_run(script: html.HtmlElement) -> bool:
    """Whether a script is run, and not data for one."""
    is_code = _script_type.fullmatch((script.get("type") or "").strip()) is not None
    return is_code and bool(script.get("src") or (script.text or "").strip())


def _own_lines(page: Page) -> Sequence[str] | None:
    """The folded lines of a page's own part, without links that skip to a place on it; None where it is no shell."""
    own: list[str] = []
    own_size, around_size = 0, 0
    for text, place in visible_texts(page.visible):
        words = "\n" if text is None else re.sub(r"\s+", " ", text)
        if place.is_boilerplate:
            around_size += len(words.strip())
        elif words.strip() or (own and own[-1] != "\n"):
            own.append(words)
            own_size += len(words)
        if own_size > _MAX_OWN or around_size > _MAX_BOILERPLATE:
            return None
    skips = {_fold(first_text(link, _MAX_LABEL)) for link in page.visible.iter("a") if _is_on_page(link)}
    lines = map(_fold, "".join(own).splitlines())
    return [line for line in lines if line and line not in skips]


def _is_on_page(link: html.HtmlElement) -> bool:
    return (link.get("href") or "").startswith("#")


def _has_mount(tree: html.HtmlElement) -> bool:
    """Whether there is an element for scripts to fill: by its id, an attribute, or a tag that HTML does not know."""
    ids, attributes = set(_load_words()["mount_ids"]), _load_words()["mount_attributes"]
    for count, node in enumerate(tree.iter(etree.Element)):
        if count > _MAX_ELEMENTS:
            return False
        is_named = (node.get("id") or "").casefold() in ids or any(node.get(name) is not None for name in attributes)
        if (is_named or "-" in node.tag) and next(node.iter(*_FILLED), None) is None:
            return True
    return False


def _asks_in_noscript(tree: html.HtmlElement) -> bool:
    texts = (plain_text(node.text_content(), limit=_MAX_NOSCRIPT) or "" for node in tree.iter("noscript"))
    return any(_asks().search(_fold(text)) for text in texts)


def _is_title(page: Page, line: str) -> bool:
    """Whether a line repeats a part of the page's title, and does not say that the listing is empty."""
    title = _fold(one_line(page.tree.findtext(".//title"), limit=_MAX_TITLE) or "")
    parts = {part.strip() for part in re.split(r"\s[|–—·-]\s|[|:»]", title)}
    return line in parts and not says_it_is_empty(page)


def _fold(text: str) -> str:
    return " ".join(text.replace("’", "'").casefold().split()).strip(" .…!?:,;")


@cache
def _asks() -> re.Pattern[str]:
    """Finds words that ask for JavaScript; a star stands for up to three words."""
    phrases = _load_words()["asks"]
    return re.compile("|".join(re.escape(words).replace(r"\*\ ", r"(?:\S+\s){0,3}") for words in phrases))


@cache
def _waits() -> re.Pattern[str]:
    """Matches a line that only says that something is being loaded: "Loading the calendar"."""
    loading = "|".join(map(re.escape, sorted(_load_words()["loading"], key=len, reverse=True)))
    around = "|".join(map(re.escape, sorted(_load_words()["around"], key=len, reverse=True)))
    return re.compile(rf"(?:(?:{around})[\s,.…]+){{0,3}}(?:{loading})(?:[\s,.…]+(?:{around}|{loading})){{0,4}}")


@cache
def _load_words() -> Mapping[str, Sequence[str]]:
    return tomllib.loads((Path(__file__).parent / "client_rendered.toml").read_text(encoding="utf-8"))
