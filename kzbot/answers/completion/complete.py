"""Suggestions while a question is typed: best guesses first, with what each is; at most 25, at most 100 characters."""

from collections.abc import Sequence
from datetime import date

from kzbot.answers.commands import command_named, commands_of
from kzbot.answers.completion.offering import LONGEST, MOST, offers
from kzbot.answers.model import Choice
from kzbot.answers.searching import publishers
from kzbot.index import articles, statements
from kzbot.index.generation import Generation
from kzbot.language.dates.typed import read_typed
from kzbot.phrases import Phrases

_LAST, _SHORTEST = 4, 3
"""Of a question so many last words may be a name half typed, of so many letters."""


async def complete(
    command: str, option: str, typed: str, generation: Generation, today: date, *, phrases: Phrases
) -> tuple[Choice, ...]:
    """Choices for an option of a command; for from and to it shows how the words are read."""
    typed = typed.strip()[:200]
    if option in ("from", "to"):
        return await _days(option, typed, generation, today, phrases)
    if option == "what" or (command, option) == ("check", "source"):
        return await _sources(typed, generation, phrases)
    if option == publishers.OPTION:
        return await _publishers(typed, generation, phrases)
    spec = command_named(command, commands_of(generation.kinds))
    if spec is None or spec.option(option) is None:
        return ()
    kinds = [kind.name for kind in generation.kinds if kind.profile == command] or None
    found = [offer.choice(phrases) for offer in await offers(generation, typed, kinds)]
    if option == "name" or not typed:
        return tuple(found)
    if option == "query" and not found:
        found = await _last_words(typed, generation, phrases)
    return _with_own_words(typed, found)


async def _last_words(typed: str, generation: Generation, phrases: Phrases) -> list[Choice]:
    """Names that the last words of a question may be the beginning of, behind the words before them."""
    words = typed.split()
    for count in range(min(_LAST, len(words) - 1), 0, -1):
        head, tail = " ".join(words[:-count]), " ".join(words[-count:])
        if len(tail) < _SHORTEST:
            continue
        found = [offer.choice(phrases, f"{head} ") for offer in await offers(generation, tail, None, near=False)]
        fitting = [one for one in found if one.value.casefold().startswith(typed.casefold())]
        if fitting:
            return fitting
    return []


def _with_own_words(typed: str, found: Sequence[Choice]) -> tuple[Choice, ...]:
    """What was typed stays a choice of its own where it is no name, so that Enter never takes another question."""
    exact = any(choice.value.casefold() == typed.casefold() for choice in found)
    own = () if exact else (Choice(_short(typed), _short(typed)),)
    return (*found[: MOST - 1], *own) if len(typed) <= LONGEST else tuple(found)


async def _sources(typed: str, generation: Generation, phrases: Phrases) -> tuple[Choice, ...]:
    rows = await (articles.titles_starting(generation, typed, MOST) if typed else articles.newest(generation, MOST))
    choices = []
    for row in rows:
        published = phrases.date(row.published) if row.published else None
        about = ", ".join(part for part in (row.publisher, published) if part)
        if len(row.title) + len(about) + 3 > LONGEST:
            about = published or about
        room = LONGEST - len(about) - 3
        title = row.title if len(row.title) <= room else row.title[: room - 2] + " …"
        value = row.title if len(row.title) <= LONGEST else row.id
        choices.append(Choice(_short(f"{title} ({about})" if about else title), _short(value)))
    return tuple(choices)


async def _publishers(typed: str, generation: Generation, phrases: Phrases) -> tuple[Choice, ...]:
    """Publishers with how many articles each has, the most first."""
    rows = await articles.publishers(generation)
    meant = set(publishers.meant([row.publisher for row in rows], typed)) if typed else None
    return tuple(
        Choice(
            _short(f"{row.publisher} ({phrases.say('answers.complete.publisher', count=row.articles)})"), row.publisher
        )
        for row in rows
        if len(row.publisher) <= LONGEST and (meant is None or row.publisher in meant)
    )[:MOST]


async def _days(option: str, typed: str, generation: Generation, today: date, phrases: Phrases) -> tuple[Choice, ...]:
    if typed:
        read = read_typed(typed, today)
        if read is None:
            return (Choice(_short(phrases.say("answers.complete.unread_date", typed=typed[:40])), _short(typed)),)
        return (
            Choice(
                _short(phrases.say("answers.complete.read_date", date=phrases.date(read.edtf), edtf=read.edtf)),
                _short(typed),
            ),
        )
    first, last = await statements.days_covered(generation)
    days = [day[:4] for day in ((first, last) if option == "from" else (last, first)) if day]
    return tuple(Choice(year, year) for year in dict.fromkeys(days))


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 2] + " …"
