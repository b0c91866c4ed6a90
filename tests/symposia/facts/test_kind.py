"""What an event is called."""

from __future__ import annotations

import pytest

from symposia.event import Kind
from symposia.facts.kind import as_held, find_kind

TITLES = [
    ("Webinar: Reading Aloud", "", "webinar"),
    ("Webinar on running conferences", "", "webinar"),
    ("A conference about workshops", "", "conference"),
    ("Course Design Workshop", "", "workshop"),
    ("Annual Conference 2027", "", "conference"),
    ("Phonics Summit (registration open)", "", "conference"),
    ("Summer School on Digital Archives", "", "course"),
    ("Introductory Course in Statistics", "", "course"),
    ("Taller de lectura", "", "workshop"),
    ("Curso de verano", "", "course"),
    ("Congreso Internacional de Educación", "", "conference"),
    ("Colloque: lire et écrire", "", "conference"),
    ("Fortbildung: Lesen lernen", "", "workshop"),
    ("Lehrerfortbildung Physik", "", "workshop"),
    ("Didaktiktagung 2027", "", "conference"),
    ("Netwerkbijeenkomst Open Science", "", "meeting"),
    ("Oficina de escrita", "", "workshop"),
    ("Community Call #12", "", "chat"),
    ("Office Hours", "", "chat"),
    ("Journal Club: Memory", "", "chat"),
    ("R User Group", "", "meeting"),
    ("Spring Meetup", "", "meeting"),
    ("Campus Tour", "", "other"),
    ("Inaugural Lecture", "", "other"),
    ("Hackathon 2027", "", "other"),
    ("Reading Day", "Join us for a half-day workshop on phonics.", "workshop"),
    ("Reading Day", "This webinar is for teachers.", "webinar"),
    ("Reading Day", "In this course you will learn to read maps.", "course"),
    ("Lesetag", "Diese Tagung bringt Lehrkräfte zusammen.", "conference"),
    ("Día de la lectura", "Este taller es gratuito.", "workshop"),
    ("Journée lecture", "Cet atelier est ouvert à tous.", "workshop"),
    ("Leesdag", "Tijdens deze cursus leer je lezen.", "course"),
    ("Dia da leitura", "Esse minicurso será online.", "course"),
]

TRAPS = [
    ("Course Design for Beginners", "", None),
    ("Conference Planning Made Easy", "", None),
    ("How to chair a meeting", "", None),
    ("Tips for workshop leaders", "", None),
    ("Class Size and Learning", "", None),
    ("Talking about talks", "", None),
    ("Reading Day", "", None),
    ("Reading Day", "She has spoken at conferences and given courses.", None),
    ("Reading Day", "A world-class collection.", None),
    ("Reading Day", "Join the meeting now", None),
    ("Presenting at a conference", "In this workshop we rehearse your slides.", "workshop"),
    ("Encontro Sul - minicurso", "Esse minicurso será online.", "course"),
    ("Meeting Facilitation Workshop", "", "workshop"),
    ("Panel Data Course", "", "course"),
    ("Training the Brain", "", None),
    ("Chat Interfaces in the Classroom", "", None),
    ("", "", None),
]


@pytest.mark.parametrize(("name", "description", "kind"), TITLES + TRAPS)
def test_kind(name: str, description: str, kind: str | None) -> None:
    """The head of the name, else what the text calls itself; a topic is neither."""
    found = find_kind(name, description)

    assert (found.value.value if found else None) == kind


def test_a_talk_online_is_a_webinar() -> None:
    """And stays what it is called elsewhere."""
    talk, tour = find_kind("Guest Talk", ""), find_kind("Campus Tour", "")
    held = [
        as_held(talk, online=True),
        as_held(talk, online=False),
        as_held(tour, online=True),
        as_held(None, online=True),
    ]

    assert [one.value if one else None for one in held] == [Kind.WEBINAR, Kind.OTHER, Kind.OTHER, None]
