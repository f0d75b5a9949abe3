"""Evidence as entries of a card."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from kzbot.answers.model import Evidence
from kzbot.answers.searching.printed_twice import elsewhere
from kzbot.answers.timelines.tellings import disputed
from kzbot.chat.asked import Asked
from kzbot.chat.cards.frame import Entry, usable
from kzbot.chat.cards.words import PUBLISHER, TITLE, date_words, dated, ground, origin, title
from kzbot.chat.escape import inline
from kzbot.chat.handle import WHOLE
from kzbot.chat.paging import TELLING
from kzbot.phrases import Phrases

_DATES_SHOWN = 3
_ADDRESS = 120


def dated_entries(
    phrases: Phrases, asked: Asked, items: Sequence[Evidence], first: int, room: int = 0, *, titled: bool = True
) -> tuple[Entry, ...]:
    """Entries headed by their dates; neighbours that show the same excerpt are one. `first` is the first one's number.
    `titled`: each names its article's title.

    Behind each stand the other tellings of its event, `room` of them in all; how many more there are is said.
    """
    groups = list(_neighbours(items, first))
    tellings = [_tellings(group, number) for number, group in groups]
    counts = _shared([len(told) for told in tellings], room)
    made: list[Entry] = []
    for (number, group), told, count in zip(groups, tellings, counts, strict=True):
        made.append(_dated_entry(phrases, asked, group, number, told[count:], titled=titled))
        made += [_telling_entry(phrases, asked, item, at) for at, item in told[:count]]
    return tuple(made)


def ranked_entries(
    phrases: Phrases, asked: Asked, items: Sequence[Evidence], first: int, room: int = 0
) -> tuple[Entry, ...]:
    """Entries headed by the titles of their articles, with the dates of the excerpt below.

    Behind each stand the other articles that print its text, `room` of them in all; how many more there are is said.
    """
    printed = [list(elsewhere(item)) for item in items]
    counts = _shared([len(others) for others in printed], room)
    made: list[Entry] = []
    for at, (item, others, count) in enumerate(zip(items, printed, counts, strict=True)):
        entry = _ranked_entry(phrases, asked, item, first + at)
        if others[count:]:
            entry = replace(entry, small=(*entry.small, _more(phrases, [other for other, _ in others[count:]])))
        made.append(entry)
        for other, to_the_letter in others[:count]:
            place = first + at - 1 + (item.others.index(other) + 1) * TELLING
            made.append(_printed_entry(phrases, asked, other, place, to_the_letter=to_the_letter))
    return tuple(made)


def opening_entry(phrases: Phrases, asked: Asked, item: Evidence, at: int) -> Entry:
    """The excerpt on an article's own card, whose heading and facts say where it is from."""
    head = phrases.say("chat.source.excerpt")
    if asked.answer.passage is not None:
        head = phrases.say("chat.source.passage_excerpt", address=inline(item.address, _ADDRESS))
    return _entry(asked, item, at, f"**{head}**", tuple(_own_dates(phrases, item)))


def undated_entries(phrases: Phrases, asked: Asked, items: Sequence[Evidence], first: int) -> tuple[Entry, ...]:
    """Entries of statements that have no date of their own, headed by the titles of their articles; `first` is the first
    one's number among them."""
    return tuple(_undated_entry(phrases, asked, item, first + at) for at, item in enumerate(items))


def _undated_entry(phrases: Phrases, asked: Asked, item: Evidence, number: int) -> Entry:
    head = title(phrases, item) if item.excerpt != item.title else _capital(phrases.say("chat.item.heading"))
    small = inline(item.publisher, PUBLISHER) if item.publisher else ""
    return _entry(asked, item, asked.answer.listed + number - 1, f"**{number}. {head}**", (small,) if small else ())


def _neighbours(items: Sequence[Evidence], first: int) -> Iterator[tuple[int, list[Evidence]]]:
    number = first
    for _, group in groupby(items, key=_place):
        found = list(group)
        yield number, found
        number += len(found)


def _place(item: Evidence) -> tuple[str, str, int, int]:
    return item.article, item.where, item.start, item.end


def _tellings(group: Sequence[Evidence], number: int) -> list[tuple[int, Evidence]]:
    """The other tellings of the events of a group, each with its place (see `Desk.item`), one for an excerpt."""
    found: dict[str, tuple[int, Evidence]] = {}
    for at, item in enumerate(group, start=number - 1):
        for telling, other in enumerate(item.others, start=1):
            found.setdefault(other.address, (at + telling * TELLING, other))
    return list(found.values())


def _shared(wanted: Sequence[int], left: int) -> list[int]:
    """How many of its tellings each entry shows: one each in turn, until there is no room."""
    given = [0] * len(wanted)
    while left > 0 and given != list(wanted):
        for at, most in enumerate(wanted):
            if given[at] < most and left > 0:
                given[at], left = given[at] + 1, left - 1
    return given


def _telling_entry(phrases: Phrases, asked: Asked, item: Evidence, at: int) -> Entry:
    """Another telling of the event above: its date, its words, where they are from."""
    said = dated(phrases, item.dates[0]) if item.dates else phrases.say("chat.item.undated")
    grounds = (ground(phrases, item.dates[0], item),) if item.dates else ()
    head = phrases.say("chat.item.telling", date=said)
    return replace(_entry(asked, item, at, head, (*grounds, _origin(phrases, item))), follows=True)


def _dated_entry(
    phrases: Phrases,
    asked: Asked,
    group: Sequence[Evidence],
    number: int,
    unshown: Sequence[tuple[int, Evidence]],
    *,
    titled: bool,
) -> Entry:
    heads, small = [], []
    for at, item in enumerate(group[:_DATES_SHOWN]):
        if item.dates:
            heads.append(f"**{number + at}. {_capital(dated(phrases, item.dates[0]))}**")
            heads += _disputed(phrases, item)
            small.append(ground(phrases, item.dates[0], item))
        else:
            heads.append(f"**{number + at}. {phrases.say('chat.item.undated')}**")
    if len(group) > _DATES_SHOWN:
        heads.append(phrases.say("chat.item.more_dates", count=len(group) - _DATES_SHOWN))
    small.append(_origin(phrases, group[0]) if titled else origin(phrases, group[0], with_title=False))
    if unshown:
        small.append(_more(phrases, [item for _, item in unshown]))
    return _entry(asked, group[0], number - 1, "\n".join(heads), tuple(dict.fromkeys(small)))


def _more(phrases: Phrases, unshown: Sequence[Evidence]) -> str:
    """How many more sources there are than the card has room for, and whose."""
    names = dict.fromkeys(item.publisher or item.title for item in unshown)
    return phrases.say("chat.item.more_tellings", count=len(unshown), names=inline(", ".join(names), TITLE))


def _printed_entry(phrases: Phrases, asked: Asked, item: Evidence, at: int, *, to_the_letter: bool) -> Entry:
    """Another article that prints the text above: where it is from, and its own words where an editor changed some."""
    key = "chat.item.also_in" if to_the_letter else "chat.item.also_nearly"
    entry = _entry(asked, item, at, phrases.say(key, source=origin(phrases, item, with_title=True)), ())
    if to_the_letter:
        entry = replace(entry, excerpt="", highlights=())
    return replace(entry, follows=True)


def _disputed(phrases: Phrases, item: Evidence) -> list[str]:
    """What the sources do not agree on, in a line: the other dates that they give."""
    others = [date_words(phrases, one.mark.edtf, one.mark.modifier) for one in disputed(item)[:_DATES_SHOWN]]
    return [phrases.say("chat.item.disputed", dates=", ".join(others))] if others else []


def _origin(phrases: Phrases, item: Evidence) -> str:
    """Where the excerpt is from; a title that is the excerpt itself is not said again."""
    return origin(phrases, item, with_title=item.excerpt != item.title)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _ranked_entry(phrases: Phrases, asked: Asked, item: Evidence, number: int) -> Entry:
    small = _own_dates(phrases, item)
    if item.fit == "possible":
        small.append(phrases.say("chat.item.possible"))
    small.append(origin(phrases, item, with_title=False))
    return _entry(asked, item, number - 1, f"**{number}. {title(phrases, item)}**", tuple(small))


def _own_dates(phrases: Phrases, item: Evidence) -> list[str]:
    """The dates that the excerpt itself states, with their grounds."""
    own = [one for one in item.dates if one.mark.basis != "published"][:_DATES_SHOWN]
    return [f"{dated(phrases, one)} · {ground(phrases, one, item)}" for one in own]


def _entry(asked: Asked, item: Evidence, at: int, head: str, small: tuple[str, ...]) -> Entry:
    marks = tuple((start - item.start, end - item.start) for start, end in item.highlights)
    whole = str(asked.handle.to(WHOLE, 0, 2 * at))
    link, archived = way_to(item)
    return Entry(head, item.excerpt, marks, small, link, whole, archived=archived, item=item)


def way_to(item: Evidence) -> tuple[str | None, bool]:
    """Where the excerpt can be read, and whether that is an archived copy, for want of another."""
    archived = not usable(item.link) and usable(item.archived)
    return (item.archived if archived else item.link), archived
