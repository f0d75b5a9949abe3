"""Names that the corpus carries though the book does not list them, found by what a person types."""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from kzbot.answers.model import MatchedThrough
from kzbot.answers.naming.topics import Unclear
from kzbot.answers.searching.carried_concepts import RARE, meant
from kzbot.index import carried, searching
from kzbot.index.generation import Generation
from kzbot.index.rows import CarriedRow
from kzbot.index.scope import Scope
from kzbot.language import words
from kzbot.language.names.alignment import another_person
from kzbot.language.names.carried.kinds import PERSON
from kzbot.language.names.slips import slips
from kzbot.language.names.spelling_rules import key_of as sound_of

SLIPS = 2
"""More edits are never slips of the hand."""
SHORTEST = 4
"""A name of fewer letters is too near to too many others to be guessed."""


@dataclass(frozen=True, slots=True)
class CarriedName:
    """A name that the texts carry; `root` tells it in the index, `kind` is guessed. `through`: as what a spelling was
    read that no text has. `edition`: the year that was typed with it (EDTF)."""

    root: str
    canonical: str
    kind: str | None = None
    through: tuple[MatchedThrough, ...] = ()
    edition: str | None = None

    @property
    def scope(self) -> Scope:
        """What is said of it."""
        return Scope(carried=(self.root,))


async def carried_name(
    generation: Generation, asked: str, kinds: Sequence[str] | None = None
) -> CarriedName | Unclear | None:
    """Which name of the texts is asked for under one of its forms; None where none is, or the word is an ordinary one."""
    found = await carried.named(generation, asked)
    if not found or await _is_ordinary(generation, found):
        return None
    return await _one_of(generation, meant(found), kinds)


async def sounding_name(
    generation: Generation, asked: str, kinds: Sequence[str] | None = None
) -> CarriedName | Unclear | None:
    """The name of the texts that another transliteration of `asked` gives."""
    sound = sound_of(asked)
    if len(sound) < SHORTEST or _is_known(generation, asked):
        return None
    found = await carried.sounding(generation, sound)
    through = (MatchedThrough(asked, found[0].form, "transliteration"),) if found else ()
    return await _one_of(generation, meant(found), kinds, through)


async def near_name(
    generation: Generation, asked: str, kinds: Sequence[str] | None = None
) -> CarriedName | Unclear | None:
    """The one name of the texts that is a slip of the hand away; several that are as near make it unclear."""
    sound = sound_of(asked)
    if len(sound) < SHORTEST or _is_known(generation, asked):
        return None
    near: dict[int, list[str]] = {}
    for other in await alike(generation, sound):
        edits = slips(sound.split(), other.split())
        if edits:
            near.setdefault(edits, []).append(other)
    nearest = near[min(near)] if near else []
    found = [row for other in nearest for row in await carried.sounding(generation, other)]
    if len({row.root for row in found}) == 1:
        known = await carried.roots(generation, (found[0].root,))
        if any(row.kind in (PERSON, None) for row in known.values()):
            found = [row for row in found if not another_person(sound, sound_of(row.form))]
    through = (MatchedThrough(asked, found[0].form, "spelling"),) if found else ()
    return await _one_of(generation, meant(found), kinds, through)


async def alike(generation: Generation, sound: str) -> list[str]:
    """The keys of forms that so few edits tell from `sound` that `slips` may find them the same."""
    known = await carried.like(generation, sound)
    return [other for other, _, _ in process.extract(sound, known, scorer=OSA.distance, score_cutoff=SLIPS, limit=None)]


async def _one_of(
    generation: Generation,
    found: Sequence[CarriedRow],
    kinds: Sequence[str] | None,
    through: tuple[MatchedThrough, ...] = (),
) -> CarriedName | Unclear | None:
    known = await carried.roots(generation, (row.root for row in found))
    roots = list(dict.fromkeys(row.root for row in found if row.root in known))
    if kinds is not None:
        roots = [root for root in roots if known[root].kind in kinds]
    if len(roots) > 1:
        return Unclear(tuple(dict.fromkeys(known[root].canonical for root in roots)))
    return CarriedName(roots[0], known[roots[0]].canonical, known[roots[0]].kind, through) if roots else None


def _is_known(generation: Generation, asked: str) -> bool:
    """Whether the corpus holds every word as it was typed: then it is no other spelling of a name."""
    return all(generation.speller.knows(token.word) for token in words.tokens(asked))


async def _is_ordinary(generation: Generation, found: Sequence[CarriedRow]) -> bool:
    """Whether a single word mostly stands where it is no name ("contract", where one text writes "the Contract")."""
    key = found[0].key
    if not key.isalpha():
        return False
    return await searching.holding(generation, key) > RARE * sum(row.mentions for row in found)
