"""Stored events as files: iCalendar feeds, tables, JSON lines and the page."""
