"""/search: what a question asks for, which passages carry it, and in what order."""
