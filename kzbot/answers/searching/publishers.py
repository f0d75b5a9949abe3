"""Which publishers of the corpus are meant by what was typed."""

import re
from collections.abc import Sequence
from typing import Literal

from rapidfuzz.distance import OSA

from kzbot.answers.model import MatchedThrough, Question
from kzbot.index import articles
from kzbot.index.generation import Generation
from kzbot.language import words

OPTION = "publisher"
TOLD = 10
"""So many publishers are told where the asked one is not among them."""
_SHORTEST, _LONG, _INITIALS = 4, 8, 3
_SEVERAL = re.compile(r"\s*[,;]\s*")


async def publishers_asked(
    question: Question, generation: Generation
) -> tuple[tuple[str, ...] | None, tuple[MatchedThrough, ...]]:
    """The publishers that a question keeps to, as articles write them: None where it names none, none where the corpus has
    no such; and through which spelling they were found."""
    typed = question.options.get(OPTION)
    if typed is None:
        return None, ()
    known = [row.publisher for row in await articles.publishers(generation)]
    found = meant(known, str(typed)) or tuple(
        dict.fromkeys(one for part in _SEVERAL.split(str(typed)) for one in meant(known, part))
    )
    exact = {_compact(one) for one in found} == {_compact(str(typed))}
    through = () if exact else tuple(MatchedThrough(str(typed), one, _how(str(typed), one)) for one in found[:1])
    return found, through


def meant(known: Sequence[str], typed: str) -> tuple[str, ...]:
    """The publishers called so in any case; else those of whose name it is a part or the initials; else those that it is a
    slip away from."""
    asked = _words(typed)
    if not asked:
        return ()
    for fits in (_is, _holds, _is_near):
        found = tuple(one for one in known if fits(one, asked))
        if found:
            return found
    return ()


def _words(text: str) -> list[str]:
    return [token.word for token in words.tokens(text)]


def _compact(text: str) -> str:
    return "".join(_words(text))


def _is(publisher: str, asked: Sequence[str]) -> bool:
    return _compact(publisher) == "".join(asked)


def _holds(publisher: str, asked: Sequence[str]) -> bool:
    """Whether every word that was typed begins one of the name's, or they are its initials."""
    own = _words(publisher)
    initials = "".join(word[0] for word in own)
    if len(initials) >= _INITIALS and "".join(asked) in (initials, initials.removeprefix("t")):
        return True
    return all(any(word.startswith(one) for word in own) for one in asked)


def _is_near(publisher: str, asked: Sequence[str]) -> bool:
    """Whether the whole name is a slip away from what was typed, or one of its words from every word of it."""
    own = _words(publisher)
    if _slipped("".join(own), "".join(asked)):
        return True
    return all(any(word.startswith(one) or _slipped(word, one) for word in own) for one in asked)


def _slipped(word: str, typed: str) -> bool:
    if min(len(word), len(typed)) < _SHORTEST:
        return False
    most = 1 if len(typed) < _LONG else 2
    return OSA.distance(word, typed, score_cutoff=most) <= most


def _how(typed: str, publisher: str) -> Literal["spelling", "prefix"]:
    return "spelling" if not _holds(publisher, _words(typed)) else "prefix"
