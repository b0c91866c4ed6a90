"""Addresses: which are one page, which one site, and what in them is a visitor's session."""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import urlsplit

from tldextract import TLDExtract
from w3lib.url import canonicalize_url, url_query_cleaner


def page_name(url: str) -> str:
    """An address without what does not tell pages apart: order of parameters, fragment, and a visitor's session."""
    return canonicalize_url(without_session(url))


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


# A short value ("sid=12") may be what the page is about.
_session = re.compile(
    r"(?<=[?&;])(phpsessid|jsessionid|aspsessionid\w{0,12}|session_?id|sessid|sid|cfid|cftoken|zenid|oscsid|s)=[\w.-]{16,}",
    re.IGNORECASE,
)

_in_path = re.compile(r";jsessionid=[^/?#;]*", re.IGNORECASE)


def without_session(url: str) -> str:
    """The address for any visitor: without the parameters by which a site tells one from another."""
    found = _session.findall(url)
    return url_query_cleaner(_in_path.sub("", url), found, remove=True, keep_fragments=True) if found else url
