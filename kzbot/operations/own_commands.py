"""The commands of the chat that ask nothing of the articles, as the log names them."""

OWN_COMMANDS = (
    "help",
    *(f"privacy {one}" for one in ("show", "export", "delete")),
    *(f"corpus {one}" for one in ("status", "reload", "history", "add", "remove", "restore")),
    *(f"corpus {one}" for one in ("doubts", "corrections", "correct date", "correct name")),
    *(f"log {one}" for one in ("questions", "unanswered", "stats", "export", "audit", "purge")),
)
"""Written down here so that the terminal, which never loads Discord's library, knows them."""
