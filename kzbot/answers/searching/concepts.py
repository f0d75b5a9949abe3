"""What a question in words asks for: names, dates, phrases and terms, each weighted by its rarity."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise

from kzbot.answers.model import MatchedThrough
from kzbot.answers.searching.carried_concepts import carried_concepts
from kzbot.answers.searching.concept import Concept
from kzbot.answers.searching.weights import weighed
from kzbot.answers.turns import Turns
from kzbot.index import searching
from kzbot.index.generation import Generation
from kzbot.language import words
from kzbot.language.alike import same_act, spellings
from kzbot.language.answer_kinds import Wanted, wanted
from kzbot.language.asking import telling
from kzbot.language.dates.mark import DateMark
from kzbot.language.dates.marks import find_marks
from kzbot.language.irregular_verbs import forms_by_word
from kzbot.language.names.book import Mention
from kzbot.language.names.lookup import Found
from kzbot.language.senses import same_sense, same_sense_of
from kzbot.language.spans import Span

PHRASE = re.compile(r'["“”«„]([^"“”«»„]{2,200})["“”»]')
# A date that opens a text is taken for its dateline; with this before it, it is a date that is asked for.
LEAD = "… "
SIDE_BY_SIDE = re.compile(r"(?:['’]s?)?[\s-]{0,2}|\s+of\s+(?:the\s+)?", re.IGNORECASE)
LONGEST_NAME = 200
_PIECE = r"(?:\d[^\W_]{0,5}|[^\W\d_]{1,2}\d{0,4})"
DESIGNATOR = re.compile(rf"(?<![\w-]){_PIECE}(?:-{_PIECE}){{1,3}}(?![\w-])")
SURE = 0.9
VERB_FORMS = forms_by_word()
# How far a guessed spelling is trusted: short words have too many neighbours; where only one word is near, it is meant.
GUESSED, GUESSED_SHORT, SHORT = 0.9, 0.5, 6
ONLY, ONLY_SHORT = 0.95, 0.8


@dataclass(frozen=True, slots=True)
class Asked:
    """A question taken apart; `spellings` are those tried for words that the corpus does not hold. `wanted`: which kind of
    answer it asks for."""

    concepts: tuple[Concept, ...] = ()
    matched_through: tuple[MatchedThrough, ...] = ()
    spellings: tuple[str, ...] = ()
    wanted: Wanted = field(default_factory=Wanted)


@dataclass(frozen=True, slots=True)
class _Part:
    """A concept at its place in the question, and through which spelling it is looked for."""

    span: Span
    concept: Concept
    through: MatchedThrough | None = None
    spellings: tuple[str, ...] = ()


async def take_apart(generation: Generation, text: str) -> Asked:
    """The concepts of `text` in its order: quoted phrases, names, dates, then single terms; stop words carry nothing."""
    parts = [_Part(Span(*found.span()), _phrase(found[1])) for found in PHRASE.finditer(text) if words.tokens(found[1])]
    turns = Turns()
    await _take(parts, _names(generation, text), turns)
    # A name beside another one may look like a part of it ("Shelton Altynbayev"): what is left is looked at again.
    await _take(parts, _names(generation, _without(text, parts)), turns)
    await _take(parts, _dates(text), turns)
    parts += [part for part in _designators(text) if not any(_overlaps(part.span, other.span) for other in parts)]
    tokens = await _left(words.tokens(text), parts, turns)
    names = await carried_concepts(generation, text, tokens)
    parts += [_Part(span, concept) for span, concept in names]
    tokens = await _left(tokens, parts, turns)
    for pair in _acts(tokens):
        parts += pair
        await turns.over()
    tokens = await _left(tokens, parts, turns)
    tokens = telling(tokens, others=len(parts))
    await turns.over()
    every = list(dict.fromkeys(form for token in words.tokens(text) for form in _in_any_words(token.word)))
    stems = []
    for form in every:
        await turns.over()
        stems.append(words.stem(form))
    frequencies = await searching.frequencies(generation, stems)
    for token in tokens:
        await turns.over()
        parts += _term(generation, text, token, frequencies)
    parts = _joined(text, [_through(generation, part, frequencies) for part in sorted(parts, key=lambda one: one.span)])
    return Asked(
        await weighed(generation, [part.concept for part in parts]),
        tuple(part.through for part in parts if part.through),
        tuple(spelling for part in parts for spelling in part.spellings),
        wanted(text),
    )


async def _left(tokens: Iterable[words.Token], parts: Sequence[_Part], turns: Turns) -> list[words.Token]:
    """The words that are no part yet."""
    left = []
    for token in tokens:
        if not any(_overlap(token, part.span) for part in parts):
            left.append(token)
        await turns.over()
    return left


def name_at(generation: Generation, text: str) -> int:
    """How many characters at the beginning of `text` are a name of the book, its spellings and no year; 0 where none is."""
    text = text[:LONGEST_NAME]
    found = generation.gazetteer.mentions(text, [Span(0, len(text))])
    ends = [one.edition_start or one.end for one in found if one.start == 0 and one.by != "reference"]
    return len(text[: max(ends, default=0)].rstrip(" \t\n-–—'’‘\"”"))


async def sought(generation: Generation, out: Sequence[tuple[str, bool]]) -> Asked:
    """A concept for each of these stretches of words, as they stand where the flag beside them is set; those that carry
    nothing are left out."""
    found = list[Asked]()
    for text, as_it_stands in out:
        asked = Asked() if as_it_stands else await take_apart(generation, text)
        if len(asked.concepts) == 1 and asked.concepts[0].kind in ("name", "term"):
            found.append(asked)
        elif words.tokens(text) and (as_it_stands or asked.concepts):
            found.append(Asked(await weighed(generation, [replace(_phrase(text), asked=text)])))
    return Asked(
        tuple(concept for one in found for concept in one.concepts),
        tuple(through for one in found for through in one.matched_through),
    )


def _joined(text: str, parts: Sequence[_Part]) -> list[_Part]:
    """The parts in order, with a note on those that stand side by side."""
    ends = [None, *(part.span.end for part in parts)]
    return [
        replace(
            part, concept=replace(part.concept, joined=end is not None and _side_by_side(text[end : part.span.start]))
        )
        for end, part in zip(ends, parts, strict=False)
    ]


def _side_by_side(between: str) -> bool:
    return SIDE_BY_SIDE.fullmatch(between) is not None


async def _take(parts: list[_Part], found: Iterator[_Part], turns: Turns) -> None:
    for part in found:
        if not any(_overlaps(part.span, other.span) for other in parts):
            parts.append(part)
        await turns.over()


def _overlaps(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _overlap(token: words.Token, span: Span) -> bool:
    return token.start < span.end and span.start < token.end


def _without(text: str, parts: Sequence[_Part]) -> str:
    """The text with what is taken blotted out, in the same places."""
    for part in parts:
        text = text[: part.span.start] + "," * (part.span.end - part.span.start) + text[part.span.end :]
    return text


def _phrase(text: str) -> Concept:
    return Concept(f"“{text}”", "phrase", (tuple(token.word for token in words.tokens(text)),))


def _names(generation: Generation, text: str) -> Iterator[_Part]:
    """The names in the text, and the years behind them."""
    for mention in generation.gazetteer.mentions(text, [Span(0, len(text))]):
        if mention.by == "reference":
            continue
        end, year = mention.end, None
        if mention.edition and mention.edition_start is not None and mention.edition_end is not None:
            end, year = mention.edition_start, text[mention.edition_start : mention.edition_end]
        asked = text[mention.start : end].rstrip(" \t\n-–—'’‘\"”")
        ids = _sharing(generation, mention, asked)
        concept = name_concept(generation, asked, *ids)
        if concept is None:
            continue
        yield _Part(Span(mention.start, mention.start + len(asked)), concept)
        if year is not None and mention.edition is not None:
            yield _Part(Span(end, mention.end), _edition(year, mention.edition, ids))


def _sharing(generation: Generation, mention: Mention, asked: str) -> tuple[str, ...]:
    """The name that is mentioned, and those linked to it that are spelled so as well: the asker may mean either."""
    name = generation.names.get(mention.name)
    found = generation.lookup.find(asked) if name and mention.by == "name" else []
    spelled = [one.id for one in found if one.score == 1.0 and name and linked(generation, one.id, name.id)]
    return tuple(dict.fromkeys((mention.name, *spelled)))


def linked(generation: Generation, one: str, other: str) -> bool:
    """Whether the book links two names (ids), from either side."""
    names = generation.names
    return one in names and other in names and (other in names[one].related or one in names[other].related)


def name_concept(generation: Generation, asked: str, *ids: str) -> Concept | None:
    """The concept of names of the book (linked ones together), in all their spellings; None where none is known."""
    forms: dict[tuple[str, ...], None] = {}
    for id_ in ids:
        name = generation.names.get(id_)
        for form in (name.canonical, *name.variants, *name.adjectives) if name else ():
            forms[tuple(token.word for token in words.tokens(form))] = None
    known = tuple(form for form in forms if form)
    return Concept(asked, "name", known, names=ids) if known else None


def _edition(asked: str, edtf: str, names: tuple[str, ...]) -> Concept:
    year = int(edtf[:4])
    sequences = tuple(dict.fromkeys(((asked,), (str(year),))))
    return Concept(
        asked, "date", sequences, names=names, first=date(year, 1, 1), last=date(year, 12, 31), edition=edtf[:4]
    )


def _dates(text: str) -> Iterator[_Part]:
    for mark in find_marks(LEAD + text, None):
        concept = _date(mark)
        if concept is not None and mark.start is not None and mark.end is not None and mark.start >= len(LEAD):
            yield _Part(Span(mark.start - len(LEAD), mark.end - len(LEAD)), concept)


def _date(mark: DateMark) -> Concept | None:
    sequence = tuple(token.word for token in words.tokens(mark.words or ""))
    if not sequence or mark.basis != "stated" or mark.earliest is None or mark.latest is None:
        return None
    return Concept(mark.words or "", "date", (sequence,), first=mark.earliest, last=mark.latest)


def _designators(text: str) -> Iterator[_Part]:
    """What a hyphen makes one of letters and figures ("F-16", "777-200LR"), but for figures before a word ("90-day")."""
    for found in DESIGNATOR.finditer(text):
        pieces = tuple(token.word for token in words.tokens(found[0]))
        if len(pieces) > 1 and any(map(str.isdigit, found[0])):
            yield _Part(Span(*found.span()), Concept(found[0], "term", (pieces, ("".join(pieces),))))


def _acts(tokens: Sequence[words.Token]) -> Iterator[list[_Part]]:
    """Two words that are one: "take part", which says what "participate" says."""
    for one, two in pairwise(tokens):
        said = (one.word, two.word)
        same, loose = same_act(said), same_sense_of(said)
        if same or loose:
            concept = Concept(f"{one.word} {two.word}", "term", (said, *same), loose=loose)
            yield [_Part(Span(one.start, two.end), concept)]


def _term(generation: Generation, text: str, token: words.Token, frequencies: Mapping[str, int]) -> Iterator[_Part]:
    """A single word; one that the corpus does not hold is also looked for under the nearest spellings, or as a name."""
    asked, word, span = text[token.start : token.end], token.word, Span(token.start, token.end)
    alike = [form for form in spellings(word) if generation.speller.knows(form)]
    forms = [(form,) for form in dict.fromkeys((word, *VERB_FORMS.get(word, ()), *alike))]
    known = alike or any(frequencies.get(words.stem(form)) for form in _in_any_words(word))
    if known:
        loose = tuple(one for one in same_sense(word) if one not in forms)
        yield _Part(span, Concept(asked, "term", (*forms, *same_act((word,))), loose=loose))
        return
    named = list(_near_name(generation, asked, span))
    if named:
        yield from named
        return
    # "SpaceX" is spelled with care: it is no slip of "space".
    with_care = asked[1:] != asked[1:].lower() and not asked.isupper()
    near = () if with_care else [one for one in generation.speller.nearest(word) if one not in words.STOP_WORDS]
    guessed, guessed_short = (ONLY, ONLY_SHORT) if len(near) == 1 else (GUESSED, GUESSED_SHORT)
    trust = 1.0 if not near else guessed if len(word) >= SHORT else guessed_short
    concept = Concept(asked, "term", (*forms, *((form,) for form in near)), trust=trust)
    through = MatchedThrough(asked, near[0], "spelling") if near else None
    yield _Part(span, concept, through, tuple(near))


def _in_any_words(word: str) -> set[str]:
    """The word, the forms of its verb, and the single words that say the same."""
    return {word, *VERB_FORMS.get(word, ()), *(one[0] for one in same_sense(word) if len(one) == 1)}


def _near_name(generation: Generation, asked: str, span: Span) -> Iterator[_Part]:
    found = [one for one in generation.lookup.find(asked) if one.score >= SURE and one.how != "prefix"]
    best = leaders(generation, found)
    ids = tuple(dict.fromkeys(one.id for one in best))
    concept = name_concept(generation, asked, *ids) if best else None
    if concept is None:
        return
    used = generation.names[best[0].id].canonical
    how = best[0].how if best[0].how != "exact" else "variant"
    yield _Part(span, concept, MatchedThrough(asked, used, how))
    if best[0].edition:
        yield _Part(span, _edition(best[0].edition[:4], best[0].edition, ids))


def leaders(generation: Generation, found: Sequence[Found], margin: float = 0.02) -> list[Found]:
    """The best of what a look-up found: one name, or names that are linked to it and fit as well; more if it is a tie."""
    if not found:
        return []
    top = found[0].score
    near = [one for one in found if one.score >= top - margin]
    exact = [one for one in near if one.how == "exact"]
    return exact or near


def _through(generation: Generation, part: _Part, frequencies: Mapping[str, int]) -> _Part:
    """The part with a note where a name was asked for in a spelling that the corpus does not hold."""
    concept = part.concept
    if concept.kind != "name" or part.through is not None:
        return part
    stems = [words.stem(token.word) for token in words.tokens(concept.asked)]
    if all(frequencies.get(stem) for stem in stems):
        return part
    used = generation.names[concept.names[0]].canonical
    return replace(part, through=MatchedThrough(concept.asked, used, "variant"))
