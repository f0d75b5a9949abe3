"""Which of a question's concepts a passage carries, and where."""

import asyncio
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kzbot.answers.searching.belonging import Belongings, Owner
from kzbot.answers.searching.concept import Concept
from kzbot.index.rows import ArticleRow, CarriedMentionRow, MarkRow, MentionRow, NameRow, PassageRow
from kzbot.language import words
from kzbot.language.false_friends import is_apart, may_be_apart
from kzbot.language.folding import fold_as_index

# What a heading or an article's date says of a passage counts for less than what it says itself.
BESIDE = 0.3
# How many characters may stand between words that are asked for side by side ("exchange of experience").
NEIGHBOURING = 10
MANY = 40
"""Concepts for which it takes a while to be prepared."""
# What stands in the asker's own words counts for more.
OWN_WORDS = 1.0
# What says the same in other words counts for less.
LOOSE = 0.9


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known of a passage beside its words: its article, which concepts its heading carries and how often, the
    names in the heading, the passage's own names, date marks, and names that the book does not list.

    `likened`: how often the heading says the same in other words; it speaks for the passage, but does not say it for it.
    """

    article: ArticleRow
    heading: Sequence[int] = ()
    likened: Sequence[int] = ()
    heading_names: frozenset[str] = frozenset()
    mentions: Sequence[MentionRow] = ()
    marks: Sequence[MarkRow] = ()
    carried: Sequence[CarriedMentionRow] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """`share`: the weight of what is carried among all that was asked, 0 to 1; `missing`: the concepts that are not; `unsaid`:
    those of them that its heading does not say in other words either.

    `own`: the same, with what only its heading or its article's date carries counted for less.
    `together`: the weight of neighbours of the question that stand side by side here, too.
    `highlights`: where the matched words stand, as offsets into the article's text, in order, end exclusive.
    `times`: for each concept, how often the passage carries it; its heading and its article's date count for less.
    """

    share: float
    own: float
    together: float
    missing: tuple[Concept, ...]
    unsaid: tuple[Concept, ...]
    highlights: tuple[tuple[int, int], ...]
    times: tuple[float, ...]


class Matcher:
    """Finds the words of a question's concepts in texts; made once for a question."""

    def __init__(self, concepts: Sequence[Concept], names: Mapping[str, NameRow]) -> None:
        self.concepts = concepts
        self.belongings = Belongings(concepts, names)
        self.in_all = sum(concept.weight for concept in concepts) or 1.0
        self._starting: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
        self._loose = [frozenset(concept.stems[len(concept.alternatives) :]) for concept in concepts]
        self._asked = [_alone(concept) for concept in concepts]
        self._worth: dict[tuple[int, str], float] = {}
        stems: set[str] = set()
        for at, concept in enumerate(concepts):
            # Names are known by their mentions: "us" is a word of its own, and "Leonard Cohen" another person.
            for sequence in () if concept.kind == "name" else dict.fromkeys(concept.stems):
                if sequence:
                    self._starting.setdefault(sequence[0], []).append((at, sequence))
                    stems.update(sequence)
        # A stem may differ from the words that it stands for in its last letters (happi, happy): they are left open.
        beginnings = sorted({re.escape(stem[: max(3, len(stem) - 2)]) for stem in stems})
        self.pattern = rf"(?<![^\W_])(?:{'|'.join(beginnings)})[^\W_]*" if beginnings else None
        self._stems = stems
        self._words: re.Pattern[str] | None = None

    async def ready(self) -> None:
        """Prepares for texts; hundreds of words take a while, during which others are let in."""
        if self.pattern is not None:
            self._words = await asyncio.to_thread(re.compile, self.pattern)

    def places(self, text: str, owners: Iterable[Owner] = ()) -> list[list[tuple[int, int]]]:
        """For each concept the places in `text` where its words stand side by side, as offsets, end exclusive.

        `owners`: the names in the text; what belongs to another one than it is asked for is left out.
        """
        found = self._places(text)
        return self.belongings.kept(text, found, owners) if self.belongings.matter else found

    def _places(self, text: str) -> list[list[tuple[int, int]]]:
        found: list[list[tuple[int, int]]] = [[] for _ in self.concepts]
        if self.pattern is None:
            return found
        if self._words is None:
            self._words = re.compile(self.pattern)
        folded = fold_as_index(text)
        stands = [
            (stem, match.start(), match.end(), match[0])
            for match in self._words.finditer(folded.text)
            if (stem := words.stem(match[0])) in self._stems
        ]
        for first, (stem, start, _, word) in enumerate(stands):
            for at, sequence in self._starting.get(stem, ()):
                if self._asked[at] is not None and is_apart(self._asked[at] or "", word):
                    continue
                last = first + len(sequence) - 1
                if last < len(stands) and all(
                    stands[first + step][0] == sequence[step]
                    and not any(map(str.isalnum, folded.text[stands[first + step - 1][2] : stands[first + step][1]]))
                    for step in range(1, len(sequence))
                ):
                    span = folded.original(start, stands[last][2])
                    if not found[at] or span.start >= found[at][-1][1]:
                        found[at].append((span.start, span.end))
        return found

    def worth(self, at: int, words_found: str) -> float:
        """What words that carry the concept at this place count for: less where they only say the same."""
        if not self._loose[at]:
            return 1.0
        known = self._worth.get((at, words_found))
        if known is None:
            stems = tuple(words.stem(token.word) for token in words.tokens(words_found))
            known = self._worth[at, words_found] = LOOSE if stems in self._loose[at] else 1.0
        return known


async def matcher_of(concepts: Sequence[Concept], names: Mapping[str, NameRow]) -> Matcher:
    """One that is ready; others are let in where its question is long."""
    matcher = Matcher(concepts, names)
    if len(concepts) > MANY:
        await matcher.ready()
    return matcher


def _alone(concept: Concept) -> str | None:
    """The word that is asked for, where its stem is also that of words that mean other things."""
    one = concept.alternatives[0] if concept.kind == "term" and concept.alternatives else ()
    return one[0] if len(one) == 1 and may_be_apart(one[0]) else None


def cover(matcher: Matcher, passage: PassageRow, around: Surroundings) -> Coverage:
    """What the passage carries, together with its heading and its article's date, and never more than that."""
    highlights: list[tuple[int, int]] = []
    missing: list[Concept] = []
    unsaid: tuple[Concept, ...] = ()
    times: list[float] = []
    carried = own = together = 0.0
    before: tuple[Concept, list[tuple[int, int]]] | None = None
    owners = (Owner(m.start - passage.start, m.end - passage.start, m.name) for m in around.mentions)
    for at, (concept, places) in enumerate(zip(matcher.concepts, matcher.places(passage.text, owners), strict=True)):
        here = [(passage.start + start, passage.start + end) for start, end in places]
        if concept.edition is not None:
            here = here if _of_edition(concept, around) else []
            often = float(_of_edition(concept, around))
        else:
            mentions = [mention for mention in around.mentions if mention.name in concept.names]
            here += [(mention.start, mention.end) for mention in mentions if mention.by != "reference"]
            often = (
                sum(matcher.worth(at, passage.text[start:end]) for start, end in places)
                + sum(_weight_of(mention, concept) for mention in mentions)
                + _beside(concept, at, around)
            )
            if concept.roots:
                more = [one for one in around.carried if one.root in concept.roots and not _within_any(one, here)]
                often += len(more)
                here += [(one.start, one.end) for one in more if one.by != "reference"]
        highlights += here
        if before is not None and _side_by_side(before[1], here):
            together += min(before[0].weight, concept.weight)
        before = concept, here
        likened = around.likened[at] if around.likened else 0
        times.append(often + BESIDE * likened)
        own += concept.weight * concept.trust * min(1.0, times[-1])
        if often:
            carried += concept.weight * concept.trust
        else:
            missing.append(concept)
            unsaid += () if likened else (concept,)
    share, by_itself = carried / matcher.in_all, own / matcher.in_all
    return Coverage(share, by_itself, together, tuple(missing), unsaid, tuple(_merged(highlights)), tuple(times))


def _within_any(mention: CarriedMentionRow, places: Sequence[tuple[int, int]]) -> bool:
    return any(start < mention.end and mention.start < end for start, end in places)


def _weight_of(mention: MentionRow, concept: Concept) -> float:
    """A mention counts for more where it has the asker's own spelling."""
    return 1 + OWN_WORDS * (concept.asked.casefold() in mention.words.casefold())


def _beside(concept: Concept, at: int, around: Surroundings) -> float:
    """How often the concept is carried by dates and by the heading."""
    often = 0.0
    if concept.kind == "date":
        own, article = _dated(concept, around)
        often += own or BESIDE * article
    if not around.heading_names.isdisjoint(concept.names):
        often += BESIDE
    elif concept.kind != "phrase" and around.heading:
        often += BESIDE * around.heading[at]
    return often


def _of_edition(concept: Concept, around: Surroundings) -> bool:
    """Whether the passage speaks of the name in that year: by the year in the name, or by a date beside it."""
    mentions = [mention for mention in around.mentions if mention.name in concept.names]
    if any(mention.edition for mention in mentions):
        return any(mention.edition == concept.edition for mention in mentions)
    named = bool(mentions) or not around.heading_names.isdisjoint(concept.names)
    return named and bool(_dated(concept, around)[0])


def _dated(concept: Concept, around: Surroundings) -> tuple[float, bool]:
    """How many date marks lie within the asked days, and whether the article's date does."""
    article = around.article
    own = sum(
        1 + OWN_WORDS * _share_words(concept, row.mark.words or "")
        for row in around.marks
        if _within(concept, row.mark.earliest, row.mark.latest)
    )
    if not article.published_earliest or not article.published_latest:
        return own, False
    first, last = date.fromisoformat(article.published_earliest), date.fromisoformat(article.published_latest)
    return own, _within(concept, first, last)


def _share_words(concept: Concept, marked: str) -> bool:
    asked = {word for sequence in concept.alternatives for word in sequence}
    return any(token.word in asked for token in words.tokens(marked))


def _within(concept: Concept, first: date | None, last: date | None) -> bool:
    if first is None or last is None or concept.first is None or concept.last is None:
        return False
    return concept.first <= first and last <= concept.last


def _side_by_side(ones: Sequence[tuple[int, int]], others: Sequence[tuple[int, int]]) -> bool:
    return any(0 <= other[0] - one[1] <= NEIGHBOURING for one in ones for other in others)


def _merged(places: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(places):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
