"""The same article twice: one id on two files, or one text in two files."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kzbot.corpus.article import Article, Rejection
from kzbot.corpus.folders import in_order
from kzbot.corpus.problem import shown

_AT_ONCE = 1 << 16
_BLANK = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class Identity:
    """What tells two articles apart; `text_hash` is that of `text_hash()`."""

    file: str
    id: str
    text_hash: str


def text_hash(text: str) -> str:
    """A hash of the words of `text`, whatever the white space between them (SHA-256, hexadecimal).

    Piece by piece, for a thread that splits millions of words in one call holds up all others of its process.
    """
    found, before = hashlib.sha256(), False
    for words in _split(text):
        found.update((" " * before + " ".join(words)).encode("utf-8", "surrogatepass"))
        before = True
    return found.hexdigest()


def _split(text: str) -> Iterator[list[str]]:
    """The words of `text`, none of them in two lists, and no list empty."""
    start = 0
    while start < len(text):
        blank = _BLANK.search(text, start + _AT_ONCE)
        end = blank.start() if blank else len(text)
        if words := text[start:end].split():
            yield words
        start = end


def identity(article: Article) -> Identity:
    """What tells `article` from others."""
    return Identity(article.file, article.id, text_hash(article.text))


def find_duplicates(known: Sequence[Identity]) -> list[Rejection]:
    """A Rejection for each file whose id or text a file before it (`in_order`) has; that one stays, and is named."""
    ids: dict[str, str] = {}
    texts: dict[str, str] = {}
    rejected = []
    for one in sorted(known, key=lambda identity: in_order(identity.file)):
        same_text = texts.get(one.text_hash)
        same_id = ids.get(one.id)
        if same_text is not None:
            reason = f"its text is the same as that of {same_text}; take one of them out."
            rejected.append(Rejection(one.file, reason, of=same_text))
        elif same_id is not None:
            reason = f"its id {shown(one.id, 80)} is that of {same_id} already; give it another id in its metadata."
            rejected.append(Rejection(one.file, reason, of=same_id))
        else:
            ids[one.id] = one.file
            texts[one.text_hash] = one.file
    return rejected
