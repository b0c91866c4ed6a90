"""Pages that a browser opens for a crawl, through a gate that leads to no private address. Needs the extra `browser`."""

from __future__ import annotations

from socket import gaierror

from playwright.async_api import Error
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError
from scrapy.http import Response
from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler

from spiders.gate import Gate


class GuardedBrowserHandler(ScrapyPlaywrightDownloadHandler):  # type: ignore[misc]
    """Scrapy's handler of such pages; where private addresses are not allowed, its browser goes out by the gate alone."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.gate: Gate | None = None
        if not crawler.settings.getbool("SYMPOSIA_ALLOW_PRIVATE"):
            self.gate = Gate()
            self.config.launch_options = {**self.config.launch_options, **self.gate.launch_options}

    async def download_request(self, request: Request) -> Response:
        """Called by Scrapy. Raises PrivateAddressError where the page, or what it redirects to, is not let through."""
        if self.gate is None or not request.meta.get("playwright"):
            other: Response = await super().download_request(request)
            return other
        self.gate.forget()
        try:
            response: Response = await super().download_request(request)
        except Error as error:
            raise _scrapys(self.gate.why(str(error))) or error from None
        if why := _scrapys(self.gate.why_not(response.url, response.status)):
            raise why
        return response

    async def close(self) -> None:
        """Called by Scrapy."""
        await super().close()
        if self.gate is not None:
            self.gate.close()


def _scrapys(error: Exception | None) -> Exception | None:
    """An error of the gate as Scrapy's own downloads would raise it."""
    return CannotResolveHostError(str(error)) if isinstance(error, gaierror) else error
