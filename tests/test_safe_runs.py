"""Runs that overlap, are stopped or killed, or find no room: what was known is never lost, and the message says what to do."""

from __future__ import annotations

import os
import resource
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from commands.lock import find_holder, hold_lock, lock_path
from pipelines.store.store import Store
from symposia.errors import LockedError
from symposia.event import Status
from symposia.outcome import RunStatus
from tests.command_line import FILES, PATIENCE, StartedCommand, start_command

CLUBS = [
    "Chess",
    "Poetry",
    "Garden",
    "Robotics",
    "Choir",
    "Maps",
    "Pottery",
    "Drama",
    "Fractions",
    "Astronomy",
    "Cooking",
    "Film",
]
SOURCES = len(CLUBS)


def feed(number: int, events: int = 3) -> bytes:
    """A club's calendar, of one event a month, each club on its own day."""
    body = "".join(
        f"BEGIN:VEVENT\nUID:{number}-{n}\nDTSTAMP:20261001T000000Z\nDTSTART;VALUE=DATE:2027{n:02}{number + 1:02}\n"
        f"SUMMARY:{CLUBS[number]} evening, part {n}\nEND:VEVENT\n"
        for n in range(1, events + 1)
    )
    return f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//X//EN\n{body}END:VCALENDAR\n".encode()


@pytest.fixture
def host(site: Callable[[], Any], tmp_path: Path) -> Any:
    """A site of a dozen sources, which are read one after the other."""
    made = site()
    made.pages = {f"/{n}.ics": feed(n) for n in range(SOURCES)}
    entries = [f'[[source]]\nid = "s{n}"\nname = "{n}"\nurl = "{made.url(f"/{n}.ics")}"\n' for n in range(SOURCES)]
    (tmp_path / "sources.toml").write_text("".join(entries), encoding="utf-8")
    return made


@contextmanager
def crawling(start: Callable[..., StartedCommand], **settings: object) -> Iterator[StartedCommand]:
    """A crawl under way, with those settings of Scrapy; it is killed if it has not ended when the test has."""
    given = {"DOWNLOAD_DELAY": 0, "AUTOTHROTTLE_ENABLED": False, "LOG_LEVEL": "INFO", **settings}
    command = start("crawl", *(word for name, value in given.items() for word in ("-s", f"{name}={value}")))
    try:
        yield command
    finally:
        command.kill()


def until(condition: Callable[[], bool]) -> None:
    """Wait for something that must come within PATIENCE seconds."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.02)


def terminate(command: StartedCommand) -> None:
    """Tell a crawl to stop, and wait until it knows."""
    command.send_signal(signal.SIGTERM)
    until(lambda: "Received SIGTERM" in command.stderr)


def stall(host: Any, number: int) -> Callable[[], bool]:
    """Have a source answer only when told to by `host.go`; whether it has been asked."""
    body, seen = host.pages[f"/{number}.ics"], []

    def wait(handler: Any) -> None:
        seen.append(handler.path)
        until(lambda: getattr(host, "go", False))
        handler.answer(200, body, {"Content-Type": "text/calendar"})

    host.pages[f"/{number}.ics"] = wait
    return lambda: bool(seen)


def read(folder: Path) -> tuple[dict[str, RunStatus], list[str]]:
    """The status of each source, and the names of all events."""
    with Store.open(folder / "s.db") as store:
        return {name: run.status for name, run in store.get_last_runs().items()}, [
            one.name for one in store.get_events()
        ]


@pytest.fixture
def start(tmp_path: Path) -> Callable[..., StartedCommand]:
    """Starts the command line in the test's folder."""
    return partial(start_command, cwd=tmp_path, env=FILES)


def test_one_run_at_a_time(
    host: Any, start: Callable[..., StartedCommand], symposia: Callable[..., Any], crawl: Callable[..., Any]
) -> None:
    """The second says who holds the store, and touches nothing; reading it is no run."""
    asked = stall(host, 3)
    with crawling(start) as first:
        until(asked)
        second = crawl()
        assert second.returncode == 4
        assert f"process {first.pid} on " in second.stderr
        assert str(lock_path("s.db")) in second.stderr
        assert symposia("rematch").returncode == 4
        assert symposia("events").returncode == 0
        host.go = True
        assert first.wait().returncode == 0
    assert crawl().returncode == 0


def test_a_lock_that_a_killed_run_left_is_taken_over(tmp_path: Path) -> None:
    """Its file is there, and nobody holds it."""
    store = str(tmp_path / "s.db")
    with hold_lock(store, "crawl"):
        holder = find_holder(store)
        assert holder is not None
        assert (holder.pid, holder.what) == (os.getpid(), "crawl")
        with (
            pytest.raises(LockedError, match=f"process {os.getpid()} on .* at work on this store"),
            hold_lock(store, "x"),
        ):
            pass
    lock_path(store).write_text("4711")
    assert find_holder(store) is None
    with hold_lock(store, "crawl"):
        pass


def test_sigterm_keeps_what_was_done(host: Any, start: Callable[..., StartedCommand], tmp_path: Path) -> None:
    """Those that were read are stored, the one under way is not whole, the rest is not begun, and nothing is missing."""
    asked = stall(host, 5)
    with crawling(start) as command:
        until(asked)
        terminate(command)
        host.go = True
        done = command.wait()
    assert done.returncode == 3, done.stderr
    statuses, events = read(tmp_path)
    assert 5 <= sum(status == "ok" for status in statuses.values()) < SOURCES
    assert len(events) == len(set(events)) >= 3 * 5
    assert "sources were not begun" in done.stderr
    assert "Traceback" not in done.stderr


def test_sigterm_waits_for_no_host(host: Any, start: Callable[..., StartedCommand]) -> None:
    """One that asked for a pause of two hours is asked no more, and the crawl ends without it."""
    host.pages["/0.ics"] = lambda handler: handler.answer(503, b"", {"Retry-After": "7200"})
    with crawling(start, SYMPOSIA_MAX_WAIT=7_200) as command:
        until(lambda: ("/0.ics", 503) in host.asked)
        terminate(command)
        done = command.wait()
    assert "sources were not begun" in done.stderr
    assert host.status_of("/0.ics") == [503]


def test_a_stopped_crawl_is_not_whole(
    host: Any, start: Callable[..., StartedCommand], crawl: Callable[..., Any], tmp_path: Path
) -> None:
    """What it did not come to is not missing: no event is cancelled, however often it is stopped."""
    crawl()
    _, before = read(tmp_path)
    for _ in range(3):
        host.go = False
        host.pages["/5.ics"] = feed(5, events=1)
        asked = stall(host, 5)
        with crawling(start) as command:
            until(asked)
            terminate(command)
            host.go = True
            command.wait()
    assert sorted(read(tmp_path)[1]) == sorted(before)
    with Store.open(tmp_path / "s.db") as store:
        assert {event.status for event in store.get_events()} == {Status.SCHEDULED}


def test_kill_9_loses_nothing(
    host: Any, start: Callable[..., StartedCommand], crawl: Callable[..., Any], tmp_path: Path
) -> None:
    """Killed at several places; `--due` then reads just what is left, and all is there once."""
    for number in (2, 7):
        host.go = False
        asked = stall(host, number)
        with crawling(start) as command:
            until(asked)
            command.kill()
        host.go = True
        until(lambda path=f"/{number}.ics": (path, 200) in host.asked)
        host.pages[f"/{number}.ics"] = feed(number)
    done = {name for name, status in read(tmp_path)[0].items() if status == "ok"}
    assert 7 <= len(done) < SOURCES

    host.asked.clear()
    assert crawl("--due").returncode == 0
    assert {path for path, _ in host.asked if path.endswith(".ics")} == {
        f"/{n}.ics" for n in range(SOURCES) if f"s{n}" not in done
    }
    statuses, events = read(tmp_path)
    assert set(statuses.values()) == {"ok"}
    assert len(events) == len(set(events)) == 3 * SOURCES


def room_for(size: int) -> Callable[[], None]:
    """Lets a process write no file beyond that size in bytes: to it, the disk is full."""
    return partial(resource.setrlimit, resource.RLIMIT_FSIZE, (size, size))


def test_no_room_for_the_store(host: Any, crawl: Callable[..., Any], tmp_path: Path) -> None:
    """It is said, for each source that was not stored; what was there is there."""
    crawl("s0", "s1")
    _, before = read(tmp_path)
    for number in range(SOURCES):
        host.pages[f"/{number}.ics"] = feed(number, events=9)
    full = crawl(before=room_for((tmp_path / "s.db").stat().st_size + 8_192))
    _, after = read(tmp_path)

    assert full.returncode in (1, 3), full.stderr
    assert "not stored: s.db: the store does not answer:" in full.stderr
    assert "Traceback" not in full.stderr
    assert set(before) <= set(after)
    assert crawl().returncode == 0
    assert len(read(tmp_path)[1]) == 9 * SOURCES


def test_no_room_for_the_export(
    host: Any, symposia: Callable[..., Any], crawl: Callable[..., Any], tmp_path: Path
) -> None:
    """The error names the file, and the old files are left as they were."""
    crawl()
    assert symposia("export", "--out", "out").returncode == 0
    before = {path: path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()}
    for number in range(SOURCES):
        host.pages[f"/{number}.ics"] = feed(number, events=9)
    crawl()

    room = 60_000
    full = symposia("export", "--out", "out", before=room_for(room))

    assert full.returncode == 1, full.stdout
    assert full.stderr.startswith("symposia: ")
    assert full.stderr.endswith(": cannot be written: [Errno 27] File too large\n")
    assert "Traceback" not in full.stderr
    for path, body in before.items():
        assert path.read_bytes() == body or path.stat().st_size <= room, path
    assert not list((tmp_path / "out").rglob("*.tmp"))


@pytest.mark.parametrize("words", [("crawl",), ("export", "--out", "file/out"), ("rematch",)])
def test_where_nothing_can_be_written(
    host: Any, symposia: Callable[..., Any], words: tuple[str, ...], tmp_path: Path
) -> None:
    """A file where a folder should be: one line that names it."""
    (tmp_path / "file").write_text("in the way")
    place = () if words[0] == "export" else ("--store", "file/s.db")

    done = symposia(*words, *place)

    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("symposia: ")
    assert (tmp_path / "file").read_text() == "in the way"
