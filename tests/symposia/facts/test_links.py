"""Links to register, to watch, and to join; the last are never passed on."""

from __future__ import annotations

import pytest

from symposia.facts.links import Link, Role, find_links, role_of

AT = "https://guild.example/events/reading"
FORM = "https://forms.example/7"
REGISTER, WATCH = Role.REGISTRATION, Role.RECORDING

LABELS: list[tuple[str, str, Role | None]] = [
    ("Register", FORM, REGISTER),
    ("Register now →", FORM, REGISTER),
    ("REGISTER HERE!", FORM, REGISTER),
    ("Registration", FORM, REGISTER),
    ("Sign up for this workshop", FORM, REGISTER),
    ("RSVP", FORM, REGISTER),
    ("Get your tickets", FORM, REGISTER),
    ("Save my seat", FORM, REGISTER),
    ("Enrol", FORM, REGISTER),
    ("Click here to register", FORM, REGISTER),
    ("Jetzt anmelden", FORM, REGISTER),
    ("Zur Anmeldung", FORM, REGISTER),
    ("Inscríbete aquí", FORM, REGISTER),
    ("Formulario de inscripción", FORM, REGISTER),
    ("S’inscrire", FORM, REGISTER),
    ("Inscrivez-vous", FORM, REGISTER),
    ("Meld je aan", FORM, REGISTER),
    ("Schrijf je in", FORM, REGISTER),
    ("Inscreva-se", FORM, REGISTER),
    ("here", "https://us02web.zoom.us/webinar/register/WN_abc", REGISTER),
    ("https://guild.example/reading/register", "https://guild.example/reading/register", REGISTER),
    ("Watch the recording", FORM, WATCH),
    ("Webinar recording", FORM, WATCH),
    ("Replay", FORM, WATCH),
    ("Zur Aufzeichnung", FORM, WATCH),
    ("Ver la grabación", FORM, WATCH),
    ("Bekijk de opname", FORM, WATCH),
    ("link", "https://zoom.us/rec/share/abc?pwd=1", WATCH),
]
TRAPS: list[tuple[str, str]] = [
    ("Register to vote", FORM),
    ("Registration fees", FORM),
    ("Registration opens in March", FORM),
    ("Registration deadline", FORM),
    ("Sign up for our newsletter", FORM),
    ("Sign up for email alerts", FORM),
    ("Register", "https://guild.example/users/register"),
    ("Register", "https://guild.example/register"),
    ("Sign up", "https://guild.example/account/new"),
    ("Sign up here", "https://guild.example/families/membership/"),
    ("Register", "https://guild.example/login?return_to=/events"),
    ("Register", "https://zoom.us/j/81234567890"),
    ("Exhibitor registration", FORM),
    ("Tickets and refunds", FORM),
    ("The registrar's office", FORM),
    ("Join us in Utrecht", FORM),
    ("Recording policy", FORM),
    ("Recording studio", FORM),
    ("Watch this space", FORM),
    ("Our past recordings", FORM),
    ("here", AT),
    ("More information", FORM),
]


@pytest.mark.parametrize(("label", "url", "role"), [*LABELS, *((label, url, None) for label, url in TRAPS)])
def test_a_label(label: str, url: str, role: Role | None) -> None:
    """What a link is called says what it is for."""
    assert role_of(label, url) is role


def test_the_tables_hold_enough() -> None:
    """Forty examples at least, a third of them traps."""
    assert len(LABELS) + len(TRAPS) >= 40
    assert 3 * len(TRAPS) >= len(LABELS) + len(TRAPS)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Register: https://forms.example/7", {REGISTER: FORM}),
        ("To register, visit https://forms.example/7.", {REGISTER: FORM}),
        ("Please sign up here (https://forms.example/7).", {REGISTER: FORM}),
        ("**RSVP: https://forms.example/7**", {REGISTER: FORM}),
        ("Zur Anmeldung: https://forms.example/7", {REGISTER: FORM}),
        ("https://us02web.zoom.us/webinar/register/WN_a", {REGISTER: "https://us02web.zoom.us/webinar/register/WN_a"}),
        ("Read https://forms.example/a_(b)", {}),
        ("Register: https://forms.example/a_(b)", {REGISTER: "https://forms.example/a_(b)"}),
        (
            "Register: https://forms.example/7\nWatch the recording: https://video.example/9",
            {REGISTER: FORM, WATCH: "https://video.example/9"},
        ),
        ("Register: https://forms.example/7 or https://forms.example/8", {REGISTER: FORM}),
        ("Register today! Our programme: https://guild.example/programme", {}),
        ("Registration fees are listed at https://guild.example/fees", {}),
        ("Registration closed. See https://guild.example", {}),
        ("Register: https://zoom.us/j/81234567890", {}),
        ("Join at https://meet.google.com/abc-defg-hij", {}),
        ("More at https://guild.example/events", {}),
        ("No address at all", {}),
    ],
)
def test_a_text(text: str, found: dict[Role, str]) -> None:
    """Words before an address say what it is for."""
    assert {link.role: link.url for link in find_links(text)} == found


def test_the_words_are_shown() -> None:
    """A link says which words it was known by."""
    assert find_links("Seats are few. Register: https://forms.example/7") == [
        Link(role=REGISTER, url=FORM, words="Register: https://forms.example/7")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "https://" * 5_000,
        "register " * 3_000 + "https://a.example",
        "https://x.example/" + "a" * 50_000,
    ],
)
def test_hostile_texts_are_read_to_their_end(text: str) -> None:
    """No text makes a pattern run away; a test that did would not end."""
    assert len(find_links(text)) <= 1
