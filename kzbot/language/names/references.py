"""References: "the exercise", for the exercise that was last named."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kzbot.language.names.book import Kind, Mention
from kzbot.language.spans import Span

PARAGRAPHS = 2
"""How many paragraphs back a name may stand."""
SENTENCES = 40
"""How many sentences back, also where paragraphs have no end."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and the number of its paragraph."""

    span: Span
    paragraph: int


@dataclass(slots=True)
class _Spoken:
    """What a sentence speaks of: names, and where one of a kind is brought up that the book does not know (None: not yet
    looked for)."""

    named: list[Mention]
    others: list[tuple[int, Kind]] | None = None


def sentences_of(text: str, spans: Sequence[Span]) -> list[Sentence]:
    """The sentences with their paragraphs: blank lines part these, in text that is not hard-wrapped line ends do, too."""
    wrapped = any("\n" in text[span.start : span.end] for span in spans)
    found: list[Sentence] = []
    paragraph = last = 0
    for span in spans:
        gap = text[last : span.start]
        if found and (re.search(r"\n\s*\n", gap) or (not wrapped and "\n" in gap)):
            paragraph += 1
        found.append(Sentence(span, paragraph))
        last = span.end
    return found


class References:
    """Finds the nouns of a book's kinds that stand for a name; `owns` tells which of them a name's own forms hold."""

    def __init__(
        self, kinds: Sequence[Kind], kind_of: Mapping[str, str], own_words: Mapping[str, frozenset[str]]
    ) -> None:
        self._kind_of = kind_of
        self._kinds = {noun.casefold(): kind for kind in reversed(kinds) for noun in kind.nouns}
        self._own_nouns = {
            name: frozenset(noun for noun in self._kinds if noun in words) for name, words in own_words.items()
        }
        nouns = "|".join(re.escape(noun) for noun in sorted(self._kinds, key=len, reverse=True))
        self._definite = re.compile(
            rf"\b(?:the|this|that)\s+(?:(?:same|annual|said)\s+)?({nouns})\b(?!\s+(?:of|called|named|known|dubbed)\b|-)",
            re.IGNORECASE,
        )
        self._new = re.compile(
            rf"\b(?:an?|another|other|second|new|different)\s+(?:[\w-]+\s+){{0,4}}?({nouns})s?\b"
            rf"|(?:(?<=[a-z,]\s)|(?<=[a-z,]\s[“\"'‘]))[A-Z][\w-]*[”\"'’]?\s+({nouns})s?\b",
        )

    def find(self, text: str, sentences: Sequence[Sentence], mentions: Sequence[Mention]) -> Iterator[Mention]:
        """A mention for each reference whose name is plain; `mentions` are those by name, in order.

        The name last named counts, in the same sentence or in one before it, up to two paragraphs back; none where that
        sentence names two of the kind, or where another one, unnamed or unknown, was spoken of since.
        """
        if not self._kinds:
            return
        starts = [sentence.span.start for sentence in sentences]
        spoken = [_Spoken([]) for _ in sentences]
        for mention in mentions:
            if mention.by == "name":
                spoken[max(0, bisect_right(starts, mention.start) - 1)].named.append(mention)
        for at, sentence in enumerate(sentences):
            named = spoken[at].named
            for match in self._definite.finditer(text, sentence.span.start, sentence.span.end):
                kind = self._kinds[match[1].casefold()]
                if _overlaps(named, match.start(), match.end()) or _names_itself(named, match.end(), text):
                    continue
                name = self._antecedent(text, sentences, spoken, at, match, kind)
                if name is not None:
                    yield Mention(name, match.start(), match.end(), match[0], "reference")

    def _antecedent(
        self,
        text: str,
        sentences: Sequence[Sentence],
        spoken: Sequence[_Spoken],
        at: int,
        match: re.Match[str],
        kind: Kind,
    ) -> str | None:
        noun = match[1].casefold()
        for place in range(at, max(-1, at - SENTENCES), -1):
            sentence = sentences[place]
            if sentences[at].paragraph - sentence.paragraph > PARAGRAPHS:
                return None
            end = match.start() if place == at else sentence.span.end
            named = [m for m in spoken[place].named if m.end <= end and self._fits(m.name, kind, noun)]
            ids = {mention.name for mention in named}
            if ids:
                return ids.pop() if len(ids) == 1 else None
            others = self._others(text, sentence.span, spoken[place])
            if any(other is kind and behind <= end for behind, other in others):
                return None
        return None

    def _fits(self, name: str, kind: Kind, noun: str) -> bool:
        own = self._own_nouns.get(name, frozenset())
        return self._kind_of.get(name) == kind.name and (noun in own or not own & {n.casefold() for n in kind.nouns})

    def _others(self, text: str, span: Span, spoken: _Spoken) -> list[tuple[int, Kind]]:
        """Where something is brought up that the book does not know ("an exercise in May", "the Zapad exercise"): the end
        of the words and the kind; looked for once a sentence."""
        if spoken.others is None:
            spoken.others = [
                (match.end(), self._kinds[(match[1] or match[2]).casefold()])
                for match in self._new.finditer(text, span.start, span.end)
                if not _overlaps(spoken.named, match.start(), match.end())
            ]
        return spoken.others


def _overlaps(mentions: Sequence[Mention], start: int, end: int) -> bool:
    return any(mention.start < end and start < mention.end for mention in mentions)


def _names_itself(mentions: Sequence[Mention], end: int, text: str) -> bool:
    """Whether the name follows at once ("the exercise “Steppe Eagle”")."""
    return any(
        0 <= mention.start - end <= 4 and not text[end : mention.start].strip(" \n\"'“‘«,:") for mention in mentions
    )
