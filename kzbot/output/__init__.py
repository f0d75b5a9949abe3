"""What is taken away: answers in forms for other programs and people."""
