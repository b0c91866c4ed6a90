"""What a reader sees: one table of hidden and shown elements, on which all readers of pages agree."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from lxml import html

from spiders.extraction.classify.client_rendered import needs_browser
from spiders.extraction.classify.empty_listing import says_it_is_empty
from spiders.extraction.dom.visibility import is_hidden
from spiders.extraction.listing.extract import extract_listing
from spiders.extraction.page import Extraction, Page
from spiders.extraction.reconcile import is_doubtful
from symposia.posting import Origin, Posting

NOW = datetime(2026, 11, 1, tzinfo=UTC)

HIDDEN = {
    "attribute": "<div hidden>{}</div>",
    "attribute with a value": "<div hidden=hidden>{}</div>",
    "aria-hidden": "<div aria-hidden=true>{}</div>",
    "style": "<div style='display:none'>{}</div>",
    "style, spaced and important": "<div style='color: red; DISPLAY : none !important'>{}</div>",
    "style of visibility": "<div style='visibility:hidden'>{}</div>",
    "Bootstrap": "<div class='card d-none'>{}</div>",
    "Tailwind": "<div class='hidden'>{}</div>",
    "shown on paper only": "<div class='d-none d-print-block'>{}</div>",
    "a class that only ends like one": "<div class='hidden text-block'>{}</div>",
    "dialog": "<dialog>{}</dialog>",
    "modal that a button opens": "<a href='#m'>Open</a><div class='modal' id='m' aria-hidden=true>{}</div>",
    "template": "<template>{}</template>",
    "script": "<script>var words = '{}'</script>",
    "style sheet": "<style>p::after {{ content: '{}' }}</style>",
    "noscript": "<noscript>{}</noscript>",
    "comment": "<!-- {} -->",
    "picture": "<svg><title>{}</title></svg>",
    "fallback of a video": "<video>{}</video>",
    "within a hidden one": "<div hidden><div><p>{}</p></div></div>",
    "after a link to another page": "<p><a href='/about'>About us</a></p><div hidden>{}</div>",
    "after a line that only holds a control": "<p>Bring a pen. <a href='#'>More</a></p><div hidden>{}</div>",
    "after an anchor": "<a name=dates></a><div hidden>{}</div>",
    "inline, after a button": "<button>Menu</button><span aria-hidden=true>{}</span>",
}
SHOWN = {
    "plain": "<div>{}</div>",
    "other styles": "<div style='display:block; overflow:hidden'>{}</div>",
    "on wide screens, Bootstrap": "<div class='d-none d-md-block'>{}</div>",
    "on wide screens, Tailwind": "<div class='hidden lg:flex'>{}</div>",
    "a class in capitals": "<div class='Invisible'>{}</div>",
    "for screen readers": "<div><span class='sr-only'>{}</span></div>",
    "for screen readers, Drupal": "<div class='visually-hidden'>{}</div>",
    "aria-hidden is false": "<div aria-hidden=false>{}</div>",
    "found by searching": "<div hidden=until-found>{}</div>",
    "closed details": "<details><summary>When?</summary>{}</details>",
    "an open dialog": "<dialog open>{}</dialog>",
    "panel of an accordion": "<div class='accordion-body' hidden>{}</div>",
    "panel of a tab": "<div role=tabpanel style='display:none'>{}</div>",
    "answer": "<div class='faq' aria-hidden=true>{}</div>",
    "after a link that opens it": "<p><a href='#'>Dates</a></p><div style='display:none'>{}</div>",
    "after a button": "<button>Dates</button><div hidden>{}</div>",
    "after its spinner": "<div class='table-loader'></div><div style='visibility:hidden'>{}</div>",
    "opened from elsewhere": "<a href='#dates'>Dates</a><p>Welcome!</p><div id=dates class=hide>{}</div>",
    "opened from elsewhere, ARIA": "<b aria-controls='x dates'>Dates</b><p>Hi</p><div id=dates hidden>{}</div>",
}
TABLE = [
    *(pytest.param(markup, False, id=name) for name, markup in HIDDEN.items()),
    *(pytest.param(markup, True, id=name) for name, markup in SHOWN.items()),
]


def page(markup: str, head: str = "") -> Page:
    """A page with that body."""
    body = f"<html lang=en><head>{head}</head><body>{markup}</body></html>".encode()
    return Page(url="https://guild.example/events/", body=body, fetched_at=NOW, timezone="America/New_York")


@pytest.mark.parametrize(("markup", "is_seen"), TABLE)
def test_the_tree(markup: str, is_seen: bool) -> None:
    """What is hidden is left out, and what follows it is not."""
    text = page(f"<main><h1>Guild</h1>{markup.format('Poetry')} at four</main>").visible.text_content()

    assert ("Poetry" in text) is is_seen
    assert text.endswith(" at four")


@pytest.mark.parametrize(("markup", "is_seen"), TABLE)
def test_the_listing(markup: str, is_seen: bool) -> None:
    """No hidden event is published."""
    event = markup.format("10 March 2027, 4 pm: Poetry circle")
    others = "<p>3 March 2027, 4 pm: Maths circle</p>{}<p>17 March 2027, 4 pm: Chess circle</p>"
    found = extract_listing(page(f"<main><h1>Guild</h1>{others.format(event)}</main>"))

    days = [(posting.start or "")[:10] for posting in found.postings]
    assert days == ["2027-03-03", *(["2027-03-10"] if is_seen else []), "2027-03-17"]


@pytest.mark.parametrize(("markup", "is_seen"), TABLE)
def test_the_empty_listing(markup: str, is_seen: bool) -> None:
    """A message kept for later does not say that a listing is empty."""
    assert says_it_is_empty(page(f"<main><h1>Guild</h1>{markup.format('No upcoming events.')}</main>")) is is_seen


@pytest.mark.parametrize(("markup", "is_seen"), TABLE)
def test_the_client_rendered_page(markup: str, is_seen: bool) -> None:
    """Hidden words do not make a page of a shell."""
    shell = "<div id=root></div>{}<script src=/x.js></script>"
    says_more = not needs_browser(page(shell.format(markup.format(""))))  # the words of what opens it

    with_words = page(shell.format(markup.format("Our new home opens soon.")))
    assert needs_browser(with_words) is not (is_seen or says_more)


@pytest.mark.parametrize(("markup", "is_seen"), TABLE)
def test_the_reconciled_page(markup: str, is_seen: bool) -> None:
    """A hidden time casts no doubt on what is stated for machines."""
    origin = Origin(source="s", url="https://guild.example/events/", fetched_at=NOW, extractor="json-ld")
    stated = tuple(Posting(origin=origin, source_key=key, name=key, start="2027-03-03") for key in "abc")

    assert is_doubtful(Extraction(kind="json-ld", postings=stated), page(markup.format("at 4:30 pm"))) is is_seen


def test_items_that_are_hidden_one_by_one() -> None:
    """Filtered out, cancelled, not yet published: of a list only the shown items are read."""
    hiding = ["", "style=display:none", "hidden", "class=d-none", ""]
    items = "".join(f"<li {how}>{day} March 2027, 4 pm <b>Circle {day}</b></li>" for day, how in enumerate(hiding, 1))

    found = extract_listing(page(f"<h1>Meetings</h1><ul>{items}</ul>")).postings
    assert [posting.name for posting in found] == ["Circle 1", "Circle 5"]


def test_what_holds_most_of_the_page_is_shown_by_a_script() -> None:
    """As site builders do; a short message is none, even if it stands alone."""
    page_itself = f"<div style='visibility:hidden'>{'Phonics for beginners. ' * 20}</div><footer>Guild</footer>"
    message = "<p hidden>Something went wrong.</p>"

    assert "Phonics" in page(page_itself).visible.text_content()
    assert page(message).visible.text_content() == ""


def test_the_page_itself_is_left_as_it_is() -> None:
    """What machines are told may be hidden: the tree keeps it, and the head stays."""
    both = page("<p hidden>Phonics</p>", head="<title>Guild</title><script>1</script>")

    assert both.visible.findtext("head/title") == "Guild"
    assert both.tree.findtext("body/p") == "Phonics"
    assert [element.tag for element in both.visible.iter()] == ["html", "head", "title", "script", "body"]


def test_an_element_alone() -> None:
    """Is asked for itself: what it stands in, and what opens it from elsewhere, are its tree's business."""
    body = html.fromstring("<body><a href='#x'>Dates</a><p>Hi</p><div id=x hidden><p>3 March</p></div></body>")
    hidden = body.find("div")

    assert is_hidden(hidden)
    assert not is_hidden(hidden.find("p"))
