"""Role phrases: a noun of an office with what stands before it and what it is of."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kzbot.language.irregular_verbs import forms_by_word
from kzbot.language.names.carried.keys import key_of
from kzbot.language.names.carried.tables import CALENDAR, COMMON, NATIONALITIES
from kzbot.language.roles.offices import office_key, unit_at
from kzbot.language.roles.role import Named
from kzbot.language.roles.tables import (
    DETERMINERS,
    FIELDS,
    FIRST_WORDS,
    FORMER,
    HONORIFICS,
    OF,
    OVER,
    PREPOSITIONS,
    RANKS,
    SERVICES,
    STANDING,
    TIME,
    VERBS_OF_OFFICE,
)
from kzbot.language.roles.words import Word
from kzbot.language.words import STOP_WORDS

_MOST_LINKS = 5
_MOST_SMALL = 5
_MOST_BEFORE = 8
_UNKNOWN = 2
_VERBS = frozenset(forms_by_word()) - {"state", "lead", "deals", "means", "light", "lights", "sports"}
_ORDINAL = re.compile(r"\d{1,3}(?:st|nd|rd|th)")
_JOINING = frozenset((" ", "-"))


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


class Phrases:
    """Reads the role phrases of one sentence; `names` are the names in it, in order, not overlapping."""

    def __init__(self, text: str, words: Sequence[Word], names: Sequence[Named]) -> None:
        self.text, self.words = text, words
        self.names: list[Named | None] = _by_word(words, names)
        self._plain = [word.plain for word in words]

    def all(self) -> list[Phrase]:
        """The phrases in order; one that stands within what another is of belongs to that."""
        found: list[Phrase] = []
        at = floor = 0
        while at < len(self.words):
            phrase = self._by_verb(at) if self._plain[at] in VERBS_OF_OFFICE else None
            if phrase is None and self._plain[at] in FIRST_WORDS and self._free(at):
                phrase = self._at(at, floor)
            if phrase is None:
                at += 1
                continue
            found.append(phrase)
            at = floor = phrase.end
        return found

    def holder(self, at: int) -> Named | None:
        """The name that begins at this word, or behind "Mr." there, and may be a person's."""
        while at < len(self.words) and self._plain[at] in HONORIFICS and self.names[at] is None:
            at += 1
            if at < len(self.words) and self.words[at].gap not in (" ", "."):
                return None
        if at >= len(self.words):
            return None
        name = self.names[at]
        return name if name and name.holds and name.start == self.words[at].start else None

    def _free(self, at: int) -> bool:
        return self.names[at] is None

    def _at(self, at: int, floor: int) -> Phrase | None:
        unit = self._unit(at)
        if unit is None:
            return None
        behind, key, plural = unit
        if behind < len(self.words) and (self.words[behind].gap == "'" or self._goes_with(key, behind)):
            return None
        first, before, owner, determined, owned = self._before(at, floor, key in RANKS)
        end, over, other = self._of(behind, key)
        office = office_key([] if key in RANKS else before, key, over)
        former = any(self._plain[place] in FORMER for place in range(first, at))
        owner = owner or other
        return Phrase(first, at, behind, end, key, office, owner, determined, plural, former, owned)

    def _by_verb(self, at: int) -> Phrase | None:
        """What is told by a verb: "who heads the agency"."""
        if (
            at < 2
            or self._plain[at - 1] != "who"
            or self.words[at - 1].gap not in (" ", ",")
            or self.words[at].gap != " "
        ):
            return None
        holder = self.names[at - 2]
        start = at + 1
        if start < len(self.words) and self._plain[start] in DETERMINERS and self.words[start].gap == " ":
            start += 1
        stop = self._nominal(start)
        if holder is None or not holder.holds or stop <= start:
            return None
        unit = VERBS_OF_OFFICE[self._plain[at]]
        owner = self._called(start, stop)
        return Phrase(at, at, stop, stop, unit, unit, owner, determined=False, plural=False, former=False, owned=False)

    def _goes_with(self, key: str, behind: int) -> bool:
        """Whether a noun only makes another office of the one that follows ("Deputy Defence Secretary")."""
        if key not in STANDING or not self._joined(behind) or not self._free(behind):
            return False
        for at in range(behind, min(len(self.words), behind + 3)):
            if not (self._free(at) and self._joined(at)):
                return False
            if self._plain[at] in FIRST_WORDS and (unit := unit_at(self._plain[at : at + 4], 0)):
                return unit[1] not in RANKS
            if self._plain[at] not in OVER:
                return False
        return False

    def _unit(self, at: int) -> tuple[int, str, bool] | None:
        stop = at + 1
        while stop < min(len(self.words), at + 4) and self._joined(stop) and self._free(stop):
            stop += 1
        return unit_at(self._plain[at:stop], 0) and self._placed(unit_at(self._plain[at:stop], 0), at)

    def _placed(self, unit: tuple[int, str, bool] | None, at: int) -> tuple[int, str, bool] | None:
        return (at + unit[0], unit[1], unit[2]) if unit else None

    def _joined(self, at: int) -> bool:
        gap = self.words[at].gap
        return gap in _JOINING or (gap == "." and len(self._plain[at - 1]) < 6)

    def _before(self, at: int, floor: int, rank: bool) -> tuple[int, list[str], str | None, bool, bool]:
        """Where the phrase begins, its words before the noun, its owner, whether it is determined and whether owned."""
        first, kept, tried = at, list[str](), at
        before: list[str] = []
        owner: str | None = None
        owned = False
        unknown = 0
        while tried > max(floor, at - _MOST_BEFORE):
            gap, place = self.words[tried].gap, tried - 1
            word, name = self.words[place], self.names[place]
            if gap == "'":
                first, owner = self._owner(place, floor)
                return first, before, owner, True, True
            if not self._joined(tried):
                break
            if word.plain in DETERMINERS:
                return tried, before, owner, True, owned
            if owned and word.plain not in TIME:
                break
            if name is not None:
                if name.holds and name.sure:
                    break
                begin = self._begin(place)
                if begin < floor:
                    break
                first = tried = begin
                owner, owned = name.owner, True
                continue
            if word.plain in NATIONALITIES and word.capital:
                first = tried = place
                owner, owned = word.plain, True
                continue
            if _ORDINAL.fullmatch(word.plain):
                first = tried = place
                continue
            if word.plain in TIME or word.plain in STANDING or word.plain in OVER or self._and(place):
                tried = place
                before.insert(0, word.plain)
                if not unknown and word.plain != "and":
                    first = place
                continue
            if word.capital or unknown >= _UNKNOWN or not self.is_noun(place) or rank:
                break
            unknown += 1
            tried = place
            before.insert(0, word.plain)
        kept = [word.plain for word in self.words[first:at] if word.plain in before]
        return first, kept, owner, False, owned

    def _and(self, place: int) -> bool:
        return (
            self._plain[place] == "and"
            and 0 < place < len(self.words) - 1
            and self._plain[place - 1] in OVER
            and self._plain[place + 1] in OVER
            and self.words[place].gap == " "
        )

    def _owner(self, place: int, floor: int) -> tuple[int, str | None]:
        """From where the owner ending at `place` is written, and what it is called."""
        name = self.names[place]
        if name is not None:
            return max(floor, self._begin(place)), name.owner
        first = place
        while first > floor and self._joined(first) and self.is_noun(first - 1) and first > place - 3:
            first -= 1
        return first, None

    def _begin(self, place: int) -> int:
        """The first word of the name around `place`."""
        name = self.names[place]
        while place and name is not None and self.names[place - 1] is name:
            place -= 1
        return place

    def is_noun(self, place: int) -> bool:
        """Whether this may be a noun or an adjective in lower case."""
        plain = self._plain[place]
        if self.names[place] is not None or self.words[place].capital or not plain.isalpha():
            return False
        return not (
            plain in STOP_WORDS or plain in _VERBS or plain in DETERMINERS or plain.endswith(("ed", "ing", "ly"))
        )

    def _of(self, behind: int, key: str) -> tuple[int, list[str], str | None]:
        """Where the phrase ends, what the office is over, and whose it is."""
        end, over = behind, list[str]()
        owner: str | None = None
        for _ in range(_MOST_LINKS):
            if end >= len(self.words) or self.words[end].gap != " ":
                break
            preposition = self._plain[end]
            if preposition not in OF and key not in PREPOSITIONS.get(preposition, frozenset()):
                break
            start = end + 1
            if start < len(self.words) and self._plain[start] in DETERMINERS and self.words[start].gap == " ":
                start += 1
            stop = self._nominal(start)
            if stop <= start:
                break
            words = [word.plain for word in self.words[start:stop]]
            if preposition in OF and not over and owner is None and _is_over(words):
                over = words
            elif owner is None and preposition in (*OF, "at", "with"):
                owner = self._called(start, stop)
            end = stop
        return end, over, owner

    def _called(self, start: int, stop: int) -> str | None:
        """What an owner is called whose name is written here; None where it is only described."""
        name = self.names[start]
        if name is None and self._plain[start] in FIRST_WORDS and unit_at(self._plain[start:stop], 0):
            return None
        if name is not None and name.owner and (stop == len(self.words) or self.names[stop - 1] is name):
            return name.owner
        if name is None and self._plain[stop - 1] in FIELDS:
            return None
        if any(not word.capital and word.plain not in ("of", "the", "and", "for") for word in self.words[start:stop]):
            return None
        return key_of(self.text[self.words[start].start : self.words[stop - 1].end])

    def _nominal(self, start: int) -> int:
        """The place behind the nouns and names that stand here."""
        at, small, named = start, 0, False
        while at < len(self.words):
            word, name = self.words[at], self.names[at]
            if word.gap != " " and (at == start or not (self._joined(at) or word.gap == "'")):
                break
            if name is not None:
                if name.holds and name.start == word.start and (name.sure or at > start):
                    break
                while at < len(self.words) and self.names[at] is name:
                    at += 1
                named = True
                continue
            if word.plain == "and":
                if at == start or not self._goes_on(at + 1, named):
                    break
                at += 1
                continue
            if word.plain in FIRST_WORDS and unit_at(self._plain[at : at + 4], 0) and (at > start or word.capital):
                if at > start:
                    break
                at = (self._unit(at) or (at + 1, "", False))[0]
                named = True
                continue
            if word.capital and word.plain not in CALENDAR and word.plain not in STOP_WORDS:
                if at > start and word.plain not in OVER and self.holder(at + 1) is not None:
                    break
                named = True
            elif (
                word.plain.isdigit()
                or word.capital
                or (named and word.plain not in COMMON and word.gap != "'")
                or not (word.plain[0].isdigit() or self.is_noun(at))
                or small >= _MOST_SMALL
            ):
                break
            else:
                small += 1
            at += 1
        return at

    def _goes_on(self, at: int, named: bool) -> bool:
        if at >= len(self.words) or self.words[at].gap != " " or self._plain[at] in FIRST_WORDS:
            return False
        name = self.names[at]
        if name is not None:
            return not name.holds
        if self.words[at].capital:
            return named or self._plain[at] in OVER
        return not named and self.is_noun(at)


def with_owner(phrase: Phrase, owner: str | None) -> Phrase:
    """The phrase, of this owner where it names none."""
    return phrase if phrase.owner or owner is None else replace(phrase, owner=owner)


def _is_over(words: Sequence[str]) -> bool:
    """Whether "of" these words says what an office is over ("of foreign affairs")."""
    return all(word in OVER or word in SERVICES or word == "and" for word in words)


def _by_word(words: Sequence[Word], names: Sequence[Named]) -> list[Named | None]:
    starts = [name.start for name in names]
    found: list[Named | None] = []
    for word in words:
        at = bisect_right(starts, word.start) - 1
        found.append(names[at] if at >= 0 and word.end <= names[at].end else None)
    return found
