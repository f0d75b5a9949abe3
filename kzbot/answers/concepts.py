"""What a question in words asks for: names, dates, phrases and terms, each weighted by its rarity."""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from kzbot.answers.model import MatchedThrough
from kzbot.index import searching
from kzbot.index.articles import quoted
from kzbot.index.generation import Generation
from kzbot.language import words
from kzbot.language.dates.mark import DateMark
from kzbot.language.dates.marks import find_marks
from kzbot.language.irregular_verbs import forms_by_word
from kzbot.language.names.book import Mention
from kzbot.language.names.lookup import Found
from kzbot.language.spans import Span

PHRASE = re.compile(r'["“”«„]([^"“”«»„]{2,200})["“”»]')
# Nouns that only say which kind of answer "how much", "how many", "which" and "what" ask for.
ASKED_KIND = {"money", "people", "date", "day", "time", "year", "month", "place", "person", "number", "amount"}
KIND_CUES = {"how", "much", "many", "what", "which"}
SURE = 0.9
VERB_FORMS = forms_by_word()


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing that a passage must carry.

    `asked`: the asker's words. `alternatives`: sequences of words, any of which names it. `stems`: the same, stemmed.
    `names`: ids of names that are it. `first`, `last`: for a date, its days. `weight`: rarer things weigh more.
    `common`: found in so many passages that it is not matched, while something rarer is.
    """

    asked: str
    kind: Literal["term", "name", "phrase", "date"]
    alternatives: tuple[tuple[str, ...], ...]
    stems: tuple[tuple[str, ...], ...] = ()
    names: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    weight: float = 0.0
    common: bool = False

    @property
    def match(self) -> str:
        """The concept as an FTS5 expression: its alternatives, each a quoted phrase."""
        return "(" + " OR ".join(quoted(" ".join(one)) for one in self.alternatives) + ")"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question taken apart; `spellings` are those tried for words that the corpus does not hold."""

    concepts: tuple[Concept, ...] = ()
    matched_through: tuple[MatchedThrough, ...] = ()
    spellings: tuple[str, ...] = ()


async def take_apart(generation: Generation, text: str) -> Asked:
    """The concepts of `text` in its order: quoted phrases, names, dates, then single terms; stop words carry nothing."""
    taken: list[tuple[Span, Concept]] = [
        (Span(*found.span()), _phrase(found[1])) for found in PHRASE.finditer(text) if words.tokens(found[1])
    ]
    for mention in generation.gazetteer.mentions(text, [Span(0, len(text))]):
        _take(taken, Span(mention.start, mention.end), _name(generation, mention))
        if mention.edition and mention.edition_start is not None and mention.edition_end is not None:
            year = text[mention.edition_start : mention.edition_end]
            taken.append((Span(mention.edition_start, mention.edition_end), _year(year, mention.edition)))
    for mark in find_marks(text, None):
        if mark.start is not None and mark.end is not None and mark.basis == "stated":
            _take(taken, Span(mark.start, mark.end), _date(mark))
    terms = [token for token in words.tokens(text) if not any(_overlap(token, span) for span, _ in taken)]
    terms = _without_stop_words(terms, bool(taken))
    frequencies = await searching.frequencies(generation, (words.stem(token.word) for token in terms))
    through: list[MatchedThrough] = []
    spellings: list[str] = []
    for token in terms:
        concept = _term(generation, text[token.start : token.end], token.word, frequencies)
        if len(concept.alternatives) > 1 or concept.kind == "name":
            _note(concept, token.word, frequencies, through, spellings)
        taken.append((Span(token.start, token.end), concept))
    concepts = [concept for _, concept in sorted(taken, key=lambda pair: pair[0])]
    return Asked(await _weighed(generation, concepts), tuple(through), tuple(spellings))


def _take(taken: list[tuple[Span, Concept]], span: Span, concept: Concept | None) -> None:
    if concept is not None and not any(span.start < other.end and other.start < span.end for other, _ in taken):
        taken.append((span, concept))


def _overlap(token: words.Token, span: Span) -> bool:
    return token.start < span.end and span.start < token.end


def _without_stop_words(tokens: Sequence[words.Token], others: bool) -> list[words.Token]:
    """The tokens that carry something; a question of stop words alone is asked as it stands, unless it has `others`."""
    kept: list[words.Token] = []
    for before, token in zip([None, *tokens], tokens, strict=False):
        of_kind = token.word in ASKED_KIND and before is not None and before.word in KIND_CUES
        if not of_kind and token.word not in words.STOP_WORDS and token.word not in words.QUESTION_WORDS:
            kept.append(token)
    return kept if kept or others else [token for token in tokens if token.word not in words.QUESTION_WORDS]


def _phrase(text: str) -> Concept:
    sequence = tuple(token.word for token in words.tokens(text))
    return Concept(f"“{text}”", "phrase", (sequence,))


def _name(generation: Generation, mention: Mention) -> Concept | None:
    return name_concept(generation, mention.words, mention.name)


def name_concept(generation: Generation, asked: str, *ids: str) -> Concept | None:
    """The concept of names of the book (linked ones together), in all their spellings; None where none is known."""
    forms: dict[tuple[str, ...], None] = {}
    for id_ in ids:
        name = generation.names.get(id_)
        for form in (name.canonical, *name.variants, *name.adjectives) if name else ():
            forms[tuple(token.word for token in words.tokens(form))] = None
    known = tuple(form for form in forms if form)
    return Concept(asked, "name", known, names=ids) if known else None


def _year(asked: str, edtf: str) -> Concept:
    year = int(edtf[:4])
    sequences = ((asked,), (str(year),))
    return Concept(asked, "date", sequences, first=date(year, 1, 1), last=date(year, 12, 31))


def _date(mark: DateMark) -> Concept | None:
    sequence = tuple(token.word for token in words.tokens(mark.words or ""))
    years = tuple((token,) for token in sequence if len(token) == 4 and token.isdigit())
    if not sequence or mark.earliest is None or mark.latest is None:
        return None
    return Concept(mark.words or "", "date", (sequence, *years), first=mark.earliest, last=mark.latest)


def _term(generation: Generation, asked: str, word: str, frequencies: Mapping[str, int]) -> Concept:
    """A single word; one that the corpus does not hold is also looked for under the nearest spellings, or as a name."""
    if frequencies.get(words.stem(word)):
        return Concept(asked, "term", tuple((form,) for form in dict.fromkeys((word, *VERB_FORMS.get(word, ())))))
    named = _near_name(generation, asked)
    if named is not None:
        return named
    near = generation.speller.nearest(word) if len(word) >= 4 and not word.isdigit() else []
    forms = (word, *VERB_FORMS.get(word, ()), *near)
    return Concept(asked, "term", tuple((form,) for form in dict.fromkeys(forms)))


def _near_name(generation: Generation, asked: str) -> Concept | None:
    found = [one for one in generation.lookup.find(asked) if one.score >= SURE and one.how != "prefix"]
    best = leaders(generation, found)
    concept = name_concept(generation, asked, *(one.id for one in best)) if best else None
    return replace(concept, asked=asked) if concept else None


def leaders(generation: Generation, found: Sequence[Found], margin: float = 0.02) -> list[Found]:
    """The best of what a look-up found: one name, or names that are linked to it and fit as well; more if it is a tie."""
    if not found:
        return []
    top = found[0].score
    near = [one for one in found if one.score >= top - margin]
    exact = [one for one in near if one.how == "exact"]
    return exact or near


def _note(
    concept: Concept,
    word: str,
    frequencies: Mapping[str, int],
    through: list[MatchedThrough],
    spellings: list[str],
) -> None:
    if concept.kind == "name":
        through.append(MatchedThrough(concept.asked, " ".join(concept.alternatives[0]), "transliteration"))
    elif not frequencies.get(words.stem(word)):
        near = [form[0] for form in concept.alternatives[1:] if form[0] not in VERB_FORMS.get(word, ())]
        spellings += near
        if near:
            through.append(MatchedThrough(concept.asked, near[0], "spelling"))


async def _weighed(generation: Generation, concepts: Iterable[Concept]) -> tuple[Concept, ...]:
    """Each concept once, with its stems, its weight, and whether it is too common to be matched."""
    unique = list({(concept.kind, concept.alternatives): concept for concept in concepts}.values())
    stemmed = [tuple(tuple(words.stem(word) for word in one) for one in concept.alternatives) for concept in unique]
    every = {stem for sequences in stemmed for sequence in sequences for stem in sequence}
    frequencies = await searching.frequencies(generation, every)
    counts = [_passages(generation, c, stems, frequencies) for c, stems in zip(unique, stemmed, strict=True)]
    in_all = max(1, generation.passages)
    telling = any(0 < count <= in_all / 2 for count in counts)
    return tuple(
        replace(concept, stems=stems, weight=weight(count, in_all), common=telling and count > in_all / 2)
        for concept, stems, count in zip(unique, stemmed, counts, strict=True)
    )


def weight(passages: int, in_all: int) -> float:
    """How much a thing weighs that stands in so many of all passages: ln(1 + N / (n + 1/2))."""
    return math.log1p(in_all / (passages + 0.5))


def _passages(
    generation: Generation, concept: Concept, stems: Sequence[Sequence[str]], frequencies: Mapping[str, int]
) -> int:
    """In how many passages the concept stands, at most: for a sequence, as many as its rarest word."""
    if concept.names:
        return max(generation.names[name].mentions for name in concept.names)
    return max((min((frequencies.get(stem, 0) for stem in one), default=0) for one in stems), default=0)
