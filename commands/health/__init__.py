"""`symposia health`: which sources need a person, as tables, as exit status and as notifications."""
