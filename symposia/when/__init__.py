"""Dates as people write them: single days, ranges, lists of days, with times and zones, in more than fifty languages.

A text is cut into `pieces`; `languages` finds the language of its words, and `vocabulary` (from CLDR) what they mean in it: that makes
`tokens`. A small grammar finds the date expressions among them (`dates`, `day_lists`, `clock`, `time_ranges`,
`zone_words`, `grammar`), and `resolve` turns those into days and instants. What a text leaves open stays open: a month without a
day is no date, a day without a time is a day. `When.why` says what was decided.
"""

from symposia.when.deadlines import StatedDeadline, find_deadlines, is_not_event_date
from symposia.when.languages import is_calendar_word
from symposia.when.numeric import Order, numeric_order
from symposia.when.reader import find_times, find_when, read_when
from symposia.when.series import series_of
from symposia.when.value import Precision, Span, TimeOfDay, When

__all__ = [
    "Order",
    "Precision",
    "Span",
    "StatedDeadline",
    "TimeOfDay",
    "When",
    "find_deadlines",
    "find_times",
    "find_when",
    "is_calendar_word",
    "is_not_event_date",
    "numeric_order",
    "read_when",
    "series_of",
]
