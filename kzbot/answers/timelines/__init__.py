"""/timeline: dated statements in order."""
