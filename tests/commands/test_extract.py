"""`symposia extract`: pages that a person names are fetched as a crawl fetches them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from click.testing import CliRunner

from commands.main import cli
from symposia.errors import FetchError

pytestmark = pytest.mark.usefixtures("hurried_fetches")

FEED = b"""BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Guild//EN
BEGIN:VEVENT
UID:1
DTSTAMP:20260101T000000Z
DTSTART;VALUE=DATE:20270303
SUMMARY:Reading Day
END:VEVENT
END:VCALENDAR
"""


def test_robots_txt_is_obeyed(site: Callable[[], Any]) -> None:
    """A page that robots.txt forbids is not asked for, and the reason is given; another page of the host is read."""
    guild = site()
    guild.pages = {"/robots.txt": b"User-agent: *\nDisallow: /members/", "/members/a.ics": FEED, "/a.ics": FEED}

    forbidden = CliRunner().invoke(cli, ["extract", guild.url("/members/a.ics")])
    allowed = CliRunner().invoke(cli, ["extract", guild.url("/a.ics")])

    assert isinstance(forbidden.exception, FetchError)
    assert (forbidden.exception.cause, forbidden.exception.detail) == ("robots", "Forbidden by robots.txt")
    assert guild.status_of("/members/a.ics") == []
    assert (allowed.exit_code, allowed.output) == (0, "2027-03-03  Reading Day\n")
