"""Profile commands and /who: what the texts say of one name or role."""
