"""Addresses of pages and titles of articles as people write them, evened out for comparing."""

import re
from collections.abc import Iterable, Sequence

from kzbot.language.words import tokens

OPENING = 3
"""How many words of a title it is looked for by; a shorter title is looked for whole."""
_URL = re.compile(r"https?://[^\s<>\"“”«»„]+")
_BEHIND = ".,;:!?'’)]}*_|"


def url_stem(url: str) -> str:
    """An address without what may differ in writing it: scheme, www, text fragment, final slash, case of the host."""
    bare = url.split(":~:text=", maxsplit=1)[0].rstrip("#").split("://", 1)[-1].removeprefix("www.")
    host, slash, path = bare.partition("/")
    return (host.lower() + slash + path).rstrip("/")


def host_of(url: str) -> str:
    """The host of an address, without www and port."""
    return url_stem(url).partition("/")[0].rpartition("@")[2].partition(":")[0]


def urls_in(text: str) -> list[tuple[int, int, str]]:
    """The addresses of pages in a text with their offsets, without the punctuation behind them."""
    found = []
    for match in _URL.finditer(text):
        url = match[0].rstrip(_BEHIND)
        if url.count("(") > url.count(")"):
            url += ")" * match[0].startswith(url + ")")
        found.append((match.start(), match.start() + len(url), url))
    return found


def opening_key(words: Sequence[str]) -> str:
    """The key of a title by its first words, folded as tokens are."""
    return "title:" + " ".join(words[:OPENING])


def keys_of(title: str, urls: Iterable[str | None]) -> list[str]:
    """The keys by which a message's words lead to an article: its addresses, their hosts, and its title."""
    keys = [key for url in urls if url for key in (f"url:{url_stem(url)}", f"host:{host_of(url)}")]
    words = [token.word for token in tokens(title)]
    return [*keys, opening_key(words)] if len(words) > 1 else keys
