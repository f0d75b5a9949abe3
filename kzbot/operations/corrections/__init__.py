"""Doubts of readers, and the corrections that answer them: kept, laid over the corpus, taken back, printed."""
