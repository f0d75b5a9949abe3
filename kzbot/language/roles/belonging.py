"""What stands behind the noun of an office: what it is over, and whose it is."""

from collections.abc import Sequence
from typing import NamedTuple

from kzbot.language.names.carried.keys import key_of
from kzbot.language.names.carried.tables import CALENDAR, COMMON
from kzbot.language.roles.sentence import Sentence
from kzbot.language.roles.tables import DETERMINERS, FIELDS, FIRST_WORDS, OF, OVER, PREPOSITIONS, RANKS
from kzbot.language.words import STOP_WORDS

_MOST_LINKS = 5
_MOST_SMALL = 5


class Behind(NamedTuple):
    """Where a phrase ends, what its office is over, and what its owner is called."""

    end: int
    over: Sequence[str]
    owner: str | None


def read_behind(sentence: Sentence, behind: int, unit: str) -> Behind:
    """What an office is of whose noun, of this key, ends before `behind`."""
    if "\u0400" <= sentence.plain(behind - 1)[0] <= "\u04ff":
        return _genitive(sentence, behind)
    end, over = behind, list[str]()
    owner: str | None = None
    for _ in range(_MOST_LINKS):
        preposition = sentence.plain(end)
        fits = preposition in OF or unit in PREPOSITIONS.get(preposition, frozenset())
        if sentence.gap(end) != " " or not fits:
            break
        start = behind_article(sentence, end + 1)
        stop = nominal(sentence, start)
        if stop <= start or _is_of_another(sentence, start, stop, preposition):
            break
        words = sentence.all_plain[start:stop]
        if preposition in OF and not over and owner is None and all(word in OVER or word == "and" for word in words):
            over = words
        elif owner is None and preposition in (*OF, "at", "with"):
            owner = called(sentence, start, stop)
        end = stop
    return Behind(end, over, owner)


def behind_article(sentence: Sentence, at: int) -> int:
    """This place, or the one behind the article that stands there."""
    return at + 1 if sentence.plain(at) in DETERMINERS and sentence.gap(at) == " " else at


def called(sentence: Sentence, start: int, stop: int) -> str | None:
    """What an owner is called whose name is written here; None where it is only described."""
    name = sentence.names[start]
    if name is None and sentence.plain(start) in FIRST_WORDS and sentence.unit(start):
        return None
    if sentence.plain(stop - 1) in FIELDS and (name is None or name.carried):
        return None
    if name is not None and name.owner and sentence.names[stop - 1] is name:
        return name.owner
    words = sentence.words[start:stop]
    if any(not word.capital and word.plain not in ("of", "the", "and", "for") for word in words):
        return None
    return key_of(sentence.text[words[0].start : words[-1].end])


def nominal(sentence: Sentence, start: int) -> int:
    """The place behind the nouns and names that stand here."""
    at, small, named = start, 0, False
    while at < len(sentence):
        word, name = sentence.words[at], sentence.names[at]
        if word.gap != " " and (at == start or not (sentence.joined(at) or word.gap == "'")):
            break
        if name is not None:
            if name.holds and name.start == word.start and (name.sure or at > start):
                break
            at, named = sentence.end(at), True
            continue
        unit = sentence.unit(at) if word.plain in FIRST_WORDS and (at > start or word.capital) else None
        if unit is not None and at > start:
            break
        if word.plain == "and" and (at == start or not _goes_on(sentence, at + 1, named=named)):
            break
        if unit is None and word.plain != "and" and not _is_part(sentence, at, start, named=named, small=small):
            break
        named = named or unit is not None or word.capital
        small += not word.capital and unit is None and word.plain != "and"
        at = unit[0] if unit is not None else at + 1
    return at


def _is_part(sentence: Sentence, at: int, start: int, *, named: bool, small: int) -> bool:
    """Whether a word goes on with the nouns and names before it."""
    word = sentence.words[at]
    if word.capital and word.plain not in CALENDAR and word.plain not in STOP_WORDS:
        return at == start or word.plain in OVER or sentence.holder(at + 1) is None
    if word.capital or word.plain.isdigit() or small >= _MOST_SMALL:
        return False
    if named and word.plain not in COMMON and word.gap != "'":
        return False
    return word.plain[0].isdigit() or sentence.is_noun(at)


def _is_of_another(sentence: Sentence, start: int, stop: int, preposition: str) -> bool:
    """Whether what stands here is said of the next office ("adviser to Norlandic | President Hall"), or is that office
    itself ("adviser to | President Hall")."""
    whole = sentence.unit(start) if sentence.plain(start) in FIRST_WORDS else None
    if whole is not None and whole[0] == stop and whole[1] not in RANKS and sentence.holder(stop) is not None:
        return True
    if stop >= len(sentence) or not sentence.joined(stop) or not sentence.free(stop):
        return False
    unit = sentence.unit(stop) if sentence.plain(stop) in FIRST_WORDS else None
    over = preposition in OF and all(word in OVER for word in sentence.all_plain[start:stop])
    return unit is not None and unit[1] not in RANKS and not over and sentence.gap(stop) == " "


def _goes_on(sentence: Sentence, at: int, *, named: bool) -> bool:
    """Whether "and" goes on within what an office is of."""
    if sentence.gap(at) != " " or sentence.plain(at) in FIRST_WORDS:
        return False
    name = sentence.names[at]
    if name is not None:
        return not name.holds
    if sentence.words[at].capital:
        return named or sentence.plain(at) in OVER
    return not named and sentence.is_noun(at)


def _genitive(sentence: Sentence, behind: int) -> Behind:
    """In Russian, where what it is over and whose it is follow without a preposition."""
    end = behind
    while sentence.gap(end) == " " and sentence.plain(end) in OVER:
        end += 1
    over = sentence.all_plain[behind:end]
    name = sentence.names[end] if sentence.gap(end) == " " else None
    if name is None or name.sure:
        return Behind(end, over, None)
    return Behind(sentence.end(end), over, name.owner)
