"""Text: as it is compared (folding), read (plain text of HTML), matched (patterns of words), and kept as data (TOML)."""
