"""The one home of the words that mean a status, a mode, a kind or "free", and of patterns made of words."""
