"""What went wrong with a request, out of the closed list of `symposia.errors.Cause`."""

from __future__ import annotations

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadTimeoutError,
    IgnoreRequest,
)
from scrapy.spidermiddlewares.httperror import HttpError

from spiders.ledger import LeftAloneError
from spiders.middlewares import NotInArchiveError, TooLargeError
from spiders.network import PrivateAddressError
from symposia.errors import Cause, ExtractionError

_BY_STATUS = {
    401: Cause.LOGIN,
    403: Cause.BLOCKED,
    404: Cause.NOT_FOUND,
    410: Cause.NOT_FOUND,
    429: Cause.BLOCKED,
    451: Cause.BLOCKED,
}

_BY_TYPE: tuple[tuple[type[BaseException], Cause], ...] = (
    (PrivateAddressError, Cause.PRIVATE_ADDRESS),
    (NotInArchiveError, Cause.NOT_IN_ARCHIVE),
    (TooLargeError, Cause.TOO_LARGE),
    (CannotResolveHostError, Cause.DNS),
    (DownloadTimeoutError, Cause.TIMEOUT),
    (DownloadCancelledError, Cause.TOO_LARGE),
)


_BY_WORDS = (
    ("executable doesn't exist", Cause.NEEDS_BROWSER),
    ("failed to launch", Cause.NEEDS_BROWSER),
    ("err_name_not_resolved", Cause.DNS),
    ("err_cert", Cause.TLS),
    ("err_ssl", Cause.TLS),
    ("err_too_many_redirects", Cause.REDIRECTS),
    ("err_timed_out", Cause.TIMEOUT),
    ("timeout", Cause.TIMEOUT),
)
"""What a browser says, as Playwright reports it: its errors are of one type."""


def find_cause(error: BaseException | None) -> Cause:
    """The cause behind what Scrapy hands to an errback; CONNECTION where a download failed for no reason listed."""
    if isinstance(error, ExtractionError | LeftAloneError):
        return error.cause
    if isinstance(error, HttpError):
        return _BY_STATUS.get(error.response.status, Cause.HTTP)
    if isinstance(error, IgnoreRequest) and not isinstance(error, PrivateAddressError):
        return _ignored(str(error))
    if type(error).__module__.startswith("playwright."):
        words = str(error).casefold()
        return next((cause for mark, cause in _BY_WORDS if mark in words), Cause.CONNECTION)
    known = next((cause for kind, cause in _BY_TYPE if isinstance(error, kind)), None)
    return known or (Cause.TLS if _is_tls(error) else Cause.CONNECTION)


def _ignored(words: str) -> Cause:
    if "robots" in words:
        return Cause.ROBOTS
    if "redirect" in words:
        return Cause.REDIRECTS
    return Cause.TOO_LARGE if "MAXSIZE" in words else Cause.CONNECTION


def _is_tls(error: BaseException | None) -> bool:
    return "ssl" in repr(error).casefold() or "certificate" in str(error).casefold()
