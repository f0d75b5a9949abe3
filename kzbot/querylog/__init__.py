"""Keeps what was asked: all SQL of kzbot.db, its migrations, and the one connection that writes to it."""
