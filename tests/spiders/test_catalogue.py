"""The catalogue: what is accepted, and how each fault is named; and the one that is shipped."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.topics.taxonomy import shipped_taxonomy
from spiders.catalogue import Source, load_catalogue, parse_catalogue
from spiders.loader import CatalogueSpiderLoader
from spiders.process import group_by_host
from symposia.data_files import data_path
from symposia.errors import CatalogueError

ENTRY = '[[source]]\nid = "guild"\nname = "Guild"\nurl = "https://guild.example/"\n'
SHIPPED = load_catalogue(data_path("sources.toml"))


def test_an_entry() -> None:
    """Empty text is unknown."""
    (source,) = parse_catalogue((ENTRY + 'timezone = "Europe/Berlin"\nregion = ""\ntopics = ["math"]\n').encode(), "f")

    assert (source.id, source.timezone, source.region, source.topics, source.verified) == (
        "guild",
        "Europe/Berlin",
        None,
        ("math",),
        True,
    )


def test_a_source_that_needs_a_browser() -> None:
    """Only where the entry says so."""
    plain, scripted = parse_catalogue((ENTRY + ENTRY.replace("guild", "club") + "browser = true\n").encode(), "f")

    assert (plain.browser, scripted.browser) == (False, True)


FAULTS = [
    ('[[source]]\nname = "x"\nurl = "https://x.example/"', "source number 1: id is missing"),
    (ENTRY.replace('"guild"', '"The Guild"'), "source 'The Guild': id: 'The Guild' is not of a-z"),
    (ENTRY.replace("name =", "nmae ="), "unknown key 'nmae' (did you mean 'name'?)"),
    (ENTRY.replace("https://guild.example/", "ftp://guild.example/"), "not an http or https address"),
    (ENTRY.replace("https://guild.example/", "https://me:secret@guild.example/"), "holds a password"),
    (ENTRY.replace("https://guild.example/", "https://[bad/"), "url: "),
    (ENTRY + 'timezone = "Europe/Berln"', "did you mean 'Europe/Berlin'?"),
    (ENTRY + 'language = "german"', "no BCP 47 language tag"),
    (ENTRY + 'region = "XX9"', "no ISO 3166 code"),
    (ENTRY + 'topics = ["../math"]', "is no topic's slug"),
    (ENTRY + "verified = 1", "1 is not true or false"),
    (ENTRY + 'browser = "yes"', "'yes' is not true or false"),
    (ENTRY + "browser = 1", "1 is not true or false"),
    (ENTRY + "brwoser = true", "unknown key 'brwoser' (did you mean 'browser'?)"),
    (ENTRY + "max_pages = true", "True is not a whole number"),
    (ENTRY + "max_pages = -1", "not between 0 and 10000"),
    (ENTRY + ENTRY, "id 'guild' is given 2 times"),
    (ENTRY + "[sorces]", "unknown table 'sorces' (did you mean 'source'?)"),
    ("source = 1", "written as [[source]]"),
    ("[[source", "not TOML"),
]


@pytest.mark.parametrize(("text", "fault"), FAULTS)
def test_faults(text: str, fault: str) -> None:
    """Each names the file, the entry and what is wrong."""
    with pytest.raises(CatalogueError) as caught:
        parse_catalogue((text).encode(), "my.toml")
    assert fault in str(caught.value)
    assert all(line.startswith("my.toml: ") for line in str(caught.value).splitlines())


def test_all_faults_are_named_at_once() -> None:
    """So that a file is mended in one go."""
    with pytest.raises(CatalogueError) as caught:
        parse_catalogue((b'[[source]]\nid = "A"\n[[source]]\nname = 1'), "f")
    assert len(str(caught.value).splitlines()) == 6


@pytest.mark.parametrize("content", [None, b"\xff\xfe", b"#" * 1_000_001])
def test_files_that_cannot_be_read(tmp_path: Path, content: bytes | None) -> None:
    """Missing, not UTF-8, too large."""
    path = tmp_path / "my.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CatalogueError, match=r"my\.toml"):
        load_catalogue(path)


def test_the_shipped_catalogue_is_of_some_size() -> None:
    """Thirty real listings and more, most of them verified."""
    assert len(SHIPPED.sources) >= 30
    assert len(SHIPPED.verified) >= 25


@pytest.mark.parametrize("source", SHIPPED.sources, ids=lambda source: source.id)
def test_every_shipped_source(source: Source) -> None:
    """What cannot be found out is stated, and the topics exist."""
    assert source.timezone
    assert source.language
    assert source.note
    assert set(source.topics) <= set(shipped_taxonomy().topics)


def test_scrapy_finds_every_source_by_its_id() -> None:
    """`scrapy list`, `scrapy crawl ID`."""
    loader = CatalogueSpiderLoader(SHIPPED)

    assert loader.list() == [source.id for source in SHIPPED.sources]
    assert loader.load("surf").name == "surf"
    with pytest.raises(KeyError):
        loader.load("nobody")


def test_sources_that_need_a_browser_are_crawled_in_turn() -> None:
    """So that one browser is open at a time; other sources of their hosts wait with them."""
    hosts = [("a", True), ("b", False), ("c", True), ("a", False), ("d", False)]
    sources = [
        Source(id=str(n), name="x", url=f"https://{host}.example/{n}", browser=browser)
        for n, (host, browser) in enumerate(hosts)
    ]

    assert [sorted(source.id for source in group) for group in group_by_host(sources)] == [
        ["0", "2", "3"],
        ["1"],
        ["4"],
    ]


def test_sources_of_one_host_are_crawled_in_turn() -> None:
    """So that the bounds of a host hold."""
    sources = [Source(id=str(n), name="x", url=f"https://{host}.example/{n}") for n, host in enumerate("abacab")]

    assert [len(group) for group in group_by_host(sources)] == [3, 2, 1]
