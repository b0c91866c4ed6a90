"""The one home of the words that mean a status, a mode, a kind or "free", with what reads them in fields."""
