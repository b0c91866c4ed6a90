"""Event platforms: each is told by its own pages and no other's, offers its addresses, and its answer is read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from string import Formatter
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from spiders.extraction.classify.platforms import (
    MAX_FEEDS,
    Platform,
    cap_reached,
    find_feeds,
    load_platforms,
    recognize_platform,
    recognize_platforms,
)
from spiders.extraction.extract import extract
from spiders.extraction.page import Extraction, Page
from symposia.posting import Posting

PAGES = Path(__file__).parent / "platforms"
DOCS = Path(__file__).parents[4] / "docs" / "platforms.md"
NAMES = ("Teaching Fractions", "Libraries and AI")
WALL = ("2027-03-03T16:00", "2027-03-10T16:00")
"""Where no zone is stated."""
ZONED = ("2027-03-03T16:00-05:00", "2027-03-10T16:00-05:00")
"""Where one is, however it is written: 16:00 in New York, 21:00 in UTC."""
DAYS = ("2027-03-03", "2027-03-10")


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A file, the events that are written in it, and why they are not read yet, where they are not."""

    file: str
    starts: tuple[str, ...]
    names: tuple[str, ...] = NAMES
    unread: str | None = None


@dataclass(frozen=True, kw_only=True)
class Case:
    """A platform's page, at its address, what the page offers, and the answers that are read."""

    url: str
    feeds: tuple[str, ...] = ()
    answers: tuple[Answer, ...]


def answer(file: str, starts: tuple[str, ...], **more: Any) -> Answer:
    """An answer, in one line of the table."""
    return Answer(file=file, starts=starts, **more)


SITE = "https://chalk.example/events/"
ONE = {"names": NAMES[:1]}
CASES = {
    "The Events Calendar": Case(
        url=SITE,
        feeds=("https://chalk.example/wp-json/tribe/events/v1/events?per_page=50", SITE + "?ical=1"),
        answers=(
            answer("the-events-calendar.json", ZONED),
            answer("the-events-calendar.html", ZONED),
            answer("the-events-calendar.ics", ZONED),
        ),
    ),
    "Modern Events Calendar": Case(
        url=SITE, feeds=(SITE + "?mec-ical-feed=1",), answers=(answer("modern-events-calendar.ics", ZONED),)
    ),
    "My Calendar": Case(
        url=SITE, feeds=("https://chalk.example/feed/my-calendar-ics",), answers=(answer("my-calendar.ics", ZONED),)
    ),
    "Events Manager": Case(
        url=SITE, feeds=("https://chalk.example/events.ics",), answers=(answer("events-manager.ics", ZONED),)
    ),
    "EventON": Case(
        url=SITE,
        answers=(
            answer("eventon.html", ZONED),
            answer("eventon-script.html", WALL),
        ),
    ),
    "Localist": Case(
        url="https://www.chalk.example/events",
        feeds=(
            "https://events.chalk.example/api/2/events?days=365&pp=100",
            "https://www.chalk.example/api/2/events?days=365&pp=100",
        ),
        answers=(answer("localist.json", ZONED),),
    ),
    "LibCal": Case(
        url="https://library.chalk.example/workshops",
        feeds=("https://chalk-college.libcal.com/ical_subscribe.php?src=p&cid=1111",),
        answers=(answer("libcal.ics", ZONED),),
    ),
    "LiveWhale": Case(
        url="https://chalk.example/calendar/",
        feeds=("https://chalk.example/live/ical/events", "https://chalk.example/live/json/events"),
        answers=(answer("livewhale.ics", ZONED), answer("livewhale.json", ZONED)),
    ),
    "Trumba": Case(
        url="https://libraries.chalk.example/events",
        feeds=("https://www.trumba.com/calendars/chalk-county-libraries.ics",),
        answers=(answer("trumba.ics", ZONED),),
    ),
    "Bedework": Case(
        url="https://events.chalk.example/cal/main/showEventList.rdo",
        feeds=(
            "https://events.chalk.example/feeder/main/eventsFeed.do"
            "?f=y&sort=dtstart.utc:asc&skinName=list-json&count=200",
        ),
        answers=(answer("bedework.json", ZONED),),
    ),
    "Campus Labs Engage": Case(
        url="https://chalk.campuslabs.com/engage/events",
        feeds=("https://chalk.campuslabs.com/engage/events.ics",),
        answers=(answer("campus-labs-engage.ics", ZONED),),
    ),
    "Finalsite": Case(
        url="https://schools.chalk.example/calendar",
        feeds=("https://schools.chalk.example/fs/calendar-manager/events.ics?calendar_ids[]=7",),
        answers=(answer("finalsite.ics", DAYS),),
    ),
    "CivicPlus": Case(
        url="https://county.chalk.example/iCalendar.aspx",
        feeds=("https://county.chalk.example/common/modules/iCalendar/iCalendar.aspx?catID=14&feed=calendar",),
        answers=(answer("civicplus.ics", ZONED),),
    ),
    "Indico": Case(
        url="https://indico.chalk.example/category/21/",
        feeds=("https://indico.chalk.example/category/21/events.ics",),
        answers=(answer("indico.ics", ZONED),),
    ),
    "pretalx": Case(
        url="https://talks.chalk.example/chalk-days-2027/schedule/",
        feeds=("https://talks.chalk.example/chalk-days-2027/schedule/export/schedule.ics",),
        answers=(answer("pretalx.ics", ZONED),),
    ),
    "Sessionize": Case(
        url="https://days.chalk.example/agenda",
        feeds=("https://sessionize.com/api/v2/ab12cd34/view/Sessions",),
        answers=(answer("sessionize.json", WALL),),
    ),
    "confs.tech": Case(
        url="https://confs.tech/ux?online=online",
        feeds=("https://raw.githubusercontent.com/tech-conferences/conference-data/main/conferences/2026/ux.json",),
        answers=(answer("confs-tech.json", DAYS),),
    ),
    "WikiCFP": Case(
        url="http://www.wikicfp.com/cfp/call?conference=education",
        answers=(
            answer(
                "wikicfp.html",
                DAYS,
                names=("FRAC 2027: Workshop on Teaching Fractions", "LIBAI 2027: Symposium on Libraries and AI"),
            ),
        ),
    ),
    "Bioschemas": Case(
        url="https://institute.example/training/",
        answers=(answer("bioschemas.html", ("2027-03-03", "2027-03-10T16:00:00-05:00")),),
    ),
    "Meetup": Case(
        url="https://www.meetup.com/chalk-guild/events/",
        feeds=("https://www.meetup.com/chalk-guild/events/ical/",),
        answers=(answer("meetup.ics", ZONED),),
    ),
    "Luma": Case(
        url="https://lu.ma/chalk-guild",
        feeds=(
            "https://api.lu.ma/calendar/get-items"
            "?calendar_api_id=cal-ChalkGuild00001&period=future&pagination_limit=50",
            "https://api.lu.ma/ics/get?entity=calendar&id=cal-ChalkGuild00001",
        ),
        answers=(answer("luma.json", ZONED), answer("luma.ics", ZONED)),
    ),
    "Eventbrite": Case(
        url="https://www.eventbrite.com/o/chalk-guild-1111",
        answers=(answer("eventbrite.html", ZONED), answer("eventbrite.json", ZONED)),
    ),
    "OutSavvy": Case(url="https://www.outsavvy.com/organiser/chalk-guild", answers=(answer("outsavvy.html", ZONED),)),
    "DICE": Case(url="https://dice.fm/venue/slate-hall-1111", answers=(answer("dice.html", ZONED),)),
    "Zoom": Case(
        url="https://chalk-example.zoom.us/webinar/register/WN_1111",
        answers=(answer("zoom.html", ZONED[:1], **ONE),),
    ),
    "ON24": Case(
        url="https://event.on24.com/wcc/r/1111111/AAAABBBBCCCC", answers=(answer("on24.html", ZONED[:1], **ONE),)
    ),
    "GoTo Webinar": Case(
        url="https://attendee.gotowebinar.com/register/1111111111111111111",
        answers=(answer("goto-webinar.html", ZONED[:1], **ONE),),
    ),
    "Microsoft Teams": Case(
        url="https://events.teams.microsoft.com/event/11aa22bb@33cc44dd",
        answers=(answer("microsoft-teams.html", WALL[:1], **ONE),),
    ),
    "Webex": Case(
        url="https://chalk-example.webex.com/weblink/register/r1111",
        answers=(answer("webex.html", ZONED[:1], **ONE),),
    ),
    "Livestorm": Case(
        url="https://app.livestorm.co/chalk-guild/teaching-fractions",
        answers=(answer("livestorm.html", WALL[:1], **ONE),),
    ),
    "Google Calendar": Case(
        url=SITE,
        feeds=(
            "https://calendar.google.com/calendar/ical/chalkguild%40group.calendar.google.com/public/basic.ics",
            "https://calendar.google.com/calendar/ical/chalk.holidays%40group.calendar.google.com/public/basic.ics",
        ),
        answers=(answer("google-calendar.ics", ZONED),),
    ),
    "Outlook": Case(
        url=SITE,
        feeds=("https://outlook.office365.com/owa/calendar/11aa22bb@chalk.example/33cc44dd/calendar.ics",),
        answers=(answer("outlook.ics", ZONED),),
    ),
    "Teamup": Case(
        url=SITE,
        feeds=("https://ics.teamup.com/feed/kschalkguild00001/0.ics",),
        answers=(answer("teamup.ics", ZONED),),
    ),
    "Tockify": Case(
        url=SITE,
        feeds=("https://tockify.com/api/feeds/ics/chalk.guild",),
        answers=(answer("tockify.ics", ZONED),),
    ),
    "Squarespace": Case(
        url=SITE,
        feeds=(SITE + "?format=json",),
        answers=(answer("squarespace.json", ZONED),),
    ),
    "Wix": Case(url=SITE, answers=(answer("wix.html", ZONED),)),
    "Drupal Views": Case(url=SITE, answers=(answer("drupal-views.html", WALL),)),
}


def page(body: str | bytes, url: str = SITE) -> Page:
    """A page with that body."""
    content = body if isinstance(body, bytes) else body.encode()
    return Page(url=url, body=content, fetched_at=datetime(2026, 11, 1, tzinfo=UTC), language="en")


def slug(name: str) -> str:
    """What a platform's files are called."""
    return re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")


def page_of(name: str) -> Page:
    """A platform's own page."""
    return page((PAGES / f"{slug(name)}.html").read_bytes(), CASES[name].url)


def parameter(url: str, given: Answer) -> Any:
    """An answer as a parameter of a test, which must fail where the answer is not read yet."""
    unread = [pytest.mark.xfail(strict=True, raises=AssertionError, reason=given.unread)] if given.unread else []
    return pytest.param(url, given, id=given.file, marks=unread)


ANSWERS = [parameter(case.url, one) for case in CASES.values() for one in case.answers]


@pytest.mark.parametrize("platform", load_platforms(), ids=lambda platform: platform.name)
def test_each_page_is_told_as_its_platform_alone(platform: Platform) -> None:
    """By the marks of one platform, and by no other's."""
    found = page_of(platform.name)

    assert recognize_platform(found) == platform
    assert recognize_platforms(found) == (platform,)


@pytest.mark.parametrize("name", CASES)
def test_each_page_offers_the_addresses_of_its_platform(name: str) -> None:
    """The best first, and nothing else; none for a platform whose page is read itself."""
    assert tuple(feed.url for feed in find_feeds(page_of(name))) == CASES[name].feeds


@pytest.mark.parametrize(("url", "given"), ANSWERS)
def test_each_answer_is_read(url: str, given: Answer) -> None:
    """The events that are written in it, with their starts, and no other."""
    found = extract(page((PAGES / given.file).read_bytes(), url)).postings

    assert [(one.name, moment(one.start, one.timezone)) for one in found] == [
        (name, moment(start)) for name, start in zip(given.names, given.starts, strict=True)
    ]


def moment(text: str | None, timezone: str | None = None) -> datetime | str | None:
    """A start as the moment that it is, in the zone that is stated beside it; a day remains a day."""
    if text is None or len(text) == len("2027-03-03"):
        return text
    found = datetime.fromisoformat(text)
    return found.replace(tzinfo=ZoneInfo(timezone)) if timezone and found.tzinfo is None else found


MENTIONS = [
    '<a href="https://chalk.zoom.us/webinar/register/WN_1111">Register on Zoom</a>',
    '<p>Join us at <a href="https://chalk.zoom.us/j/1111">https://chalk.zoom.us/j/1111</a></p>',
    '<a href="https://www.eventbrite.com/e/teaching-fractions-tickets-11">Tickets</a>',
    '<a href="https://www.meetup.com/chalk-guild/events/1111/">We are on Meetup</a>',
    '<a href="https://lu.ma/chalk-guild">RSVP</a> <a href="https://luma.com/cal-ChalkGuild00001">Calendar</a>',
    '<a href="https://dice.fm/event/11">DICE</a> <a href="https://www.outsavvy.com/event/11">OutSavvy</a>',
    '<a href="https://app.livestorm.co/chalk/11">Livestorm</a> <a href="https://event.on24.com/wcc/r/1/A">ON24</a>',
    '<a href="https://attendee.gotowebinar.com/register/11">Register</a> <a href="https://chalk.webex.com/meet/a">Join</a>',
    '<a href="https://events.teams.microsoft.com/event/11@22">Join on Microsoft Teams</a>',
    '<a href="https://calendar.google.com/calendar/render?action=TEMPLATE&amp;text=Fractions">Add to Google Calendar</a>',
    '<a href="https://calendar.google.com/calendar/embed?src=chalk%40group.calendar.google.com">Our calendar</a>',
    '<a href="https://outlook.live.com/calendar/0/deeplink/compose?subject=Fractions">Add to Outlook</a>',
    '<a href="https://www.localist.com">Localist</a>, <a href="https://www.livewhale.com/">LiveWhale</a>, Trumba, Bedework',
    '<a href="https://indico.chalk.example/event/11/">Slides in Indico</a>',
    '<a href="https://pretalx.com/chalk/cfp">Propose a talk</a> <a href="https://sessionize.com/chalk-days">or here</a>',
    '<a href="http://www.wikicfp.com/cfp/servlet/event.showcfp?eventid=1">WikiCFP</a> <a href="https://confs.tech/ux">list</a>',
    '<a href="https://bioschemas.org/profiles/Event">We use Bioschemas</a>, <a href="https://teamup.com/kschalkguild00001">Teamup</a>',
    '<a href="https://chalk.libcal.com/event/1111">Book</a> <a href="https://chalk.campuslabs.com/engage/">Engage</a>',
    "<p>Our workshop compares The Events Calendar, EventON, Events Manager, My Calendar, Squarespace, Wix and Drupal.</p>",
    '<img src="https://images.squarespace-cdn.com/content/a.png"><img src="https://static.wixstatic.com/media/a.png">',
    '<a href="https://tockify.com/chalk.guild">Tockify</a> <a href="https://www.civicplus.com">CivicPlus</a> Finalsite',
]


@pytest.mark.parametrize("markup", MENTIONS)
def test_a_page_that_mentions_a_platform_is_none_of_its_pages(markup: str) -> None:
    """Nor one that links to an event there."""
    found = page(f"<html><body><h1>Events</h1>{markup}</body></html>")

    assert recognize_platforms(found) == ()
    assert find_feeds(found) == ()


def test_what_a_site_embeds_is_named_before_what_it_was_built_with() -> None:
    """A calendar in a frame says more of the events than the maker of the page."""
    frame = (PAGES / "google-calendar.html").read_text(encoding="utf-8")
    built = (PAGES / "squarespace.html").read_text(encoding="utf-8")

    assert [one.name for one in recognize_platforms(page(frame + built))] == ["Google Calendar", "Squarespace"]


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("The Events Calendar", "https://chalk.example/wp-json/tribe/events/v1/events?per_page=50"),
        ("Modern Events Calendar", "https://chalk.example/events/?mec-ical-feed=1"),
        ("Localist", "https://events.chalk.example/api/2/events?days=365&pp=100"),
        ("LibCal", "https://chalk-college.libcal.com/ical_subscribe.php?src=p&cid=1111"),
        ("LiveWhale", "https://chalk.example/live/ical/events"),
        ("Trumba", "https://www.trumba.com/calendars/chalk-county-libraries.ics"),
        ("Meetup", "https://www.meetup.com/chalk-guild/events/ical/"),
    ],
)
def test_an_answer_is_told_by_its_address(name: str, url: str) -> None:
    """So that its cap is known where it is reached."""
    found = recognize_platform(page("BEGIN:VCALENDAR\nEND:VCALENDAR\n", url))

    assert found is not None
    assert found.name == name


@pytest.mark.parametrize("src", ["bm8gYWRkcmVzcyBhdCBhbGw", "%%%%%%%%", "a@", "AAAA=", "src/@/../../x"])
def test_a_key_that_is_no_address_is_left_out(src: str) -> None:
    """Whatever a frame is given."""
    frame = f'<iframe src="https://calendar.google.com/calendar/embed?src={src}"></iframe>'

    assert all("/public/basic.ics" in feed.url and "/../" not in feed.url for feed in find_feeds(page(frame)))


HOSTILE = [
    "<a href=",
    '<a href="https://',
    'class="tribe',
    'class="' + "a " * 500,
    "/category/1",
    "/a/schedule/",
    "&src=",
    "?src=YWFhYWFhYWFhYWFh",
    "webName: ",
    "cal-aaaaaaaa ",
    "https://outlook.office365.com/owa/calendar/",
    "/ical_subscribe.php?",
    "&amp;",
    '<iframe src="https://calendar.google.com/calendar/embed?',
    "PRODID:",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_pages_are_searched_to_their_end(piece: str) -> None:
    """Repeats are bounded, so a page cannot keep the search busy; nor can it fill the list of addresses."""
    found = page("<div id='localist-widget-1'><pretalx-schedule>" + piece * (200_000 // len(piece)))

    assert len(recognize_platforms(found)) <= len(load_platforms())
    assert len(find_feeds(found)) <= MAX_FEEDS


def test_names_are_unique_and_each_platform_has_a_case() -> None:
    """The table of this test and the list of platforms are one."""
    assert [platform.name for platform in load_platforms()] == list(
        dict.fromkeys(platform.name for platform in load_platforms())
    )
    assert {platform.name for platform in load_platforms()} == set(CASES)


def test_each_file_belongs_to_a_platform() -> None:
    """No page is left over, and none is missing."""
    named = {f"{slug(name)}.html" for name in CASES} | {one.file for case in CASES.values() for one in case.answers}

    assert {path.name for path in PAGES.iterdir()} == named


@pytest.mark.parametrize("platform", load_platforms(), ids=lambda platform: platform.name)
def test_repeats_are_bounded(platform: Platform) -> None:
    """No `*`, no `+`, no `{3,}` outside a class: a page may be written to keep an unbounded one busy."""
    for expression in (*platform.addresses, *platform.marks, platform.key or ""):
        re.compile(expression)
        bare = re.sub(r"\\.|\[(?:\\.|[^\]\\])*\]", "x", expression)
        assert not re.search(r"[*+]|\{\d*,\}", bare), expression


@pytest.mark.parametrize("platform", load_platforms(), ids=lambda platform: platform.name)
def test_addresses_are_made_of_what_is_known(platform: Platform) -> None:
    """Of the page's address, the year, and a key that has one group."""
    for feed in platform.feeds:
        assert {name for _, name, _, _ in Formatter().parse(feed) if name is not None} <= {
            "root",
            "page",
            "key",
            "year",
        }
    assert platform.key is None or re.compile(platform.key).groups == 1


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ({"feeds": ("{root}/events.ics",)}, "neither addresses nor marks"),
        ({"marks": ("a",)}, "either feeds or reads"),
        ({"marks": ("a",), "feeds": ("{root}/a",), "reads": "page"}, "either feeds or reads"),
        ({"marks": ("a",), "reads": "a book"}, "reads 'a book'"),
        ({"marks": ("a",), "feeds": ("{key}",)}, "no key says how"),
    ],
)
def test_an_entry_that_says_too_little_is_refused(entry: dict[str, Any], said: str) -> None:
    """With the platform's name, and what is missing."""
    with pytest.raises(ValueError, match=f"Chalk: .*{said}"):
        Platform(name="Chalk", **entry)


def test_an_entry_with_an_unknown_field_is_refused() -> None:
    """So that a misspelt one is not passed over."""
    entry: dict[str, Any] = {"name": "Chalk", "marks": ("a",), "reads": "page", "sean": True}

    with pytest.raises(TypeError, match="sean"):
        Platform(**entry)


WORDS = {
    "page": "as a reader sees it",
    "json-ld": "JSON-LD",
    "microdata": "microdata",
    "json in a script": "JSON in a script",
}
"""How the table calls what a page is read as."""


def table() -> str:
    """The platforms as docs/platforms.md shows them."""
    head = "| platform | where its events are read | at most | paged | known from |\n|---|---|---|---|---|\n"
    return head + "\n".join(row(one) for one in sorted(load_platforms(), key=lambda one: one.name.casefold()))


def row(platform: Platform) -> str:
    """One line of the table."""
    where = "<br>".join(f"`{feed}`" for feed in platform.feeds) or f"its own page: {WORDS[platform.reads or '']}"
    known = "real answers" if platform.seen else "written from its documentation, not yet seen live"
    known += f"; {platform.note}" if platform.note else ""
    most = (
        f"{platform.cap}; its calendar {platform.cap_of_calendar}" if platform.cap_of_calendar else platform.cap or ""
    )
    return f"| {platform.name} | {where} | {most} | {'yes' if platform.paged else ''} | {known} |"


def test_the_table_of_the_documentation_is_true() -> None:
    """Rendered from platforms.toml, word for word; what is missing is what this test prints."""
    assert table() in DOCS.read_text(encoding="utf-8"), table()


@pytest.mark.parametrize(
    ("url", "kind", "count", "following", "reached"),
    [
        ("https://www.trumba.com/calendars/chalk.ics", "icalendar", 200, (), True),
        ("https://www.trumba.com/calendars/chalk.ics", "icalendar", 199, (), False),
        ("https://chalk-college.libcal.com/ical_subscribe.php?src=p&cid=1111", "icalendar", 500, (), True),
        (
            "https://chalk.example/wp-json/tribe/events/v1/events?per_page=50",
            "json",
            50,
            ("https://chalk.example/2",),
            False,
        ),
        ("https://chalk.example/wp-json/tribe/events/v1/events?per_page=50", "json", 50, (), True),
        ("https://chalk.example/events.ics", "icalendar", 200, (), False),
    ],
)
def test_a_full_answer_is_noticed(url: str, kind: str, count: int, following: tuple[str, ...], reached: bool) -> None:
    """Where it is one of a platform with a bound, and leads on to no other."""
    asked = page("BEGIN:VCALENDAR\nEND:VCALENDAR\n", url)
    posting = Posting(origin=asked.origin(kind), source_key="1")
    found = Extraction(kind=kind, postings=(posting,) * count, next_pages=following)

    assert (cap_reached(asked, found) is not None) is reached
