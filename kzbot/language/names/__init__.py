"""The name book, where its names stand in a text, and which of them a person means who types one."""
