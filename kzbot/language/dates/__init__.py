"""Finds dates in a text and says what they honestly mean."""
