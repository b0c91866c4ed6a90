"""The ways in which organisers lay out what they announce: for each, a page, and the events that a reader sees on it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from spiders.extraction.listing.extract import extract_listing
from spiders.extraction.page import Page

TWO = [("Phonics", "2027-03-03T16:00"), ("Geometry", "2027-03-10T16:00")]
NIGHTS = [("Phonics night", "2027-03-03T16:00"), ("Geometry night", "2027-03-10T16:00")]
GRID = {3: "<a href=/1>Phonics night, 4 pm</a>", 10: "<a href=/2>Geometry night</a>"}
LAYOUTS: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "a day that heads several events": (
        "<h1>Summer school</h1><h3>Wednesday, 3 March 2027</h3><ul><li>9:00 - 10:00 Phonics</li><li>10:30 - 12:00 Geometry</li></ul>"
        "<h3>Thursday, 4 March 2027</h3><ul><li>9:00 - 10:00 Poetry</li><li>14:00 - 15:00 Robotics</li></ul>",
        [
            ("Phonics", "2027-03-03T09:00"),
            ("Geometry", "2027-03-03T10:30"),
            ("Poetry", "2027-03-04T09:00"),
            ("Robotics", "2027-03-04T14:00"),
        ],
    ),
    "several dates under one name": (
        "<h1>Groups</h1><h3>Reading circle</h3><ul><li>3 March 2027, 16:00</li><li>10 March 2027, 16:00</li></ul>"
        "<h3>Maths circle</h3><ul><li>4 March 2027, 17:00</li><li>11 March 2027, 17:00</li></ul>",
        [
            ("Reading circle", "2027-03-03T16:00"),
            ("Reading circle", "2027-03-10T16:00"),
            ("Maths circle", "2027-03-04T17:00"),
            ("Maths circle", "2027-03-11T17:00"),
        ],
    ),
    "badges of day and month": (
        "<h2>2027</h2><div class=cards>"
        "<div class=card><div class=badge><span class=day>3</span><span class=month>Mar</span></div>"
        "<div class=body><h4><a href=/1>Phonics</a></h4><p>4:00 pm, Room 2</p></div></div>"
        "<div class=card><div class=badge><span class=day>10</span><span class=month>Mar</span></div>"
        "<div class=body><h4><a href=/2>Geometry</a></h4><p>4:00 pm, Room 3</p></div></div></div>",
        TWO,
    ),
    "badges of month and day": (
        "<h2>2027</h2><ul><li><time><span>MAR</span><strong>03</strong></time><a href=/1>Phonics</a> <em>4:00 pm</em></li>"
        "<li><time><span>MAR</span><strong>10</strong></time><a href=/2>Geometry</a> <em>4:00 pm</em></li></ul>",
        TWO,
    ),
    "headings of months": (
        "<h1>Calendar</h1><h2>March 2027</h2><ul><li>3 - Phonics, 4 pm</li><li>10 - Geometry, 4 pm</li></ul>"
        "<h2>April 2027</h2><ul><li>7 - Poetry, 4 pm</li></ul>",
        [*TWO, ("Poetry", "2027-04-07T16:00")],
    ),
    "a definition list": (
        "<dl><dt>3 March 2027, 4 pm</dt><dd>Phonics</dd><dt>10 March 2027, 4 pm</dt><dd>Geometry</dd></dl>",
        TWO,
    ),
    "a definition list of names": (
        "<dl><dt>Phonics</dt><dd>3 March 2027, 4 pm</dd><dt>Geometry</dt><dd>10 March 2027, 4 pm</dd></dl>",
        TWO,
    ),
    "a month's grid": (
        "<h2>March 2027</h2><table><tr><th>Mon<th>Tue<th>Wed<th>Thu<th>Fri<th>Sat<th>Sun</tr>"
        "<tr><td>1</td><td>2</td><td>3 <a href=/1>4:00 pm Phonics</a></td><td>4</td><td>5</td><td>6</td><td>7</td></tr>"
        "<tr><td>8</td><td>9</td><td>10 <a href=/2>4:00 pm Geometry</a></td><td>11</td><td>12</td><td>13</td><td>14</td></tr>"
        "<tr><td>15</td><td>16</td><td>17</td><td>18</td><td>19</td><td>20</td><td>21</td></tr></table>",
        TWO,
    ),
    "an accordion by year": (
        "<button aria-expanded=false>2027</button><div class=panel><ul><li>3 March, 4 pm: Phonics</li><li>10 March, 4 pm: Geometry</li></ul></div>"
        "<button aria-expanded=false>2026</button><div class=panel><ul><li>4 March, 4 pm: Poetry</li></ul></div>",
        [*TWO, ("Poetry", "2026-03-04T16:00")],
    ),
    "panels that are closed": (
        "<h3>2027</h3><div class=accordion-panel aria-hidden=true><p><b>Phonics</b><br>3 March 2027, 4 pm</p><p><b>Geometry</b><br>10 March 2027, 4 pm</p></div>",
        TWO,
    ),
    "paragraphs": (
        "<p><b>Phonics</b><br>3 March 2027, 4 pm<br>Room 2</p><p><b>Geometry</b><br>10 March 2027, 4 pm<br>Room 3</p>",
        TWO,
    ),
    "a column for the time": (
        "<table><tr><th>Date</th><th>Time</th><th>Session</th></tr><tr><td>3 March 2027</td><td>4 pm - 5 pm</td><td>Phonics</td></tr>"
        "<tr><td>10 March 2027</td><td>4 pm - 5 pm</td><td>Geometry</td></tr></table>",
        TWO,
    ),
    "rows under a month": (
        "<table><tr><th colspan=3>March 2027</th></tr><tr><td>3</td><td>Phonics</td><td>4 pm</td></tr><tr><td>10</td><td>Geometry</td><td>4 pm</td></tr></table>",
        TWO,
    ),
    "cards that are links": (
        "<a class=card href=/1><h3>Phonics</h3><span>3 March 2027</span><span>4 pm</span></a><a class=card href=/2><h3>Geometry</h3><span>10 March 2027</span><span>4 pm</span></a>",
        TWO,
    ),
    "a deadline beside the day": (
        "<div class=item><h3>Phonics</h3><p>3 March 2027, 4 pm</p><p>Registration deadline: 1 February 2027</p></div>"
        "<div class=item><h3>Geometry</h3><p>10 March 2027, 4 pm</p><p>Registration deadline: 1 February 2027</p></div>",
        TWO,
    ),
    "posts with a date of their own": (
        "<article><h2>Phonics</h2><p class=meta>Posted on 1 October 2026</p><p>Join us on 3 March 2027 at 4 pm.</p></article>"
        "<article><h2>Geometry</h2><p class=meta>Posted on 2 October 2026</p><p>Join us on 10 March 2027 at 4 pm.</p></article>",
        TWO,
    ),
    "columns for the first day, the last and the deadline": (
        "<table><tr><th>Course</th><th>Start</th><th>End</th><th>Registration deadline</th></tr>"
        "<tr><td>Phonics</td><td>3 March 2027</td><td>5 March 2027</td><td>1 February 2027</td></tr>"
        "<tr><td>Geometry</td><td>10 March 2027</td><td>12 March 2027</td><td>2 February 2027</td></tr></table>",
        [("Phonics", "2027-03-03"), ("Geometry", "2027-03-10")],
    ),
    "an event in two rows": (
        "<table><tr><td>Event</td><td>When</td><td>Where</td></tr>"
        "<tr><td rowspan=2>Phonics</td><td colspan=2>A day for teachers of reading</td></tr><tr><td>3 March 2027</td><td>Room 2</td></tr>"
        "<tr><td rowspan=2>Geometry</td><td colspan=2>A day for teachers of maths</td></tr><tr><td>10 March 2027</td><td>Room 3</td></tr></table>",
        [("Phonics", "2027-03-03"), ("Geometry", "2027-03-10")],
    ),
    "a day that spans rows": (
        "<table><tr><th>Day</th><th>Time</th><th>Session</th></tr><tr><td rowspan=2>3 March 2027</td><td>9:00</td><td>Phonics</td></tr>"
        "<tr><td>10:30</td><td>Geometry</td></tr><tr><td rowspan=2>4 March 2027</td><td>9:00</td><td>Poetry</td></tr><tr><td>10:30</td><td>Robotics</td></tr></table>",
        [
            ("Phonics", "2027-03-03T09:00"),
            ("Geometry", "2027-03-03T10:30"),
            ("Poetry", "2027-03-04T09:00"),
            ("Robotics", "2027-03-04T10:30"),
        ],
    ),
    "a range split over elements": (
        "<div class=c><span>3 March 2027</span> - <span>5 March 2027</span><h3>Phonics</h3></div><div class=c><span>10 March 2027</span> - <span>12 March 2027</span><h3>Geometry</h3></div>",
        [("Phonics", "2027-03-03"), ("Geometry", "2027-03-10")],
    ),
    "columns that are named": (
        "<table><tr><th>Committee meetings</th><th>Board meetings</th></tr><tr><td>3 March 2027</td><td>10 March 2027</td></tr><tr><td>7 April 2027</td><td>14 April 2027</td></tr></table>",
        [
            ("Committee meeting", "2027-03-03"),
            ("Board meeting", "2027-03-10"),
            ("Committee meeting", "2027-04-07"),
            ("Board meeting", "2027-04-14"),
        ],
    ),
    "agenda and minutes": (
        "<h1>Board of Trustees</h1><table><tr><td>3 March 2027, 4 pm</td><td><a href=a.pdf>Agenda</a></td><td><a href=m.pdf>Minutes</a></td></tr>"
        "<tr><td>10 March 2027, 4 pm</td><td><a href=b.pdf>Agenda</a></td><td></td></tr></table>",
        [("Board of Trustees", "2027-03-03T16:00"), ("Board of Trustees", "2027-03-10T16:00")],
    ),
    "labels": (
        "<div class=event><h3>Phonics</h3><p>When: 3 March 2027, 4 pm</p><p>Where: Central Library</p></div>"
        "<div class=event><h3>Geometry</h3><p>When: 10 March 2027, 4 pm</p><p>Where: Central Library</p></div>",
        TWO,
    ),
    "start and end apart": (
        "<ul><li><b>Phonics</b><div>Start: 3 March 2027 16:00</div><div>End: 3 March 2027 17:00</div></li>"
        "<li><b>Geometry</b><div>Start: 10 March 2027 16:00</div><div>End: 10 March 2027 17:00</div></li></ul>",
        TWO,
    ),
    "German": (
        "<h1>Fortbildungen</h1><ul><li>03.03.2027, 16:00 Uhr: Lesen lernen</li><li>10.03.2027, 16:00 Uhr: Geometrie</li></ul>",
        [("Lesen lernen", "2027-03-03T16:00"), ("Geometrie", "2027-03-10T16:00")],
    ),
    "Spanish": (
        "<h1>Talleres</h1><div><h3>Fonética</h3><p>Miércoles 3 de marzo de 2027, 16:00 h</p></div><div><h3>Geometría</h3><p>Miércoles 10 de marzo de 2027, 16:00 h</p></div>",
        [("Fonética", "2027-03-03T16:00"), ("Geometría", "2027-03-10T16:00")],
    ),
    "French": (
        "<h1>Ateliers</h1><p>Mercredi 3 mars 2027 à 16 h : Lecture</p><p>Mercredi 10 mars 2027 à 16 h : Géométrie</p>",
        [("Lecture", "2027-03-03T16:00"), ("Géométrie", "2027-03-10T16:00")],
    ),
    "one line each between breaks": (
        "<div>Phonics - 3 March 2027, 4 pm<br>Geometry - 10 March 2027, 4 pm<br></div>",
        TWO,
    ),
    "a list of conferences": (
        "<h1>Conferences for teachers</h1><ul><li><strong>ISTELive 27</strong>, June 27-30, 2027, Orlando, FL</li>"
        "<li><strong>NCTE Annual Convention</strong>, November 18-21, 2027, Philadelphia, PA</li><li>"
        "<a href=/x>Literacy Summit</a> (March 3-5, 2027; virtual)</li></ul>",
        [("ISTELive 27", "2027-06-27"), ("NCTE Annual Convention", "2027-11-18"), ("Literacy Summit", "2027-03-03")],
    ),
    "a table of conferences": (
        "<table><thead><tr><th>Conference</th><th>Dates</th><th>Location</th><th>Proposal deadline</th></tr>"
        "</thead><tbody><tr><td><a href=/a>Reading Summit</a></td><td>March 3-5, 2027</td><td>Denver, CO</td>"
        "<td>Nov 15, 2026</td></tr><tr><td><a href=/b>STEM Forum</a></td><td>April 8-10, 2027</td><td>Online</td>"
        "<td>Dec 1, 2026</td></tr></tbody></table>",
        [("Reading Summit", "2027-03-03"), ("STEM Forum", "2027-04-08")],
    ),
    "two zones": (
        "<h1>Webinars</h1><div class=w><h3>Phonics for all</h3><p>Tuesday, March 2, 2027"
        "<br>4:00 PM ET / 1:00 PM PT</p><a href=/r1>Register</a></div><div class=w><h3>Math talks</h3>"
        "<p>Thursday, March 4, 2027<br>4:00 PM ET / 1:00 PM PT</p><a href=/r2>Register</a></div>",
        [("Phonics for all", "2027-03-02T16:00"), ("Math talks", "2027-03-04T16:00")],
    ),
    "sessions of a course": (
        "<h1>Courses</h1><div class=c><h3>Teaching writing</h3><p>Session 1: March 3, 2027, 4 pm</p>"
        "<p>Session 2: March 10, 2027, 4 pm</p></div><div class=c><h3>Teaching maths</h3>"
        "<p>Session 1: April 3, 2027, 4 pm</p><p>Session 2: April 10, 2027, 4 pm</p></div>",
        [
            ("Teaching writing: Session 1", "2027-03-03T16:00"),
            ("Teaching writing: Session 2", "2027-03-10T16:00"),
            ("Teaching maths: Session 1", "2027-04-03T16:00"),
            ("Teaching maths: Session 2", "2027-04-10T16:00"),
        ],
    ),
    "rules": (
        "<h1>Chats</h1><div class=c><h3>#edchat</h3><p>Every Tuesday at 7 pm ET</p></div><div class=c>"
        "<h3>#mathchat</h3><p>First Thursday of each month, 8 pm ET</p></div>",
        [("#edchat", "2026-11-03T19:00"), ("#mathchat", "2026-11-05T20:00")],
    ),
    "a date, a name and a time in boxes": (
        "<div class=row><div class=col><img><p>03/03/2027</p><h4>Phonics night</h4><p>4:00 PM - 5:00 PM EST</p>"
        "<p>Zoom</p></div><div class=col><img><p>03/10/2027</p><h4>Geometry night</h4><p>4:00 PM - 5:00 PM EST</p>"
        "<p>Zoom</p></div></div>",
        NIGHTS,
    ),
    "a bold paragraph before the day": (
        "<h2>Upcoming</h2><p><strong>Phonics night</strong></p><p>Wednesday, March 3, 2027, 4-5 pm</p>"
        "<p>Join us for reading.</p><p><strong>Geometry night</strong></p><p>Wednesday, March 10, 2027, 4-5 pm</p>"
        "<p>Join us for shapes.</p>",
        NIGHTS,
    ),
    "a linked paragraph after the day": (
        "<h2>Upcoming</h2><p>March 3, 2027</p><p><a href=/1>Phonics night</a></p><p>Join us for reading.</p>"
        "<p>March 10, 2027</p><p><a href=/2>Geometry night</a></p><p>Join us for shapes.</p>",
        [("Phonics night", "2027-03-03"), ("Geometry night", "2027-03-10")],
    ),
    "weekdays and numbers under a month": (
        "<h3>March</h3><p>Wed. 3 Phonics night, 4 pm, Room 2</p><p>Wed. 10 Geometry night, 4 pm, Room 3</p>"
        "<h3>April</h3><p>Wed. 7 Poetry night, 4 pm</p>",
        [
            ("Phonics night, Room 2", "2027-03-03T16:00"),
            ("Geometry night, Room 3", "2027-03-10T16:00"),
            ("Poetry night", "2027-04-07T16:00"),
        ],
    ),
    "what is past beside what is not": (
        "<h2>Upcoming webinars</h2><div class=i><h3>Phonics night</h3><p>March 3, 2027 4 pm</p></div><div class=i>"
        "<h3>Geometry night</h3><p>March 10, 2027 4 pm</p></div><h2>Past webinars</h2><div class=i>"
        "<h3>Poetry night</h3><p>March 4, 2026 4 pm</p><a>Watch recording</a></div>",
        [*NIGHTS, ("Poetry night", "2026-03-04T16:00")],
    ),
    "first and last day in a list of terms": (
        "<div class=card><h3>Universal Design for Learning</h3><dl><dt>Starts</dt><dd>March 3, 2027</dd><dt>Ends"
        "</dt><dd>April 14, 2027</dd><dt>Cost</dt><dd>$45</dd></dl></div><div class=card><h3>Assessment basics"
        "</h3><dl><dt>Starts</dt><dd>March 10, 2027</dd><dt>Ends</dt><dd>April 21, 2027</dd><dt>Cost</dt><dd>Free"
        "</dd></dl></div>",
        [("Universal Design for Learning", "2027-03-03"), ("Assessment basics", "2027-03-10")],
    ),
    "a day of posting in the box": (
        "<div class=news><h3>New grant awarded</h3><span class=date>October 3, 2026</span><p>We got a grant.</p>"
        "</div><div class=news><h3>Phonics night</h3><span class=date>October 4, 2026</span>"
        "<p>Save the date: March 3, 2027 at 4 pm.</p></div>",
        [("New grant awarded", "2026-10-03"), ("Phonics night", "2027-03-03T16:00")],
    ),
    "a grid of boxes": (
        "<div class=head>March 2027</div><div class=month>"
        + "".join(f"<div class=day><span>{day}</span>{GRID.get(day, '')}</div>" for day in range(1, 32))
        + "</div>",
        [("Phonics night", "2027-03-03T16:00"), ("Geometry night", "2027-03-10")],
    ),
    "the day said twice in a range": (
        "<h3><a href=/1>Phonics night</a></h3><div>Mar 3, 2027 4:00 PM – Mar 3, 2027 5:00 PM (EST)</div><h3>"
        "<a href=/2>Geometry night</a></h3><div>Mar 10, 2027 4:00 PM – Mar 10, 2027 5:00 PM (EST)</div>",
        NIGHTS,
    ),
    "moments for machines": (
        '<div class=ev><a href=/1>Phonics night</a> <time datetime="2027-03-03T16:00">next Wednesday</time></div>'
        '<div class=ev><a href=/2>Geometry night</a> <time datetime="2027-03-10T16:00">in two weeks</time></div>',
        NIGHTS,
    ),
    "a deadline in the box": (
        "<div class=c><h3>Phonics night</h3><p>Anmeldeschluss: 1. Februar 2027</p><p>3. März 2027, 16:00 Uhr</p></div>"
        "<div class=c><h3>Geometry night</h3><p>Anmeldeschluss: 8. Februar 2027</p><p>10. März 2027, 16:00 Uhr</p></div>",
        NIGHTS,
    ),
    "a deadline in its column, and no day yet": (
        "<table><tr><th>Event</th><th>Date</th><th>Proposal deadline</th></tr>"
        "<tr><td>Phonics night</td><td>3 March 2027, 4 pm</td><td>1 January 2027</td></tr>"
        "<tr><td>Poetry night</td><td>TBA</td><td>8 January 2027</td></tr>"
        "<tr><td>Geometry night</td><td>10 March 2027, 4 pm</td><td>8 January 2027</td></tr></table>",
        NIGHTS,
    ),
    "a day that heads names": (
        "<h3>Wednesday, 3 March 2027</h3><ul><li><a href=/1>Phonics night</a></li><li><a href=/2>Poetry night</a></li></ul>"
        "<h3>Wednesday, 10 March 2027</h3><ul><li><a href=/3>Geometry night</a></li></ul>",
        [("Phonics night", "2027-03-03"), ("Poetry night", "2027-03-03"), ("Geometry night", "2027-03-10")],
    ),
    "a day beside times that spans rows": (
        "<table><tr><th>Date</th><th>Time</th><th>Session</th></tr><tr><td rowspan=2>3 March 2027</td><td>16:00</td>"
        "<td>Phonics night</td></tr><tr><td>18:00</td><td>Poetry night</td></tr><tr><td>10 March 2027</td><td>16:00</td>"
        "<td>Geometry night</td></tr></table>",
        [NIGHTS[0], ("Poetry night", "2027-03-03T18:00"), NIGHTS[1]],
    ),
    "a link around a card": (
        "<a href=/1><div class=d>3 March 2027, 4 pm</div><div class=t>Phonics night</div></a>"
        "<a href=/2><div class=d>10 March 2027, 4 pm</div><div class=t>Geometry night</div></a>",
        NIGHTS,
    ),
    "a place below the name": (
        "<table><tr><th>When</th><th>What</th></tr><tr><td>3 March 2027, 4 pm</td><td><b>Phonics night</b><br>Hill School"
        "</td></tr><tr><td>10 March 2027, 4 pm</td><td><b>Geometry night</b><br>Mill School</td></tr></table>",
        NIGHTS,
    ),
    "a city and its state": (
        "<ul><li><strong>Denver, CO</strong> <a href=/1>Phonics night</a> March 3, 2027, 4 pm</li>"
        "<li><strong>Austin, TX</strong> <a href=/2>Geometry night</a> March 10, 2027, 4 pm</li></ul>",
        NIGHTS,
    ),
    "a year that begins the line": (
        "<ul><li>2027 - March 3, 4 pm: Phonics night</li><li>2027 - March 10, 4 pm: Geometry night</li></ul>",
        NIGHTS,
    ),
    "a sentence": (
        "<h1>Board of Education</h1><p>The Board of Education will meet on 3 March 2027 at 4 pm in Room 2.</p>",
        [("Board of Education", "2027-03-03T16:00")],
    ),
    "a lone row under headings": (
        "<table><tr><th>Conference</th><th>Date</th><th>Proposals until</th></tr>"
        "<tr><td>Phonics night</td><td>3 March 2027, 4 pm</td><td>1 January 2027</td></tr></table>",
        [("Phonics night", "2027-03-03T16:00")],
    ),
    "places in a column of their own": (
        "<h1>Library board meetings</h1><table><tr><th>Date</th><th>Location</th></tr>"
        "<tr><td>3 March 2027, 4 pm</td><td><a href=/map>Old Mill</a></td></tr>"
        "<tr><td>10 March 2027, 4 pm</td><td><a href=/map>Old Mill</a></td></tr></table>",
        [("Library board meeting", "2027-03-03T16:00"), ("Library board meeting", "2027-03-10T16:00")],
    ),
    "small print under headings": (
        "<div><h3>Phonics night</h3><small>March 3, 2027 4:00 pm<br><span>2 Main St</span></small>"
        "<h3>Geometry night</h3><small>March 10, 2027 4:00 pm<br><span>2 Main St</span></small></div>",
        NIGHTS,
    ),
}


@pytest.mark.parametrize(("markup", "expected"), LAYOUTS.values(), ids=LAYOUTS.keys())
def test_layouts(markup: str, expected: list[tuple[str, str]]) -> None:
    """Each event once, by its name and its start, and nothing else."""
    body = f"<html><head><title>Guild</title></head><body><nav><a href=/x>News of 1 May 2026</a></nav><main>{markup}</main><footer>Updated 2 May 2026</footer></body></html>"
    page = Page(url="https://guild.example/events/", body=body.encode(), fetched_at=datetime(2026, 11, 1, tzinfo=UTC))

    assert [(posting.name, posting.start) for posting in extract_listing(page).postings] == expected
