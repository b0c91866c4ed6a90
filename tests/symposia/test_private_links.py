"""What lets a stranger into a meeting, and what only looks so."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symposia.codec import event_from_json, to_json
from symposia.event import Credit, Event, Location, MovedOccurrence, Recurrence, SourceRef
from symposia.posting import Origin, Posting
from symposia.private_links import is_private_link, may_hold_private, without_private, without_private_links
from symposia.text.toml_files import toml_at

PRIVATE = "https://us02web.zoom.us/j/81234567890?pwd=tulip7"
DAY = date(2027, 3, 3)
ORIGIN = Origin(
    source="guild", url="https://guild.example/", fetched_at=datetime(2026, 11, 2, tzinfo=UTC), extractor="feed"
)
WORDS = toml_at(Path(__file__).parents[2] / "symposia" / "private_links.toml")


@pytest.mark.parametrize(
    ("url", "private"),
    [
        ("https://zoom.us/j/81234567890", True),
        ("https://us02web.zoom.us/j/81234567890?pwd=abc", True),
        ("https://school.zoom.us/my/ms.lee", True),
        ("https://www.zoomgov.com/j/1601234567", True),
        ("https://teams.microsoft.com/l/meetup-join/19%3ameeting_x/0", True),
        ("https://teams.live.com/meet/9312345678901", True),
        ("https://meet.google.com/abc-defg-hij", True),
        ("https://meet.jit.si/ReadingCircle", True),
        ("https://school.webex.com/meet/lee", True),
        ("https://whereby.com/reading", True),
        ("https://bbb.school.example/b/lee-abc-def-123", True),
        ("https://video.example/room?passcode=123", True),
        ("https://intranet/room?passcode=123", True),
        ("HTTPS://ZOOM.US/J/81234567890", True),
        ("https://zoom.us/j/81234567890?from=//zoom.us/rec/share/a", True),
        ("https://zo\x00om.us/j/81234567890", True),
        # As mail programs and search engines pass an address on.
        ("https://www.google.com/url?q=https%3A%2F%2Fzoom.us%2Fj%2F81234567890", True),
        ("https://intranet/url?q=https%3A%2F%2Fzoom.us%2Fj%2F81234567890", True),
        ("https://www.google.com/url?q=https%253A%252F%252Fzoom.us%252Fj%252F81234567890", True),
        ("https://urldefense.proofpoint.com/v2/url?u=https-3A__us02web.zoom.us_j_81234567890&d=DwMF", True),
        ("https://urldefense.com/v3/__https://zoom.us/j/81234567890__;!!a", True),
        # In other spellings of the same address.
        ("https://us02web.zoom.us:443/j/81234567890", True),
        ("https://us02web.zoom.us:8443/j/81234567890", True),
        ("https://us02web.zoom.us:/j/81234567890", True),
        ("https://us02web.zoom.us//j/81234567890", True),
        ("https:///us02web.zoom.us/j//81234567890", True),
        ("https:\\\\zoom.us\\j\\81234567890", True),
        ("https://guild@zoom.us/j/81234567890", True),
        ("https://zoom.us./j/81234567890", True),
        ("https://%7Aoom.us/j/81234567890", True),
        ("https://zo\u200bom.us/j/81234567890", True),
        ("https://zoom\u2060.us/j/81234567890", True),
        ("https://zo\u00adom.us/j/81234567890", True),
        ("https://ｚｏｏｍ.us/j/81234567890", True),
        ("https://zoom。us/j/81234567890", True),
        # For the program, and not for the browser.
        ("zoommtg://zoom.us/join?confno=81234567890", True),
        ("zoomus://zoom.us/join?action=join&confno=81234567890", True),
        ("msteams://teams.microsoft.com/l/meetup-join/19%3ameeting_x/0", True),
        ("msteams:/l/meetup-join/19:meeting_x/0", True),
        ("https://zoom.us/join?confno=81234567890", True),
        ("https://teams.microsoft.com/v2/?meetingjoin=true#/l/meetup-join/19:meeting_x", True),
        ("https://tel.meet/abc-defg-hij?pin=1234567890123", True),
        ("https://school.whereby.com/reading", True),
        ("https://video.school.example/rooms/x7k-2ab-9qd-lmt/join", True),
        ("https://video.school.example/rooms/xkt-abw-qqd-lmt", True),
        ("https://us02web.zoom.us/webinar/register/WN_abc", False),
        ("https://us02web.zoom.us:443/webinar/register/WN_abc", False),
        ("https://us02web.zoom.us/meeting/register/tJ0", False),
        ("https://blog.zoom.us/my/story", False),
        ("https://support.zoom.us/s/article/201362033", False),
        ("https://whereby.com/", False),
        ("https://whereby.com/blog", False),
        ("https://whereby.com/blog/a-better-room", False),
        ("https://whereby.com/information", False),
        ("https://whereby.com/information/pricing?a=b", False),
        ("https://guild.example/forgot?password=", False),
        ("https://guild.example/forgot?password=&next=1", False),
        ("https://venue.example/rooms/red-oak-elm", False),
        ("https://venue.example/rooms/red-oak-elm-ash", False),
        ("https://zoom.us/rec/share/abc?pwd=x", False),
        ("https://zoom.us/rec/play/abc?pwd=x#t", False),
        ("https://zoom.us/pricing", False),
        ("https://events.teams.microsoft.com/event/1@2", False),
        ("https://meet.google.com/", False),
        ("https://guild.example/j/1", False),
        ("https://guild.example/events?q=password", False),
        (None, False),
    ],
)
def test_private_links(url: str | None, private: bool) -> None:
    """Where one joins is private; where one registers, or watches, is not."""
    assert is_private_link(url) is private
    assert not private or may_hold_private(url or "")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Join: https://zoom.us/j/81234567890 at 4", "Join: [left out] at 4"),
        ("Join (zoom.us/j/81234567890)", "Join ([left out])"),
        ("Meeting ID: 812 3456 7890\nPasscode: tulip", "Meeting ID: [left out]\nPasscode: [left out]"),
        ("Meeting ID: 812 3456 7890 1234 5", "Meeting ID: [left out]"),
        ("Kenncode: 77xa!", "Kenncode: [left out]"),
        ("Passcode: 7tulip. The password is rose", "Passcode: [left out]. The password is [left out]"),
        ("Passcode: [left out]", "Passcode: [left out]"),
        ("MEETİNG ID: 812 3456 7890", "MEETİNG ID: [left out]"),
        ("Join zo\x07om.us/j/81234567890", "Join [left out]"),
        ("Zoom, mot de passe : tulipe", "Zoom, mot de passe : [left out]"),
        ("+13017158592,,81234567890#,,,,*123456#", "[left out]"),
        ("+1 323-849-4874,,123456789#", "[left out]"),
        ("849-4874,,81234567890", "[left out]"),
        ("Dial +1 323-849-4874,,123456789# United States", "Dial [left out] United States"),
        ("1 (646) 558-8656,,81234567890#,,,,*123456#", "[left out]"),
        ("Meeting number (access code): 2556 123 4567", "Meeting number (access code): [left out]"),
        ("Webex, access code: 2556 123 4567.", "Webex, access code: [left out]."),
        ("meet.google.com, PIN: 123 456 789#", "meet.google.com, PIN: [left out]"),
        ("PIN: \u202a123 456 789\u202c#", "PIN: [left out]"),
        ("Passcode 123456 for Zoom", "Passcode [left out] for Zoom"),
        ("Zoom. Passcode - tulip", "Zoom. Passcode - [left out]"),
        ("Zoom. Passcode (case sensitive): Tulip", "Zoom. Passcode (case sensitive): [left out]"),
        ("Zoom. The password will be tulip.", "Zoom. The password will be [left out]."),
        ("Zoom. Passcode: Ab.12-x!", "Zoom. Passcode: [left out]"),
        ("Zoom ID: 812 3456 7890, PW: tulip", "Zoom ID: [left out], PW: [left out]"),
        ("Zoom (ID: 812 3456 7890)", "Zoom (ID: [left out])"),
        ("Join us02web.zoom.us:443/j/81234567890 at 4", "Join [left out] at 4"),
        ("Join //zoom.us/j/81234567890 at 4", "Join [left out] at 4"),
        ("Zoom/zoom.us/j/81234567890", "Zoom/[left out]"),
        ("Join zoommtg://zoom.us/join?confno=81234567890 at 4", "Join [left out] at 4"),
        ("Join https://intranet/room?passcode=123 at 4", "Join [left out] at 4"),
        ("Join zo\u200bom.us/j/81234567890", "Join [left out]"),
        ("Join us02web.zoom.us//j/81234567890", "Join [left out]"),
        ("Zoom password is sent after registration", "Zoom password is sent after registration"),
        ("Zoom password: sent after registration", "Zoom password: sent after registration"),
        ("Zoom. Password: required", "Zoom. Password: required"),
        ("Zoom https://guild.example/login?password=&x=1 a", "Zoom https://guild.example/login?password=&x=1 a"),
        ("Watch https://zoom.us/rec/play/a?pwd=tulip7 now", "Watch https://zoom.us/rec/play/a?pwd=tulip7 now"),
        ("Zoom https://a.example/?meeting-id=81234567890", "Zoom https://a.example/?meeting-id=81234567890"),
        ("Join https://zoom.us/j/81234567890\n?pwd=tulip7", "Join [left out]\n?pwd=[left out]"),
        ("Dial 1-646-558-8656, 81234567890# for Zoom", "Dial [left out] for Zoom"),
        ("tel:+16465588656,,81234567890%23", "tel:[left out]"),
        ("Keep your Zoom password - don't share it", "Keep your Zoom password - don't share it"),
        ("Zoom. Password: none needed", "Zoom. Password: none needed"),
        ("Zoom: what a password is and why", "Zoom: what a password is and why"),
        ("Zoom. The passcode will be emailed to you", "Zoom. The passcode will be emailed to you"),
        ("Zoom. Passwort: wird zugeschickt", "Zoom. Passwort: wird zugeschickt"),
        ("Zoom. Mot de passe : aucun", "Zoom. Mot de passe : aucun"),
        ("Zoom-bombing and password-protected rooms", "Zoom-bombing and password-protected rooms"),
        ("Zoom. Password 101: how to stay safe", "Zoom. Password 101: how to stay safe"),
        ("PIN: 110 001, Delhi", "PIN: 110 001, Delhi"),
        ("See https://blog.zoom.us/my/story", "See https://blog.zoom.us/my/story"),
        ("Password: a history of secrets", "Password: a history of secrets"),
        ("Choosing a good password is hard", "Choosing a good password is hard"),
        (
            "Register: https://us02web.zoom.us/webinar/register/WN_a",
            "Register: https://us02web.zoom.us/webinar/register/WN_a",
        ),
        ("Room ID: 12", "Room ID: 12"),
        ("Call 555 0100", "Call 555 0100"),
    ],
)
def test_private_words_are_left_out(text: str, left: str) -> None:
    """Links, numbers and keys of meetings; and nothing else."""
    assert without_private(text) == left


def test_what_is_said_in_the_same_place_tells_of_a_meeting() -> None:
    """Of a hall, "password" is a word; beside "Zoom" it is a key."""
    assert without_private("password: rose", beside="Main Hall") == "password: rose"
    assert without_private("password: rose", beside="Zoom") == "password: [left out]"


@pytest.mark.parametrize(
    ("name", "place", "link"),
    [
        ("Zoom phonics class", None, None),
        ("Phonics class", Location(name="Zoom"), None),
        ("Phonics class", None, "https://meet.jit.si/Phonics"),
        ("Phonics class", None, "https://us02web.zoom.us/webinar/register/WN_abc"),
    ],
)
def test_all_that_is_said_of_an_event_is_judged_together(name: str, place: Location | None, link: str | None) -> None:
    """A meeting spoken of in one field makes the password in another a key."""
    words = "Bring a pen. Password: tulip"
    event = Event(uid="1", name=name, start=DAY, location=place, registration_url=link, description=words)
    posting = Posting(
        origin=ORIGIN, source_key="1", name=name, location=place, registration_url=link, description=words
    )
    placed = Event(uid="1", name=name, start=DAY, registration_url=link, location=Location(name="Zoom", address=words))

    assert event.description == "Bring a pen. Password: [left out]"
    assert without_private_links(posting).description == event.description
    assert placed.location == Location(name="Zoom", address=event.description)
    assert Event(uid="1", name="Phonics class", start=DAY, description=words).description == words


@pytest.mark.parametrize("pattern", [*WORDS["addresses"], *WORDS["keys"], *WORDS["numbers"]])
def test_each_pattern_and_phrase_holds_a_hint(pattern: str) -> None:
    """Texts without a hint are not looked at."""
    assert any(hint in pattern.replace("\\", "") for hint in WORDS["hints"])


pieces = st.one_of(
    st.sampled_from(
        [PRIVATE, "zoom.us/j/81234567890", "Passcode: ", "password is ", "Meeting ID 812 3456 7890", "Zoom", "[left out]", "7rose", "rose"]
    ),
    st.text(max_size=8),
)  # fmt: skip
texts = st.lists(pieces, max_size=6).flatmap(
    lambda some: st.sampled_from([" ", "", ", ", "\n"]).map(lambda gap: gap.join(some))
)


@given(texts)
def test_what_is_left_is_public(text: str) -> None:
    """Looked at again, nothing more is left out."""
    left = without_private(text)

    assert without_private(left) == left, (text, left, without_private(left))
    assert may_hold_private(text) or left == text


@pytest.mark.parametrize(
    "text",
    [
        "https://" * 5_000,
        "Passcode: " * 3_000,
        "https://zoom.example/" + "a" * 50_000,
        "+1,," * 9_000,
        "https://zoom.us/j/1" + ")" * 1_900,
        "zoom." * 9_000,
        "zoom:" + "/" * 9_000,
        "a@" * 9_000,
        "Zoom passcode (" * 3_000,
        "1 " * 9_000 + ",,",
        "Zoom passcode: " + "1 " * 9_000,
        "Zoom " + "%25" * 9_000,
        "https://zoom.us" + "//a" * 9_000,
    ],
)
def test_hostile_texts_are_read_to_their_end(text: str) -> None:
    """No text makes a pattern run away; a test that did would not end."""
    assert len(without_private(text)) <= 2 * len(text)


def full_of(secret: str) -> dict[str, Any]:
    """Fields of an event, each of which says a private link."""
    return {
        "name": f"Phonics {secret}",
        "url": secret,
        "registration_url": secret,
        "recording_url": secret,
        "description": f"Join at {secret}.",
        "organizer": secret,
        "keywords": ("phonics", secret),
        "topics": (secret,),
        "language": secret,
        "audience": (secret, "teachers"),
        "location": Location(name=secret, address=f"Online: {secret}", city=secret, region=secret, country=secret),
        "credit": (Credit(hours=1.0, unit=secret, evidence=f"one hour {secret}"),),
        "recurrence": Recurrence(
            rrule="FREQ=DAILY", moved=(MovedOccurrence(recurrence_id=DAY, start=DAY, name=secret),)
        ),
        "sources": (SourceRef(id="guild", key="1", url=secret),),
        "evidence": (("name", secret), ("url", f"a link to {secret}")),
    }


NOT_SAID = {
    "uid",
    "start",
    "end",
    "timezone",
    "timezone_assumed",
    "attendance_mode",
    "status",
    "kind",
    "price",
    "deadlines",
}
NOT_SAID |= {"recording", "captions", "sign_language", "sequence", "created", "last_modified"}
"""Fields of an event that are no source's words: ours, of a list of ours, or numbers."""


def test_no_event_holds_a_private_link() -> None:
    """However it is made: what was only such a link is nothing; the rest stays."""
    event = Event(uid="1", start=DAY, **full_of(PRIVATE))

    assert {field.name for field in fields(Event)} - NOT_SAID == full_of("").keys()
    assert "tulip7" not in repr(event)
    assert (event.name, event.description) == ("Phonics [left out]", "Join at [left out].")
    assert event.url is event.registration_url is event.recording_url is event.organizer is event.language is None
    assert (event.keywords, event.audience) == (("phonics",), ("teachers",))
    assert event.location == Location(address="Online: [left out]")
    assert event.sources == (SourceRef(id="guild", key="1", url=""),)
    assert event.evidence == (("name", "[left out]"), ("url", "a link to [left out]"))


def test_a_place_that_was_only_a_link_is_none() -> None:
    """An empty place would be shown as one."""
    assert Event(uid="1", name="Phonics", start=DAY, location=Location(name=PRIVATE)).location is None


def test_what_is_public_is_kept_as_it_is() -> None:
    """Its pages, and the form to register."""
    known = full_of("https://us02web.zoom.us/webinar/register/WN_abc")
    event = Event(uid="1", start=DAY, **known)

    assert {name: getattr(event, name) for name in known} == known


def test_an_event_read_from_a_store_of_before() -> None:
    """What a program stored that knew fewer private links holds none once it is read."""
    stored = to_json(Event(uid="1", name="Phonics", start=DAY))

    assert "tulip7" not in repr(
        event_from_json({**stored, "description": PRIVATE, "url": PRIVATE, "keywords": [PRIVATE]})
    )


@given(st.data())
def test_whatever_an_event_is_made_of(data: st.DataObject) -> None:
    """No field holds the number of the meeting, or its key."""
    secret = data.draw(
        st.sampled_from(
            [PRIVATE, "zoom.us/j/81234567890?pwd=tulip7", PRIVATE.upper(), PRIVATE[:11] + "\x0e" + PRIVATE[11:]]
        )
    )
    said = {name: value for name, value in full_of(secret).items() if name == "name" or data.draw(st.booleans())}
    said["description"] = f"{data.draw(st.text())} {secret} {data.draw(st.text())}"
    shown = repr(to_json(Event(uid="1", start=DAY, **said))).casefold()

    assert "81234567890" not in shown
    assert "tulip7" not in shown


def test_a_posting_without_its_private_links() -> None:
    """Its name for the event stays: it is what the next crawl knows it by."""
    said = {name: value for name, value in full_of(PRIVATE).items() if name not in ("topics", "credit", "sources")}
    posting = Posting(origin=ORIGIN, source_key="1", when=PRIVATE, price=PRIVATE, status=PRIVATE, **said)

    assert "tulip7" not in repr(without_private_links(posting))
    assert without_private_links(posting).source_key == "1"
