"""Requests that a browser answers, for sources whose pages are made by scripts. Needs the extra `browser`."""

from __future__ import annotations

import logging
from contextlib import suppress
from functools import partial
from importlib.util import find_spec
from typing import Any

from scrapy.settings import BaseSettings
from scrapy.utils.misc import load_object

from spiders.network import is_private_url

NO_BROWSER = "scripts make its pages; to read them: pip install 'symposia[browser]', and a Chromium"
"""What is said of a source that needs a browser where there is none."""
SETTLE_MS = 5_000
"""Longest wait for a page's scripts to fetch what they show, in milliseconds: some never cease to fetch."""


def has_browser() -> bool:
    """Whether the extra `browser` is installed."""
    return find_spec("scrapy_playwright") is not None


def use_browser(settings: BaseSettings) -> None:
    """Set a crawl up to open its pages in a browser: SYMPOSIA_BROWSER on top of its settings."""
    settings.setdict(settings.getdict("SYMPOSIA_BROWSER"), priority="spider")
    unwanted = partial(is_unwanted_request, allow_private=settings.getbool("SYMPOSIA_ALLOW_PRIVATE"))
    settings.set("PLAYWRIGHT_ABORT_REQUEST", unwanted, priority="spider")
    if settings.get("LOG_LEVEL") not in ("DEBUG", "INFO"):
        # It logs a traceback for each page that fails; the source's cause says so once.
        logging.getLogger("scrapy-playwright").setLevel(logging.ERROR)


def make_browser_meta(user_agent: str | None) -> dict[str, Any]:
    """Make the `meta` of a request that a browser answers once the page's scripts have settled.

    `user_agent` is what the browser calls itself: the same as in every other request.
    """
    return {
        "playwright": True,
        "playwright_page_methods": [load_object("scrapy_playwright.page.PageMethod")(_settle)],
        "playwright_context_kwargs": {
            "user_agent": user_agent,
            "accept_downloads": False,
            "service_workers": "block",
        },
    }


async def _settle(page: Any) -> None:
    """Wait until the network is idle, for at most SETTLE_MS."""
    with suppress(load_object("playwright.async_api.TimeoutError")):
        await page.wait_for_load_state("networkidle", timeout=SETTLE_MS)


def is_unwanted_request(request: Any, *, allow_private: bool) -> bool:
    """Whether a browser's request is for what holds no event (pictures, sound, fonts), or leads to a private address."""
    return request.resource_type in ("image", "media", "font") or (not allow_private and is_private_url(request.url))
