"""`symposia demo`: crawl the bundled demo web over real HTTP, and publish what it holds."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from calendar_export.publish import export
from commands.crawl import crawl
from commands.demo_web import DemoServer, catalogue_text
from commands.export import tell
from commands.health.source_health import source_rows
from commands.report import report
from pipelines.store.store import Store
from spiders.catalogue import load_catalogue

HURRIED = {
    "DOWNLOAD_DELAY": 0,
    "AUTOTHROTTLE_ENABLED": False,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 8,
    "RETRY_ENABLED": False,
    "SYMPOSIA_ALLOW_PRIVATE": True,
}
"""Scrapy settings for a server of our own on this machine, which needs no politeness."""


@click.command()
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), default=Path("data/demo-export"), show_default=True
)
def command(out: Path) -> None:
    """Show the whole way, offline: a dozen invented sites, one of them down, become calendars, tables and a page."""
    now = datetime.now(UTC).replace(microsecond=0)
    store = out / "demo.db"
    out.mkdir(parents=True, exist_ok=True)
    with DemoServer(today=now.date()) as server:
        path = out / "sources.toml"
        path.write_text(catalogue_text(now.date(), server.base), encoding="utf-8")
        catalogue = load_catalogue(path)
        done = crawl(catalogue.due, catalogue, store=str(store), overrides=dict(HURRIED))
    report(done)
    with Store.open(store) as opened:
        tell(
            export(
                opened.events(),
                out,
                now=now,
                sources=source_rows(catalogue, opened, now),
                made_from=opened.fingerprint(),
            ),
            out,
        )
    click.echo(f"calendars: {out / 'feeds'}\ntables:    {out / 'tables'}\npage:      {out / 'index.html'}")
