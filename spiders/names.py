"""Addresses, as a crawl tells them apart: which are one page, and which one site."""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import urlsplit

from tldextract import TLDExtract
from w3lib.url import canonicalize_url, url_query_cleaner

_SESSION = frozenset(
    [
        "phpsessid",
        "jsessionid",
        "aspsessionid",
        "sessionid",
        "session_id",
        "sessid",
        "sid",
        "cfid",
        "cftoken",
        "zenid",
        "oscsid",
        "s",
    ]
)
"""Parameters by which a site knows a visitor, under whose ever new values it shows the same page."""
_in_path = re.compile(r";jsessionid=[^/?#;]*", re.IGNORECASE)
_is_token = re.compile(r"[\w.-]{16,}").fullmatch
"""What such a parameter holds; a short one ("sid=12") may be what the page is about."""


def page_name(url: str) -> str:
    """An address without what does not tell pages apart: order of parameters, fragment, and a visitor's session."""
    url = _in_path.sub("", url)
    pairs = [pair.partition("=") for pair in urlsplit(url).query.split("&")]
    session = [name for name, _, value in pairs if name.casefold() in _SESSION and _is_token(value)]
    return canonicalize_url(url_query_cleaner(url, session, remove=True) if session else url)


def same_site(one: str, other: str) -> bool:
    """Whether two addresses belong to one registered domain (the Public Suffix List's, as tldextract ships it)."""
    hosts = urlsplit(one).hostname, urlsplit(other).hostname
    return hosts[0] == hosts[1] or len({_registered(host or "") for host in hosts}) == 1


def _registered(host: str) -> str:
    found = _extractor()(host)
    return found.top_domain_under_public_suffix or host


@cache
def _extractor() -> TLDExtract:
    # Without these two, tldextract asks the network for a newer list.
    return TLDExtract(suffix_list_urls=(), cache_dir=None)
