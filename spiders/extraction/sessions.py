"""A visitor's session in an address: under ever new ones, a site shows the same page."""

from __future__ import annotations

import re

from w3lib.url import url_query_cleaner

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
