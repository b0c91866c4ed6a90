"""`symposia health`: say which sources need a person, in words and tables, by exit status and by notifications."""
