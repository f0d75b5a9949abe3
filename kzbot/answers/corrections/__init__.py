"""What a correction would have to be, and how the words that it is about are read now."""
