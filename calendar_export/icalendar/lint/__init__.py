"""Whether a calendar is one that every client reads: the rules of RFC 5545 and RFC 7986, and what Google, Outlook and Apple add."""

from calendar_export.icalendar.lint.findings import RULES, Fault, Level, Rule
from calendar_export.icalendar.lint.linter import MAX_BYTES, Known, lint

__all__ = ["MAX_BYTES", "RULES", "Fault", "Known", "Level", "Rule", "lint"]
