"""Text as it is compared (folding) and as it is read (plain text of HTML)."""
