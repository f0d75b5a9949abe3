"""Many words as one regular expression that reads each letter once; the last word before a place."""

import re
from collections.abc import Iterable

_Node = dict[str, "_Node"]
_BEHIND = " \t\n\r\xa0-"
_NO_WORD = re.compile(r".*[^\w.&]")


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest where one begins another."""
    root: _Node = {}
    for word in words:
        node = root
        for letter in word:
            node = node.setdefault(letter, {})
        node[""] = {}
    return _pattern(root)


def _pattern(node: _Node) -> str:
    branches = [re.escape(letter) + _pattern(below) for letter, below in node.items() if letter]
    if not branches:
        return ""
    one = branches[0] if len(branches) == 1 and "" not in node else f"(?:{'|'.join(branches)})"
    return one + "?" if "" in node else one


def last_word(left: str) -> str:
    """The last word of `left` in lower case, with its full stop; white space and hyphens behind it do not count."""
    words = left.rstrip(_BEHIND).rsplit(None, 1)
    if not words:
        return ""
    other = _NO_WORD.match(words[-1])
    return (words[-1][other.end() :] if other else words[-1]).lower()
