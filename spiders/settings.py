"""The Scrapy settings of Symposia, all of them. scrapy.cfg points here."""

from __future__ import annotations

import os
import shutil
from typing import Any

from symposia.data_files import data_path

BOT_NAME = "symposia"
SPIDER_LOADER_CLASS = "spiders.loader.CatalogueSpiderLoader"
SPIDER_MODULES: list[str] = []

# Who asks. A site's owner can find out what this is and whom to write to: set SYMPOSIA_CONTACT to your address or page.
SYMPOSIA_CONTACT = os.environ.get("SYMPOSIA_CONTACT", "contact not set by the operator")
USER_AGENT = f"Symposia/0.1 (event calendars for educators; {SYMPOSIA_CONTACT})"

# How politely: robots.txt obeyed, one request a host at a time, slower where the host is slow.
ROBOTSTXT_OBEY = True
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 1.0
AUTOTHROTTLE_MAX_DELAY = 30.0
AUTOTHROTTLE_TARGET_CONCURRENCY = 1.0
DOWNLOAD_DELAY = 0.5
CONCURRENT_REQUESTS = 8
CONCURRENT_REQUESTS_PER_DOMAIN = 1
RETRY_TIMES = 2
SYMPOSIA_BACKOFF = 5.0  # seconds before the first further try; twice as many before each that follows
SYMPOSIA_MAX_WAIT = 120.0  # a host that asks for a longer wait than that is left alone
REDIRECT_MAX_TIMES = 8

# How much at most.
DOWNLOAD_TIMEOUT = 60
DOWNLOAD_MAXSIZE = 16 * 1024 * 1024
DOWNLOAD_WARNSIZE = 8 * 1024 * 1024
DOWNLOAD_FAIL_ON_DATALOSS = True
DEPTH_LIMIT = 100

# Turned off as useless here: a hundred workers for each page's items, where our pipeline never waits; and a check of each
# callback's source code, on each page, for a mistake that mypy finds.
CONCURRENT_ITEMS = 1
WARN_ON_GENERATOR_RETURN_VALUE = False

# Stricter than Scrapy's defaults: certificates are verified, nobody may control a running crawl, only http and https are
# read, no cookies are kept.
DOWNLOAD_VERIFY_CERTIFICATES = True
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
EXTENSIONS = {  # not even imported
    "scrapy.extensions.telnet.TelnetConsole": None,
    "scrapy.extensions.remote_control.RemoteControl": None,
}
DOWNLOAD_HANDLERS: dict[str, str | None] = dict.fromkeys(("data", "file", "ftp", "s3"))

# No listing leads a crawl into the network it runs in: for servers of one's own, `--allow-private` or this.
SYMPOSIA_ALLOW_PRIVATE = os.environ.get("SYMPOSIA_ALLOW_PRIVATE", "") not in ("", "0", "false")
TWISTED_DNS_RESOLVER = "spiders.network.GuardedResolver"
COOKIES_ENABLED = False

DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "spiders.robots.RobotsMiddleware": 100,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "spiders.backoff.BackOffMiddleware": 550,
    "spiders.record_replay.ReplayMiddleware": 930,  # the last before the network, which it stands in for
    "spiders.network.PrivateAddressMiddleware": 932,
    "spiders.ledger.LedgerMiddleware": 935,
    "spiders.record_replay.RecordMiddleware": 940,  # before anything has unpacked the body
}
ITEM_PIPELINES = {"pipelines.item_pipeline.EventPipeline": 900}

# For sources with `browser = true`, on top of the above: their pages are opened by Chromium, the one that SYMPOSIA_CHROMIUM
# names, else one on the PATH, else Playwright's own. Pictures, sound and fonts are not fetched.
SYMPOSIA_CHROMIUM = os.environ.get("SYMPOSIA_CHROMIUM") or next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), ""
)
SYMPOSIA_BROWSER: dict[str, Any] = {
    "DOWNLOAD_HANDLERS": {
        **DOWNLOAD_HANDLERS,
        **dict.fromkeys(("http", "https"), "spiders.browser.GuardedBrowserHandler"),
    },
    "PLAYWRIGHT_BROWSER_TYPE": "chromium",
    "PLAYWRIGHT_LAUNCH_OPTIONS": {
        **({"executable_path": SYMPOSIA_CHROMIUM} if SYMPOSIA_CHROMIUM else {}),
        "args": [
            # Calls between browsers look for ways of their own, past every proxy.
            "--webrtc-ip-handling-policy=disable_non_proxied_udp",
            "--force-webrtc-ip-handling-policy",
            # Chromium's sandbox does not start as root, as in containers.
            *(["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []),
        ],
    },
    "PLAYWRIGHT_MAX_PAGES_PER_CONTEXT": 1,
    "PLAYWRIGHT_DEFAULT_NAVIGATION_TIMEOUT": DOWNLOAD_TIMEOUT * 1000,
}

LOG_LEVEL = os.environ.get("SYMPOSIA_LOG_LEVEL", "WARNING")

# Ours: the store, the catalogue (the shipped one where empty), and the archives to write and to answer from.
SYMPOSIA_STORE = os.environ.get("SYMPOSIA_STORE", "data/store/symposia.db")
SYMPOSIA_SOURCES = os.environ.get("SYMPOSIA_SOURCES", "")
SYMPOSIA_OVERRIDES = os.environ.get("SYMPOSIA_OVERRIDES") or str(data_path("overrides.toml"))
SYMPOSIA_NOW = ""  # the time in ISO 8601 that a crawl takes for now, to try out other nights
SYMPOSIA_RECORD = ""
SYMPOSIA_REPLAY = ""
