"""What is compared of a posting, a module a kind of feature: title, url, place, token overlap; and the record of them all."""
