"""Which dated statements of several articles tell of one event."""
