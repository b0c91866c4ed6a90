"""What of a posting is compared, a module a kind of feature: title, place, address, token overlap."""
