"""The slash commands, one module each; they read the options and hand the question on."""
