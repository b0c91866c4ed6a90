"""From postings to stored events: one verb a module, a pure function and a thin Scrapy pipeline class under it."""
