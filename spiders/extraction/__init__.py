"""Pure extraction: a page in, postings out. No Scrapy, no network, no clock."""
