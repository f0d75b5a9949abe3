"""Suggestions while a question is typed."""
