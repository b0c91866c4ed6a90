"""How one attends."""

from __future__ import annotations

import pytest

from symposia.event import Kind
from symposia.facts.mode import find_mode

SAID = [
    ("Reading circle (online)", "", "online"),
    ("Reading circle", "We meet via Zoom.", "online"),
    ("Reading circle", "Location: Online", "online"),
    ("Reading circle", "Where: Zoom", "online"),
    ("Reading circle", "This virtual workshop is free.", "online"),
    ("Reading circle", "An online panel discussion of maps.", "online"),
    ("Reading circle", "Join here: https://us02web.zoom.us/j/123456", "online"),
    ("Reading circle", "The meeting takes place online.", "online"),
    ("Lesekreis", "Die Veranstaltung findet online statt.", "online"),
    ("Lesekreis", "Wir treffen uns per Zoom.", "online"),
    ("Leeskring", "De lezing vindt online plaats.", "online"),
    ("Círculo de lectura", "La charla será virtual.", "online"),
    ("Cercle de lecture", "La réunion aura lieu en visioconférence.", "online"),
    ("Roda de leitura", "A oficina acontecerá online.", "online"),
    ("Reading circle", "Meet us in person.", "in_person"),
    ("Reading circle", "Location: Town Library", "in_person"),
    ("Reading circle", "Venue: Aula 3, Main Street 5", "in_person"),
    ("Reading circle", "The seminar will be held in the Old Hall.", "in_person"),
    ("Reading circle", "It is held at the Ruskin Library.", "in_person"),
    ("Reading circle", "Come by: 401 Oak Street, Springfield, IL 62701.", "in_person"),
    ("Reading circle", "We gather in Room 12.", "in_person"),
    ("Reading circle", "Lunch will be provided.", "in_person"),
    ("Reading circle", "The school takes place from 3 to 5 May in Utrecht.", "in_person"),
    ("Lesekreis", "Ort: Stadtbibliothek, Saal 2", "in_person"),
    ("Lesekreis", "Wir treffen uns vor Ort.", "in_person"),
    ("Leeskring", "Locatie: Domstad, Utrecht", "in_person"),
    ("Taller", "Lugar: Biblioteca Central", "in_person"),
    ("Atelier", "Lieu : Médiathèque de Lyon", "in_person"),
    ("Reading circle", "A hybrid event.", "hybrid"),
    ("Reading circle", "Attend in person or online.", "hybrid"),
    ("Reading circle", "A virtual option is available for those who cannot travel.", "hybrid"),
    ("Reading circle", "Held in the Old Hall, and livestreamed.", "hybrid"),
    ("Lesekreis", "Teilnahme vor Ort oder online.", "hybrid"),
    ("Taller", "Modalidad híbrida.", "hybrid"),
    ("Atelier", "Sur place ou en ligne.", "hybrid"),
]

TRAPS = [
    ("Teaching online", "We discuss online teaching.", None),
    ("Zoom for screen readers", "Learn which shortcuts Zoom has.", None),
    ("Leading hybrid teams", "How hybrid teams succeed.", None),
    ("A virtual reality workshop", "Bring a headset.", None),
    ("Design of online courses", "Online courses need a plan.", None),
    ("Resisting online manipulation", "Who lies, and why.", None),
    ("Online learning communities", "What makes them last.", None),
    ("Reading circle", "Register at https://rooms.example/register", None),
    ("Reading circle", "This time it will not be held online.", None),
    ("Reading circle", "She is a professor at the University of Leeds.", None),
    ("Reading circle", "Ana is a librarian in Chicago.", None),
    ("Reading circle", "Location: TBA", None),
    ("Reading circle", "A recorded webinar is linked.", None),
    ("Trends in Biology, Chemistry and Physics", "", None),
    ("Reading circle", "Unlike last year's virtual conference, bring a coat.", None),
    ("Reading circle in person", "Tickets can be bought in person or online.", "in_person"),
    ("", "", None),
]


@pytest.mark.parametrize(("name", "description", "mode"), SAID + TRAPS)
def test_mode(name: str, description: str, mode: str | None) -> None:
    """A place, a way to listen in, or both; a topic, a link and a speaker's home are none."""
    found = find_mode(name, description, None)

    assert (found.value.value if found else None) == mode


def test_a_webinar_is_online() -> None:
    """Whatever it is about."""
    found = find_mode("Webinar on running in-person conferences", "", Kind.WEBINAR)

    assert found is not None
    assert found.value.value == "online"
