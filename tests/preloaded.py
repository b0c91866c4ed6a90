"""What a crawl needs, imported and built once, for the processes that are forked from the one that imports this.

Scrapy imports its components when a crawl starts, and our readers compile their word lists when they first read: together
that takes longer than most crawls of the tests. Twisted's reactor is not imported here: each crawl installs its own.
"""

from __future__ import annotations

from datetime import UTC, datetime
from importlib import import_module

from scrapy.settings import Settings
from scrapy.utils.misc import load_object

import spiders.settings
from pipelines.stages import make_stages, normalize_batch
from pipelines.topics.taxonomy import shipped_taxonomy
from spiders.extraction.extract import extract
from spiders.extraction.page import Page

NOW = datetime(2026, 11, 2, tzinfo=UTC)
CALENDAR = (
    b"BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:1\nDTSTART;VALUE=DATE:20270303\nSUMMARY:Reading Day\n"
    b"DESCRIPTION:A workshop on fractions\\, online. Free.\nEND:VEVENT\nEND:VCALENDAR\n"
)
LISTING = (
    b'<html lang="en"><h1>Events</h1><ul><li>3 March 2027, 4 pm: Fractions</li><li>4 March 2027: Phonics</li></ul>'
)


def load_components() -> None:
    """Import the parts of Scrapy, and our own, that the settings name, and the commands that the tests run most."""
    for name in ("commands.crawl", "commands.export", "spiders.fetch_spider"):
        import_module(name)
    settings = Settings()
    settings.setmodule(spiders.settings)
    for name in ("DOWNLOADER_MIDDLEWARES", "SPIDER_MIDDLEWARES", "EXTENSIONS", "ITEM_PIPELINES"):
        for component in settings.getwithbase(name):
            load_object(component)
    for scheme in ("http", "https"):
        load_object(settings.getwithbase("DOWNLOAD_HANDLERS")[scheme])
    for name in ("SCHEDULER", "DUPEFILTER_CLASS", "STATS_CLASS"):
        load_object(settings[name])


def read_pages() -> None:
    """Read a calendar and a listing, so that all word lists are compiled."""
    for body in (CALENDAR, LISTING):
        page = Page(url="https://guild.example/", body=body, fetched_at=NOW, source="guild", timezone="UTC")
        normalize_batch(extract(page).postings, make_stages(shipped_taxonomy()))


load_components()
read_pages()
