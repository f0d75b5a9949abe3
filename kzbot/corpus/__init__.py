"""What is on disk: article files with their metadata, and the name book, read into frozen models or plain reasons."""
