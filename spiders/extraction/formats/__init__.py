"""One module a format for machines: iCalendar, feeds, schema.org, JSON records, hydration data."""
