"""Pages that a person names are fetched by the crawl's own machinery, in a child process."""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from spiders.fetch import Fetcher
from symposia.errors import Cause, FetchError
from tests.command_line import PATIENCE

pytestmark = pytest.mark.usefixtures("hurried_fetches")

FEED = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Guild//EN\r\nEND:VCALENDAR\r\n"


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    """May read the servers of these tests."""
    with Fetcher(allow_private=True) as fetcher:
        yield fetcher


def drip(handler: BaseHTTPRequestHandler) -> None:
    """Send a byte now and then, until the other end hangs up: then writing to it raises an error."""
    handler.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Type: text/calendar\r\n\r\n")
    while True:
        handler.wfile.write(b"B")
        time.sleep(0.05)


def redirect(location: str) -> Callable[[Any], None]:
    """Answer with a redirect."""
    return lambda handler: handler.answer(302, b"", {"Location": location})


def test_a_server_that_never_ends(site: Callable[[], Any], fetcher: Fetcher) -> None:
    """Each byte comes in time, and the whole does not; the next page is read all the same."""
    guild = site()
    guild.pages = {"/": FEED, "/slow": drip}
    assert fetcher.fetch(guild.url("/")).body == FEED
    fetcher.timeout = 0.5

    with pytest.raises(FetchError, match=r"/slow: no complete answer within 0\.5 seconds") as caught:
        fetcher.fetch(guild.url("/slow"))

    assert caught.value.cause is Cause.TIMEOUT
    fetcher.timeout = PATIENCE
    assert fetcher.fetch(guild.url("/")).body == FEED


def test_answers_that_are_compressed_or_moved(site: Callable[[], Any], fetcher: Fetcher) -> None:
    """The body is decompressed, no header says how it was compressed, and the address is where redirects led."""
    guild = site()
    headers = {"Content-Type": "text/calendar", "Content-Encoding": "gzip"}
    guild.pages = {
        "/a.ics": FEED,
        "/packed": lambda handler: handler.answer(200, gzip.compress(FEED), headers),
        "/moved": redirect("/a.ics"),
        "/b%C3%BCcher": FEED,
    }

    packed, moved = fetcher.fetch(guild.url("/packed")), fetcher.fetch(guild.url("/moved"))

    assert packed.body == moved.body == FEED
    assert packed.content_type == "text/calendar"
    assert not {"content-encoding", "content-length"} & {name.casefold() for name, _ in packed.headers}
    assert moved.url == guild.url("/a.ics")
    assert fetcher.fetch(guild.url("/bücher")).status == 200


def test_robots_txt_is_asked_for_once_and_obeyed(site: Callable[[], Any], fetcher: Fetcher) -> None:
    """Also where a redirect leads to what it forbids."""
    guild = site()
    guild.pages = {
        "/robots.txt": b"User-agent: *\nDisallow: /members/",
        "/": FEED,
        "/members/": FEED,
        "/moved": redirect("/members/"),
    }

    assert fetcher.fetch(guild.url("/")).body == FEED
    for path in ("/members/", "/moved"):
        with pytest.raises(FetchError, match=r"Forbidden by robots\.txt") as caught:
            fetcher.fetch(guild.url(path))
        assert caught.value.cause is Cause.ROBOTS
    assert guild.status_of("/members/") == []
    assert guild.status_of("/robots.txt") == [200]


def test_answers_of_any_status(site: Callable[[], Any], fetcher: Fetcher) -> None:
    """As they are, where that is asked for; robots.txt itself is not asked for twice."""
    guild = site()
    guild.pages = {"/moved": redirect("/missing")}

    assert fetcher.fetch(guild.url("/robots.txt"), any_status=True).status == 404
    assert guild.status_of("/robots.txt") == [404]
    assert fetcher.fetch(guild.url("/moved"), any_status=True).status == 302
    with pytest.raises(FetchError, match="HTTP 404") as caught:
        fetcher.fetch(guild.url("/moved"))
    assert caught.value.cause is Cause.NOT_FOUND


@pytest.mark.parametrize("target", ["http://127.0.0.1:{port}/", "http://localhost:{port}/", "http://127.1:{port}/"])
def test_private_addresses_are_refused(site: Callable[[], Any], fetcher: Fetcher, target: str) -> None:
    """Unless they are allowed."""
    inside = site()
    inside.pages = {"/": FEED}
    url = target.format(port=inside.base.rpartition(":")[2])

    with (
        Fetcher() as guarded,
        pytest.raises(FetchError, match="is a private address; to read it all the same: --allow-private") as caught,
    ):
        guarded.fetch(url)
    assert caught.value.cause is Cause.PRIVATE_ADDRESS
    assert inside.asked == []
    assert fetcher.fetch(url).body == FEED


def test_a_child_process_that_is_killed(site: Callable[[], Any], fetcher: Fetcher) -> None:
    """Fails one call, and another is started for the next."""
    guild = site()
    guild.pages = {"/": FEED}
    fetcher.fetch(guild.url("/"))
    assert fetcher._child is not None
    fetcher._child[0].kill()

    with pytest.raises(FetchError) as caught:
        fetcher.fetch(guild.url("/"))

    assert caught.value.cause is Cause.BUG
    assert fetcher.fetch(guild.url("/")).body == FEED
