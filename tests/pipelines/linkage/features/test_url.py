"""What is read of an event's address."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.linkage.features.url import read_url


@pytest.mark.parametrize(
    "url",
    [
        "https://guild.org/e/17",
        "http://www.guild.org/e/17/",
        "https://GUILD.org/e/17?utm_source=list&fbclid=1",
        "https://guild.org/e/17#speakers",
        "https://guild.org/e/17/index.html",
        "https://web.archive.org/web/20270303000000/https://guild.org/e/17",
        " https://guild.org/e/17 ",
    ],
)
def test_one_page(url: str) -> None:
    """Whatever leads to it."""
    found = read_url(url)

    assert found is not None
    assert (found.page, found.is_own_page) == ("guild.org/e/17", True)


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://events.guild.org/e/17", "guild.org"),
        ("https://lincoln.k12.ca.us/e/1", "lincoln.k12.ca.us"),
        ("https://hill.leeds.sch.uk/e/1", "hill.leeds.sch.uk"),
        ("https://phonics.blogspot.com/e/1", "phonics.blogspot.com"),
    ],
)
def test_one_site(url: str, site: str) -> None:
    """By the Public Suffix List: two schools under one suffix are two sites."""
    found = read_url(url)

    assert found is not None
    assert found.site == site


@pytest.mark.parametrize(
    ("url", "home", "listing", "platform"),
    [
        ("https://guild.org", True, False, False),
        ("https://guild.org/index.php", True, False, False),
        ("https://guild.org/en/", True, False, False),
        ("https://guild.org/about/Events/", False, True, False),
        ("https://guild.org/calendar?month=3", False, True, False),
        ("https://guild.org/calendar/17", False, False, False),
        ("https://www.eventbrite.co.uk/e/17", False, False, True),
        ("https://docs.google.com/forms/17", False, False, True),
        ("https://phonics.wordpress.com/17", False, False, False),
    ],
)
def test_whose_page_it_is(url: str, home: bool, listing: bool, platform: bool) -> None:
    """An event's own, a site's first, a list of many, or one of a platform of many organisers."""
    found = read_url(url)

    assert found is not None
    assert (found.is_home, found.is_listing, found.is_platform) == (home, listing, platform)
    assert found.is_own_page is not (home or listing)


@pytest.mark.parametrize("url", [None, "", "guild", "mailto:office@guild.org", "http://[", "/e/17"])
def test_no_address(url: str | None) -> None:
    """Without a host there is nothing to compare."""
    assert read_url(url) is None


@given(st.one_of(st.text(), st.text().map("https://guild.org/{}".format), st.text().map("https://{}/".format)))
def test_any_text_can_be_read(text: str) -> None:
    """As an address, or as none."""
    found = read_url(text)

    assert found is None or found.site
