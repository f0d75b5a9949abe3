"""Articles that come in: what was sent is read, described, kept until it is added or cancelled, and then written as files."""
