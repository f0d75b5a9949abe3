"""Cards of doubts and corrections, for moderators."""
