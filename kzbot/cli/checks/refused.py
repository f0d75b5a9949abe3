"""What Discord answers where it does not give what was asked for."""


class Refused(Exception):  # noqa: N818 - an answer of Discord, not an error of ours
    """Discord answered, and not with what was asked for."""

    def __init__(self, status: int) -> None:
        super().__init__(f"HTTP {status}")
        self.status = status
