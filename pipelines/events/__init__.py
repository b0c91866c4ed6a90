"""From linked postings to one event: its UID, its merged fields, its lifecycle, a person's overrides."""
