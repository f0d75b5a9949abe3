"""What people said of answers, and what moderators make of questions that were not answered."""
