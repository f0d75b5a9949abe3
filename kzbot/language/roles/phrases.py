"""Role phrases: a noun of an office with what stands before it and what it is of."""

from dataclasses import dataclass, replace

from kzbot.language.roles.before import read_before
from kzbot.language.roles.belonging import behind_article, called, nominal, read_behind
from kzbot.language.roles.offices import office_key
from kzbot.language.roles.sentence import Sentence
from kzbot.language.roles.tables import FIRST_WORDS, FORMER, OVER, RANKS, STANDING, VERBS_OF_OFFICE

_LOOK = 3


@dataclass(frozen=True, slots=True)
class Phrase:
    """A role phrase, by places among the words of its sentence: `[first:end]` without an article, its noun from `noun` to
    `behind`. `determined`: "the", "his" or another such word stands before it."""

    first: int
    noun: int
    behind: int
    end: int
    unit: str
    office: str
    owner: str | None
    determined: bool
    plural: bool
    former: bool
    owned: bool

    @property
    def rank(self) -> bool:
        """Whether it is a military rank."""
        return self.unit in RANKS

    @property
    def bare(self) -> bool:
        """Whether it is its noun alone."""
        return self.end - self.first == self.behind - self.noun and not self.owned


def phrases_of(sentence: Sentence) -> list[Phrase]:
    """The phrases in order; one that stands within what another is of belongs to that."""
    found: list[Phrase] = []
    at = floor = 0
    while at < len(sentence):
        phrase = _by_verb(sentence, at) if sentence.plain(at) in VERBS_OF_OFFICE else None
        if phrase is None and sentence.plain(at) in FIRST_WORDS and sentence.free(at):
            phrase = _by_noun(sentence, at, floor)
        if phrase is None:
            at += 1
            continue
        found.append(phrase)
        at = floor = phrase.end
    return found


def with_owner(phrase: Phrase, owner: str | None) -> Phrase:
    """The phrase, of this owner where it names none."""
    return phrase if phrase.owner or owner is None else replace(phrase, owner=owner)


def _by_noun(sentence: Sentence, at: int, floor: int) -> Phrase | None:
    unit = sentence.unit(at)
    if unit is None or sentence.gap(unit[0]) == "'" or _goes_with(sentence, unit[1], unit[0]):
        return None
    behind, key, plural = unit
    first, words, owner, determined, owned = read_before(sentence, at, floor, key)
    end, over, other = read_behind(sentence, behind, key)
    office = office_key([] if key in RANKS else words, key, over)
    former = any(sentence.plain(place) in FORMER for place in range(first, at))
    return Phrase(first, at, behind, end, key, office, owner or other, determined, plural, former, owned)


def _by_verb(sentence: Sentence, at: int) -> Phrase | None:
    """What is told by a verb: "who heads the agency"."""
    if at < 2 or sentence.plain(at - 1) != "who" or sentence.gap(at - 1) not in (" ", ",") or sentence.gap(at) != " ":
        return None
    holder = sentence.names[at - 2]
    start = behind_article(sentence, at + 1)
    stop = nominal(sentence, start)
    if holder is None or not holder.holds or stop <= start:
        return None
    unit, owner = VERBS_OF_OFFICE[sentence.plain(at)], called(sentence, start, stop)
    return Phrase(at, at, stop, stop, unit, unit, owner, determined=False, plural=False, former=False, owned=False)


def _goes_with(sentence: Sentence, key: str, behind: int) -> bool:
    """Whether a noun only makes another office of the one that follows ("Deputy Defence Secretary")."""
    if key not in STANDING:
        return False
    for at in range(behind, min(len(sentence), behind + _LOOK)):
        if not (sentence.free(at) and sentence.joined(at)):
            return False
        if sentence.plain(at) in FIRST_WORDS and (unit := sentence.unit(at)):
            return unit[1] not in RANKS
        if sentence.plain(at) not in OVER:
            return False
    return False
