"""Why a request came to nothing: its cause (`symposia.errors.Cause`), and a detail in words."""

from __future__ import annotations

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.spidermiddlewares.httperror import HttpError

from spiders.browser_requests import NO_BROWSER
from spiders.hosts import LeftAloneError
from spiders.network import PrivateAddressError
from spiders.record_replay import NotInArchiveError, TooLargeError
from symposia.errors import Cause, ExtractionError

_BY_STATUS = {
    401: Cause.LOGIN,
    403: Cause.BLOCKED,
    404: Cause.NOT_FOUND,
    410: Cause.NOT_FOUND,
    429: Cause.BLOCKED,
    451: Cause.BLOCKED,
}
"""By the status of the answer (RFC 9110, 15.5); any other is HTTP."""

_BY_TYPE: tuple[tuple[type[BaseException], Cause], ...] = (
    (PrivateAddressError, Cause.PRIVATE_ADDRESS),
    (NotInArchiveError, Cause.NOT_IN_ARCHIVE),
    (TooLargeError, Cause.TOO_LARGE),
    (CannotResolveHostError, Cause.DNS),
    (DownloadTimeoutError, Cause.TIMEOUT),
    (DownloadCancelledError, Cause.TOO_LARGE),
)
"""By the type of the error, ours and Scrapy's; the first that fits."""

_BY_BROWSER_MESSAGE = (
    ("executable doesn't exist", Cause.NEEDS_BROWSER),
    ("failed to launch", Cause.NEEDS_BROWSER),
    ("err_name_not_resolved", Cause.DNS),
    ("err_cert", Cause.TLS),
    ("err_ssl", Cause.TLS),
    ("err_too_many_redirects", Cause.REDIRECTS),
    ("err_timed_out", Cause.TIMEOUT),
    ("timeout", Cause.TIMEOUT),
)
"""By what a browser's message holds, in lower case: Playwright's errors are all of one type. The first that fits."""


def find_cause(error: BaseException | None) -> Cause:
    """Find the cause behind what Scrapy hands to an errback; CONNECTION where a download failed for no reason listed."""
    if isinstance(error, ExtractionError | LeftAloneError):
        return error.cause
    if isinstance(error, HttpError):
        return _BY_STATUS.get(error.response.status, Cause.HTTP)
    if isinstance(error, IgnoreRequest) and not isinstance(error, PrivateAddressError):
        return _find_cause_of_ignored(str(error))
    if type(error).__module__.startswith("playwright."):
        message = str(error).casefold()
        return next((cause for mark, cause in _BY_BROWSER_MESSAGE if mark in message), Cause.CONNECTION)
    known = next((cause for kind, cause in _BY_TYPE if isinstance(error, kind)), None)
    return known or (Cause.TLS if _is_tls_error(error) else Cause.CONNECTION)


def _find_cause_of_ignored(message: str) -> Cause:
    """Find why Scrapy dropped a request: its IgnoreRequest says so in words alone."""
    if "robots" in message:
        return Cause.ROBOTS
    if "redirect" in message:
        return Cause.REDIRECTS
    return Cause.TOO_LARGE if "MAXSIZE" in message else Cause.CONNECTION


def _is_tls_error(error: BaseException | None) -> bool:
    return "ssl" in repr(error).casefold() or "certificate" in str(error).casefold()


def describe_error(error: BaseException | None) -> str:
    """Describe what went wrong in one line."""
    if isinstance(error, HttpError):
        location = error.response.headers.get("Location")  # Of a redirect that leads to no http or https address.
        return f"HTTP {error.response.status}" + (f", redirects to {location.decode('latin-1')}" if location else "")
    if find_cause(error) is Cause.NEEDS_BROWSER:
        return NO_BROWSER
    if isinstance(error, ResponseDataLossError):
        return "the answer broke off"
    reasons = getattr(error, "reasons", None) or getattr(getattr(error, "__cause__", None), "reasons", None)
    if reasons:  # Twisted lists them where a connection broke.
        return str(reasons[0].getErrorMessage())
    # Only the first line: a browser adds its log.
    return next((line for line in str(error).splitlines() if line.strip()), type(error).__name__)
