"""Dates as people write them: single days, ranges, lists of days, with times and zones, in thirty languages.

A text is cut into tokens (`tokens`), whose words CLDR explains (`vocabulary`); a small grammar finds the date
expressions among them (`grammar`, `clock`); `reading` makes days and times of those. What a text leaves open stays open:
a month without a day is no date, a day without a time is a day.
"""

from symposia.when.reading import find_when, read_when
from symposia.when.value import Precision, When

__all__ = ["Precision", "When", "find_when", "read_when"]
