"""`symposia demo`: crawl the bundled demo web over HTTP, and export its events."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from calendar_export.publish import export
from commands.crawl import crawl
from commands.demo_web import DemoServer, render_catalogue
from commands.export import report_export
from commands.health.assessment import build_source_summaries
from commands.report import report_crawl
from pipelines.store.store import Store
from spiders.catalogue import load_catalogue

HURRIED = {
    "DOWNLOAD_DELAY": 0,
    "AUTOTHROTTLE_ENABLED": False,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 8,
    "RETRY_ENABLED": False,
    "SYMPOSIA_ALLOW_PRIVATE": True,
}
"""Scrapy settings for a server on this machine, which needs no politeness."""


@click.command()
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), default=Path("data/demo-export"), show_default=True
)
def command(out: Path) -> None:
    """Show all steps offline: a dozen invented sites, one of them down, become calendars, tables and pages."""
    now = datetime.now(UTC).replace(microsecond=0)
    store = out / "demo.db"
    out.mkdir(parents=True, exist_ok=True)
    with DemoServer(today=now.date()) as server:
        path = out / "sources.toml"
        path.write_text(render_catalogue(now.date(), server.base), encoding="utf-8")
        catalogue = load_catalogue(path)
        summary = crawl(catalogue.verified, catalogue, store=str(store), overrides=dict(HURRIED))
    report_crawl(summary)
    with Store.open(store) as opened:
        sources, made_from = build_source_summaries(catalogue, opened, now), opened.get_fingerprint()
        result = export(opened.get_events(), out, now=now, sources=sources, made_from=made_from)
    report_export(result, out)
    click.echo(f"calendars: {out / 'feeds'}\ntables:    {out / 'tables'}\npage:      {out / 'index.html'}")
