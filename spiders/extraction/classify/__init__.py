"""What a page is: an answer or a soft error, an empty listing, a client-rendered shell, which platform."""
