"""The language of an event."""

from __future__ import annotations

import pytest

from symposia.facts.language import find_language

SAID = [
    ("This event will be held in English.", "en"),
    ("A page in English. Event in Spanish.", "es"),
    ("The workshop is conducted in French.", "fr"),
    ("The talk will be in German.", "de"),
    ("Language: Dutch", "nl"),
    ("Working language: English", "en"),
    ("Presented in Portuguese.", "pt"),
    ("Die Veranstaltung findet auf Englisch statt.", "en"),
    ("Der Vortrag wird in englischer Sprache gehalten.", "en"),
    ("Sprache: Deutsch", "de"),
    ("Idioma: inglés", "en"),
    ("El taller será en español.", "es"),
    ("Langue : anglais", "en"),
    ("L'atelier se déroulera en français.", "fr"),
    ("Voertaal: Engels", "en"),
    ("De lezing wordt gegeven in het Nederlands.", "nl"),
    ("Idioma: português", "pt"),
    ("A Spanish-language event for all of us.", "es"),
]
WRITTEN = [
    ("Join us for a day with the people of the library.", "en"),
    ("Bring your own book and a friend to this day of reading.", "en"),
    ("Wir lesen mit den Kindern und sprechen über die Bücher.", "de"),
    ("Ein Tag für alle, die gern lesen und schreiben.", "de"),
    ("Un día para leer con los niños en la biblioteca del barrio.", "es"),
    ("Nous lirons avec les enfants dans la bibliothèque.", "fr"),
    ("Une journée pour lire et écrire avec vous.", "fr"),
    ("Wij lezen met de kinderen in het park en eten een ijsje.", "nl"),
    ("Um dia para ler com as crianças e os pais na biblioteca.", "pt"),
    ("Leggiamo con i bambini nella biblioteca della città, per una giornata.", "it"),
    ("Budeme číst s dětmi na zahradě, které se to líbí.", "cs"),
]
TRAPS = [
    ("We read the English classics with the children of the town.", "en"),
    ("This course for teachers of French is held in the library.", "en"),
    ("Learn how to teach Spanish in your class with games.", "en"),
    ("The German reading group is open to all of you.", "en"),
    ("Wir lesen englische Bücher und sprechen über die Figuren.", "de"),
    ("The webinar is in English class format for the teachers.", "en"),
    ("A day with Dutch painters and their pupils at the museum.", "en"),
    ("Les professeurs d'anglais sont invités dans la salle.", "fr"),
    ("Los profesores de inglés y los de francés se reúnen.", "es"),
    ("2027", None),
    ("Reading Day", None),
    ("", None),
    ("Lorem ipsum", None),
    ("R, Python, SQL", None),
    ("Zoom 123 456", None),
]


@pytest.mark.parametrize(("description", "language"), SAID + WRITTEN + TRAPS)
def test_language(description: str, language: str | None) -> None:
    """As said, else as written; a language that is taught is a topic."""
    found = find_language("", description)

    assert (found.value if found else None) == language


def test_the_source_tells_what_a_text_is_too_short_to_tell() -> None:
    """And only that."""
    short, long = find_language("R", "", "nl"), find_language("", WRITTEN[0][0], "nl")

    assert [found.value for found in (short, long) if found] == ["nl", "en"]
