"""Pages that scripts have yet to write, and pages that only look so."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from spiders.extraction.classify.client_rendered import needs_browser
from spiders.extraction.page import Page

SCRIPT = '<script src="/main.js"></script>'
SHELL = f'<!doctype html><html lang="en"><head><title>Events | Guild</title></head><body>%s{SCRIPT}</body></html>'
NAV = '<header><a href="/">Guild</a><nav><a href="/join">Join us</a> <a href="/news">News</a></nav></header>'
FOOTER = "<footer>© 2026 Reading Guild, 12 Mill Lane, Lakeshore</footer>"

SCRIPTED = {
    "an empty root": SHELL % '<div id="root"></div>',
    "an empty app and white space": SHELL % '\n <div id="app">\n  </div>\n',
    "Next": SHELL
    % '<div id="__next"></div><script id="__NEXT_DATA__" type="application/json">{"page": "/events"}</script>',
    "Nuxt with its spinner": SHELL % '<div id="__nuxt"><style>.s{}</style><svg><title>spin</title></svg></div>',
    "Angular": SHELL % "<app-root></app-root>",
    "a tag of one's own": SHELL % "<guild-events feed='/api'></guild-events>",
    "an attribute": SHELL % "<div ng-app='events'><div></div></div>",
    "noscript that asks": SHELL % "<noscript>You need to enable JavaScript to run this app.</noscript><div></div>",
    "noscript, German": SHELL
    % "<noscript>Bitte aktivieren Sie JavaScript, um die Termine zu sehen.</noscript><main></main>",
    "noscript, French": SHELL % "<noscript><p>Veuillez activer JavaScript.</p></noscript><main></main>",
    "noscript, Spanish": SHELL
    % "<noscript><p>Por favor, habilite JavaScript en su navegador</p></noscript><main></main>",
    "asked in the open": SHELL
    % "<div id=\"main\"><p>We're sorry but this site doesn't work properly without JavaScript.</p></div>",
    "a lone loading text": SHELL % "<main><p>Loading events…</p></main>",
    "loading in pieces": SHELL % "<main><p>Loading <b>the calendar</b> ...</p></main>",
    "loading, German": SHELL % "<main><p>Veranstaltungen werden geladen...</p></main>",
    "loading, Italian": SHELL % "<main><p>Caricamento in corso</p></main>",
    "loading, please wait": SHELL % "<div id=root><span>Loading, please wait...</span></div>",
    "a frame around nothing": SHELL % f'<a href="#main">Skip to content</a>{NAV}<main id="app"></main>{FOOTER}',
    "a heading that is the title's": SHELL % f'{NAV}<main><h1>Events</h1><div id="calendar"></div></main>{FOOTER}',
    "hidden words": SHELL
    % '<div style="display:none">Something went wrong.</div><div id="root"></div><p hidden>Bye</p>',
    "a comment and a template": SHELL % "<!-- app --><template><p>Name</p></template><div id='root'></div>",
    "words that only its script holds": "<html><body><div id=root></div><script>var t = 'No events found';</script></body></html>",
    "an inline module": "<html><body><div id=root></div><script type=module>import('/x.js')</script></body></html>",
}
ORDINARY = {
    "an empty answer": "",
    "an empty page": "<html><body></body></html>",
    "a page of scripts that count visits": SHELL % "<div class='wrap'></div>",
    "a root that nothing fills": '<html><body><div id="root"></div></body></html>',
    "a root and only data": '<html><body><div id="root"></div><script type="application/ld+json">{}</script></body></html>',
    "a short page with real text": SHELL % '<div id="root"><p>Our new home opens soon.</p></div>',
    "text after a comment": SHELL % '<div id="root"><p><!-- -->Our new home<!-- --> opens soon.</p></div>',
    "nothing is on": SHELL % '<div id="app"><p>No upcoming events.</p></div>',
    "nothing is on, as a title": (SHELL % "<h1>No upcoming events</h1><div id=app></div>").replace(
        "Events |", "No upcoming events |"
    ),
    "nothing is on, in Dutch": SHELL % '<div id="app"><p>Geen evenementen gevonden</p></div>',
    "an empty root beside real text": SHELL % '<p>The reading group meets in room 12.</p><div id="root"></div>',
    "a listing that works without": SHELL
    % ("<noscript>Please enable JavaScript to register.</noscript><h1>Events</h1><p>3 March 2027: Fractions</p>"),
    "loading of another kind": SHELL % "<main><p>Loading dock closed on Friday</p></main>",
    "an event on JavaScript": SHELL % "<main><h2>Enable JavaScript thinkers</h2><p>3 March 2027, room 12</p>"
    + "<p>A day for teachers.</p>" * 40,
    "noscript that counts visits": SHELL
    % '<noscript><iframe src="https://tags.example/ns"></iframe></noscript><div></div>',
    "a calendar in a frame": SHELL % '<div id="calendar"><iframe src="https://calendar.example/"></iframe></div>',
    "a site's map in its header": SHELL
    % ("<nav>" + "<a href='/x'>Reading rooms</a> " * 300 + "</nav><div id=root></div>"),
    "JSON": '{"events": [], "note": "enable JavaScript <div id=root></div><script src=x></script>"}',
    "a feed": "<?xml version='1.0'?><rss version='2.0'><channel><title>Loading</title></channel></rss>",
    "plain text": "Please enable JavaScript",
}


def page(body: str) -> Page:
    """A page with that body."""
    return Page(url="https://guild.example/events", body=body.encode(), fetched_at=datetime(2026, 11, 1, tzinfo=UTC))


@pytest.mark.parametrize("body", SCRIPTED.values(), ids=SCRIPTED)
def test_shells(body: str) -> None:
    """Nothing of their own, and something that says who writes the rest."""
    assert needs_browser(page(body))


@pytest.mark.parametrize("body", ORDINARY.values(), ids=ORDINARY)
def test_pages_that_only_look_so(body: str) -> None:
    """A browser would show no more."""
    assert not needs_browser(page(body))


def test_a_page_without_an_end_is_read_in_bounds() -> None:
    """A million elements, and as deep as the parser goes."""
    assert not needs_browser(page(SHELL % ("<div><p></p>" * 20_000)))
    assert not needs_browser(page(SHELL % ("<p>word</p>" * 100_000)))
