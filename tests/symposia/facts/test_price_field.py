"""What fields that state a price say: as producers write them, and traps."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symposia.event import Price
from symposia.facts.price_field import read_price

FREE = Price(is_free=True)


def paid(low: float, high: float, currency: str | None) -> Price:
    """A price that is not free."""
    return Price(is_free=False, low=low, high=high, currency=currency)


FIELDS = [
    ("25.0 kr", paid(25, 25, None)),
    ("25.0 zł", paid(25, 25, "PLN")),
    ("25 - 40 kr", paid(25, 40, None)),
    ("0 - 10 zł", paid(0, 10, "PLN")),
    ("1.0 CEU", None),
    ("1500000.0 VND", paid(1.5e06, 1.5e06, "VND")),
    ("USD 12345678.0", paid(12_345_678, 12_345_678, "USD")),
    ("keine Angabe", None),
    ("None specified", None),
    ("none yet", None),
    ("Ages 0-3", None),
    ("Call 0 800 123", None),
    ("Room 0.12", None),
    ("0 spots left", None),
    ("not free", None),
    ("Free parking", None),
    ("feel free to ask", None),
    ("0.125 EUR", paid(0.125, 0.125, "EUR")),
    ("25.000 KWD", paid(25, 25, "KWD")),
    ("8.500 BHD", paid(8.5, 8.5, "BHD")),
    ("1.250 EUR", paid(1250, 1250, "EUR")),
    ("EUR12.50", paid(12.5, 12.5, "EUR")),
    ("12.50EUR", paid(12.5, 12.5, "EUR")),
    ("ZAR250", paid(250, 250, "ZAR")),
    ("1 250,00 kr", paid(1250, 1250, None)),
    ("25 zł", paid(25, 25, "PLN")),
    ("kr 250", paid(250, 250, None)),
    ("R250", paid(250, 250, "ZAR")),
    ("Rs. 500", paid(500, 500, "INR")),
    ("Fr. 25.-", paid(25, 25, "CHF")),
    ("25.- CHF", paid(25, 25, "CHF")),
    ("10.000 Ft", paid(10000, 10000, "HUF")),
    ("S$25", paid(25, 25, "SGD")),
    ("HK$25", paid(25, 25, "HKD")),
    ("٢٥", paid(25, 25, None)),
    ("5000円", paid(5000, 5000, "JPY")),
    ("10/person EUR", paid(10, 10, "EUR")),
    ("10 per session EUR", paid(10, 10, "EUR")),
    ("10 (VAT incl) USD", paid(10, 10, "USD")),
    ("10 - sold out EUR", paid(10, 10, "EUR")),
    ("1000000 IDR", paid(1e06, 1e06, "IDR")),
    ("Adult 10, child 5 EUR", paid(5, 10, "EUR")),
    ("Early 10, Late 20 EUR", paid(10, 20, "EUR")),
    ("entre 20 y 30 €", paid(20, 30, "EUR")),
    ("20 o 30 €", paid(20, 30, "EUR")),
    ("tussen 20 en 30 euro", paid(20, 30, "EUR")),
    ("$25 All ages", paid(25, 25, "USD")),
    ("ALL AGES $25", paid(25, 25, "USD")),
    ("AUD $25", paid(25, 25, "AUD")),
    ("CAD $25", paid(25, 25, "CAD")),
    ("$50.000 COP", paid(50000, 50000, "COP")),
    ("5-10 £", paid(5, 10, "GBP")),
    ("25-40 €", paid(25, 40, "EUR")),
    ("25/40 EUR", paid(25, 40, "EUR")),
    ("US$ 25", paid(25, 25, "USD")),
    ("£5-£10", paid(5, 10, "GBP")),
    ("Free (donation £5)", paid(5, 5, "GBP")),
    ("0.00", FREE),
    ("0 USD", FREE),
    ("free", FREE),
    ("$0", FREE),
    ("No charge", FREE),
    ("1,250.00 USD", paid(1250, 1250, "USD")),
    ("CHF 1'250.–", paid(1250, 1250, "CHF")),
    ("12,50", paid(12.5, 12.5, None)),
    ("25", paid(25, 25, None)),
    ("2027-03-03", None),
    ("from 20", paid(20, 20, None)),
    ("10 % off", None),
    ("Kosten: keine", FREE),
    ("Members 25, non-members 40", paid(25, 40, None)),
    ("Free for members", None),
    ("$25–$40", paid(25, 40, "USD")),
    ("1.000", paid(1000, 1000, None)),
    ("1,5", paid(1.5, 1.5, None)),
    ("25 USD, 40 USD", paid(25, 40, "USD")),
    ("Gratis", FREE),
    ("kostenlos für Mitglieder", None),
    ("€ 25 zzgl. 19% MwSt", paid(25, 25, "EUR")),
    ("15€ / 10€ (red.)", paid(10, 15, "EUR")),
]


@pytest.mark.parametrize(("field", "price"), FIELDS)
def test_a_field_of_prices(field: str, price: Price | None) -> None:
    """The amount, or unknown; never another amount, and free only where nothing else is said."""
    assert read_price(field) == price


def test_a_thousand_offers() -> None:
    """The cheapest and the dearest, and the currency behind them all."""
    assert read_price(" - ".join(f"{number}.0" for number in range(2, 1000)) + " USD") == paid(2, 999, "USD")


@given(st.text(max_size=200))
def test_no_field_raises(field: str) -> None:
    """Nor is a price below nothing."""
    price = read_price(field)

    assert price is None or price.is_free or (price.low is not None and 0 <= price.low <= (price.high or 0))
