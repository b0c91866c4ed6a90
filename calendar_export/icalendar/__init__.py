"""Stored events as iCalendar (RFC 5545, RFC 7986), with the lint that every feed has to pass."""
