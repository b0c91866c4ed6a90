"""What a reader sees: one table of hidden and shown elements, on which all readers of pages agree."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from lxml import html

from spiders.extraction.classify.client_rendered import needs_browser
from spiders.extraction.classify.empty_listing import says_it_is_empty
from spiders.extraction.dom.hidden_marks import hiding_mark
from spiders.extraction.listing.extract import extract_listing
from spiders.extraction.page import Extraction, Page
from spiders.extraction.reconcile import is_doubtful
from symposia.posting import Origin, Posting

NOW = datetime(2026, 11, 1, tzinfo=UTC)

HIDDEN = {
    "attribute": "<div hidden>{}</div>",
    "attribute with a value": "<div hidden=hidden>{}</div>",
    "attribute that is said to be false": "<div hidden=false>{}</div>",
    "closed drawer": "<div class=drawer aria-hidden=true>{}</div>",
    "icon by a ligature": "<i class=material-icons aria-hidden=true>{}</i>",
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
    "after a line that only holds a control": "<p>Bring a pen. <a href='#'>Print</a></p><div hidden>{}</div>",
    "after an anchor": "<a name=dates></a><div hidden>{}</div>",
    "inline, after a button": "<button>Menu</button><span hidden>{}</span>",
    "below a single heading": "<h2>Dates</h2><div hidden>{}</div>",
    "after a card that leads elsewhere": "<div onclick=\"location='/a'\">About</div><div hidden>{}</div>",
    "before a link to another page": "<div hidden>{}</div><a href='/all'>Show all</a>",
    "after a label of no switch": "<label for=name>Name</label><div hidden>{}</div>",
    "row after one with details": "<table><tr><td><button>+</button><tr class=even hidden><td>{}</table>",
    "not by an animation": "<div class=animated style='display:none'>{}</div>",
}
SHOWN = {
    "plain": "<div>{}</div>",
    "other styles": "<div style='display:block; overflow:hidden'>{}</div>",
    "on wide screens, Bootstrap": "<div class='d-none d-md-block'>{}</div>",
    "on wide screens, Tailwind": "<div class='hidden lg:flex'>{}</div>",
    "a class in capitals": "<div class='Invisible'>{}</div>",
    "for screen readers": "<div><span class='sr-only'>{}</span></div>",
    "for screen readers, Drupal": "<div class='visually-hidden'>{}</div>",
    "hidden from screen readers only": "<div aria-hidden=true>{}</div>",
    "aria-hidden is false": "<div aria-hidden=false>{}</div>",
    "found by searching": "<div hidden=until-found>{}</div>",
    "closed details": "<details><summary>When?</summary>{}</details>",
    "an open dialog": "<dialog open>{}</dialog>",
    "panel of an accordion": "<div class='accordion-body' hidden>{}</div>",
    "panel of a tab": "<div role=tabpanel style='display:none'>{}</div>",
    "answer": "<div class='faq' aria-hidden=true>{}</div>",
    "after a link that opens it": "<p><a href='#'>Dates</a></p><div style='display:none'>{}</div>",
    "after a button": "<button>Dates</button><div hidden>{}</div>",
    "after a heading to click on": "<h3 onclick='show(this)'>Dates</h3><div style='display:none'>{}</div>",
    "after a heading with a link": "<h3>Dates <a href='#'>+</a></h3><div hidden>{}</div>",
    "after what is a button by its role": "<div role=button>Dates</div><div hidden>{}</div>",
    "after what says that it expands": "<p><span aria-expanded=false>Dates</span></p><div hidden>{}</div>",
    "after what has a hand for a pointer": "<p style='cursor: pointer'>Dates</p><div hidden>{}</div>",
    "within what is clicked on": "<section onclick='show(this)'>Dates<div hidden>{}</div></section>",
    "a switch by style": "<input type=checkbox id=s><label for=s>Dates</label><div class=hide>{}</div>",
    "a switch after its label": "<label for=s>Dates</label><input type=checkbox id=s><div class=hide>{}</div>",
    "below the heading that it is the content of": "<h3>Dates</h3><div class=event-content hidden>{}</div>",
    "tab by rel": "<ul><li rel=march>March</ul><section id=march hidden>{}</section>",
    "row of details": "<table><tr><td>A<td><button>+</button><tr class=more hidden><td>{}</table>",
    "definition": "<dl><dt>Dates<dd style='display:none'>{}</dl>",
    "before what shows more": "<div hidden>{}</div><button>Show more</button>",
    "after what shows more": "<p>Bring a pen. <a href='#'>Read more</a></p><div hidden>{}</div>",
    "before what shows more, in German": "<div hidden>{}</div><p><a href='#'>Mehr anzeigen</a></p>",
    "tooltip": "<div class=tribe-events-tooltip style='display:none'>{}</div>",
    "tab by data": "<b data-tab=march>March</b><p>Hi</p><section id=march hidden>{}</section>",
    "tab by data on both": "<b data-tab=march>March</b><p>Hi</p><section data-tab=march hidden>{}</section>",
    "tab by a class": "<b data-target='.march'>March</b><p>Hi</p><section class=march hidden>{}</section>",
    "opened by a script": "<b onclick=\"show('march')\">March</b><p>Hi</p><section id=march hidden>{}</section>",
    "fades in, WOW.js": "<div class='wow fadeInUp' style='visibility: hidden'>{}</div>",
    "fades in, AOS": "<div class=invisible data-aos=fade-up>{}</div>",
    "microformat": "<div class=h-event style='display:none'>{}</div>",
    "around a microformat": "<div hidden><div class=vevent>{}</div></div>",
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


def listed(markup: str) -> list[int]:
    """The days of March on which the page lists a circle."""
    found = extract_listing(page(f"<main><h1>Meetings</h1>{markup}</main>")).postings
    return [int((posting.start or "")[8:10]) for posting in found]


def cards(
    *attributes: str, markup: str = "<div class=card {1}><h3>Circle {0}</h3><p>{0} March 2027, 4 pm</p></div>"
) -> str:
    """A card with these attributes for each day from 1 March on."""
    return "".join(markup.format(day, attribute) for day, attribute in enumerate(attributes, 1))


HIDE = "style='display:none'"
PAGE = "<div class=page {}>{}</div>"


@pytest.mark.parametrize(
    ("markup", "days"),
    [
        pytest.param(cards("", "", HIDE, HIDE, HIDE), [1, 2, 3, 4, 5], id="the end of the list"),
        pytest.param(cards("", "", "", HIDE), [1, 2, 3], id="the last"),
        pytest.param(cards("", "", "", HIDE) + "<a href='#'>Load more</a>", [1, 2, 3, 4], id="the last, and more to load"),
        pytest.param(f"<div>{cards('', '', HIDE)}</div><p><button>Ver más</button></p>", [1, 2, 3], id="more, outside"),
        pytest.param(cards("", "", HIDE) + "<a href='/all'>Show all</a>", [1, 2], id="more, elsewhere"),
        pytest.param(cards("", HIDE, HIDE, "", ""), [1, 4, 5], id="between"),
        pytest.param(cards(HIDE, "", ""), [2, 3], id="the first, as templates are"),
        pytest.param(cards("", HIDE, HIDE, "", HIDE, HIDE, HIDE), [1, 2, 3, 4, 5, 6, 7], id="most, by a script"),
        pytest.param(cards("", HIDE, "hidden", "data-x style='visibility:hidden'", ""), [1, 5], id="most, by hand"),
        pytest.param(
            "<b data-filter='.odd'>Odd</b>" + cards(HIDE, "", HIDE, "", markup="<p class=odd {1}><b>Circle {0}</b> {0} March 2027</p>"),
            [1, 2, 3, 4],
            id="filtered",
        ),
        pytest.param(PAGE.format("", cards("", "")) + PAGE.format(HIDE, cards("", "")), [1, 2], id="a page of its own"),
    ],
)  # fmt: skip
def test_hidden_items(markup: str, days: list[int]) -> None:
    """What the reader gets to by paging and filtering is read; what was taken down is not."""
    assert listed(markup) == days


def test_headings_that_open_something() -> None:
    """A hidden block below each heading is what these open."""
    markup = "<h3>Circle {0}</h3><div class=content style='display:none'>{0} March 2027, 4 pm</div>"

    assert listed(cards("", "", markup=markup)) == [1, 2]


def test_what_fades_in_together() -> None:
    """A list that keeps its place and shows nothing yet."""
    invisible = "style='visibility: hidden'"

    assert listed("<p>Bring a pen, please. </p>" * 50 + cards(invisible, invisible)) == [1, 2]
    assert listed("<p>Bring a pen, please. </p>" * 50 + cards(invisible)) == []
    assert listed(f"<div {invisible}>{cards('', '')}</div>") == [1, 2]
    wrapped = cards(
        *["class=invisible"] * 3, markup="<div><div {1}><h3>Circle {0}</h3>{0} March 2027, 4 pm</div></div>"
    )
    assert listed("<p>Bring a pen, please. </p>" * 50 + wrapped) == [1, 2, 3]


def test_what_is_most_of_the_page_together() -> None:
    """Each section is short, but all of them are what the page is about."""
    sections = cards(*[""] * 4, markup=f"<section {HIDE}><h3>Circle {{0}}</h3><p>{{0}} March 2027, 4 pm</p></section>")

    assert listed(f"<p>Our year</p>{sections}") == [1, 2, 3, 4]
    assert listed("<p>Bring a pen, please. </p>" * 50 + sections) == []


def test_a_menu_is_not_what_the_page_is_about() -> None:
    """However long it is."""
    menu = "<nav><div hidden>" + "Courses for beginners. " * 50 + "</div></nav>"

    assert "beginners" not in page(f"{menu}<p>Phonics</p>").visible.text_content()


def test_times_in_tooltips_of_a_month() -> None:
    """A pointer brings them up."""
    names = "".join(f"<th>{name}" for name in ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"))
    tip = f"<a href='/e'>Circle</a><div class=desc {HIDE}>10:00 - 11:00, Room 5</div>"
    weeks = "".join(
        "<tr>" + "".join(f"<td>{day}{tip if day % 7 == 3 else ''}" for day in range(first, first + 7))
        for first in (1, 8, 15, 22)
    )
    found = extract_listing(page(f"<h2>March 2027</h2><table><tr>{names}{weeks}</table>")).postings

    assert [posting.start for posting in found][:2] == ["2027-03-03T10:00", "2027-03-10T10:00"]


def test_an_element_alone() -> None:
    """Is asked for itself: what it stands in, and what opens it from elsewhere, are its tree's business."""
    body = html.fromstring("<body><a href='#x'>Dates</a><p>Hi</p><div id=x hidden><p>3 March</p></div></body>")
    hidden = body.find("div")

    assert hiding_mark(hidden) == "hidden"
    assert hiding_mark(hidden.find("p")) == ""
