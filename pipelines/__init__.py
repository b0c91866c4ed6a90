"""From postings to stored events: normalized, tagged, linked, merged and kept, by a thin Scrapy item pipeline."""
