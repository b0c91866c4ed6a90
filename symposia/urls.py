"""Addresses: which are one page, which are one site, and what in them is a visitor's session."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from tldextract import TLDExtract
from w3lib.url import canonicalize_url, url_query_cleaner

from symposia.text.toml_files import toml_at

_MAX_HOSTS = 65_536
"""Hosts whose site is remembered (about 10 MB): far more than all sources lead to, and none is looked up twice."""


def page_name(url: str) -> str:
    """Name the page of an address: without what tells no pages apart (parameters' order, fragment, session id).

    >>> page_name("https://guild.example/e?b=2&a=1#top")
    'https://guild.example/e?a=1&b=2'
    """
    return canonicalize_url(without_session(url))


def host_of(url: str | None) -> str:
    """The host of an address, in lower case and ASCII (IDNA); "" where it has none, or cannot be read.

    >>> host_of("https://Events.Guild.example:8443/e/1")
    'events.guild.example'
    """
    try:
        host = (urlsplit(url or "").hostname or "").rstrip(".")
        return host if host.isascii() else host.encode("idna").decode()
    except ValueError:  # UnicodeError is one too
        return ""


def site_of(url: str | None) -> str:
    """The site of an address: the domain that its owner has registered, by the Public Suffix List (publicsuffix.org).

    Different people's sites under one public suffix (schools under sch.uk) or one hosting domain (blogs under
    blogspot.com) are different sites. Where nothing is registered (an IP address, localhost, a name of an intranet),
    the host, without "www.". "" where the address has no host, or cannot be read.

    >>> site_of("https://www.events.guild.org/e/1")
    'guild.org'
    >>> site_of("https://lincoln.k12.ca.us/"), site_of("https://phonics.wordpress.com/")
    ('lincoln.k12.ca.us', 'phonics.wordpress.com')
    """
    return _site_of_host(host_of(url))


def same_site(one: str | None, other: str | None) -> bool:
    """Whether two addresses are on one site, as `site_of` tells sites apart; False where either is on none."""
    site = site_of(one)
    return bool(site) and site == site_of(other)


@lru_cache(maxsize=_MAX_HOSTS)
def _site_of_host(host: str) -> str:
    # By the list, www.github.io is registered under github.io, and not that site's own host; www.com is a domain.
    bare = host.removeprefix("www.")
    bare = bare if "." in bare else host
    return _extractor()(bare).top_domain_under_public_suffix or host.removeprefix("www.")


@cache
def _extractor() -> TLDExtract:
    """The extractor over the list that tldextract ships: without an address and a cache, it asks nobody for a newer one."""
    hosting = toml_at(Path(__file__).with_name("hosting_domains.toml"))["domains"]
    return TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True, extra_suffixes=hosting)


# A short value ("sid=12") may be what the page is about.
_session = re.compile(
    r"(?<=[?&;])(phpsessid|jsessionid|aspsessionid\w{0,12}|session_?id|sessid|sid|cfid|cftoken|zenid|oscsid|s)=[\w.-]{16,}",
    re.IGNORECASE,
)

_in_path = re.compile(r";jsessionid=[^/?#;]*", re.IGNORECASE)


def without_session(url: str) -> str:
    """Strip session ids: a site shows one page to each visitor under an address of their own.

    >>> without_session("https://guild.example/e?id=5&PHPSESSID=3f9a0c5be2d84711")
    'https://guild.example/e?id=5'
    """
    found = _session.findall(url)
    return url_query_cleaner(_in_path.sub("", url), found, remove=True, keep_fragments=True) if found else url
