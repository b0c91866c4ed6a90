"""Web addresses, for telling whether two are one page or one site."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from w3lib.url import canonicalize_url, url_query_cleaner

from pipelines.linkage.word_lists import word_lists
from symposia.urls import host_of, site_of

_archived = re.compile(r"^https?://web\.archive\.org/web/[\da-z_*]{1,20}/(?=http)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """An address, compared without what doesn't matter: scheme, www, tracking, the last slash.

    `page`: host, path and query. `site`: the domain that its owner has registered. `home`: whether it is a site's first page.
    `listing`: whether it is one of many events, by its last word. `shared`: whether many organisers' events live under
    the host.
    """

    page: str
    site: str
    home: bool
    listing: bool
    shared: bool


@lru_cache(maxsize=8_192)
def read_address(url: str | None) -> Address | None:
    """What `url` says; None where there is none, or it can't be read."""
    try:
        clean = canonicalize_url(
            url_query_cleaner(_archived.sub("", url or "").strip(), list(_tracking()), remove=True)
        )
    except ValueError:
        return None
    host, site = host_of(clean).removeprefix("www."), site_of(clean)
    if not host:
        return None
    rest = _without_index(clean.split("://", 1)[-1].removeprefix("www.").partition("/")[2])
    return Address(
        page=f"{host}/{rest}".casefold(),
        site=site,
        home=not rest,
        listing=_is_listing(rest),
        shared=site in _shared() or host in _shared(),
    )


def _without_index(path: str) -> str:
    parts = [part for part in path.split("/") if part]
    if parts and parts[-1].casefold() in _index():
        parts.pop()
    return "/".join(parts)


def _is_listing(path: str) -> bool:
    return path.partition("?")[0].rpartition("/")[2].casefold() in _listing()


@cache
def _tracking() -> frozenset[str]:
    return frozenset(word_lists()["addresses"]["tracking"])


@cache
def _shared() -> frozenset[str]:
    return frozenset(word_lists()["addresses"]["shared"])


@cache
def _index() -> frozenset[str]:
    return frozenset(word_lists()["addresses"]["index"])


@cache
def _listing() -> frozenset[str]:
    return frozenset(word_lists()["addresses"]["listing"])
