"""The domain of Symposia: postings, events, and how their words are read. Pure: no I/O, no clock, no Scrapy."""
