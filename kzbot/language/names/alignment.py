"""Whether two names, word by word, are one name; and how near."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from rapidfuzz.distance import OSA

from kzbot.language.alike import spellings
from kzbot.language.names.carried.tables import SAME_PLACE
from kzbot.language.names.organisations import SMALL, TAILS, core
from kzbot.language.names.people_words import FAMILIES, LOOSE_PARTICLES, OWN_GIVEN, PARTICLES, SUFFIXES, same_given
from kzbot.language.names.slips import ORDINARY, another_ending, another_family, slips_of_word
from kzbot.language.names.sounds import as_heard, as_written, loosely_alike
from kzbot.language.names.spelling_rules import FOREIGN, key_of, other_sounds, sound_alike


class Level(IntEnum):
    """How one word answers to another, best first."""

    SAME = 0
    KEY = 1
    SOUND = 2
    GIVEN = 3
    HEARD = 4
    INITIAL = 5
    LOOSE = 6
    SLIP = 7
    SLIPS = 8


_COST = {
    Level.SAME: 0.0, Level.KEY: 0.005, Level.SOUND: 0.01, Level.GIVEN: 0.02, Level.HEARD: 0.02, Level.INITIAL: 0.03,
    Level.LOOSE: 0.03, Level.SLIP: 0.05, Level.SLIPS: 0.07,
}  # fmt: skip
_ROMANISED = (Level.KEY, Level.SOUND, Level.HEARD, Level.LOOSE)
SURNAME_ALONE = 0.94
_LEAST = 0.905
"""What fits is sure, though the least of it; a word with a slip keeps it below 0.95, where the same name begins."""
_SUPPORTING, _FURTHEST, _LONG = 3, 4, 6


@dataclass(frozen=True, slots=True)
class Fit:
    """How near two names are: `levels` of the words that answer to one another, `score` up to 0.99."""

    score: float
    levels: tuple[Level, ...]
    in_order: bool = True

    @property
    def romanised(self) -> bool:
        """Whether only romanisation differs."""
        return max(self.levels) in _ROMANISED

    @property
    def misspelt(self) -> bool:
        """Whether a word differs by slips."""
        return max(self.levels) >= Level.SLIP


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What is known of the words that were asked for: `real` ones stand in other names of the book, and are no slips.

    `foreign`: they are in another script than Latin, so that names were written down by ear. `people`: they
    are compared with names of people, where a letter at the end makes another family.
    """

    real: frozenset[str] = frozenset()
    foreign: bool = False
    people: bool = False


def fit_of_things(
    asked: Sequence[str], known: Sequence[str], knowledge: Knowledge, nouns: frozenset[str]
) -> Fit | None:
    """How the plain words of a name that is no person's answer to those of another, in any order; None where they do not.

    "The", legal forms, small words and the word of the kind (`nouns`, keys) may stand in one of them only.
    """
    ours, theirs = telling(asked, nouns), telling(known, nouns)
    if len(ours) != len(theirs):
        ours, theirs = telling(asked, frozenset()), telling(known, frozenset())
        if len(ours) != len(theirs):
            return None
    paired = _pairs(ours, theirs, knowledge, given=False)
    if paired is None or len(paired) < len(ours):
        return None
    return _fit([level for *_, level in paired], in_order=all(at == other for at, other, _ in paired))


def fit_of_people(asked: Sequence[str], known: Sequence[str], knowledge: Knowledge) -> Fit | None:
    """How the plain words of a person's name, titles off, answer to those of another's; None where it is another person.

    Surnames must agree; given names may be left out, shortened to initials, or written in another form, never differ.
    """
    ours, theirs = _personal(asked), _personal(known)
    if not ours or not theirs:
        return None
    if all(len(word) == 1 for word in ours):
        return None
    if len(ours) == 1:
        return _surname_alone(ours[0], theirs, knowledge)
    if len(theirs) == 1:
        return None
    return _whole_name(ours, theirs, knowledge)


def _whole_name(ours: Sequence[str], theirs: Sequence[str], knowledge: Knowledge) -> Fit | None:
    surname = len(theirs) - 1
    paired = _pairs(ours, theirs, knowledge, given=True)
    if paired is None:
        return None
    left = set(range(len(ours))) - {at for at, _, _ in paired}
    over = set(range(len(theirs))) - {other for _, other, _ in paired}
    if left and over:
        return None
    levels = {other: level for _, other, level in paired}
    if levels.get(surname) in (None, Level.INITIAL, Level.GIVEN) or len(paired) < 2:
        return None
    loose = sum(level >= Level.LOOSE for level in levels.values())
    if loose == len(levels) and Level.SLIPS in levels.values():
        return None
    initials = [sum(len(word) == 1 for word in words) for words in (ours, theirs)]
    if (left or over) and min(initials) > 0:
        return None
    if left and any(len(ours[at]) > 1 for at in left) and levels.get(0, Level.INITIAL) == Level.INITIAL:
        return None
    in_order = [other for _, other, _ in sorted(paired)] == sorted(levels)
    fit = _fit(list(levels.values()), in_order=in_order)
    return Fit(fit.score - 0.02 * min(2, len(left) + len(over)), fit.levels, in_order)


def _surname_alone(word: str, theirs: Sequence[str], knowledge: Knowledge) -> Fit | None:
    level = word_level(word, theirs[-1], knowledge, supported=False)
    if level is None or (level == Level.LOOSE and len(word) < 6):
        return None
    base = 0.99 if len(theirs) == 1 else SURNAME_ALONE
    return Fit(max(base - _COST[level], _LEAST), (level,))


def _fit(levels: Sequence[Level], *, in_order: bool) -> Fit:
    score = 0.99 - sum(_COST[level] for level in levels) - (0.0 if in_order else 0.015)
    return Fit(max(score, _LEAST), tuple(levels), in_order)


def _pairs(
    ours: Sequence[str], theirs: Sequence[str], knowledge: Knowledge, *, given: bool
) -> list[tuple[int, int, Level]] | None:
    """Which word answers to which, each once, the surest first; None where nothing does.

    Where some word surely does, the others may be further from theirs.
    """
    found = _paired(ours, theirs, knowledge, supported=False, given=given)
    sure = any(
        level <= Level.HEARD and (len(ours[at]) >= _SUPPORTING or ours[at] in LOOSE_PARTICLES) for at, _, level in found
    )
    if sure and len(found) < min(len(ours), len(theirs)):
        found = _paired(ours, theirs, knowledge, supported=True, given=given)
    return found or None


def _paired(
    ours: Sequence[str], theirs: Sequence[str], knowledge: Knowledge, *, supported: bool, given: bool
) -> list[tuple[int, int, Level]]:
    possible = []
    for at, word in enumerate(ours):
        for other, known in enumerate(theirs):
            level = word_level(word, known, knowledge, supported=supported, given=given and other < len(theirs) - 1)
            if level is not None:
                possible.append((level, abs(at - other), at, other))
    found: list[tuple[int, int, Level]] = []
    for level, _, at, other in sorted(possible):
        if all(at != one and other != two for one, two, _ in found):
            found.append((at, other, level))
    return sorted(found)


@lru_cache(maxsize=16384)
def word_level(
    asked: str, known: str, knowledge: Knowledge, *, supported: bool = False, given: bool = False
) -> Level | None:
    """How one plain word answers to another; None where it is another word. `given`: it may be a given name."""
    if asked == known:
        return Level.SAME
    if len(asked) == 1 or len(known) == 1:
        return Level.INITIAL if given and _key(asked)[:1] == _key(known)[:1] else None
    if not asked.isalpha() or not known.isalpha():
        return None
    key, other = _key(asked), _key(known)
    if not key or not other:
        return None
    if key == other or known in _transatlantic(asked):
        return Level.KEY
    if sound_alike(asked, known):
        return Level.SOUND
    if given and same_given(key, other):
        return Level.GIVEN
    if knowledge.foreign and len(as_written(key)) > 1 and as_written(key) in (as_heard(known), as_written(other)):
        return Level.HEARD
    real = asked in knowledge.real or (knowledge.people and not given and asked in FAMILIES)
    if (
        supported
        and (given or not real)
        and (given or not knowledge.people or not another_family(asked, known, key, other))
        and _loosely(asked, known, 3 if knowledge.people and min(len(key), len(other)) < 5 else 2)
    ):
        return Level.LOOSE
    return None if real else _slipped(asked, known, knowledge, supported=supported and not given, given=given)


@lru_cache(maxsize=16384)
def _loosely(asked: str, known: str, least: int) -> bool:
    key, other = _key(asked), _key(known)
    if OSA.distance(key, other, score_cutoff=_FURTHEST) > _FURTHEST:
        return False
    if any(loosely_alike(one, other, least) is not None for one in (key, *other_sounds(asked).values())):
        return True
    return FOREIGN.search(known) is not None and any(
        loosely_alike(key, one, least) is not None for one in other_sounds(known).values()
    )


@lru_cache(maxsize=65536)
def _key(word: str) -> str:
    return key_of(word).replace(" ", "")


@lru_cache(maxsize=1024)
def _transatlantic(word: str) -> frozenset[str]:
    """British and American spellings of a word."""
    return frozenset(spellings(word))


def _slipped(asked: str, known: str, knowledge: Knowledge, *, supported: bool, given: bool) -> Level | None:
    if asked in ORDINARY:
        return None
    if not knowledge.people and f"{asked}e" == known and len(asked) >= _LONG:
        return Level.SLIP
    key, other = _key(asked), _key(known)
    if another_ending(key, other) or another_ending(asked, known):
        return None
    if knowledge.people and (asked in OWN_GIVEN if given else another_family(asked, known, key, other)):
        return None
    strict = knowledge.people and not supported
    tried = [
        (asked, known),
        *([(key, other)] if min(len(key), len(other)) >= _LONG else []),
        *((one, known) for one in _transatlantic(asked)),
    ]
    edits = [found for pair in tried if (found := slips_of_word(*pair, supported=supported, strict=strict)) is not None]
    if not edits:
        return None
    return Level.SLIP if min(edits) <= 1 else Level.SLIPS


def telling(words: Sequence[str], nouns: frozenset[str]) -> list[str]:
    """The words of a name that tell it from others, abbreviated states written out."""
    bare = list(core(words))
    if bare[:2] == ["u", "s"]:
        bare[:2] = ["us"]
    bare = [one for word in bare for one in (SAME_PLACE.get(word, word).split() if len(bare) > 1 else (word,))]
    kept = [word for word in bare if word not in SMALL and _key(word) not in nouns]
    told = [word for word in kept if word not in TAILS]
    return told if len(told) > 1 else kept or bare


def _personal(words: Sequence[str]) -> list[str]:
    """The words of a person's name without particles and suffixes."""
    kept = [word for word in words if word not in SUFFIXES]
    bare = [word for at, word in enumerate(kept) if word not in LOOSE_PARTICLES or (at == 0 and word not in PARTICLES)]
    return bare or list(words)
