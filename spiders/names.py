"""Addresses, as a crawl tells them apart: which are one page, and which one site."""

from __future__ import annotations

from functools import cache
from urllib.parse import urlsplit

from tldextract import TLDExtract
from w3lib.url import canonicalize_url

from spiders.extraction.sessions import without_session


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
