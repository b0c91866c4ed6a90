"""What attending costs: free, or the cheapest and the dearest ticket."""

from __future__ import annotations

import re
from functools import cache
from itertools import islice

from symposia.event import Price
from symposia.facts.clauses import clause_around, quote
from symposia.facts.fact import Fact
from symposia.facts.money import Amount, find_amounts
from symposia.facts.word_lists import any_of_list, find_word, list_pattern, may_hold

_MAX_AMOUNTS = 50
"""Amounts of a text that are looked at: no list of prices is longer."""
_REACH = 90
"""Characters around an amount in which it is said what it is for."""
_CHAIN = 120
"""Characters between two amounts of one list of prices."""
_heading = re.compile(r"\n[^\n]{0,60}$")


def find_price(name: str, description: str) -> Fact[Price] | None:
    """Find the price that a text states; None where it states none. Prizes, rooms, dinners and refunds are not the price.

    >>> find_price("Phonics", "Members pay $25, non-members $40.").value
    Price(is_free=False, low=25.0, high=40.0, currency='USD')
    """
    text = f"{name}\n{description}"
    tickets = _find_tickets(text)
    free = _find_free(text)
    if any(ticket.value for ticket in tickets):
        return _price_of_tickets(text, tickets, free_for_some=_find_free_for_some(text) is not None)
    if free:
        return Fact(value=Price(is_free=True), words=quote(text, *free))
    paid = find_word(text, "price", "paid")
    if paid and not _find_free_for_some(text):
        return Fact(value=Price(is_free=False), words=quote(text, *paid.span()))
    return None


def is_free_in_prose(text: str) -> bool:
    """Whether a text says that attending is free for those whom it addresses.

    >>> is_free_in_prose("Admission is free"), is_free_in_prose("Free parking")
    (True, False)
    """
    return _find_free(text) is not None


def _price_of_tickets(text: str, tickets: list[Amount], *, free_for_some: bool) -> Fact[Price]:
    values = [ticket.value for ticket in tickets]
    low = 0.0 if free_for_some else min(values)
    words = "; ".join(quote(text, ticket.start, ticket.end, 25) for ticket in tickets[:4])
    return Fact(value=Price(is_free=False, low=low, high=max(values), currency=tickets[0].currency), words=words)


def _find_tickets(text: str) -> list[Amount]:
    """Find the amounts that are fees: by the words beside them, or as the next in a list of fees."""
    tickets: list[Amount] = []
    last_end, last_fee = 0, False
    for amount in islice(find_amounts(text), _MAX_AMOUNTS):
        before, after = _words_beside(text, amount, last_end)
        chained = last_fee and amount.start - last_end < _CHAIN
        last_fee = _is_fee(text, amount, before, after, chained=chained)
        if last_fee:
            tickets.append(amount)
        last_end = amount.end
    return [ticket for ticket in tickets if ticket.currency == tickets[0].currency]


def _words_beside(text: str, amount: Amount, last_end: int) -> tuple[str, str]:
    before, after = clause_around(text, amount.start, amount.end, _REACH)
    if amount.start - len(before) < last_end:
        before = text[last_end : amount.start]
    following = next(find_amounts(after), None)
    return before, after[: following.start] if following else after[:60]


def _is_fee(text: str, amount: Amount, before: str, after: str, *, chained: bool) -> bool:
    had_for_it = list_pattern("price", "covers").search(after)
    beside = after[: had_for_it.start() if had_for_it else 40]
    if _not_for_attending_pattern().search(before) or _not_for_attending_pattern().search(beside[:40]):
        return False
    if list_pattern("price", "scale").match(after.lstrip()):
        return False
    heading = _heading.search(text[max(0, amount.start - len(before) - 80) : amount.start - len(before)])
    return chained or any(
        list_pattern("price", "fee").search(words) for words in (before, after, heading[0] if heading else "")
    )


@cache
def _not_for_attending_pattern() -> re.Pattern[str]:
    """What an amount is for, if not for attending; not "materials included"."""
    beside, included = any_of_list("price", "beside"), any_of_list("price", "included")
    return re.compile(rf"(?<!\w){beside}(?!\w)(?!\s(?:is\s|are\s)?{included})", re.IGNORECASE)


def _find_free(text: str) -> tuple[int, int] | None:
    """Find where attending is said to be free for those whom the text addresses, not for members alone."""
    for match in _free_pattern().finditer(text) if _may_say_free(text) else ():
        before, after = clause_around(text, *match.span(), 40)
        if _denied_pattern().search(before) or _is_free_from(match[0], after) or _is_for_some(before, match[0] + after):
            continue
        if not _is_other_thing_free(before, after):
            return match.span()
    return None


def _may_say_free(text: str) -> bool:
    return "free" in text.lower() or may_hold(text, "free", "words")


@cache
def _free_pattern() -> re.Pattern[str]:
    noun = any_of_list("price", "free_noun")
    return re.compile(
        rf"(?<![\w-])(?:{any_of_list('free', 'words')}|free(?:[ ,\-][\w-]{{1,15}}){{0,3}}?[ \-]{noun})(?!\w)",
        re.IGNORECASE,
    )


@cache
def _denied_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){any_of_list('price', 'not_free')}\W{{1,2}}$", re.IGNORECASE)


def _is_free_from(words: str, after: str) -> bool:
    """Such as "Free from jargon"; but not "free from 6 pm", nor "a free course from ..."."""
    return words.lower().endswith("free") and re.match(r"\sfrom\s[a-z]", after) is not None


def _is_other_thing_free(before: str, after: str) -> bool:
    return any(list_pattern("price", "free_thing").search(words) for words in (before[-25:], after[:20]))


def _is_for_some(before: str, after: str) -> bool:
    """Such as "... for members", "... to current members", "members attend for ..."."""
    return (
        _some_attend_pattern().search(before) is not None or _to_some_pattern("free_for_some").search(after) is not None
    )


def _find_free_for_some(text: str) -> re.Match[str] | None:
    """Such as "Free for members", "children get in free"."""
    return _free_for_some_pattern().search(text) if may_hold(text, "price", "free_to") else None


@cache
def _free_for_some_pattern() -> re.Pattern[str]:
    to_some = rf"{any_of_list('price', 'free_to')}{_to_some_pattern('free_for_some', 'free_beside').pattern}"
    return re.compile(rf"(?<!\w){to_some}|{_some_are_free_regex()}", re.IGNORECASE)


@cache
def _to_some_pattern(*lists: str) -> re.Pattern[str]:
    to, some = any_of_list("price", "for"), any_of_list("price", *lists)
    return re.compile(rf"\W{to}\W(?:[\w'’]{{1,20}}\W){{0,3}}?{some}(?!\w)", re.IGNORECASE)


@cache
def _some_attend_pattern() -> re.Pattern[str]:
    """Members, a verb at most, and then what follows."""
    return re.compile(
        rf"(?<![\w-]){any_of_list('price', 'free_for_some')}:?(?:\s[\w'’]{{1,12}}){{0,2}}\s$", re.IGNORECASE
    )


@cache
def _some_are_free_regex() -> str:
    some, free = any_of_list("price", "free_for_some", "free_beside"), any_of_list("price", "free_to")
    return rf"(?<![\w-]){some}:?(?:\s[\w'’]{{1,12}}){{0,3}}?\s{free}(?!\w)"
