"""Roles that a person types: "defence minister", "US Secretary of Defense", "who was the president of Kazakhstan"."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from kzbot.language.alike import spellings
from kzbot.language.folding import fold_names
from kzbot.language.names.carried.keys import key_of
from kzbot.language.names.gazetteer import Gazetteer
from kzbot.language.roles.offices import same
from kzbot.language.roles.people import named
from kzbot.language.roles.phrases import Phrase, phrases_of
from kzbot.language.roles.role import Named
from kzbot.language.roles.sentence import Sentence
from kzbot.language.roles.tables import DETERMINERS, TIME
from kzbot.language.roles.words import words_of
from kzbot.language.spans import Span
from kzbot.language.words import STOP_WORDS

LONGEST = 120
"""What is longer is no name of a role."""
_ASKING = re.compile(
    r"\s*(?:who(?:['’]s|\s(?:is|was|were|are|has been|became))?\s|roles?:?\s)?(?:the\s|an?\s)?", re.IGNORECASE
)


class AskedOffice(NamedTuple):
    """An office as roles have it, and whose it is: the id of a name, the key of one, or None for anybody's."""

    office: str
    owner: str | None


def office_of(typed: str, gazetteer: Gazetteer | None = None) -> AskedOffice | None:
    """What office is asked for; None where the words name none, or more than one. With the gazetteer of a name book, the
    owner is an id where the book knows it."""
    if len(typed) > LONGEST:
        return None
    lead = _ASKING.match(typed)
    text = " ".join(typed[lead.end() if lead else 0 :].strip(" ?.!\"'“”").split())
    found = [one for written in _written(text) if (one := _read(written, gazetteer)) is not None]
    known = [one for one in found if one.owner is not None and gazetteer is not None and ":" in one.owner]
    return next(iter(known or found), None)


def begins(office: str, typed: str) -> bool:
    """Whether an office is one that a person may mean who typed so far: its words, from some word on, begin so."""
    asked = [word for word in fold_names(typed).text.replace(".", "").split() if word not in STOP_WORDS]
    words = office.split()
    if not asked:
        return True
    *whole, last = asked
    for at in range(len(words) - len(whole)):
        if [same(word) for word in whole] == words[at : at + len(whole)] and _begins(words[at + len(whole)], last):
            return True
    return False


def _begins(word: str, typed: str) -> bool:
    return any(other.startswith(typed) for other in (word, *spellings(word)))


def _written(text: str) -> Iterable[str]:
    """The words as they were typed, and with the capitals that names have."""
    yield text
    small = [word if word in STOP_WORDS and word != "us" else word[:1].upper() + word[1:] for word in text.split()]
    yield " ".join(small)
    yield " ".join(word.upper() if word.lower() in ("us", "uk", "usa", "u.s.") else word for word in small)


def _read(text: str, gazetteer: Gazetteer | None) -> AskedOffice | None:
    whole = Span(0, len(text))
    names: list[Named] = named(text, gazetteer.mentions(text, [whole]), ()) if gazetteer else []
    if any(name.holds for name in names):
        return None
    words = [word._replace(capital=word.plain not in STOP_WORDS) for word in words_of(text, whole)]
    phrases = phrases_of(Sentence(text, words, names))
    if len(phrases) != 1 or phrases[0].end != len(words) or not _only_owner_before(phrases[0], phrases):
        return None
    phrase = phrases[0]
    owner, before = phrase.owner, [word for word in words[: phrase.first] if word.plain not in DETERMINERS | TIME]
    if before:
        if owner is not None or any(word.plain in STOP_WORDS for word in before):
            return None
        owner = key_of(text[before[0].start : before[-1].end])
    return AskedOffice(phrase.office, owner)


def _only_owner_before(phrase: Phrase, phrases: list[Phrase]) -> bool:
    return len(phrases) == 1 and phrase.first <= 4
