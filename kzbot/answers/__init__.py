"""What is said: a Question and a generation give an Answer; no Discord, no SQL."""
