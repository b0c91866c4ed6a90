"""Addresses as a crawl tells them apart."""

from __future__ import annotations

import pytest

from symposia.urls import page_name, same_site, without_session

TOKEN = "3f9a0c5be2d84711"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (f"https://a.example/e.php?id=5&PHPSESSID={TOKEN}", "https://a.example/e.php?id=5"),
        (f"https://a.example/e.php?PHPSESSID={TOKEN}&id=5#top", "https://a.example/e.php?id=5#top"),
        (f"https://a.example/e;jsessionid={TOKEN}?id=5", "https://a.example/e?id=5"),
        (f"https://a.example/e;JSESSIONID={TOKEN}", "https://a.example/e"),
        (f"https://a.example/?sid={TOKEN}", "https://a.example/"),
        (f"https://a.example/?s={TOKEN}&p=2", "https://a.example/?p=2"),
        # What a page is about, and what only looks like a session.
        ("https://a.example/?sid=12", "https://a.example/?sid=12"),
        ("https://a.example/?s=reading", "https://a.example/?s=reading"),
        ("https://a.example/?session=morning-of-the-first-day", "https://a.example/?session=morning-of-the-first-day"),
        (f"https://a.example/event/{TOKEN}", f"https://a.example/event/{TOKEN}"),
        (f"https://a.example/?id={TOKEN}", f"https://a.example/?id={TOKEN}"),
    ],
)
def test_a_visitors_session_is_no_part_of_an_address(url: str, expected: str) -> None:
    """Nor is it asked for again under the next one."""
    assert without_session(url) == expected
    assert page_name(url) == page_name(expected)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://a.example/?b=1&a=2", "https://a.example/?a=2&b=1", True),
        ("https://a.example/p#one", "https://a.example/p#two", True),
        ("https://a.example/p?page=1", "https://a.example/p?page=2", False),
        ("https://a.example/p", "https://a.example/P", False),
    ],
)
def test_one_page_has_one_name(one: str, other: str, same: bool) -> None:
    """The order of parameters and a fragment do not matter."""
    assert (page_name(one) == page_name(other)) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://www.guild.org/a", "https://events.guild.org/b", True),
        ("https://a.ac.uk/", "https://b.ac.uk/", False),
        ("https://guild.org/", "https://guild.com/", False),
        ("http://127.0.0.1:1/", "http://127.0.0.1:2/", True),
    ],
)
def test_sites_are_told_apart_by_their_registered_domain(one: str, other: str, same: bool) -> None:
    """The Public Suffix List's."""
    assert same_site(one, other) is same
