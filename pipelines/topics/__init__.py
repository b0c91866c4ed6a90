"""What an event is about: the taxonomy, and the phrases that say so."""
