"""By which words questions are counted as alike, whoever typed them how and under which command."""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from anyascii import anyascii

from kzbot.querylog.messages import message_of
from kzbot.querylog.rows import OptionValue

_LONGEST = 200
BESIDE = frozenset({"from", "to", "since", "private", "articles", "publisher"})
"""Options that narrow a question and are not what it is about."""
OF_THE_BOT = frozenset({"button", "doubt", "help", "privacy"})
"""Commands of one word that are not asked of the corpus; 0003_review.sql names them too."""
OWN_NEW = "new digest"
_OWN = {OWN_NEW: "new"}
"""What the bot asks of the corpus by itself, as the log names it, and the command that it asks with. Two words each, so that
figures and groups are of what people asked."""
_WORD = re.compile(r"[^\W_]+")


def of_the_corpus(command: str) -> bool:
    """Whether a command is asked of the corpus, and not of the bot, as those of two words are."""
    return " " not in command and command not in OF_THE_BOT


def asked_with(command: str) -> str:
    """The command of an answer, by the one that the log names."""
    return _OWN.get(command, command)


def is_own(command: str) -> bool:
    """Whether the bot asked it by itself."""
    return command in _OWN


def alike(command: str, options: Mapping[str, OptionValue]) -> str | None:
    """The words that a question is about, as all questions alike have them; None for what is not asked of the corpus.

    Case, accents, scripts (by anyascii), signs and the order of words make no difference, nor do dates and the command: who
    asks `/exercise name: КАДЭКС` and `/search query: kadeks` misses one thing. A question without words is alike with those
    of its command. At most 200 code points. Of a message no words are kept.
    """
    if not of_the_corpus(command) or message_of(command, options) is not None:
        return None
    text = " ".join(str(value) for name, value in options.items() if name not in BESIDE and isinstance(value, str))
    folded = anyascii(unicodedata.normalize("NFKC", text.casefold())).casefold()
    words = sorted(_WORD.findall(folded))
    return " ".join(words)[:_LONGEST] if words else f"/{command}"


def searched(command: str, options: Mapping[str, OptionValue]) -> str:
    """A question as a search of the log sees it: `/command` and all values, `folded`."""
    return folded(" ".join((f"/{command}", *(str(value) for value in options.values()))))


def folded(text: str) -> str:
    """Text without case, accents and scripts (by anyascii), encodable as UTF-8, which is all that SQLite takes.

    A letter or sign that anyascii does not know stays as it is; marks that stand alone go.
    """
    text = text.encode("utf-8", "replace").decode().casefold()
    if text.isascii():
        return text
    return "".join(map(_plain, unicodedata.normalize("NFKC", text))).casefold()


@lru_cache(maxsize=8192)
def _plain(sign: str) -> str:
    """One code point in ASCII, or as it is."""
    if sign.isascii() or sign.isspace():
        return sign
    plain = anyascii(sign)
    if plain.strip():
        return plain
    return "" if unicodedata.category(sign) in ("Mn", "Me", "Cf") else sign
