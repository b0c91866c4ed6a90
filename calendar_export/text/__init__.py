"""What an event says, in words that calendars, tables, pages and feeds share."""
