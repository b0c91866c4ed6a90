"""`symposia add`, `extract URL` and `sources check`, against a server of this machine."""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler
from importlib.util import find_spec
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from commands import trials
from commands.main import cli
from commands.proposal import Trial, choose_best, find_known_source, format_entry
from commands.recordings import recording_path, write_recording
from spiders.archive import RecordedResponse
from spiders.catalogue import Source, load_catalogue, parse_catalogue
from symposia.errors import CatalogueError, FetchError
from symposia.event import Event
from tests.command_line import PATIENCE

pytestmark = pytest.mark.usefixtures("hurried_fetches")

ROOT = Path(__file__).parents[2]
HEAD = '<html lang="en-GB"><head><title>Events | Reading Guild</title>%s</head><body>'
CALENDAR = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Guild//EN\r\n%sEND:VCALENDAR\r\n"
EVENT = (
    "BEGIN:VEVENT\r\nUID:{0}@guild\r\nDTSTAMP:20260101T000000Z\r\nDTSTART;TZID=Europe/London:202703{0:02}T160000\r\n"
    "SUMMARY:Workshop {0}\r\nLOCATION:Room 12\r\nURL:https://guild.example/{0}\r\nEND:VEVENT\r\n"
)
ITEMS = [f"<li>{day} March 2027: Workshop on Fractions, part {day}</li>" for day in range(1, 8)]
LISTING = f"<ul>{''.join(ITEMS)}</ul>"
ALTERNATE = '<link rel="alternate" type="text/calendar" href="/guild.ics">'
SHELL = "<div id='root'></div><script src='/main.js'></script>"

HTML, ICS = "text/html; charset=utf-8", "text/calendar"
PAGES: dict[str, tuple[int, dict[str, str], bytes]] = {
    "/robots.txt": (200, {"Content-Type": "text/plain"}, b"User-agent: *\nDisallow: /members"),
    "/members": (200, {"Content-Type": HTML}, f"{HEAD % ''}<h1>Guild Workshops</h1>{LISTING}".encode()),
    "/events": (200, {"Content-Type": HTML}, f"{HEAD % ALTERNATE}<h1>Guild Workshops</h1>{LISTING}".encode()),
    "/guild.ics": (200, {"Content-Type": ICS}, (CALENDAR % "".join(map(EVENT.format, range(1, 8)))).encode()),
    "/plain": (200, {"Content-Type": HTML}, f"{HEAD % ''}<h1>Guild Workshops</h1>{LISTING}".encode()),
    "/wall": (200, {"Content-Type": HTML}, b"<html><title>Just a moment...</title><body>Checking</body></html>"),
    "/nothing": (200, {"Content-Type": HTML}, f"{HEAD % ''}<p>Our new home.</p>".encode()),
    "/none": (200, {"Content-Type": HTML}, f"{HEAD % ''}<p>There are no upcoming events.</p>".encode()),
    "/shell": (200, {"Content-Type": HTML}, f"{HEAD % ''}{SHELL}".encode()),
    "/main.js": (
        200,
        {"Content-Type": "text/javascript"},
        f"document.getElementById('root').innerHTML = '<h1>Guild Workshops</h1>{LISTING}'".encode(),
    ),
    "/moved": (302, {"Location": "/guild.ics"}, b""),
    "/leaves": (302, {"Location": "ftp://127.0.0.1/guild.ics"}, b""),
    "/file": (302, {"Location": "file:///etc/hostname"}, b""),
    "/circle": (302, {"Location": "/circle"}, b""),
    "/packed": (200, {"Content-Type": ICS, "Content-Encoding": "gzip"}, b""),
    "/klingon": (200, {"Content-Type": ICS, "Content-Encoding": "klingon"}, b"nuqneH"),
    "/bomb": (200, {"Content-Type": ICS, "Content-Encoding": "gzip"}, gzip.compress(bytes(40 * 1024 * 1024))),
    "/rubble": (200, {"Content-Type": ICS, "Content-Encoding": "gzip"}, b"\x1f\x8b rubble"),
}
PAGES["/packed"] = (*PAGES["/packed"][:2], gzip.compress(PAGES["/guild.ics"][2]))


class Site(BaseHTTPRequestHandler):
    """Answers as PAGES says, and in a few ways that no table holds."""

    def do_GET(self) -> None:
        """Answer with the page."""
        special = {"/short": self._short, "/rude": self._rude, "/huge": self._huge}
        if self.path in special:
            special[self.path]()
            return
        status, headers, body = PAGES.get(self.path, (404, {"Content-Type": "text/plain"}, b"no"))
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _short(self) -> None:
        self.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Length: 1000\r\n\r\nBEGIN:VCALENDAR")

    def _rude(self) -> None:
        self.wfile.write(b"220 ready\r\n")

    def _huge(self) -> None:
        self.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Type: text/calendar\r\n\r\n")
        for _ in range(40):
            self.wfile.write(bytes(1024 * 1024))

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@pytest.fixture(scope="module")
def base(serve: Callable[[type[BaseHTTPRequestHandler]], str]) -> str:
    """The address of the server."""
    return serve(Site)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A catalogue of one source, with a comment, and the line ends of Windows."""
    file = tmp_path / "sources.toml"
    file.write_bytes(b'# Ours.\r\n[[source]]\r\nid = "club"\r\nname = "Club"\r\nurl = "https://club.example/"\r\n')
    return file


def run(path: Path, *words: str, answer: str = "") -> Result:
    """`symposia add` with that catalogue, and that answer to its question."""
    return CliRunner().invoke(cli, ["add", *words, "--sources", str(path)], input=answer)


def check(path: Path, *words: str) -> Result:
    """`symposia sources check` with that catalogue."""
    store = str(path.with_name("s.db"))
    return CliRunner().invoke(cli, ["sources", "--sources", str(path), "--store", store, "check", *words])


def entry(shown: str) -> list[str]:
    """The lines of the entry that was shown."""
    lines = shown[shown.index("[[source]]") :].splitlines()
    return [line for line in lines if line == "[[source]]" or " = " in line]


def test_a_page_that_names_its_calendar(base: str, path: Path) -> None:
    """The calendar is proposed, under the page's name, in six lines at most; and recorded, and read again."""
    before = path.read_bytes()

    done = run(path, f"{base}/events", "--yes")

    assert done.exit_code == 0, done.output
    assert f"Best: {base}/guild.ics (icalendar)" in done.output
    assert len(entry(done.output)) <= 6
    added = load_catalogue(path).sources[-1]
    assert (added.id, added.name, added.url) == ("127-0-0-1", "Guild Workshops", f"{base}/guild.ics")
    assert (added.language, added.timezone, added.browser) == ("en", None, False)
    assert path.read_bytes().startswith(before)
    assert recording_path(load_catalogue(path), added.id).exists()
    again = check(path)
    assert (again.exit_code, "icalendar, 7 events" in again.output) == (0, True)


def test_a_recording_that_yields_nothing_any_more(base: str, path: Path) -> None:
    """Exit status 1: a page without events, one that blocks, a broken file, and none at all."""
    run(path, f"{base}/plain", "--yes")
    catalogue = load_catalogue(path)
    for body, said in ((b"<p>Our new home.</p>", "listing, 0"), (PAGES["/wall"][2], "failed (blocked), 0")):
        answer = RecordedResponse(url="", status=200, headers=(), body=body, fetched_at=datetime.now(UTC))
        write_recording(catalogue, "127-0-0-1", f"{base}/plain", answer)
        done = check(path)
        assert (done.exit_code, said in done.output) == (1, True)
    recording_path(catalogue, "127-0-0-1").write_bytes(b"rubble")
    assert (check(path).exit_code, "failed (" in check(path).output) == (1, True)

    assert (check(path, "club").exit_code, "not recorded" in check(path, "club").output) == (1, True)
    assert check(path, "nobody").exit_code == 1


def test_nothing_recorded(path: Path) -> None:
    """Nothing is wrong, and that is said."""
    done = check(path)

    assert (done.exit_code, "nothing is recorded" in done.output) == (0, True)


def test_a_plain_listing_that_is_declined(base: str, path: Path) -> None:
    """Five of its seven events are shown, and what they do not say; nothing is written."""
    before = path.read_bytes()

    done = run(path, f"{base}/plain", answer="n\n")

    assert done.exit_code == 0
    assert done.output.count("  2027-03-0") == 5
    for what in ("time of day", "place", "address of their own"):
        assert f"7 of 7 state no {what}" in done.output
    assert "nothing was written" in done.output
    assert path.read_bytes() == before
    assert not (path.parent / "recordings").exists()


FAULTS = [
    ("{base}/missing", (), "HTTP 404"),
    ("{base}/wall", (), "a page that blocks"),
    ("{base}/nothing", (), "no events were recognised"),
    ("{base}/none", (), "the page says that it lists nothing"),
    ("http://127.0.0.1:1/", (), "refused"),
    ("ftp://127.0.0.1/", (), "not an http or https address"),
    ("file:///etc/hostname", (), "not an http or https address"),
    ("guild.example/events", (), "not an http or https address"),
    ("http://me:secret@127.0.0.1/", (), "holds a password"),
    ("{base}/plain", ("--timezone", "Europe/Nowhere"), "'Europe/Nowhere' is not an IANA time zone"),
    ("{base}/members", (), "robots: Forbidden by robots.txt"),
    ("{base}/leaves", (), "redirects to ftp://"),
    ("{base}/file", (), "redirects to file:///etc/hostname"),
    ("{base}/circle", (), "redirects: max redirections reached"),
    ("{base}/short", (), "connection: the answer broke off"),
    ("{base}/rude", (), "220 ready"),
    ("{base}/huge", (), "more than 16 MB"),
    ("{base}/bomb", (), "more than 16 MB"),
    ("{base}/klingon", (), "compressed as 'klingon', which was not asked for"),
    ("{base}/rubble", (), "Compressed file ended before the end-of-stream marker"),
]


@pytest.mark.parametrize(("url", "more", "said"), FAULTS, ids=[f"{url} {said}" for url, _, said in FAULTS])
def test_what_cannot_be_added(base: str, path: Path, url: str, more: tuple[str, ...], said: str) -> None:
    """Exit status 1, a line that says why, and the catalogue as it was."""
    before = path.read_bytes()

    done = run(path, url.format(base=base), *more, "--yes")

    assert done.exit_code == 1
    assert isinstance(done.exception, SystemExit)
    assert said in done.output.splitlines()[-1]
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_an_id_that_exists_gets_a_number(base: str, path: Path) -> None:
    """One that was asked for by name does not, and is refused before anything is asked."""
    assert run(path, f"{base}/events", "--yes").exit_code == 0
    assert run(path, f"{base}/plain", "--yes").exit_code == 0
    before = path.read_bytes()

    for wanted, said in (("club", "given 2 times"), ("The Club", "not of a-z")):
        done = run(path, f"{base}/packed", "--id", wanted)
        assert isinstance(done.exception, CatalogueError)
        assert said in str(done.exception)
    assert path.read_bytes() == before
    assert [source.id for source in load_catalogue(path).sources] == ["club", "127-0-0-1", "127-0-0-1-2"]


def test_an_address_is_added_once(base: str, path: Path) -> None:
    """Neither itself, nor a page whose calendar is known; a slash at the end makes no difference."""
    run(path, f"{base}/events", "--yes", "--id", "guild")
    before = path.read_bytes()

    for url in (f"{base}/guild.ics", f"{base}/guild.ics/", f"{base}/events"):
        done = run(path, url, "--yes")
        assert (done.exit_code, "already, as guild" in done.output) == (1, True), done.output
    assert path.read_bytes() == before
    assert find_known_source("http://club.example", load_catalogue(path)) == "club"
    assert find_known_source("http://club.example/more", load_catalogue(path)) is None


def test_a_page_that_scripts_make_where_there_is_no_browser(
    base: str, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What to do is said in plain words."""
    monkeypatch.setattr(trials, "has_browser", lambda: False)

    done = run(path, f"{base}/shell", "--yes")

    assert done.exit_code == 1
    assert "scripts make this page" in done.output
    assert "pip install 'symposia[browser]'" in done.output


@pytest.mark.slow
@pytest.mark.skipif(
    find_spec("scrapy_playwright") is None or not (os.environ.get("SYMPOSIA_CHROMIUM") or shutil.which("chromium")),
    reason="scrapy-playwright or a chromium is not installed",
)
def test_a_page_that_scripts_make(base: str, path: Path) -> None:
    """Shown as a browser shows it, and added as a source that needs one."""
    done = subprocess.run(
        [sys.executable, "-m", "commands.main", "add", f"{base}/shell", "--yes", "--sources", str(path)],
        cwd=path.parent,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert "as a browser shows it: listing, 7 events" in done.stdout
    added = load_catalogue(path).sources[-1]
    assert (added.name, added.browser) == ("Guild Workshops", True)
    assert check(path).exit_code == 0


def test_a_catalogue_that_cannot_be_written(base: str, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line, not a traceback."""

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "write_bytes", refuse)
    done = run(path, f"{base}/plain", "--yes")

    assert (done.exit_code, "cannot be written: Permission denied" in done.output) == (1, True)


def test_extract_reads_an_address(base: str) -> None:
    """Where it moved to, packed or not; and says where there is nothing."""
    invoke = CliRunner().invoke

    for address in ("moved", "packed", "events"):
        done = invoke(cli, ["extract", f"{base}/{address}"])
        assert (done.exit_code, len(done.output.splitlines())) == (0, 7)
    assert invoke(cli, ["extract", f"{base}/nothing"]).exit_code == 1
    for address, detail in ((f"{base}/missing", "HTTP 404"), ("ftp://127.0.0.1/", "not an http or https address")):
        done = invoke(cli, ["extract", address])
        assert isinstance(done.exception, FetchError)
        assert detail in str(done.exception)
    assert "is not a time zone" in invoke(cli, ["extract", f"{base}/plain", "--timezone", "Nowhere"]).output


def test_the_filter_goes_on_where_one_address_fails(base: str) -> None:
    """A line on standard error for each that cannot be read; the exit status tells of a line that asks for nothing."""
    asked = "".join(f'{{"id": {n}, "url": "{base}/{page}"}}\n' for n, page in enumerate(["missing", "packed"]))

    done = CliRunner().invoke(cli, ["extract", "--jsonl"], input=asked)
    asks_nothing = CliRunner().invoke(cli, ["extract", "--jsonl"], input=f'{{"id": 2}}\n{asked}')

    assert (done.exit_code, asks_nothing.exit_code) == (0, 1)
    assert len(done.stdout.splitlines()) == 7
    assert asks_nothing.stdout == done.stdout
    assert [line[:3] for line in done.stderr.splitlines()] == ["0: "]
    assert asks_nothing.stderr.splitlines()[0] == 'line 1: neither "file" nor "url" says what to read'


def trial(kind: str, count: int) -> Trial:
    """A trial of that kind with that many events."""
    event = Event(uid="1", name="Fractions", start=datetime(2027, 3, 3, tzinfo=UTC))
    return Trial(url=f"{kind} {count}", why="", kind=kind, events=(event,) * count)


CHOICES = [
    ([("listing", 4), ("icalendar", 4)], "icalendar 4"),
    ([("listing", 4), ("icalendar", 2)], "icalendar 2"),
    ([("listing", 40), ("icalendar", 2)], "listing 40"),
    ([("listing", 4), ("icalendar", 8), ("json", 9)], "json 9"),
    ([("listing", 4), ("icalendar", 0)], "listing 4"),
    ([("listing", 0)], None),
    ([], None),
]


@pytest.mark.parametrize(("yielded", "best"), CHOICES)
def test_which_address_is_kept(yielded: list[tuple[str, int]], best: str | None) -> None:
    """Data before pages, unless it holds much less."""
    found = choose_best([trial(kind, count) for kind, count in yielded])

    assert (found.url if found else None) == best


def test_any_name_makes_an_entry_that_is_read_again() -> None:
    """Quotes, backslashes, and what TOML does not let stand."""
    name = 'A "quiet" \\ corner\x7f, größer 🎓'
    (read,) = parse_catalogue(
        format_entry(Source(id="a", name=name, url="https://a.example/", browser=True)).encode(), "f"
    )

    assert (read.name, read.browser) == (name, True)
