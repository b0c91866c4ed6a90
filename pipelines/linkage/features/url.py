"""The features of an event's address: which page it is, on which site, and whether it is the event's own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from w3lib.url import canonicalize_url, url_query_cleaner

from symposia.text.toml_files import toml_at
from symposia.urls import host_of, site_of

_archived = re.compile(r"^https?://web\.archive\.org/web/[\da-z_*]{1,20}/(?=http)")
"""What the Wayback Machine puts before the address of the page that it has kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UrlFeatures:
    """An address without what tells no pages apart: scheme, www, tracking parameters, the last slash.

    Attributes:
        page: Host, path and query.
        site: The domain that its owner has registered (`symposia.urls.site_of`).
        is_home: Whether it is a site's first page.
        is_listing: Whether its last word says that it lists many events ("calendar").
        is_platform: Whether many organisers' events have their pages on the site.
    """

    page: str
    site: str
    is_home: bool
    is_listing: bool
    is_platform: bool

    @property
    def is_own_page(self) -> bool:
        """Whether the page may be one event's alone."""
        return not (self.is_home or self.is_listing)


@lru_cache(maxsize=8_192)
def read_url(url: str | None) -> UrlFeatures | None:
    """Read an address; None where there is none, or it has no host, or cannot be read.

    >>> read_url("http://www.guild.org/e/17/?utm_source=list").page
    'guild.org/e/17'
    >>> read_url("https://events.guild.org/index.html").is_home, read_url("https://guild.org/calendar/").is_listing
    (True, True)
    """
    try:
        clean = canonicalize_url(
            url_query_cleaner(_archived.sub("", url or "").strip(), list(_word_list("tracking")), remove=True)
        )
    except ValueError:
        return None
    host, site = host_of(clean).removeprefix("www."), site_of(clean)
    if not host:
        return None
    path = _without_index(clean.split("://", 1)[-1].removeprefix("www.").partition("/")[2])
    return UrlFeatures(
        page=f"{host}/{path}".casefold(),
        site=site,
        is_home=not path,
        is_listing=path.partition("?")[0].rpartition("/")[2].casefold() in _word_list("listing"),
        is_platform=not _word_list("platforms").isdisjoint((site, host)),
    )


def _without_index(path: str) -> str:
    parts = [part for part in path.split("/") if part]
    if parts and parts[-1].casefold() in _word_list("index"):
        parts.pop()
    return "/".join(parts)


@cache
def _word_list(name: str) -> frozenset[str]:
    return frozenset(toml_at(Path(__file__).with_suffix(".toml"))[name])
