"""Fields of a region's event beside its title and its times: where it links to, and where it takes place."""

from __future__ import annotations

import re

from lxml import html

from spiders.extraction.dom.field_labels import read_labelled_value
from spiders.extraction.dom.headings import HEADINGS
from spiders.extraction.dom.table_columns import cell_under
from spiders.extraction.listing.regions import Region
from spiders.extraction.page import Page
from spiders.extraction.registration_links import link_label
from symposia.event import Location
from symposia.facts.links import role_of
from symposia.private_links import is_private_link
from symposia.text.plain_text import one_line

_MAX_PLACE = 200
"""Characters of a place's name and address."""
_place_class = re.compile(r"(?:^|[\s_-])(?:location|venue|place|where)(?:$|[\s_-])", re.IGNORECASE)


def find_anchors(region: Region) -> list[html.HtmlElement]:
    """The links within a region, in order."""
    return [link for element in region.elements for link in element.iter("a")]


def read_event_url(page: Page, region: Region) -> str | None:
    """The first link of the region that leads somewhere else; None where none does.

    A link to register is taken only where there is no other. Private links are never taken.
    """
    links = [link for element in region.elements for heading in element.iter(*HEADINGS) for link in heading.iter("a")]
    links += [*find_anchors(region), *region.elements[0].iterancestors("a")]
    by_url: dict[str, html.HtmlElement] = {}
    for link in links:
        if url := page.link(link.get("href")):
            by_url[url] = by_url.pop(url, link)  # a link that stands twice counts where it stands last
    here = page.url.split("#")[0]
    elsewhere = {url: link for url, link in by_url.items() if url.split("#")[0] != here and not is_private_link(url)}
    details = (url for url, link in elsewhere.items() if not role_of(link_label(link), url))
    return next(details, next(iter(elsewhere), None))


def read_place(region: Region) -> Location | None:
    """The place in an element of class "location", a column of places, or under a label; None where none is stated."""
    element = _element_of_place(region)
    element = element if element is not None else cell_under(region.elements[0], "place")
    labelled = None if element is not None else read_labelled_value(region.text.splitlines(), "place")
    text = element.text_content() if element is not None else labelled.text if labelled else None
    name = one_line(text, limit=_MAX_PLACE)
    return Location(name=name) if name else None


def _element_of_place(region: Region) -> html.HtmlElement | None:
    inner = (element for whole in region.elements for element in whole.iter() if element.keys())
    return next((element for element in inner if _place_class.search(_names_of(element))), None)


def _names_of(element: html.HtmlElement) -> str:
    return f"{element.get('class') or ''} {element.get('itemprop') or ''}"
