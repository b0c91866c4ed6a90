"""Dates as people write them: single days, ranges, lists of days, with times and zones, in more than fifty languages.

A text is cut into tokens (`tokens`), whose words CLDR explains (`vocabulary`); a small grammar finds the date
expressions among them (`grammar`, `clock`, `zone_words`); `resolve` makes days and times of those. What a text leaves open
stays open: a month without a day is no date, a day without a time is a day. `When.why` says what was decided.
"""

from symposia.when.deadlines import Due, find_deadlines, is_of_something_else
from symposia.when.numeric import Order, numeric_order
from symposia.when.reading import find_times, find_when, read_when
from symposia.when.series import series_of
from symposia.when.value import Clock, Precision, When
from symposia.when.vocabulary import is_calendar_word

__all__ = [
    "Clock",
    "Due",
    "Order",
    "Precision",
    "When",
    "find_deadlines",
    "find_times",
    "find_when",
    "is_calendar_word",
    "is_of_something_else",
    "numeric_order",
    "read_when",
    "series_of",
]
