"""What came into the corpus, and when."""
