"""Stored events over HTTP: calendars and tables for any query, and the files of an export."""
