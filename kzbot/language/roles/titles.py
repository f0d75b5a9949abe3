"""Titles: a role phrase before the name of who holds it."""

from kzbot.language.roles.phrases import Phrase
from kzbot.language.roles.reading import Reading
from kzbot.language.roles.role import Named
from kzbot.language.roles.tables import APPOINTED, LINKING, OVER, WEAK

_SUBORDINATE = frozenset(
    [
        "after",
        "before",
        "when",
        "while",
        "during",
        "following",
        "with",
        "according",
        "as",
        "since",
        "in",
        "at",
        "for",
        "on",
        "from",
        "by",
        "speaking",
        "meeting",
        "to",
        "unlike",
        "like",
        "under",
        "if",
        "although",
        "though",
        "because",
    ]
)
_SAID_BEFORE = LINKING | APPOINTED | {"as"}
"""Behind these a phrase is said of who stands before it."""


class Titles:
    """Finds whom the phrases of a sentence stand before."""

    def __init__(self, reading: Reading) -> None:
        self._read = reading
        self._comma = next((at for at in range(1, len(reading.words)) if "," in reading.gap(at)), len(reading.words))
        self.held: dict[int, list[Named]] = {}
        """The holders of each phrase that is a title."""
        for place in reversed(range(len(reading.phrases))):
            holders = self._titled(place)
            if holders:
                self.held[place] = holders

    def _titled(self, place: int) -> list[Named]:
        phrase, taken = self._read.phrases[place], self.held
        end = phrase.end
        if end >= len(self._read.words):
            return []
        gap = self._read.gap(end)
        if gap in (" ", "-") or (gap == "." and end == phrase.behind):
            holder = self._read.holder(end)
            if holder and self._may_title(phrase, holder):
                return self._listed(phrase, end, holder)
            following = self._read.begins.get(end)
            if following is not None and following in taken and not phrase.plural:
                return taken[following][:1]
        joined = self._read.joined[place]
        if joined is not None and joined in taken:
            return taken[joined][:1]
        if gap == "," and not phrase.plural:
            holder = self._read.holder(end)
            if holder and self._named_behind(phrase, holder, end):
                return [holder]
            following = self._read.begins.get(end, -1)
            if following in taken and self._read.phrases[following].rank and (phrase.determined or phrase.owned):
                holder = taken[following][0]
                if self._read.closed(self._read.behind(holder)):
                    return [holder]
        return []

    def _may_title(self, phrase: Phrase, holder: Named) -> bool:
        """Whether a phrase that stands at once before a name is its title."""
        noun = self._read.words[phrase.noun]
        if holder.sure:
            return not (phrase.bare and not noun.capital and self._is_relative(phrase))
        if phrase.end > phrase.behind:
            last = self._read.words[phrase.end - 1]
            return holder.full and (last.capital or last.plain in OVER)
        if phrase.bare and not noun.capital and self._is_relative(phrase):
            return False
        if phrase.unit not in WEAK:
            return holder.full or phrase.noun > 0 or noun.capital
        if phrase.rank:
            sure = phrase.noun > 0 or phrase.owned or self._read.text[noun.end] == "."
            return noun.capital and (sure or (holder.full and phrase.unit != "major"))
        return (phrase.owned or phrase.end - phrase.first > 1) and holder.full

    def _is_relative(self, phrase: Phrase) -> bool:
        """Whether an article before the noun leaves open that a clause follows ("the president Norvik chose")."""
        return phrase.first > 0 and self._read.plain(phrase.first - 1) in ("the", "a", "an", "that", "this")

    def _listed(self, phrase: Phrase, at: int, holder: Named) -> list[Named]:
        """Who is meant: of "Ministers" all names that are listed there."""
        found = [holder]
        if not phrase.plural:
            return found
        at = self._read.behind(holder)
        while at < len(self._read.words):
            word = self._read.words[at]
            step = at + 1 if word.plain == "and" and word.gap in (" ", ",") else at
            gap = self._read.gap(step) if step < len(self._read.words) else ""
            following = self._read.holder(step)
            if following is None or gap not in (" ", ",") or (step == at and gap != ","):
                break
            found.append(following)
            at = self._read.behind(following)
            if word.plain == "and":
                break
        return found if len(found) > 1 else []

    def _named_behind(self, phrase: Phrase, holder: Named, at: int) -> bool:
        """Whether "the minister, Norvik," names the minister."""
        begins = self._first_joined(phrase)
        if not (begins.determined or begins.owned or phrase.end > phrase.behind):
            return False
        if not holder.full or self._read.plain(self._read.article(begins) - 1) in _SAID_BEFORE:
            return False
        if self._read.name_before(begins) is not None or not self._read.closed(self._read.behind(holder)):
            return False
        behind = self._read.behind(holder)
        listed = behind < len(self._read.words) and self._read.plain(behind) in ("and", "or")
        if listed and not (begins.owned or phrase.end > phrase.behind or self._read.is_long(holder)):
            return False
        return not (self._read.plain(0) in _SUBORDINATE and begins.first <= self._comma)

    def _first_joined(self, phrase: Phrase) -> Phrase:
        before = self._read.joined_before.get(self._read.begins[phrase.first])
        return self._read.phrases[before] if before is not None else phrase
