"""Addresses of the web, as links in what is exported."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from calendar_export.text.cleaning import clean

_UNQUOTED = "%/:?#[]@!$&'()*+,;=~"
"""Left as they are by `uri_value`: the reserved characters of RFC 3986, 2.2, and the % of encoded ones."""


def web_url(url: str | None) -> str | None:
    """Return `url` if it is http or https, names a host and holds no spaces; None otherwise.

    >>> web_url("https://guild.example/1")
    'https://guild.example/1'
    >>> web_url("javascript:alert(1)") is None
    True
    """
    if not url or not url.startswith(("http://", "https://")) or url.split() != [url]:
        return None
    try:
        return url if urlsplit(url).hostname else None
    except ValueError:
        return None


def uri_value(url: str | None) -> str | None:
    """Return `url` in ASCII, as a URI value must be (RFC 5545, 3.3.13; RFC 3986, 2.1).

    None where it is no address of the web.

    >>> uri_value("https://guild.example/ä")
    'https://guild.example/%C3%A4'
    """
    known = web_url(clean(url)) if url else None
    return quote(known, safe=_UNQUOTED, errors="replace") if known else None
