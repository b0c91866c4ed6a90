"""What attending costs."""

from __future__ import annotations

import pytest

from symposia.facts.price import find_price

FREE = (True, None, None, None)
SAID = [
    ("The webinar is free.", FREE),
    ("Join this free online workshop.", FREE),
    ("Attendance is free of charge.", FREE),
    ("Free and open to the public.", FREE),
    ("Free entry.", FREE),
    ("There is no charge.", FREE),
    ("It's FREE!", FREE),
    ("Cost: free", FREE),
    ("A free program, with a suggested donation of $5.", FREE),
    ("Die Teilnahme ist kostenlos.", FREE),
    ("Eintritt frei", FREE),
    ("Taller gratuito.", FREE),
    ("Entrada libre.", FREE),
    ("Atelier gratuit.", FREE),
    ("Deelname is gratis.", FREE),
    ("O evento é gratuito.", FREE),
    ("Registration fee: $45", (False, 45, 45, "USD")),
    ("Tickets: $12, free for museum members.", (False, 0, 12, "USD")),
    ("Members $30, non-members $100", (False, 30, 100, "USD")),
    ("Fees: students 40 EUR, academic 80 EUR, industry 200 EUR", (False, 40, 200, "EUR")),
    ("Registration costs €1.250,00", (False, 1250, 1250, "EUR")),
    ("Registration: £1,200", (False, 1200, 1200, "GBP")),
    ("Kosten: 25 Euro", (False, 25, 25, "EUR")),
    ("Teilnahmegebühr: 15,50 €", (False, 15.5, 15.5, "EUR")),
    ("Tarif : 20 € (étudiants 10 €)", (False, 10, 20, "EUR")),
    ("Precio: 30 euros", (False, 30, 30, "EUR")),
    ("Prijs: € 95,-", (False, 95, 95, "EUR")),
    ("Inscrição: R$ 50", (False, 50, 50, "BRL")),
    ("Registration is $80 plus HST.", (False, 80, 80, "CAD")),
    ("Ticket price CHF 100", (False, 100, 100, "CHF")),
    ("The fee is $575.00 USD per person.", (False, 575, 575, "USD")),
    ("A registration fee applies.", (False, None, None, None)),
    ("Early bird $99, regular $129.", (False, 99, 129, "USD")),
]

TRAPS = [
    ("Feel free to ask.", None),
    ("Free parking behind the hall.", None),
    ("We use free software.", None),
    ("First prize: $2,000", None),
    ("A grant of $25,000 funds the work.", None),
    ("Rooms at the hotel are $115 a night.", None),
    ("Register early and save $50.", None),
    ("Free for members.", None),
    ("Government information wants to be free.", None),
    ("Each gets a free book (valued at $50).", None),
    ("Registration is $80. The dinner is $60 more.", (False, 80, 80, "USD")),
    ("Trip fee is $15 per person. Kayak rental is $20.", (False, 15, 15, "USD")),
    ("The conference is not free.", None),
    ("Smoke-free campus.", None),
    ("Freedom of thought.", None),
    ("A budget of 3 million dollars.", None),
    ("This activity is free for Bright Sparks Members.", None),
    ("", None),
]


@pytest.mark.parametrize(("description", "price"), SAID + TRAPS)
def test_price(description: str, price: tuple[bool | None, float | None, float | None, str | None] | None) -> None:
    """Free, or from the cheapest to the dearest ticket; prizes, rooms and dinners are none."""
    found = find_price("Reading Day", description)
    value = found.value if found else None

    assert ((value.is_free, value.low, value.high, value.currency) if value else None) == price
