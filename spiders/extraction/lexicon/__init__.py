"""What pages say of themselves, in the languages of the sources: word lists, titles, soft errors."""
