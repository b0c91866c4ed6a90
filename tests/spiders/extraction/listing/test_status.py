"""Whether a region says that its event does not take place as planned."""

from __future__ import annotations

import pytest

from spiders.extraction.listing.status import status_of
from tests.spiders.extraction.listing.pages import region

STATUSES = {
    "a line": ("<div id=r><h3>Phonics</h3><p>Cancelled</p></div>", "cancelled"),
    "set off from the title": ("<p id=r>CANCELLED: Phonics, 3 March 2027</p>", "cancelled"),
    "in brackets": ("<p id=r>Phonics (postponed), 3 March 2027</p>", "postponed"),
    "a badge": ("<p id=r>Phonics 3 March 2027 <span>Rescheduled</span></p>", "rescheduled"),
    "in German": ("<p id=r>Lesetag (abgesagt), 3. März 2027</p>", "abgesagt"),
    "struck through": ("<p id=r><s>Phonics, 3 March 2027</s></p>", "cancelled"),
    "one letter struck through": ("<p id=r>Phonics <s>x</s>, 3 March 2027</p>", None),
    "within a sentence": ("<p id=r>Phonics, 3 March 2027. No class is cancelled for snow.</p>", None),
    "a title": ("<p id=r>Cancel culture in schools, 3 March 2027</p>", None),
    "nothing": ("<p id=r>Phonics, 3 March 2027</p>", None),
}


@pytest.mark.parametrize(("markup", "status"), STATUSES.values(), ids=list(STATUSES))
def test_status(markup: str, status: str | None) -> None:
    """In the page's own words; a sentence about something else says none."""
    assert status_of(region(markup)) == status
