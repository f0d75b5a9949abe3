"""The local channel: a Discord stand-in on loopback and its web page, for running without a token and for tests."""
