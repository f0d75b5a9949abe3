"""A sentence read for roles: its words, its names, its role phrases, and which of these belong together."""

from collections.abc import Sequence

from kzbot.language.roles.phrases import Phrase, phrases_of
from kzbot.language.roles.role import Named
from kzbot.language.roles.sentence import Sentence
from kzbot.language.roles.tables import COMPANY, DETERMINERS
from kzbot.language.roles.words import words_of
from kzbot.language.spans import Span

_CLOSING = frozenset((",", ";", ":", ")", ").", "),", "—", "–", "--", "-", '"', "”", ',"', ",”", "''", ",''"))
_OPENING = frozenset((",", "(", "—", "–", "--"))


class Reading:
    """One sentence: `words`, `phrases` in order, and by place among the words the phrase that begins there."""

    def __init__(self, text: str, sentence: Span, names: Sequence[Named]) -> None:
        self.text = text
        self._read = Sentence(text, words_of(text, sentence), names)
        self.words, self.gap, self.plain = self._read.words, self._read.gap, self._read.plain
        self.holder, self.is_noun = self._read.holder, self._read.is_noun
        self.phrases = phrases_of(self._read)
        self.begins = {phrase.first: place for place, phrase in enumerate(self.phrases)}
        self._places: dict[Named, tuple[int, int]] = {}
        for at, name in enumerate(self._read.names):
            if name is not None:
                self._places[name] = (self._places.get(name, (at, at))[0], at + 1)
        self.joined = [self._joined(place) for place in range(len(self.phrases))]
        """For each phrase the one that "and" or a comma joins to it, where one person has both."""
        self.joined_before = {other: place for place, other in enumerate(self.joined) if other is not None}
        self.last = list(range(len(self.phrases)))
        """For each phrase the last one that is so joined to it."""
        for place in reversed(range(len(self.phrases))):
            other = self.joined[place]
            if other is not None:
                self.last[place] = self.last[other]

    def ends_before(self, at: int) -> Named | None:
        """The person's name that ends at once before this word."""
        name = self._read.names[at - 1] if at else None
        return name if name is not None and name.holds else None

    def first_word(self, name: Named) -> int:
        """The place of the name's first word."""
        return self._places[name][0]

    def behind(self, name: Named) -> int:
        """The place behind the name's last word."""
        return self._places[name][1]

    def is_long(self, name: Named) -> bool:
        """Whether the name stands here with several words."""
        return self.behind(name) - self.first_word(name) > 1

    def article(self, phrase: Phrase) -> int:
        """The place of the article before a phrase, or of its first word."""
        before = phrase.first - 1
        the = before >= 0 and self.plain(before) in DETERMINERS and self.gap(phrase.first) == " "
        return before if the else phrase.first

    def closed(self, at: int) -> bool:
        """Whether what ends before this word is closed there: by a comma, a bracket, the sentence's end."""
        return at >= len(self.words) or self.gap(at) in _CLOSING or self.plain(at) in ("who", "whose")

    def opened(self, at: int) -> bool:
        """Whether a comma, a bracket or a dash stands before this word."""
        return self.gap(at) in _OPENING

    def name_before(self, phrase: Phrase) -> Named | None:
        """The person's name that a phrase follows, behind a comma."""
        first = self.article(phrase)
        return self.ends_before(first) if self.opened(first) else None

    def owners(self) -> dict[int, str]:
        """The owner of each phrase; one that is joined to another in a company may have that one's."""
        owners = {place: phrase.owner for place, phrase in enumerate(self.phrases) if phrase.owner}
        pairs = [(one, two) for one, two in enumerate(self.joined) if two is not None and self._of_company(one, two)]
        for one, other in pairs:
            if one in owners and self.phrases[other].end == self.phrases[other].behind:
                owners.setdefault(other, owners[one])
        for one, other in reversed(pairs):
            phrase = self.phrases[one]
            if other in owners and phrase.end == phrase.behind and not phrase.owned:
                owners.setdefault(one, owners[other])
        return owners

    def _of_company(self, one: int, other: int) -> bool:
        return self.phrases[one].unit in COMPANY and self.phrases[other].unit in COMPANY

    def _joined(self, place: int) -> int | None:
        phrase = self.phrases[place]
        end = phrase.end
        listed = self.plain(end) == "and"
        other = self.begins.get(end + 1 if listed else end)
        if other is None or phrase.plural or self.gap(end) not in ((" ", ",") if listed else (",",)):
            return None
        following = self.phrases[other]
        if following.plural or following.determined or following.owned or self.gap(end + 1) not in (" ", "-"):
            return None
        if self._of_company(place, other):
            return other
        return other if listed and self.gap(end) == " " and self._described_only(phrase, following) else None

    def _described_only(self, phrase: Phrase, following: Phrase) -> bool:
        """Whether both can only be said of the name before them ("Hall, minister of trade and chairman of the board,")."""
        behind = following.end
        if self.name_before(phrase) is None or self.holder(behind) or behind in self.begins:
            return False
        return self.closed(behind)
