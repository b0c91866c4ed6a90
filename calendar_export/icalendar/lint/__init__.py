"""Whether every client can read a calendar: the rules of RFC 5545 and RFC 7986, and what Google, Outlook and Apple add.

The lint reads the bytes with a parser of its own, and shares no code with what writes them: a fault of the writer must
not hide itself.
"""

from calendar_export.icalendar.lint.findings import RULES, Finding, Level, Rule
from calendar_export.icalendar.lint.linter import MAX_BYTES, VeventCache, lint

__all__ = ["MAX_BYTES", "RULES", "Finding", "Level", "Rule", "VeventCache", "lint"]
