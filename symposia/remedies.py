"""What a person may do about a source whose crawl failed, in a line for each cause; docs/health.md says more."""

from __future__ import annotations

from collections.abc import Mapping

from symposia.errors import Cause

_WAIT = "wait; if it stays so, look whether the site has moved"
_FIND_ADDRESS = "find its new address: symposia add URL"
_LEAVE = "take it out of the catalogue, or ask its owner for a public feed"

REMEDIES: Mapping[Cause, str] = {
    Cause.DNS: "look whether the site has another name now; if all sources fail so, whether this machine is connected",
    Cause.TLS: _WAIT,
    Cause.TIMEOUT: _WAIT,
    Cause.CONNECTION: _WAIT,
    Cause.BLOCKED: "look for a feed or a calendar of it, or write to its owner",
    Cause.LOGIN: _LEAVE,
    Cause.NOT_FOUND: _FIND_ADDRESS,
    Cause.GONE: "take it out of the catalogue, or find its new address: symposia add URL",
    Cause.HTTP: _WAIT,
    Cause.ROBOTS: _LEAVE,
    Cause.REDIRECTS: _FIND_ADDRESS,
    Cause.PRIVATE_ADDRESS: "if that is what you want: symposia crawl --allow-private",
    Cause.TOO_LARGE: "look for a narrower address: symposia add URL",
    Cause.WRONG_CONTENT: "look at it; mend its kind, or take that out of its entry",
    Cause.EMPTY_BODY: _WAIT,
    Cause.UNRECOGNISED: "try better forms of its address: symposia add URL",
    Cause.LAYOUT_CHANGED: "try better forms of its address: symposia add URL",
    Cause.MOVED: "find its list on the new site: symposia add URL",
    Cause.NEEDS_BROWSER: "browser = true in its entry, with the extra browser installed",
    Cause.CAPPED: "look for a narrower address: symposia add URL",
    Cause.NO_EVENTS: "nothing: it says itself that it lists none",
    Cause.NOT_IN_ARCHIVE: "record it anew: symposia crawl --record FILE.warc.gz",
    Cause.ALL_REFUSED: "symposia extract URL says why none could be read",
    Cause.BUG: "tell Symposia's developers, with the log",
}
"""The remedy for each cause."""
