"""What is asked of the log at the terminal, one module a command."""
