"""What attending earns."""

from __future__ import annotations

import pytest

from symposia.facts.credit import find_credit

CERTIFICATE = [(None, None, True)]
SAID = [
    ("Earn 1.5 CEUs.", [(1.5, "CEU", None)]),
    ("Participants earn 0.3 continuing education units.", [(0.3, "CEU", None)]),
    ("Attendees earn 3 CE credits.", [(3, "CEU", None)]),
    ("6 PD hours", [(6, "PD", None)]),
    ("Worth 5 hours of professional development.", [(5, "PD", None)]),
    ("3 professional development hours", [(3, "PD", None)]),
    ("10 clock hours", [(10, "clock", None)]),
    ("PD: 4 hours", [(4, "PD", None)]),
    ("2 CPD points", [(2, "CPD", None)]),
    ("4 hours of CPD", [(4, "CPD", None)]),
    ("1 PDU", [(1, "PDU", None)]),
    ("2 ECTS", [(2, "ECTS", None)]),
    ("ECTS: 0.25 credits", [(0.25, "ECTS", None)]),
    ("ECTS\n0.25 credits", [(0.25, "ECTS", None)]),
    ("1,5 ECTS-Punkte", [(1.5, "ECTS", None)]),
    ("12 contact hours", [(12, "contact", None)]),
    ("2 Act 48 hours", [(2, "other", None)]),
    ("This session counts towards the Teaching Certificate.", [(None, "other", None)]),
    ("Receive a certificate of completion.", CERTIFICATE),
    ("Certificates of attendance will be sent.", CERTIFICATE),
    ("You will earn a certificate.", CERTIFICATE),
    ("Sie erhalten eine Teilnahmebescheinigung.", CERTIFICATE),
    ("Se entregará certificado de asistencia.", CERTIFICATE),
    ("Une attestation de participation est remise.", CERTIFICATE),
    ("U krijgt een bewijs van deelname.", CERTIFICATE),
    ("Com certificado de participação.", CERTIFICATE),
    ("Earn 2 CEUs and receive a certificate of completion.", [(2, "CEU", True)]),
    ("No certificates are issued.", [(None, None, False)]),
]

TRAPS = [
    ("A 2-hour course.", []),
    ("The software credit workshop.", []),
    ("Pay by credit card.", []),
    ("Give credit where it is due.", []),
    ("The Graduate Certificate in Computing.", []),
    ("Learn about our certificate programs.", []),
    ("CEU fee: $25", []),
    ("Three days, 18 hours of lectures.", []),
    ("A birth certificate is needed.", []),
    ("Register with 5 friends.", []),
    ("In 2027 CPD is changing.", []),
    ("How to award a certificate of completion in your LMS.", []),
    ("Continuing education matters.", []),
    ("The ECTS system explained.", []),
    ("", []),
]


@pytest.mark.parametrize(("description", "credit"), SAID + TRAPS)
def test_credit(description: str, credit: list[tuple[float | None, str | None, bool | None]]) -> None:
    """Hours of a unit, and a certificate; a length is no credit."""
    found = find_credit("Reading Day", description)

    assert [(one.value.hours, one.value.unit, one.value.certificate) for one in found] == credit
    assert all(one.words for one in found)
