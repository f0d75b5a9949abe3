"""The pieces of a timeline's picture: rows, axis, shapes, letters, colours."""
