"""/source: an article, or what became of a passage."""
