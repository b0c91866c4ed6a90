"""`symposia doctor`: check the set-up, one module per kind of check."""
