"""Corrections checked before anything is laid over the corpus: what they are about must be there, and something must change."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kzbot.answers.corrections.meaning import read_meaning
from kzbot.answers.model import Choice, Question
from kzbot.answers.sources.source import source
from kzbot.errors import QuestionError
from kzbot.index import articles, passages
from kzbot.index.generation import Generation
from kzbot.index.rows import ArticleRow, NameRow
from kzbot.language.dates.mark import DateMark
from kzbot.phrases import Phrases

LONGEST = 100
"""Characters of words that are corrected, and of a spelling."""
MOST = 25
"""So many choices Discord takes."""
_NEAREST = 5


@dataclass(frozen=True, slots=True)
class DateChange:
    """The `words` of an article, `count` times in it, are to mean `edtf` (None: no date); `before`: what they mean now."""

    article: str
    title: str
    words: str
    edtf: str | None
    count: int
    before: tuple[DateMark, ...]


@dataclass(frozen=True, slots=True)
class NameChange:
    """`spelling` is to be a spelling of the name `canonical` of the name book."""

    id: str
    kind: str
    canonical: str
    spelling: str


async def date_change(generation: Generation, article: str, words: str, means: str, no_date: str) -> DateChange:
    """What was typed, as a correction of an article (its id, its file, or what `/source` takes).

    Raises QuestionError where the article is not known, the words do not stand in it, the date is none, or they are read so
    already.
    """
    row = await _article(generation, article)
    wanted = " ".join(words.split())
    if not any(map(str.isalnum, wanted)) or len(wanted) > LONGEST:
        raise QuestionError("answers.corrections.no_words", limit=LONGEST)
    edtf = read_meaning(means, no_date)
    marks = await _marks(generation, row)
    text = (await articles.texts_of(generation, [row.number]))[row.number]
    places = [(False, *span) for span in _places(wanted, text)] + [(True, *span) for span in _places(wanted, row.title)]
    if not places:
        printed = ", ".join(dict.fromkeys(f"“{_line(mark.words)}”" for _, mark in marks))
        key = "not_in_article" if not printed else "not_in_article_dates"
        raise QuestionError(
            f"answers.corrections.{key}", words=wanted, title=row.title[:LONGEST], printed=_cut(printed, 300)
        )
    read = [[mark for at, mark in marks if at is place[0] and _meet(mark, place)] for place in places]
    if all(_same(found, place, edtf) for found, place in zip(read, places, strict=True)):
        raise QuestionError("answers.corrections.date_as_now", words=wanted)
    before = tuple(dict.fromkeys(mark for found in read for mark in found))
    count = sum(not in_title for in_title, _, _ in places) or len(places)
    return DateChange(row.id, row.title, wanted, edtf, count, before)


async def name_change(
    generation: Generation, name: str, spelling: str, laid: Mapping[str, Sequence[str]]
) -> NameChange:
    """What was typed, as a further spelling of a name of the book (its id, or a spelling of it); `laid`: spellings laid over
    the book by id, which the generation may not know yet.

    Raises QuestionError where there is no such name, or several, the spelling is none, or has an owner.
    """
    found = _name(generation, name)
    wanted = " ".join(spelling.split())
    if sum(map(str.isalpha, wanted)) < 2 or len(wanted) > LONGEST:
        raise QuestionError("answers.corrections.no_spelling", limit=LONGEST)
    for one in (found, *generation.names.values()):
        spellings = (one.canonical, *one.variants, *laid.get(one.id, ()))
        if wanted.casefold() in map(str.casefold, spellings):  # of another kind, too: readers type no kind
            key = "spelling_as_now" if one.id == found.id else "spelling_taken"
            raise QuestionError(
                f"answers.corrections.{key}", spelling=wanted, name=found.canonical, owner=one.canonical, kind=one.kind
            )
    return NameChange(found.id, found.kind, found.canonical, wanted)


def names_like(generation: Generation, typed: str, count: int = MOST) -> list[NameRow]:
    """The names of the book that may be meant, best guesses first; those that are mentioned most where nothing is typed."""
    if not typed.strip():
        return [generation.names[one.id] for one in generation.lookup.complete("", count)]
    near = [one.id for one in generation.lookup.find(typed[:LONGEST])]
    near += [one.id for one in generation.lookup.complete(typed[:LONGEST], count)]
    return [generation.names[one] for one in dict.fromkeys(near)][:count]


def name_choices(generation: Generation, typed: str) -> tuple[Choice, ...]:
    """The same as choices; their values are ids where those are short enough."""
    return tuple(
        Choice(_cut(f"{one.canonical} ({one.kind})", LONGEST), one.id if len(one.id) <= LONGEST else one.canonical)
        for one in names_like(generation, typed)
        if len(one.id) <= LONGEST or len(one.canonical) <= LONGEST
    )


async def word_choices(generation: Generation, article: str, typed: str, phrases: Phrases) -> tuple[Choice, ...]:
    """The words of an article that are read as dates, those that hold what was typed, with what they are read as."""
    try:
        row = await _article(generation, article)
    except QuestionError:
        return ()
    found: dict[str, str] = {}
    for _, mark in await _marks(generation, row):
        words = _line(mark.words)
        if typed.casefold() in words.casefold() and len(words) <= LONGEST:
            found.setdefault(words, phrases.date(mark.edtf, mark.modifier))
    return tuple(
        Choice(_cut(phrases.say("answers.corrections.read_as", words=words, date=date), LONGEST), words)
        for words, date in list(found.items())[:MOST]
    )


def meaning_choices(typed: str, phrases: Phrases) -> tuple[Choice, ...]:
    """How what was typed for a date is read, or why not."""
    no_date = phrases.say("answers.corrections.no_date")
    if not typed.strip():
        return (Choice(no_date, no_date),)
    try:
        edtf = read_meaning(typed, no_date)
    except QuestionError as error:
        return (Choice(_cut(phrases.say(error.key, **error.values), LONGEST), typed[:LONGEST]),)
    if edtf is None:
        return (Choice(no_date, no_date),)
    said = phrases.say("answers.complete.read_date", date=phrases.date(edtf), edtf=edtf)
    return (Choice(_cut(said, LONGEST), edtf[:LONGEST]),)


async def _article(generation: Generation, typed: str) -> ArticleRow:
    key = typed.strip()
    row = await articles.by_key(generation, key) if key else None
    if row is not None:
        return row
    answer = await source(Question("source", {"what": key}), generation) if key else None
    if answer is not None and answer.status == "answered" and answer.items:
        row = await articles.by_key(generation, answer.items[0].article)
        if row is not None:
            return row
    choices = answer.choices if answer is not None else ()
    key_of = "articles_fit" if choices else "no_article"
    raise QuestionError(
        f"answers.corrections.{key_of}", asked=typed[:LONGEST], choices="; ".join(choices[:_NEAREST])[:600]
    )


async def _marks(generation: Generation, row: ArticleRow) -> list[tuple[bool, DateMark]]:
    """The article's marks, each with whether it stands in the title, in order of the text."""
    own = await passages.of_article(generation, row.number)
    marks = await passages.marks_of(generation, (one.number for one in own))
    return [(one.in_title, mark.mark) for one in own for mark in marks.get(one.number, ())]


def _places(words: str, text: str) -> list[tuple[int, int]]:
    """Where the words stand in a text, whatever its white space."""
    pattern = r"\s+".join(map(re.escape, words.split()))
    return [found.span() for found in re.finditer(pattern, text)]


def _meet(mark: DateMark, place: tuple[bool, int, int]) -> bool:
    return mark.start is not None and mark.end is not None and mark.start < place[2] and place[1] < mark.end


def _same(read: Sequence[DateMark], place: tuple[bool, int, int], edtf: str | None) -> bool:
    """Whether the words at a place are read as the correction would have them."""
    if edtf is None:
        return not read
    return any((one.start, one.end) == place[1:] and one.edtf == edtf and one.modifier is None for one in read)


def _name(generation: Generation, typed: str) -> NameRow:
    wanted = " ".join(typed.split())
    if wanted in generation.names:
        return generation.names[wanted]
    fitting = _spelled(generation.names.values(), wanted.casefold())
    if len(fitting) == 1:
        return fitting[0]
    near = fitting or names_like(generation, wanted, _NEAREST) if wanted else []
    names = "; ".join(f"{one.canonical} ({one.kind})" for one in near[:_NEAREST])
    key = "names_fit" if fitting else "no_name_near" if names else "no_name"
    raise QuestionError(f"answers.corrections.{key}", asked=wanted[:LONGEST], names=names)


def _spelled(names: Iterable[NameRow], wanted: str) -> list[NameRow]:
    """Names with this canonical form, also with its kind behind it as choices show it; else those with this variant."""
    known = list(names)
    own = [one for one in known if wanted in (one.canonical.casefold(), f"{one.canonical} ({one.kind})".casefold())]
    return own or [one for one in known if wanted in map(str.casefold, one.variants)]


def _line(words: str | None) -> str:
    return " ".join((words or "").split())


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 2] + " …"
