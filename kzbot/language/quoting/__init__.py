"""Quotations in people's messages: where they stand in a message, and how their words compare with a source's."""
