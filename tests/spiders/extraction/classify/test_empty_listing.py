"""A listing that says in words that there is nothing, and pages that say something else."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from spiders.extraction.classify.empty_listing import says_it_is_empty
from spiders.extraction.dom.visible_lines import visible_lines
from spiders.extraction.page import Page


def page(markup: str) -> Page:
    """A page of that markup."""
    body = f"<html><body>{markup}</body></html>".encode()
    return Page(url="https://guild.example/events/", body=body, fetched_at=datetime(2026, 11, 1, tzinfo=UTC))


SENTENCES = [
    "No events",
    "There are no upcoming events.",
    "There are currently no events scheduled.",
    "Sorry, there are no upcoming events at this time. Please check back soon!",
    "No events found.",
    "There are no scheduled professional development workshops at this time.",
    "We don't have any upcoming workshops right now.",
    "There are no events scheduled for November 2026.",
    "No events match your criteria.",
    "There were no results found.",
    "0 results",
    "0 events found",
    "Showing 0 of 0 events",
    "Please check back soon.",
    "Check back soon for upcoming events!",
    "No classes are scheduled at the moment.",
    "The Guild has no upcoming conferences or workshops.",
    "There are no meetings scheduled at this time",
    "Nothing scheduled",
    "No upcoming dates",
    "Keine Veranstaltungen",
    "Derzeit sind keine Veranstaltungen geplant.",
    "Zur Zeit gibt es keine anstehenden Termine.",
    "Es wurden keine Termine gefunden.",
    "Aktuell sind leider keine Fortbildungsveranstaltungen verfügbar.",
    "Neue Termine folgen in Kürze.",
    "Aucun événement à venir",
    "Il n'y a pas d'événement prévu pour le moment.",
    "Il n’y a actuellement aucun atelier programmé.",
    "Aucun évènement trouvé.",
    "No hay eventos",
    "Actualmente no hay actividades programadas.",
    "No se han encontrado eventos.",
    "No hay próximos cursos en este momento.",
    "Geen evenementen gevonden",
    "Er zijn momenteel geen bijeenkomsten gepland.",
    "Er staan op dit moment geen studiedagen gepland.",
    "Nessun evento in programma",
    "Non ci sono eventi in programma al momento.",
    "Al momento non sono previsti incontri.",
    "Nenhum evento encontrado.",
    "Não há eventos agendados no momento.",
    "No hi ha esdeveniments programats.",
    "Inga kommande evenemang",
    "Ingen kommende arrangementer",
    "Brak nadchodzących wydarzeń",
    "Ei tulevia tapahtumia",
    "Žádné nadcházející akce",
]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_it_says_so(sentence: str) -> None:
    """In any of the languages, as a paragraph of the page."""
    assert says_it_is_empty(page(f"<nav>Home</nav><h1>Guild</h1><p>{sentence}</p><footer>Contact</footer>"))


MARKUP = [
    "<main><h1>Events</h1><div>There are <strong>no</strong> upcoming <a href='/e'>events</a>.</div></main>",
    "<p>There are no<br>upcoming events</p><p>No upcoming events</p>",
    "<table><tr><th>Date</th><th>Event</th></tr><tr><td colspan=2>No events found</td></tr></table>",
    "<section><header><h2>Workshops</h2><p>No workshops scheduled.</p></header></section>",
    "<ul><li class='no-events d-none d-md-block'>No events scheduled</li></ul>",
    "<main><p>Ask us.</p><div hidden>No comments yet</div><p>No&nbsp;upcoming&nbsp;events</p></main>",
]


@pytest.mark.parametrize("markup", MARKUP)
def test_it_says_so_somewhere(markup: str) -> None:
    """Within tables, lists and headers of sections, whatever is marked up in the sentence."""
    assert says_it_is_empty(page(markup))


TRAPS = [
    "About us",
    "No comments yet",
    "There are no items in your cart.",
    "No results for your search",
    "No results found for “fractions”",
    "There is no charge for events.",
    "No food at events, please.",
    "No past events",
    "There are no previous meetings.",
    "If there are no upcoming events, write to us.",
    "When no events are scheduled, the room is open to all.",
    "No Events: a reading from the novel",
    "No event is complete without you",
    "No events will be cancelled",
    "No meetings in August",
    "No class on 4 July",
    "No classes today",
    "Members with no upcoming events get a refund.",
    "No experience needed for our events",
    "No matter which events you choose",
    "Check back soon for recordings",
    "Check back soon for the agenda of the upcoming meeting",
    "Results: 10 events",
    "A week without events",
    "Keine Angst vor Veranstaltungen",
    "Keine Kosten für Veranstaltungen",
    "Keine vergangenen Veranstaltungen",
    "Pas de frais pour les événements",
    "Aucun commentaire",
    "No es un evento",
    "No te pierdas los próximos eventos",
    "No hay límite para eventos",
    "Geen kosten voor evenementen",
    "Nessun costo per gli eventi",
    "Não perca os próximos eventos",
]


@pytest.mark.parametrize("sentence", TRAPS)
def test_it_says_something_else(sentence: str) -> None:
    """The words of emptiness, about something else."""
    assert not says_it_is_empty(page(f"<main><h1>Guild</h1><p>{sentence}</p></main>"))


ELSEWHERE = [
    "<script>var empty = '<p>No upcoming events</p>'</script><p>Loading</p>",
    "<template><p>No upcoming events</p></template>",
    "<!-- No upcoming events --><p>Fractions</p>",
    "<style>p::after { content: 'No upcoming events' }</style>",
    "<p hidden>No upcoming events</p>",
    "<p style='display: none'>No upcoming events</p>",
    "<p class='message hidden'>No upcoming events</p>",
    "<div class='overlay' aria-hidden='true'>No upcoming events</div>",
    "<noscript>No upcoming events</noscript>",
    "<select><option>No upcoming events</option></select>",
    "<nav><ul><li>No upcoming events</li></ul></nav>",
    "<footer><p>No upcoming events</p></footer>",
    "<aside><p>No upcoming events</p></aside>",
    "<div class='sidebar'><p>No upcoming events</p></div>",
    "<header><p>No upcoming events</p></header>",
    "<main><p>Fractions</p></main><div><p>No upcoming events</p></div>",
    f"<table><tr>{'<td>No events</td>' * 7}</tr></table>",
    "<img alt='No upcoming events'><input value='No upcoming events'>",
    "<p>No</p><p>upcoming events</p>",
    "<h2>Events</h2><p>Room 12: No</p><p>Events are free.</p>",
    "",
]


@pytest.mark.parametrize("markup", ELSEWHERE)
def test_it_is_not_said_to_the_reader(markup: str) -> None:
    """Or not of the page's own part."""
    assert not says_it_is_empty(page(markup))


def test_lines_are_blocks() -> None:
    """Inline elements do not part a line, comments do not end it, and each knows where it stands."""
    lines = visible_lines(
        page("<nav>Home</nav><main><h1>Ev<b>en</b>ts</h1>One <!-- x -->line<p>Two</p>Three</main>").visible
    )

    assert [(line.text, line.place.tag, line.place.is_boilerplate, line.place.in_main) for line in lines] == [
        ("Home", "nav", True, False),
        ("Events", "h1", False, True),
        ("One line", "main", False, True),
        ("Two", "p", False, True),
        ("Three", "main", False, True),
    ]
