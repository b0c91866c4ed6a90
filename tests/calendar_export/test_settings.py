"""symposia.toml: what can be said there, and each fault by its name."""

from __future__ import annotations

from pathlib import Path

import pytest

from calendar_export.feeds import DEFAULT_TITLE
from calendar_export.query import EventFilter, parse_query
from calendar_export.settings import MAX_ALARM_DAYS, MAX_FEEDS, ExportSettings, load_settings, own_feed
from symposia.errors import SettingsError
from symposia.text.toml_files import MAX_SIZE


def settings(tmp_path: Path, text: str) -> ExportSettings:
    """The settings that a file of that text holds."""
    path = tmp_path / "symposia.toml"
    path.write_text(text, encoding="utf-8")
    return load_settings(path)


def test_all_that_can_be_said(tmp_path: Path) -> None:
    """A title, an address, feeds of one's own."""
    found = settings(
        tmp_path,
        """
        title = "Our events"
        url = "https://events.example/calendars"

        [[feed]]
        name = "our-deadlines"
        title = "What is due"
        where = "topic=literacy&free=1"
        deadlines = true
        alarm = 3

        [[feed]]
        name = "in-bonn"
        where = "q=Bonn"
        """,
    )

    due, bonn = found.feeds
    assert (found.title, found.url) == ("Our events", "https://events.example/calendars/")
    assert (due.name, due.title, due.deadlines, due.alarm) == ("our-deadlines", "What is due", True, 3)
    assert due.filter == parse_query("topic=literacy&free=1")
    assert (bonn.title, bonn.group, bonn.deadlines, bonn.alarm) == (f"{DEFAULT_TITLE}: in bonn", "own", False, None)


@pytest.mark.parametrize("text", ["", "title = ''", "# nothing"])
def test_nothing_need_be_said(tmp_path: Path, text: str) -> None:
    """What is not said is as it ships."""
    assert settings(tmp_path, text) == ExportSettings()


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("https://a.example", "https://a.example/"),
        ("https://a.example/", "https://a.example/"),
        ("http://localhost:8000/x//", "http://localhost:8000/x/"),
    ],
)
def test_the_address_ends_with_a_slash(tmp_path: Path, given: str, expected: str) -> None:
    """However it is written."""
    assert settings(tmp_path, f"url = '{given}'").url == expected


def feed(**lines: str) -> str:
    """An entry of a feed, its values as TOML writes them."""
    return "[[feed]]\n" + "\n".join(f"{key} = {value}" for key, value in lines.items()) + "\n"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("title =", "Invalid value"),
        ("title = 3", "title must be a text in quotes"),
        ("colour = 'red'", "unknown key 'colour'; known keys: title, url, feed"),
        ("url = 3", "url must be a text in quotes"),
        ("url = 'ftp://a.example/'", "url must be the address of a folder"),
        ("url = 'events.example'", "url must be the address of a folder"),
        ("url = 'https://'", "url must be the address of a folder"),
        ("url = 'https://['", "url must be the address of a folder"),
        ("url = 'https://a.example/?x=1'", "url must be the address of a folder"),
        ("url = 'https://a.example/#x'", "url must be the address of a folder"),
        ("url = 'https://a.example/a b'", "url must be the address of a folder"),
        ('url = "https://a.example/\\n"', "url must be the address of a folder"),
        ("feed = 3", "feed must be a list"),
        ("[feed]\nname = 'x'", "feeds must be written as [[feed]]"),
        ("feed = [3]", "feed 1: has no name"),
        (feed(title="'x'"), "feed 1: has no name"),
        (feed(name="3"), "feed 1: has no name"),
        (feed(name="'a'") + feed(name="'a'"), "feed 2: the name 'a' is used twice"),
        (feed(name="'A'"), "feed 'A': the name may hold only a-z, 0-9 and -"),
        (feed(name="'../a'"), "feed '../a': the name may hold only"),
        (feed(name="''"), "feed '': the name may hold only"),
        (feed(name=f"'{'a' * 101}'"), "the name may hold only"),
        (feed(name="'a'", colour="'red'"), "feed 1: unknown key 'colour'"),
        (feed(name="'a'", where="3"), "feed 1: where must be a text in quotes"),
        (feed(name="'a'", where="'colour=red'"), "feed 'a': where: unknown name 'colour'"),
        (feed(name="'a'", where="'since=soon'"), "feed 'a': where: since: 'soon' is not a date"),
        (feed(name="'a'", deadlines="1"), "feed 1: deadlines must be true or false"),
        (feed(name="'a'", deadlines="true", alarm="true"), "feed 1: alarm must be a whole number"),
        (feed(name="'a'", alarm="3"), "feed 'a': alarm must be a number of days from 1 to"),
        (feed(name="'a'", deadlines="true", alarm="0"), "feed 'a': alarm must be a number"),
        (feed(name="'a'", deadlines="true", alarm=str(MAX_ALARM_DAYS + 1)), "feed 'a': alarm must be a number"),
        ("".join(feed(name=f"'f{n}'") for n in range(MAX_FEEDS + 1)), f"at most {MAX_FEEDS}"),
        ("#" * (MAX_SIZE + 1), f"larger than {MAX_SIZE:,} bytes"),
    ],
)
def test_each_fault_is_named(tmp_path: Path, text: str, fault: str) -> None:
    """With the file, and the entry."""
    with pytest.raises(SettingsError) as raised:
        settings(tmp_path, text)

    assert fault in str(raised.value)
    assert all(line.startswith(str(tmp_path / "symposia.toml")) for line in str(raised.value).splitlines())


def test_all_faults_at_once(tmp_path: Path) -> None:
    """A line each, so that one reading mends them."""
    with pytest.raises(SettingsError) as raised:
        settings(tmp_path, "colour = 1\ntitle = 2\n" + feed(title="'x'"))

    assert len(str(raised.value).splitlines()) == 3


@pytest.mark.parametrize("content", [None, b"title = '\xff'"])
def test_a_file_that_cannot_be_read(tmp_path: Path, content: bytes | None) -> None:
    """Missing, or not UTF-8: named as well."""
    path = tmp_path / "symposia.toml"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(SettingsError, match=r"symposia\.toml"):
        load_settings(path)


def test_a_feed_of_everything() -> None:
    """Without a question, as `--feed NAME` has none."""
    assert own_feed("mine").filter == EventFilter()
    assert own_feed("mine").description == "Every event that is known."


@pytest.mark.parametrize("name", ["all", "deadlines", "topic-literacy", "kind-of-mine"])
def test_a_shipped_feed_is_not_replaced(name: str) -> None:
    """Its subscribers would get another calendar under the same address."""
    with pytest.raises(SettingsError, match="every export has"):
        own_feed(name, "free=1")
