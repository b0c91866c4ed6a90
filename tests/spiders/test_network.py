"""No listing leads a crawl into the network that it runs in."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from scrapy import Request

from pipelines.store.store import Store
from spiders.network import (
    PrivateAddressError,
    PrivateAddressMiddleware,
    connect_publicly,
    is_private_address,
    is_private_url,
)

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


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254",
        "100.64.0.1", "192.0.0.1", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.1.1.1",
        "240.0.0.1", "255.255.255.255", "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12:3456::1", "ff02::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1", "2002:7f00:1::", "2002:a00:1::",
        "2001:db8::1", "100::1", "fec0::1", "::7f00:1", "::ffff:0:7f00:1", "64:ff9b:1::a00:1", "4000::1", "5f00::1", "3fff::1",
        "2001:0:7f00:1::", "2001::ffff:f5ff:fffe", "fe00::1",
    ],
)  # fmt: skip
def test_private_addresses(address: str) -> None:
    """The loopback, networks of one's own, a cloud's metadata, and the same in IPv6's wrappings."""
    assert is_private_address(address)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "93.184.216.34", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)  # fmt: skip
def test_public_addresses(address: str) -> None:
    """All others."""
    assert not is_private_address(address)


@pytest.mark.parametrize(
    ("url", "inside"),
    [
        ("http://127.0.0.1/", True),
        ("http://127.1/", True),
        ("http://2130706433/", True),
        ("http://0x7f.1/", True),
        ("http://[::ffff:10.0.0.1]/", True),
        ("http://127.0.0.1./", True),
        ("http://a@0177.1:80/", True),
        ("file:///etc/passwd", True),
        ("ftp://8.8.8.8/", True),
        ("data:text/html,hello", True),
        ("http://[/", True),
        ("http:///path", True),
        ("blob:http://a.example/1", True),
        ("http://8.8.8.8/", False),
        ("http://localhost:8080/", False),
        ("http://nobody.invalid/", False),
        ("https://[2606:4700::1111]/", False),
    ],
)
def test_where_addresses_lead(url: str, inside: bool) -> None:
    """In every spelling that the operating system takes; names are looked up when they are connected to."""
    assert is_private_url(url) is inside


@pytest.fixture
def guarded(monkeypatch: pytest.MonkeyPatch) -> None:
    """As it is unless private addresses are allowed."""
    monkeypatch.delenv("SYMPOSIA_ALLOW_PRIVATE")


@pytest.fixture
def catalogue(tmp_path: Path) -> Callable[..., None]:
    """Writes sources.toml."""

    def write(**urls: str) -> None:
        entries = [f'[[source]]\nid = "{name}"\nname = "{name}"\nurl = "{url}"\n' for name, url in urls.items()]
        (tmp_path / "sources.toml").write_text("".join(entries), encoding="utf-8")

    return write


@pytest.mark.usefixtures("guarded")
def test_a_crawl_connects_to_no_private_address(
    site: Callable[[], Any], crawl: Callable[..., Any], catalogue: Callable[..., None], tmp_path: Path
) -> None:
    """By number, by any other spelling of it, and by name: nobody is even connected to, and the cause is named."""
    inside = site()
    inside.pages = {"/": FEED}
    port = inside.base.rpartition(":")[2]
    hosts = ("127.0.0.1", "localhost", "127.1", "2130706433", "0x7f.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "10.0.0.1")
    catalogue(**{f"s{number}": f"http://{host}:{port}/" for number, host in enumerate(hosts)})

    done = crawl()

    with Store.open(tmp_path / "s.db") as store:
        causes = {run.cause for run in store.get_last_runs().values()}
    assert causes == {"private_address"}, done.stderr
    assert "to read it all the same: --allow-private" in done.stderr
    assert inside.asked == []

    assert crawl("s0", "s1", "--allow-private").returncode == 0
    assert inside.status_of("/") == [200, 200]


def test_a_name_that_leads_outside_first_and_inside_then(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is looked up once, and connected to as it was looked up: what it leads to later does not matter."""
    asked: list[str] = []

    def look_up(host: str, *_: object, **__: object) -> list[Any]:
        asked.append(host)
        address = "8.8.8.8" if len(asked) > 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80))]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)

    with pytest.raises(PrivateAddressError, match=r"rebound\.example \(127\.0\.0\.1\) is a private address"):
        connect_publicly(("rebound.example", 80))
    assert asked == ["rebound.example"]


@pytest.mark.parametrize("scheme", ["file:///etc/passwd", "ftp://8.8.8.8/a", "data:text/html,hello"])
def test_nothing_but_the_web_is_read(
    site: Callable[[], Any], crawl: Callable[..., Any], catalogue: Callable[..., None], tmp_path: Path, scheme: str
) -> None:
    """A redirect to a file of this machine is followed nowhere."""
    outside = site()
    outside.pages = {"/": lambda handler: handler.answer(302, b"", {"Location": scheme})}
    catalogue(a=outside.url("/"))

    done = crawl()

    assert done.returncode == 3
    assert "root:" not in done.stdout + done.stderr
    with Store.open(tmp_path / "s.db") as store:
        assert list(store.get_events()) == []


@pytest.mark.parametrize(
    ("url", "proxied", "refused"),
    [
        ("http://proxy.example:3128/", None, True),
        ("http://proxy.example/", None, True),
        ("http://proxy.example/", "http://proxy.example:3128", False),
        ("http://guild.example/", None, False),
        ("http://127.1/", "http://proxy.example:3128", True),
        ("http://10.0.0.1./", "http://proxy.example:3128", True),
        ("http://8.8.8.8/", None, False),
    ],
)
def test_the_machines_own_proxy_is_no_page(
    monkeypatch: pytest.MonkeyPatch, url: str, proxied: str | None, refused: bool
) -> None:
    """It may be private, and is asked for pages, not for its own; nor for what is private by its number."""
    monkeypatch.setattr("spiders.network.proxies", lambda: frozenset({("proxy.example", 3128)}))
    request = Request(url, meta={"proxy": proxied} if proxied else {})

    if refused:
        with pytest.raises(PrivateAddressError):
            PrivateAddressMiddleware().process_request(request)
    else:
        PrivateAddressMiddleware().process_request(request)
