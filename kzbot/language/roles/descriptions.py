"""What is said of a name behind it: an apposition, "X is ...", an appointment, who followed whom."""

from kzbot.language.roles.phrases import Phrase
from kzbot.language.roles.reading import Reading
from kzbot.language.roles.role import Named
from kzbot.language.roles.tables import (
    ADVERBS,
    AFTER_OFFICE,
    ALSO_ADJECTIVES,
    APPOINTED,
    BROAD,
    COMPANY,
    DETERMINERS,
    LEFT,
    LINKING,
    REPLACED,
    SAYING,
    SERVED,
    UNREAL,
    VERBS_OF_OFFICE,
)
from kzbot.language.words import STOP_WORDS

_FAR = 6
_BETWEEN = frozenset(("who", "has", "had", "have", "will", "be", "as", "to", "down", "over", "office", "in"))

Held = tuple[Named, bool]
"""A holder, and whether the words say that it is over."""


class Descriptions:
    """Finds of whom the phrases of a sentence are said that are no title before a name (`titles`: the places of those)."""

    def __init__(self, reading: Reading, titles: frozenset[int]) -> None:
        self._read, self._titles = reading, titles
        self.held: dict[int, list[Held]] = {}
        """The holders of each phrase that is said of somebody."""
        for place in range(len(reading.phrases)):
            if place not in titles:
                before = reading.joined_before.get(place, -1)
                self.held[place] = self._described(place) or self.held.get(before, [])

    def _described(self, place: int) -> list[Held]:
        phrase = self._read.phrases[place]
        if phrase.plural:
            return []
        first = self._read.article(phrase)
        holder = self._read.ends_before(first)
        gap = self._read.gap(first)
        if holder is None and gap == "," and self._read.plain(first - 1).isdigit() and self._read.gap(first - 1) == ",":
            holder = self._read.ends_before(first - 1)
        if holder is not None and self._read.opened(first):
            return [(holder, False)] if self._is_apposition(place, holder, first) else []
        if self._read.plain(phrase.noun) in VERBS_OF_OFFICE:
            name = self._read.ends_before(first - 1)
            return [(name, False)] if name is not None else []
        return self._told(phrase, first) if gap == " " else []

    def _is_apposition(self, place: int, holder: Named, first: int) -> bool:
        phrase = self._read.phrases[place]
        end = self._read.phrases[self._read.last[place]].end
        if not holder.full and (phrase.unit in BROAD or phrase.unit in COMPANY):
            return False
        if not holder.sure and phrase.unit in BROAD and phrase.bare:
            return False
        near = end < len(self._read.words) and self._read.gap(end) != ","
        if near and (self._read.holder(end) is not None or self._read.begins.get(end) in self._titles):
            return False
        the = self._read.plain(first) in DETERMINERS
        if not self._read.closed(end) and (the or not (self._and_another(end) or self._says(end))):
            return False
        listed = end < len(self._read.words) and self._read.plain(end) in ("and", "or") and "," in self._read.gap(end)
        if not the or end >= len(self._read.words):
            return True
        if listed:
            return self._read.holder(end + 1) is not None and not phrase.bare
        another = self._read.plain(end) in DETERMINERS or self._read.holder(end) is not None
        return not (another and self._read.gap(end) == ",")

    def _says(self, at: int) -> bool:
        """Whether a verb of saying follows (the second comma was forgotten), or since when."""
        return self._read.plain(at) in SAYING or self._read.plain(at) in AFTER_OFFICE

    def _and_another(self, at: int) -> bool:
        """Whether "and" goes on with another person."""
        if at + 1 >= len(self._read.words) or self._read.plain(at) != "and":
            return False
        following = self._read.holder(at + 1)
        return (following is not None and following.sure) or self._read.begins.get(at + 1) in self._titles

    def _told(self, phrase: Phrase, at: int) -> list[Held]:
        """Of whom the verb before this word says that they are, became, were appointed what follows, or that they were it."""
        if phrase.unit in ALSO_ADJECTIVES and phrase.end < len(self._read.words) and self._read.is_noun(phrase.end):
            return []
        place, linked, left = at - 1, False, False
        as_ = place >= 0 and self._read.plain(place) == "as"
        for _ in range(_FAR):
            following = self._read.words[place + 1]
            if place < 0 or not (
                following.gap == " "
                or (following.gap == "," and (following.plain == "who" or following.plain in APPOINTED))
            ):
                return []
            name = self._read.ends_before(place + 1)
            if name is not None:
                if linked or self._made_before(name):
                    return [] if self._unreal(name) else [(name, False)]
                if left and as_:
                    return [] if self._unreal(name) else [(name, True)]
                return self._replaced(name) if as_ and place == at - 2 else []
            word = self._read.plain(place)
            if word in SERVED:
                linked = linked or as_
            elif word in LINKING or word in APPOINTED:
                linked = True
            elif word in LEFT:
                left = True
            elif not (word in ADVERBS or word in _BETWEEN) or (word == "as" and place != at - 1):
                return []
            place -= 1
        return []

    def _replaced(self, name: Named) -> list[Held]:
        """Who is followed in an office by whom: "X replaced Y as"."""
        verb = self._read.first_word(name) - 1
        if verb < 0 or self._read.plain(verb) not in REPLACED or self._read.gap(verb + 1) != " ":
            return []
        at = verb
        while at and self._read.plain(at - 1) in ("will", "has", "had", "who") and self._read.gap(at) == " ":
            at -= 1
        follows = self._read.ends_before(at) if self._read.gap(verb) == " " else None
        found = [(name, True)]
        if follows is not None and self._read.gap(at) == " " and not self._unreal(follows):
            found.append((follows, False))
        return found

    def _made_before(self, name: Named) -> bool:
        """Whether a verb before the name, and what describes it, gives an office ("appointed veteran pilot X captain")."""
        at = self._read.first_word(name)
        for place in range(at - 1, max(-1, at - _FAR), -1):
            plain = self._read.plain(place)
            if self._read.gap(place + 1) != " " or plain in STOP_WORDS:
                return False
            if plain in APPOINTED:
                return True
            if plain in SAYING:
                return False
        return False

    def _unreal(self, name: Named) -> bool:
        begin = self._read.first_word(name)
        return begin > 0 and self._read.plain(begin - 1) in UNREAL
