"""What a topic or a name means in a corpus: a name of the book, several to choose from, or plain words."""

from collections.abc import Sequence
from dataclasses import dataclass

from kzbot.answers.model import MatchedThrough
from kzbot.answers.searching.concepts import Asked, leaders, linked, take_apart
from kzbot.index.generation import Generation
from kzbot.index.scope import Scope
from kzbot.language.names.lookup import Found

CLEAR = 0.9


@dataclass(frozen=True, slots=True)
class Named:
    """Names that were meant: one, or several that are linked; `edition` the year that was typed with it (EDTF)."""

    ids: tuple[str, ...]
    through: tuple[MatchedThrough, ...] = ()
    edition: str | None = None


@dataclass(frozen=True, slots=True)
class Unclear:
    """Several names fit as well as one another: their canonical forms."""

    choices: tuple[str, ...]


def named(generation: Generation, asked: str, kinds: Sequence[str] | None = None) -> Named | Unclear | None:
    """Which name of these kinds was meant; None where none is near enough."""
    found = generation.lookup.find(asked, kinds)
    sure = [one for one in found if one.how == "exact" or one.score >= CLEAR]
    best = _canonical_first(generation, leaders(generation, sure), asked)
    if not best:
        return None
    ids = tuple(dict.fromkeys(one.id for one in best))
    if len(ids) > 1 and not _all_linked(generation, ids):
        return Unclear(tuple(dict.fromkeys(generation.names[id_].canonical for id_ in ids)))
    return Named(ids, _through(asked, best[0]), best[0].edition)


def in_book(generation: Generation, asked: str, kinds: Sequence[str] | None = None) -> bool:
    """Whether a name of the book is spelled so, or with a year behind it."""
    return any(one.score == 1.0 for one in generation.lookup.find(asked, kinds))


def _canonical_first(generation: Generation, best: Sequence[Found], asked: str) -> Sequence[Found]:
    """A name itself beats another name's variant that is spelled alike."""
    folded = asked.casefold().strip()
    own = [one for one in best if generation.names[one.id].canonical.casefold() == folded]
    return own or best


def _all_linked(generation: Generation, ids: Sequence[str]) -> bool:
    first, *others = ids
    return all(linked(generation, first, other) for other in others)


def _through(asked: str, found: Found) -> tuple[MatchedThrough, ...]:
    """As what the spelling was read, where the book does not have it."""
    if found.how == "exact" or found.how == "variant":
        return ()
    return (MatchedThrough(asked, found.used, found.how),)


@dataclass(frozen=True, slots=True)
class Words:
    """A topic in plain words: the passages that carry every one of them, and the `days` among them as they were typed.

    `respelled`: the topic with misspelt words as the corpus spells them, None where there are none.
    """

    scope: Scope
    through: tuple[MatchedThrough, ...]
    spellings: tuple[str, ...]
    days: str | None = None
    respelled: str | None = None


async def in_words(generation: Generation, asked: str) -> Words | None:
    """The scope of passages that hold every concept of `asked`, at least one in their own text; None without words."""
    taken = await take_apart(generation, asked)
    if not taken.concepts:
        return None
    days = next((concept.asked for concept in taken.concepts if concept.first is not None), None)
    others = [concept for concept in taken.concepts if concept.first is None]
    if len(others) == 1 and others[0].kind == "name":
        scope = Scope(names=others[0].names)
    else:
        worded = [concept.match for concept in others]
        match = f"{' AND '.join(worded)} AND text : ({' OR '.join(worded)})" if worded else None
        scope = Scope(match=match)
    return Words(scope, taken.matched_through, taken.spellings, days, _respelled(asked, taken))


def _respelled(asked: str, taken: Asked) -> str | None:
    guessed = {one.asked: one.used for one in taken.matched_through if one.how == "spelling"}
    for wrong, right in guessed.items():
        asked = asked.replace(wrong, right[:1].upper() + right[1:] if wrong[:1].isupper() else right)
    return asked if guessed else None
