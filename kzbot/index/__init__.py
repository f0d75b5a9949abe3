"""What is remembered: articles as rows of an immutable generation; all SQL of the corpus stands here."""
