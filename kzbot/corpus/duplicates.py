"""The same article twice: one id on two files, or one text in two files."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from kzbot.corpus.article import Article, Rejection
from kzbot.corpus.folders import in_order
from kzbot.corpus.problem import shown

_PIECE = 1 << 16


@dataclass(frozen=True, slots=True)
class Identity:
    """What tells two articles apart; `text_hash` is that of `text_hash()`."""

    file: str
    id: str
    text_hash: str


def text_hash(text: str) -> str:
    """A hash of the words of `text`, whatever the white space between them (SHA-256, hexadecimal)."""
    digest, start, before = hashlib.sha256(), 0, ""
    while start < len(text):  # in pieces, so that a long text does not keep other threads waiting
        end = min(start + _PIECE, len(text))
        while end < len(text) and not text[end].isspace():
            end += 1
        words = " ".join(text[start:end].split())
        if words:
            digest.update(f"{before}{words}".encode("utf-8", "surrogatepass"))
            before = " "
        start = end
    return digest.hexdigest()


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
