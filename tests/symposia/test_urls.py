"""Addresses as a crawl tells them apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symposia.urls import host_of, page_name, same_site, site_of, without_session

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


SITES = [
    # One organisation's, however its hosts are called.
    ("https://www.guild.org/a", "guild.org"),
    ("https://events.guild.org:8443/b?c#d", "guild.org"),
    ("http://user@EVENTS.Guild.ORG./", "guild.org"),
    ("https://events.ox.ac.uk/", "ox.ac.uk"),
    # Unrelated schools under one public suffix.
    ("https://lincoln.k12.ca.us/events", "lincoln.k12.ca.us"),
    ("https://www.jefferson.k12.ca.us/events", "jefferson.k12.ca.us"),
    ("https://www.hill.leeds.sch.uk/", "hill.leeds.sch.uk"),
    ("https://mill.leeds.sch.uk/", "mill.leeds.sch.uk"),
    ("https://hill.school.nz/", "hill.school.nz"),
    ("https://library.gov.uk/", "library.gov.uk"),
    ("https://hill.vic.edu.au/", "hill.vic.edu.au"),
    # Different people's, under one hosting domain: those of the Public Suffix List, and those that it lacks.
    ("https://phonics.github.io/events", "phonics.github.io"),
    ("https://phonics.blogspot.com/", "phonics.blogspot.com"),
    ("https://phonics.wordpress.com/2027/", "phonics.wordpress.com"),
    ("https://www.phonics.weebly.com/", "phonics.weebly.com"),
    ("https://leeds.libcal.com/event/7", "leeds.libcal.com"),
    # A leading "www." belongs to the host without it, though the list would have it registered under the hosting domain.
    ("https://www.github.io/", "github.io"),
    ("https://www.k12.ca.us/", "k12.ca.us"),
    ("https://www.com/", "www.com"),
    # A host with nothing registered above it is a site of its own.
    ("https://github.io/", "github.io"),
    ("http://localhost:8000/", "localhost"),
    ("http://intranet/events", "intranet"),
    ("http://127.0.0.1:1/", "127.0.0.1"),
    ("http://[::1]:8000/", "::1"),
    ("https://www.guild.example/", "guild.example"),
    ("https://events.guild.example/", "events.guild.example"),
    # Written in Unicode, or as the network has it (IDNA).
    ("https://www.bücher.de/", "xn--bcher-kva.de"),
    ("https://xn--bcher-kva.de/", "xn--bcher-kva.de"),
    # No site at all.
    ("mailto:office@guild.org", ""),
    ("/events", ""),
    ("http://[", ""),
    ("http://", ""),
    ("", ""),
    (None, ""),
]


@pytest.mark.parametrize(("url", "site"), SITES)
def test_the_site_of_an_address(url: str | None, site: str) -> None:
    """Its registrable domain by the Public Suffix List; its host where nothing is registered above that."""
    assert site_of(url) == site


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://www.guild.org/a", "https://events.guild.org/b", True),
        ("https://a.ac.uk/", "https://b.ac.uk/", False),
        ("https://lincoln.k12.ca.us/", "https://jefferson.k12.ca.us/", False),
        ("https://phonics.wordpress.com/", "https://spelling.wordpress.com/", False),
        ("https://guild.org/", "https://guild.com/", False),
        ("https://www.github.io/", "https://github.io/", True),
        ("https://www.k12.ca.us/", "https://k12.ca.us/", True),
        ("https://www.k12.ca.us/", "https://lincoln.k12.ca.us/", False),
        ("http://127.0.0.1:1/", "http://127.0.0.1:2/", True),
        ("mailto:office@guild.org", "mailto:office@guild.org", False),
        ("http://[", "http://[", False),
    ],
)
def test_sites_are_told_apart_by_their_registered_domain(one: str, other: str, same: bool) -> None:
    """The Public Suffix List's; what has no host is on no site."""
    assert same_site(one, other) is same


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://WWW.Guild.org.:8443/a", "www.guild.org"),
        ("https://user:word@guild.org", "guild.org"),
        ("https://bücher.de/", "xn--bcher-kva.de"),
        ("http://[::1]/", "::1"),
        ("/events", ""),
        ("http://[", ""),
        (None, ""),
    ],
)
def test_the_host_of_an_address(url: str | None, host: str) -> None:
    """In one spelling, without its port."""
    assert host_of(url) == host


@given(st.one_of(st.text(), st.text().map("https://{}/".format), st.text().map("https://{}.co.uk".format)))
def test_any_text_has_a_site_or_none(text: str) -> None:
    """Nothing is raised, whatever a page has for an address; a site is a part of its host."""
    assert host_of(text).endswith(site_of(text))
    assert bool(site_of(text)) == bool(host_of(text))
