"""The log in figures, as a picture and in words."""
