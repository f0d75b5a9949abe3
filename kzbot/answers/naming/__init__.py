"""Which name is meant, of the book or of the texts."""
