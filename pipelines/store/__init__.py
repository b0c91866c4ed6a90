"""The store: schema, postings, events, crawl runs, page records and changes, in SQLite."""
