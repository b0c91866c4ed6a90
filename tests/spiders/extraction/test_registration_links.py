"""The links of a piece, of an entry and of a page of one event: to register, to watch; and no private ones."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from spiders.extraction.extract import extract
from spiders.extraction.page import Page
from symposia.posting import Posting

AT = "https://guild.example/events/"
NOW = datetime(2026, 11, 24, tzinfo=UTC)


def postings(body: str, url: str = AT) -> tuple[Posting, ...]:
    """What is read from a page of that body."""
    return extract(Page(url=url, body=body.encode(), fetched_at=NOW, source="guild")).postings


def listing(links: str) -> Posting:
    """The first event of a list, with those links."""
    return postings(
        f"""<html lang="en"><body><main><h1>Workshops</h1><ul>
        <li><h3><a href="/phonics">Phonics for beginners</a></h3><p>March 3, 2027, 4:00 pm</p>{links}</li>
        <li><h3><a href="/fractions">Teaching fractions</a></h3><p>March 9, 2027, 4:00 pm</p></li>
        <li><h3><a href="/poems">Poems in class</a></h3><p>March 16, 2027, 4:00 pm</p></li>
        </ul></main></body></html>"""
    )[0]


@pytest.mark.parametrize(
    ("links", "registration", "recording"),
    [
        ('<a href="/form/1">Register now</a>', "https://guild.example/form/1", None),
        (
            '<a href="/form/1" aria-label="Register for Phonics"><img src="a.png"></a>',
            "https://guild.example/form/1",
            None,
        ),
        ('<a href="/video/1">Watch the recording</a>', None, "https://guild.example/video/1"),
        (
            '<a href="/form/1?a=1">Register</a> <a href="/form/1?a=2">Register</a>',
            "https://guild.example/form/1?a=1",
            None,
        ),
        ('<a href="https://a.example/1">Register</a> <a href="https://b.example/1">Register</a>', None, None),
        ('<a href="#register">Register</a>', None, None),
        ('<a href="https://zoom.us/j/812345678">Register</a>', None, None),
        ('<a href="/phonics">More</a>', None, None),
    ],
)
def test_links_of_a_piece(links: str, registration: str | None, recording: str | None) -> None:
    """Each event of a list has those of its own piece; its page is the heading's link."""
    found = listing(links)

    assert (found.url, found.registration_url, found.recording_url) == (
        "https://guild.example/phonics",
        registration,
        recording,
    )


def test_the_words_of_a_link_are_kept() -> None:
    """Why an address is the one to register at."""
    assert dict(listing('<a href="/form/1">Register now</a>').evidence)["registration_url"] == "link: Register now"


def test_a_page_of_its_own_before_a_form() -> None:
    """The link to register is the event's page only where there is no other."""
    found = postings(
        """<html lang="en"><body><main><h1>Workshops</h1><ul>
        <li><h3>Phonics for beginners</h3><p>March 3, 2027</p><a href="/form/1">Register</a> <a href="/phonics">Read more</a></li>
        <li><h3>Teaching fractions</h3><p>March 9, 2027</p><a href="/form/2">Register</a></li>
        </ul></main></body></html>"""
    )

    assert [one.url for one in found] == ["https://guild.example/phonics", "https://guild.example/form/2"]


PAGE = """<html lang="en"><head><script type="application/ld+json">
{"@type": "Event", "name": "Phonics", "startDate": "2027-03-03T16:00", "url": "https://guild.example/phonics"}
</script></head><body><nav><a href="/join">Register</a></nav><main><h1>Phonics</h1><p>March 3, 2027</p>%s</main>
<footer><a href="/account">Sign up</a></footer></body></html>"""


def test_links_of_a_page_of_one_event() -> None:
    """What the page of one event links to is the event's; what stands around it is the site's."""
    one = postings(
        PAGE % '<a class="button" href="https://tickets.example/9">Register</a>', "https://guild.example/phonics"
    )

    assert [each.registration_url for each in one] == ["https://tickets.example/9"]
    assert [each.registration_url for each in postings(PAGE % "", "https://guild.example/phonics")] == [None]


def test_links_of_an_entry() -> None:
    """An entry of a feed has those of its own content."""
    (found,) = postings(
        """<rss version="2.0" xmlns:ev="http://purl.org/rss/1.0/modules/event/"><channel><item><title>Phonics</title>
        <link>https://guild.example/phonics</link><ev:startdate>2027-03-03T16:00</ev:startdate>
        <description>&lt;p&gt;Come! &lt;a href="/form/1"&gt;Sign up here&lt;/a&gt;&lt;/p&gt;</description></item></channel></rss>"""
    )

    assert found.registration_url == "https://guild.example/form/1"


def test_an_entry_that_leads_into_a_meeting_keeps_its_key_and_loses_its_address() -> None:
    """The address is not kept, not even as the event's key; the key stays the same each time."""
    body = """<rss version="2.0" xmlns:ev="http://purl.org/rss/1.0/modules/event/"><channel><item><title>Phonics</title>
        <link>https://zoom.us/j/81234567890?pwd=x</link><ev:startdate>2027-03-03T16:00</ev:startdate></item></channel></rss>"""
    first, second = postings(body)[0], postings(body)[0]

    assert first.url is None
    assert first.source_key == second.source_key
    assert "zoom.us" not in first.source_key
