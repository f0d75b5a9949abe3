"""Building a generation: from files and the generation before it to one finished SQLite file, in a child process."""
