"""Addresses of passages, `ARTICLE_ID#KEY`: they depend on the words alone, and so outlive reloads."""

import hashlib
import re
import unicodedata

_LETTERS_AND_DIGITS = re.compile(r"[^\W_]+")


def letters_and_digits(text: str) -> str:
    """What of `text` counts for its address: letters and digits, compatibility forms and case evened out."""
    return "".join(_LETTERS_AND_DIGITS.findall(unicodedata.normalize("NFKC", text).casefold()))


def key_of(text: str) -> str:
    """Eight hexadecimal characters of the SHA-256 of the letters and digits of `text`."""
    return hashlib.sha256(letters_and_digits(text).encode("utf-8", "surrogatepass")).hexdigest()[:8]


class Addresses:
    """Gives out the addresses of one article's passages, in order; a repeated wording gets `-2`, `-3` behind its key."""

    def __init__(self, article: str) -> None:
        self._article = article
        self._given: dict[str, int] = {}

    def next(self, text: str) -> str:
        """The address of the next passage, which reads `text`."""
        key = key_of(text)
        times = self._given[key] = self._given.get(key, 0) + 1
        return f"{self._article}#{key}" if times == 1 else f"{self._article}#{key}-{times}"
