"""The download handler that opens pages in a browser, whose requests pass a gate. Needs the extra `browser`."""

from __future__ import annotations

from socket import gaierror

from playwright.async_api import Error
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError
from scrapy.http import Response
from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler

from spiders.gate import Gate


class GuardedBrowserHandler(ScrapyPlaywrightDownloadHandler):  # type: ignore[misc]  # it ships no types
    """The handler of scrapy-playwright; where private addresses are not allowed, its browser goes out only through the gate."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.gate: Gate | None = None
        if not crawler.settings.getbool("SYMPOSIA_ALLOW_PRIVATE"):
            self.gate = Gate()
            self.config.launch_options = {**self.config.launch_options, **self.gate.launch_options}

    async def download_request(self, request: Request) -> Response:
        """Download a page. Raises PrivateAddressError where the gate stops it, or the page it redirects to."""
        if self.gate is None or not request.meta.get("playwright"):
            other: Response = await super().download_request(request)
            return other
        self.gate.forget_failures()
        try:
            response: Response = await super().download_request(request)
        except Error as error:
            raise _to_scrapy_error(self.gate.explain_error(str(error))) or error from None
        if reason := _to_scrapy_error(self.gate.explain_answer(response.url, response.status)):
            raise reason
        return response

    async def close(self) -> None:
        """Close the browser, and the gate after it."""
        await super().close()
        if self.gate is not None:
            self.gate.close()


def _to_scrapy_error(error: Exception | None) -> Exception | None:
    """Turn an error of the gate into what Scrapy's own downloads raise."""
    return CannotResolveHostError(str(error)) if isinstance(error, gaierror) else error
