"""`symposia doctor`: whether the set-up is sound, a module a kind of check."""
