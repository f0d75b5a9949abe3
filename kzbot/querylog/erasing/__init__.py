"""Takes rows out of a log, live or copied, so that not a byte of them is left in its file."""
