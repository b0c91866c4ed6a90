"""A listing as a person reads it: its segments, the date, title, place and status of each."""
