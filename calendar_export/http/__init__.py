"""Stored events over HTTP: the export's files, and calendars and tables for any query."""
