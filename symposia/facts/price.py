"""What attending costs: free, or the cheapest and the dearest ticket."""

from __future__ import annotations

import re
from functools import cache
from itertools import islice

from symposia.event import Price
from symposia.facts.money import Amount, find_amounts
from symposia.facts.words import Said, alternatives, clause, pattern, shown

_MAX_AMOUNTS = 50
"""Amounts of a text that are looked at: no list of prices is longer."""
_REACH = 90
_CHAIN = 120
"""Characters between two amounts of one list of prices."""
_heading = re.compile(r"\n[^\n]{0,60}$")


def find_price(name: str, description: str) -> Said[Price] | None:
    """The price that the text states; None where it states none. Prizes, rooms, dinners and refunds are no price."""
    text = f"{name}\n{description}"
    tickets = _tickets(text)
    free = _free(text)
    if any(ticket.value for ticket in tickets):
        return _paid(text, tickets, free_for_some=_free_for_some(text) is not None)
    if free:
        return Said(value=Price(is_free=True), words=shown(text, *free))
    paid = pattern("price", "paid").search(text)
    if paid and not _free_for_some(text):
        return Said(value=Price(is_free=False), words=shown(text, *paid.span()))
    return None


def _paid(text: str, tickets: list[Amount], *, free_for_some: bool) -> Said[Price]:
    values = [ticket.value for ticket in tickets]
    low = 0.0 if free_for_some else min(values)
    words = "; ".join(shown(text, ticket.start, ticket.end, 25) for ticket in tickets[:4])
    return Said(value=Price(is_free=False, low=low, high=max(values), currency=tickets[0].currency), words=words)


def _tickets(text: str) -> list[Amount]:
    """The amounts that are a fee, by the words beside them or as one more of a list of fees."""
    tickets: list[Amount] = []
    last_end, last_fee = 0, False
    for amount in islice(find_amounts(text), _MAX_AMOUNTS):
        before, after = _beside(text, amount, last_end)
        chained = last_fee and amount.start - last_end < _CHAIN
        last_fee = _is_fee(text, amount, before, after, chained=chained)
        if last_fee:
            tickets.append(amount)
        last_end = amount.end
    return [ticket for ticket in tickets if ticket.currency == tickets[0].currency]


def _beside(text: str, amount: Amount, last_end: int) -> tuple[str, str]:
    before, after = clause(text, amount.start, amount.end, _REACH)
    if amount.start - len(before) < last_end:
        before = text[last_end : amount.start]
    following = next(find_amounts(after), None)
    return before, after[: following.start] if following else after[:60]


def _is_fee(text: str, amount: Amount, before: str, after: str, *, chained: bool) -> bool:
    if pattern("price", "beside").search(before) or pattern("price", "beside").search(after[:40]):
        return False
    if re.match(r"\s?(?:million|billion|m\b|k\b|/\s?(?:night|year)|per (?:night|year|hour))", after, re.IGNORECASE):
        return False
    heading = _heading.search(text[max(0, amount.start - len(before) - 80) : amount.start - len(before)])
    return chained or any(
        pattern("price", "fee").search(words) for words in (before, after, heading[0] if heading else "")
    )


def _free(text: str) -> tuple[int, int] | None:
    """Where attending is said to be free, for those whom the text addresses: not for members alone."""
    for match in _free_words().finditer(text):
        before, after = clause(text, *match.span(), 40)
        denied = re.search(r"(?<!\w)(?:not|n't|feel|if|nicht|no es)\W{1,2}$", before, re.IGNORECASE)
        if denied or _is_for_some(match[0] + after):
            continue
        if not _is_of_something_else(before, after):
            return match.span()
    return None


@cache
def _free_words() -> re.Pattern[str]:
    noun = alternatives("price", "free_noun")
    return re.compile(
        rf"(?<![\w-])(?:{alternatives('price', 'free')}|free(?:[ ,\-][\w-]{{1,15}}){{0,3}}?[ \-]{noun})(?!\w)",
        re.IGNORECASE,
    )


_else = re.compile(
    r"(?<!\w)(?:parking|lunch|pizza|software|tools?|services?|wifi|wi-fi|book|books|textbook|shipping|download|trial|parken|parkplätze|coffee|breakfast|food|accommodation|account|consultation|resources?|e-?book|copy|kit|t-shirt|gift)(?!\w)",
    re.IGNORECASE,
)


def _is_of_something_else(before: str, after: str) -> bool:
    return bool(_else.search(before[-25:]) or _else.search(after[:20]))


def _is_for_some(after: str) -> bool:
    """ "... for members", "... to current members"."""
    some = alternatives("price", "free_for_some")
    return (
        re.search(rf"\W(?:for|to|für|para|pour|voor)\W(?:[\w'’]{{1,20}}\W){{0,3}}?{some}(?!\w)", after, re.I)
        is not None
    )


def _free_for_some(text: str) -> re.Match[str] | None:
    some = alternatives("price", "free_for_some")
    free = r"(?:free|no cost|no charge|\$0|kostenlos|kostenfrei|gratis|gratuit|gratuito)"
    return re.search(
        rf"(?<!\w){free}\s(?:for|to|für|para|pour|voor)\s(?:[\w'’]{{1,20}}\s){{0,3}}?{some}(?!\w)", text, re.I
    )
