"""What moderators ask of the log, one module a command."""
