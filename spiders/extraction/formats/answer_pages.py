"""The address of the answer after this one, as platforms page their lists."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from spiders.extraction.page import Page


def next_answer(page: Page, data: Any) -> str | None:
    """The address of the next answer: as this one states it, else by its number or token; None for the last.

    Args:
        page: The page that the answer is.
        data: The answer, its keys folded.
    """
    if not isinstance(data, dict):
        return None
    links = data.get("links")
    stated = data.get("nextresturl") or data.get("next") or (links.get("next") if isinstance(links, dict) else None)
    if isinstance(stated, str) and stated.startswith(("http", "/")):
        return page.link(stated)
    if isinstance(token := data.get("nextpagetoken"), str):
        return _with_query(page.url, pageToken=token)
    if (number := _next_number(data.get("page"))) is not None:
        return _with_query(page.url, page=str(number))
    if data.get("hasmore") is True and isinstance(data.get("nextcursor"), str):
        return _with_query(page.url, pagination_cursor=data["nextcursor"])
    return None


def _next_number(paging: Any) -> int | None:
    """The number after that of `{"current": 1, "total": 3}`; None for the last page, and for anything else."""
    current, total = (paging.get("current"), paging.get("total")) if isinstance(paging, dict) else (None, None)
    return current + 1 if isinstance(current, int) and isinstance(total, int) and current < total else None


def _with_query(url: str, **values: str) -> str:
    """A URL with those values set in its query."""
    parts = urlsplit(url)
    query = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] not in values]
    return urlunsplit(parts._replace(query=urlencode([*query, *values.items()])))
