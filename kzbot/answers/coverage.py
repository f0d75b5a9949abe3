"""Which of a question's concepts a passage carries, and where."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from kzbot.answers.concepts import Concept
from kzbot.index.rows import ArticleRow, MarkRow, MentionRow
from kzbot.index.searching import Hit
from kzbot.language import words
from kzbot.language.folding import fold_as_index
from kzbot.language.spans import Span


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stand side by side: their stems, and each one's offsets into the text."""

    stems: tuple[str, ...]
    spans: tuple[Span, ...]

    def places(self, concept: Concept) -> Iterator[tuple[int, int]]:
        """Where an alternative of the concept stands, as offsets."""
        for sequence in concept.stems:
            for first in range(len(self.stems) - len(sequence) + 1 if sequence else 0):
                if self.stems[first : first + len(sequence)] == sequence:
                    yield self.spans[first][0], self.spans[first + len(sequence) - 1][1]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known of a passage beside its words: its article, its heading's words and names, the names in it, its
    date marks."""

    article: ArticleRow
    heading: Sequence[Run] = ()
    heading_names: frozenset[str] = frozenset()
    mentions: Sequence[MentionRow] = ()
    marks: Sequence[MarkRow] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """`share`: the weight of what is carried among all that was asked, 0 to 1; `missing`: the concepts that are not.

    `highlights`: where the matched words stand, as offsets into the article's text, in order, end exclusive.
    """

    share: float
    missing: tuple[Concept, ...]
    highlights: tuple[tuple[int, int], ...]


class Matcher:
    """Finds the words of a question's concepts in texts; made once for a question."""

    def __init__(self, concepts: Sequence[Concept]) -> None:
        stems = {stem for concept in concepts for sequence in concept.stems for stem in sequence}
        # A stem may differ from the words that it stands for in its last letters (happi, happy): they are left open.
        beginnings = sorted({re.escape(stem[: max(3, len(stem) - 2)]) for stem in stems})
        self._words = re.compile(rf"\b(?:{'|'.join(beginnings)})\w*") if beginnings else None
        self._stems = stems
        self.concepts = concepts

    def runs(self, text: str) -> list[Run]:
        """The words of the concepts that stand in the text, those side by side together."""
        if self._words is None:
            return []
        folded = fold_as_index(text)
        runs: list[list[tuple[str, int, int]]] = []
        for match in self._words.finditer(folded.text):
            for token in words.tokens(match[0]):
                stem, start, end = words.stem(token.word), match.start() + token.start, match.start() + token.end
                if stem in self._stems:
                    last = runs[-1][-1][2] if runs else -1
                    if runs and not any(character.isalnum() for character in folded.text[last:start]):
                        runs[-1].append((stem, start, end))
                    else:
                        runs.append([(stem, start, end)])
        return [Run(tuple(w[0] for w in run), tuple(folded.original(w[1], w[2]) for w in run)) for run in runs]


def cover(matcher: Matcher, hit: Hit, around: Surroundings) -> Coverage:
    """What the passage carries, together with its heading and its article's date, and never more than that."""
    text = matcher.runs(hit.passage.text)
    highlights: set[tuple[int, int]] = set()
    missing: list[Concept] = []
    carried = 0.0
    for concept in matcher.concepts:
        places = {place for run in text for place in run.places(concept)}
        here = {(hit.passage.start + start, hit.passage.start + end) for start, end in places}
        here |= {(m.start, m.end) for m in around.mentions if m.name in concept.names and m.by != "reference"}
        highlights |= here
        if here or _carried(concept, around):
            carried += concept.weight
        else:
            missing.append(concept)
    total = sum(concept.weight for concept in matcher.concepts)
    return Coverage(carried / total if total else 0.0, tuple(missing), tuple(_merged(highlights)))


def _carried(concept: Concept, around: Surroundings) -> bool:
    if concept.names and (
        any(mention.name in concept.names for mention in around.mentions)
        or not around.heading_names.isdisjoint(concept.names)
    ):
        return True
    if concept.kind == "date" and _dated(concept, around):
        return True
    return concept.kind != "phrase" and any(True for run in around.heading for _ in run.places(concept))


def _dated(concept: Concept, around: Surroundings) -> bool:
    """Whether a date mark, or the article's date, lies within the asked days."""
    article = around.article
    own = [(row.mark.earliest, row.mark.latest) for row in around.marks]
    if article.published_earliest and article.published_latest:
        own.append((date.fromisoformat(article.published_earliest), date.fromisoformat(article.published_latest)))
    return any(
        first is not None
        and last is not None
        and concept.first is not None
        and concept.last is not None
        and concept.first <= first
        and last <= concept.last
        for first, last in own
    )


def _merged(places: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(places):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
