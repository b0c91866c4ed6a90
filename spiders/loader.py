"""`scrapy list` and `scrapy crawl NAME` over the sources of the catalogue."""

from __future__ import annotations

from pathlib import Path
from typing import Self

from scrapy import Request, Spider
from scrapy.settings import BaseSettings

from spiders.catalogue import Catalogue, load_catalogue
from spiders.source_spider import spider_class
from symposia.data_files import data_path
from symposia.urls import same_site


class CatalogueSpiderLoader:
    """Scrapy's spider loader, with a spider for each source in the file SYMPOSIA_SOURCES, else in the shipped catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> Self:
        """Load the catalogue. Raises CatalogueError where it cannot be used."""
        path = settings.get("SYMPOSIA_SOURCES")
        return cls(load_catalogue(Path(path) if path else data_path("sources.toml")))

    def load(self, spider_name: str) -> type[Spider]:
        """Make the spider for the source of that id.

        Raises:
            KeyError: There is none, as Scrapy expects it.
        """
        source = self.catalogue.get(spider_name)
        if source is None:
            raise KeyError(f"Spider not found: {spider_name}")
        return spider_class(source)

    def list(self) -> list[str]:
        """List the ids of all sources."""
        return [source.id for source in self.catalogue.sources]

    def find_by_request(self, request: Request) -> list[str]:  # type: ignore[valid-type]  # the name is Scrapy's
        """List the ids of the sources at the request's site."""
        return [source.id for source in self.catalogue.sources if same_site(source.url, request.url)]
