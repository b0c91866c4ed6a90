"""Stored events as calendars (RFC 5545, RFC 7986), and the lint that each calendar must pass before it is published."""
