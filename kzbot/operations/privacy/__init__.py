"""What is kept of one person, and how they take it away."""
