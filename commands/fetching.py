"""One page fetched for a person who named it: `extract`, `add`. Crawls are Scrapy's."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.request import Request, urlopen

import click

from spiders.archive import Recorded
from spiders.settings import DOWNLOAD_MAXSIZE, DOWNLOAD_TIMEOUT, USER_AGENT


def fetch(url: str) -> Recorded:
    """The answer at `url`, cut at the size that a crawl takes. Raises click.ClickException where there is none."""
    if not url.startswith(("http://", "https://")):
        raise click.ClickException(f"{url}: neither http nor https")
    try:
        request = Request(url, headers={"User-Agent": USER_AGENT})
        with urlopen(request, timeout=DOWNLOAD_TIMEOUT) as response:
            return Recorded(
                url=response.url,
                status=response.status,
                headers=tuple(response.headers.items()),
                body=response.read(DOWNLOAD_MAXSIZE),
                fetched_at=datetime.now(UTC),
            )
    except (OSError, ValueError) as error:
        raise click.ClickException(f"{url}: {error}") from error


def content_type(answer: Recorded) -> str:
    """The Content-Type that came with an answer; empty where none did."""
    return next((value for name, value in answer.headers if name.casefold() == "content-type"), "")
