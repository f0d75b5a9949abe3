"""The roles that a sentence gives to the persons named in it."""

from collections.abc import Iterator, Sequence

from kzbot.language.roles.phrases import Phrase, Phrases, with_owner
from kzbot.language.roles.role import Named, Role
from kzbot.language.roles.tables import (
    ADVERBS,
    AFTER_OFFICE,
    ALSO_ADJECTIVES,
    APPOINTED,
    BROAD,
    COMPANY,
    DETERMINERS,
    FIRST_WORDS,
    LEFT,
    LINKING,
    OVER,
    REPLACED,
    SAYING,
    SERVED,
    UNREAL,
    VERBS_OF_OFFICE,
    WEAK,
)
from kzbot.language.roles.words import words_of
from kzbot.language.spans import Span
from kzbot.language.words import tokens

_FAR = 6
_CLOSING = frozenset((",", ";", ":", ")", ").", "),", ".", "—", "–", "--", "-", '"', "”", ',"', ",”", "''", ",''"))
_OPENING = frozenset((",", "(", "—", "–", "--"))
_BETWEEN = frozenset(("who", "has", "had", "have", "will", "be", "as", "to", "down", "over", "office"))
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


def find_roles(text: str, sentence: Span, names: Sequence[Named]) -> list[Role]:
    """The roles in `text[start:end]` of `sentence`, in order; `names` are the names in it, persons and others, in order.

    Only what the words plainly give counts: a title before a name, an apposition, "X is ...", an appointment.
    """
    if not any(name.holds for name in names):
        return []
    if not any(token.word in FIRST_WORDS or token.word in VERBS_OF_OFFICE for token in tokens(text[slice(*sentence)])):
        return []
    finder = _Finder(text, sentence, names)
    return sorted(dict.fromkeys(finder.roles()), key=lambda role: (role.start, role.end, role.holder_start))


class _Finder:
    def __init__(self, text: str, sentence: Span, names: Sequence[Named]) -> None:
        self._text, self._sentence = text, sentence
        self._words = words_of(text, sentence)
        self._phrases = Phrases(text, self._words, names)
        self._all = self._phrases.all()
        self._from = {phrase.first: place for place, phrase in enumerate(self._all)}

    def roles(self) -> Iterator[Role]:
        """All roles, in no order."""
        taken: dict[int, list[Named]] = {}
        for place in reversed(range(len(self._all))):
            phrase = self._all[place]
            holders = self._titled(phrase, place, taken)
            if holders:
                taken[place] = holders
        owners = self._owners()
        for place, phrase in enumerate(self._all):
            titled = [(holder, False) for holder in taken.get(place, ())]
            for holder, former in titled or self._described(place, taken):
                yield self._role(with_owner(phrase, owners.get(place)), holder, former=former)

    # --- a title before a name
    def _titled(self, phrase: Phrase, place: int, taken: dict[int, list[Named]]) -> list[Named]:
        end = phrase.end
        if end >= len(self._words):
            return []
        gap = self._words[end].gap
        if gap in (" ", "-") or (gap == "." and end == phrase.behind):
            holder = self._phrases.holder(end)
            if holder and self._may_title(phrase, holder):
                return self._listed(phrase, end, holder)
            following = self._from.get(end)
            if following is not None and following in taken and not phrase.plural:
                return taken[following][:1]
        joined = self._joined(place)
        if joined is not None and joined in taken:
            return taken[joined][:1]
        if gap == "," and not phrase.plural:
            holder = self._phrases.holder(end)
            if holder and self._named_behind(phrase, holder, end):
                return [holder]
            following = self._from.get(end, -1)
            if following in taken and self._all[following].rank and (phrase.determined or phrase.owned):
                holder = taken[following][0]
                if self._closed(self._behind(holder)):
                    return [holder]
        return []

    def _may_title(self, phrase: Phrase, holder: Named) -> bool:
        """Whether a phrase that stands at once before a name is its title."""
        noun = self._words[phrase.noun]
        if holder.sure:
            return not (phrase.bare and not noun.capital and self._is_relative(phrase))
        if phrase.end > phrase.behind:
            last = self._words[phrase.end - 1]
            return holder.full and (last.capital or last.plain in OVER)
        if phrase.bare and not noun.capital and self._is_relative(phrase):
            return False
        if phrase.unit not in WEAK:
            return holder.full or phrase.noun > 0 or noun.capital
        if phrase.rank:
            sure = phrase.noun > 0 or phrase.owned or self._text[noun.end] == "."
            return noun.capital and (sure or (holder.full and phrase.unit != "major"))
        return (phrase.owned or phrase.end - phrase.first > 1) and holder.full

    def _is_relative(self, phrase: Phrase) -> bool:
        """Whether an article before the noun leaves open that a clause follows ("the president Norvik chose")."""
        return phrase.first > 0 and self._words[phrase.first - 1].plain in ("the", "a", "an", "that", "this")

    def _listed(self, phrase: Phrase, at: int, holder: Named) -> list[Named]:
        """Who is meant: of "Ministers" all names that are listed there."""
        found = [holder]
        if not phrase.plural:
            return found
        at = self._behind(holder)
        while at < len(self._words):
            word = self._words[at]
            step = at + 1 if word.plain == "and" and word.gap in (" ", ",") else at
            gap = self._words[step].gap if step < len(self._words) else ""
            following = self._phrases.holder(step)
            if following is None or gap not in (" ", ",") or (step == at and gap != ","):
                break
            found.append(following)
            at = self._behind(following)
            if word.plain == "and":
                break
        return found if len(found) > 1 else []

    def _named_behind(self, phrase: Phrase, holder: Named, at: int) -> bool:
        """Whether "the minister, Norvik," names the minister."""
        begins = self._first_joined(phrase)
        if not (begins.determined or begins.owned or phrase.end > phrase.behind):
            return False
        if self._name_before(begins) is not None or not self._closed(self._behind(holder)):
            return False
        behind = self._behind(holder)
        listed = behind < len(self._words) and self._words[behind].plain in ("and", "or")
        if listed and not (begins.owned or phrase.end > phrase.behind or self._is_long(holder)):
            return False
        first = self._words[0].plain
        commas = any("," in word.gap for word in self._words[1 : begins.first])
        return not (first in _SUBORDINATE and not commas)

    # --- an apposition, a copula, an appointment behind a name
    def _described(self, place: int, taken: dict[int, list[Named]]) -> list[tuple[Named, bool]]:
        phrase = self._all[place]
        if phrase.plural:
            return []
        first = self._article(phrase)
        holder = self._ends_before(first)
        gap = self._words[first].gap
        if (
            holder is None
            and gap == ","
            and self._words[first - 1].plain.isdigit()
            and self._words[first - 1].gap == ","
        ):
            holder = self._ends_before(first - 1)
        if holder is not None and gap in _OPENING:
            return [(holder, False)] if self._is_apposition(place, holder, first, taken) else []
        if self._words[phrase.noun].plain in VERBS_OF_OFFICE:
            name = self._ends_before(first - 1)
            return [(name, False)] if name is not None else []
        if gap == " ":
            told = self._told(phrase, first)
            if told:
                return told
        before = self._joined_before(place)
        return self._described(before, taken) if before is not None else []

    def _article(self, phrase: Phrase) -> int:
        """The place of the article before a phrase, or of its first word."""
        before = phrase.first - 1
        if before >= 0 and self._words[before].plain in DETERMINERS and self._words[phrase.first].gap == " ":
            return before
        return phrase.first

    def _ends_before(self, at: int) -> Named | None:
        """The person's name that ends at once before this word."""
        name = self._phrases.names[at - 1] if at else None
        return name if name is not None and name.holds else None

    def _is_apposition(self, place: int, holder: Named, first: int, taken: dict[int, list[Named]]) -> bool:
        phrase = self._all[place]
        last = self._last_joined(place)
        end = self._all[last].end
        if not holder.full and (phrase.unit in BROAD or phrase.unit in COMPANY):
            return False
        if not holder.sure and phrase.unit in BROAD and phrase.bare:
            return False
        if self._phrases.holder(end) is not None or self._from.get(end) in taken:
            return False
        the = self._words[first].plain in DETERMINERS
        if not self._closed(end) and (the or not (self._and_another(end, taken) or self._says(end))):
            return False
        listed = end < len(self._words) and self._words[end].plain in ("and", "or") and "," in self._words[end].gap
        if not the or end >= len(self._words):
            return True
        if listed:
            return self._phrases.holder(end + 1) is not None and not phrase.bare
        return not (self._words[end].plain in DETERMINERS and self._words[end].gap == ",")

    def _closed(self, at: int) -> bool:
        """Whether what ends before this word is closed there: by a comma, a bracket, the sentence's end."""
        if at >= len(self._words):
            return True
        return self._words[at].gap in _CLOSING or self._words[at].plain in ("who", "whose")

    def _says(self, at: int) -> bool:
        """Whether a verb of saying follows (the second comma was forgotten), or since when."""
        return self._words[at].plain in SAYING or self._words[at].plain in AFTER_OFFICE

    def _and_another(self, at: int, taken: dict[int, list[Named]]) -> bool:
        if at + 1 >= len(self._words) or self._words[at].plain != "and":
            return False
        return self._phrases.holder(at + 1) is not None or self._from.get(at + 1) in taken

    def _told(self, phrase: Phrase, at: int) -> list[tuple[Named, bool]]:
        """Of whom the verb before this word says that they are, became, were appointed what follows, or that they were it."""
        if phrase.unit in ALSO_ADJECTIVES and phrase.end < len(self._words) and self._phrases.is_noun(phrase.end):
            return []
        place, linked, left = at - 1, False, False
        as_ = place >= 0 and self._words[place].plain == "as"
        for _ in range(_FAR):
            following = self._words[place + 1]
            if place < 0 or not (
                following.gap == " "
                or (following.gap == "," and (following.plain == "who" or following.plain in APPOINTED))
            ):
                return []
            name = self._ends_before(place + 1)
            if name is not None:
                if linked or self._made_before(name):
                    return [] if self._unreal(name) else [(name, False)]
                if left and as_:
                    return [] if self._unreal(name) else [(name, True)]
                return self._replaced(name) if as_ and place == at - 2 else []
            word = self._words[place].plain
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

    def _replaced(self, name: Named) -> list[tuple[Named, bool]]:
        """Who is followed in an office by whom: "X replaced Y as"."""
        verb = self._first_word(name) - 1
        if verb < 0 or self._words[verb].plain not in REPLACED or self._words[verb + 1].gap != " ":
            return []
        at = verb
        while at and self._words[at - 1].plain in ("will", "has", "had", "who") and self._words[at].gap == " ":
            at -= 1
        follows = self._ends_before(at) if self._words[verb].gap == " " else None
        found = [(name, True)]
        if follows is not None and self._words[at].gap == " " and not self._unreal(follows):
            found.append((follows, False))
        return found

    def _made_before(self, name: Named) -> bool:
        """Whether a verb before the name gives an office ("appointed X chief executive")."""
        begin = self._first_word(name)
        if begin == 0 or self._words[begin].gap != " ":
            return False
        return self._words[begin - 1].plain in APPOINTED

    def _unreal(self, name: Named) -> bool:
        begin = self._first_word(name)
        return begin > 0 and self._words[begin - 1].plain in UNREAL

    # --- "president and chief executive"
    def _joined(self, place: int) -> int | None:
        """The phrase that "and" joins to this one, where one person often has both."""
        phrase = self._all[place]
        end = phrase.end
        if end + 1 >= len(self._words) or phrase.plural:
            return None
        gap, listed = self._words[end].gap, self._words[end].plain == "and"
        other = self._from.get(end + 1 if listed else end)
        if (
            other is None
            or (gap not in (" ", ",") if listed else gap != ",")
            or self._words[end + 1].gap not in (" ", "-")
        ):
            return None
        following = self._all[other]
        if following.plural or following.determined or following.owned:
            return None
        if phrase.unit in COMPANY and following.unit in COMPANY:
            return other
        return other if listed and gap == " " and self._described_only(phrase, following) else None

    def _described_only(self, phrase: Phrase, following: Phrase) -> bool:
        """Whether both can only be said of the name before them ("Hall, minister of trade and chairman of the board,")."""
        behind = following.end
        if self._name_before(phrase) is None or self._phrases.holder(behind) or behind in self._from:
            return False
        return self._closed(behind)

    def _joined_before(self, place: int) -> int | None:
        return place - 1 if place and self._joined(place - 1) == place else None

    def _last_joined(self, place: int) -> int:
        while (following := self._joined(place)) is not None:
            place = following
        return place

    def _first_joined(self, phrase: Phrase) -> Phrase:
        place = self._from[phrase.first]
        while (before := self._joined_before(place)) is not None:
            place = before
        return self._all[place]

    def _owners(self) -> dict[int, str]:
        """The owner that a phrase has from the one that "and" joins it to."""
        owners = {place: phrase.owner for place, phrase in enumerate(self._all) if phrase.owner}
        pairs = [(place, joined) for place in range(len(self._all)) if (joined := self._joined(place)) is not None]
        pairs = [(one, two) for one, two in pairs if {self._all[one].unit, self._all[two].unit} <= COMPANY]
        for one, other in pairs:
            if one in owners and self._all[other].end == self._all[other].behind:
                owners.setdefault(other, owners[one])
        for one, other in reversed(pairs):
            if other in owners and self._all[one].end == self._all[one].behind and not self._all[one].owned:
                owners.setdefault(one, owners[other])
        return owners

    # --- places
    def _first_word(self, name: Named) -> int:
        return next(place for place, known in enumerate(self._phrases.names) if known is name)

    def _behind(self, name: Named) -> int:
        """The place behind a name's last word."""
        at = self._first_word(name)
        while at < len(self._words) and self._phrases.names[at] is name:
            at += 1
        return at

    def _is_long(self, name: Named) -> bool:
        """Whether the name stands here with several words."""
        return self._behind(name) - self._first_word(name) > 1

    def _name_before(self, phrase: Phrase) -> Named | None:
        first = self._article(phrase)
        return self._ends_before(first) if self._words[first].gap in _OPENING else None

    def _role(self, phrase: Phrase, holder: Named, *, former: bool) -> Role:
        start, end = self._words[phrase.first].start, self._words[phrase.end - 1].end
        if phrase.end == phrase.behind and end < holder.start and self._text[end] == ".":
            end += 1
        words = self._text[start:end]
        where = (holder.start, holder.end, holder.person, holder.carried)
        return Role(start, end, words, *where, phrase.office, phrase.owner, phrase.former or former)
