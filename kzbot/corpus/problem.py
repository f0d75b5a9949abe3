"""One thing that is wrong with a file, on its way to becoming a Rejection or an error."""

from collections.abc import Iterable
from difflib import get_close_matches


class Problem(Exception):  # noqa: N818 - it travels between readers and ends as a report, not as an error
    """`reason` is a plain sentence that says what to do; `line` counts from 1 in the file at hand, None where there is none."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line


def shown(text: str, limit: int = 40) -> str:
    """`text` in quotation marks for a report: one line, printable, at most `limit` characters."""
    plain = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return f"“{plain}”" if len(plain) <= limit else f"“{plain[: limit - 1]}…”"


def either(words: Iterable[str]) -> str:
    """Words as a choice: "a", "a or b", "a, b or c"."""
    *head, last = list(words)
    return f"{', '.join(head)} or {last}" if head else last


def unknown_key(key: str, allowed: Iterable[str]) -> str:
    """The reason for a key that nobody reads, with the nearest one that is read, or all of them."""
    known = list(allowed)
    near = get_close_matches(key.casefold().replace("-", "_").replace(" ", "_"), known, n=1, cutoff=0.6)
    mend = f"did you mean {near[0]}?" if near else f"the keys are {', '.join(known)}."
    return f"the key {shown(key)} is not known: {mend}"
