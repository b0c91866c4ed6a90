"""From sources to postings: the catalogue, the crawl, and what reads each format."""
