"""Which of a question's concepts a passage carries, and where."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kzbot.answers.concepts import Concept
from kzbot.index.rows import ArticleRow, MarkRow, MentionRow, PassageRow
from kzbot.language import words


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known of a passage beside its words: its article, the names in it and in its heading, its date marks."""

    article: ArticleRow
    mentions: Sequence[MentionRow] = ()
    heading_names: frozenset[str] = frozenset()
    marks: Sequence[MarkRow] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """`share`: the weight of what is carried among all that was asked, 0 to 1; `missing`: the concepts that are not.

    `highlights`: where the matched words stand, as offsets into the article's text, in order, end exclusive.
    """

    share: float
    missing: tuple[Concept, ...]
    highlights: tuple[tuple[int, int], ...]


def cover(concepts: Sequence[Concept], passage: PassageRow, around: Surroundings) -> Coverage:
    """What `passage` carries, together with its heading and its article's date, and never more than that."""
    tokens = words.tokens(passage.text)
    stems = _Stems.of([token.word for token in tokens])
    heading = _Stems.of([token.word for token in words.tokens(around.article.title)])
    highlights: set[tuple[int, int]] = set()
    missing: list[Concept] = []
    carried = 0.0
    for concept in concepts:
        places = [
            (passage.start + tokens[first].start, passage.start + tokens[last].end)
            for first, last in stems.places(concept)
        ]
        places += [(m.start, m.end) for m in around.mentions if m.name in concept.names and m.by != "reference"]
        highlights.update(places)
        if places or _carried(concept, heading, around):
            carried += concept.weight
        else:
            missing.append(concept)
    total = sum(concept.weight for concept in concepts)
    return Coverage(carried / total if total else 0.0, tuple(missing), tuple(_merged(highlights)))


def _carried(concept: Concept, heading: "_Stems", around: Surroundings) -> bool:
    if concept.names and (
        any(mention.name in concept.names for mention in around.mentions)
        or any(name in concept.names for name in around.heading_names)
    ):
        return True
    if concept.kind == "date" and _dated(concept, around):
        return True
    return concept.kind != "phrase" and bool(heading.places(concept))


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


@dataclass(frozen=True, slots=True)
class _Stems:
    """Stems in order, and where each stands."""

    stems: tuple[str, ...]
    starts: Mapping[str, Sequence[int]]

    @classmethod
    def of(cls, sequence: Sequence[str]) -> "_Stems":
        stems = tuple(words.stem(word) for word in sequence)
        starts: dict[str, list[int]] = {}
        for place, stem in enumerate(stems):
            starts.setdefault(stem, []).append(place)
        return cls(stems, starts)

    def places(self, concept: Concept) -> list[tuple[int, int]]:
        """Where an alternative of the concept stands, as indices of its first and last word."""
        return [
            (first, first + len(sequence) - 1)
            for sequence in concept.stems
            for first in (self.starts.get(sequence[0], ()) if sequence else ())
            if self.stems[first : first + len(sequence)] == sequence
        ]


def _merged(places: set[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(places):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
