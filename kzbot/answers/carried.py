"""Topics that are names which the corpus carries though the book does not list them."""

from collections.abc import Sequence
from dataclasses import dataclass

from kzbot.answers.carried_concepts import RARE, meant
from kzbot.answers.model import MatchedThrough
from kzbot.answers.topics import Unclear
from kzbot.index import carried, searching
from kzbot.index.generation import Generation
from kzbot.index.rows import CarriedRow
from kzbot.index.scope import Scope

TOLD = 5
"""So many forms that stand for the asked one are told."""


@dataclass(frozen=True, slots=True)
class CarriedName:
    """A name that the texts carry, with the other forms of it that were looked for."""

    scope: Scope
    canonical: str
    through: tuple[MatchedThrough, ...] = ()


async def carried_name(generation: Generation, asked: str) -> CarriedName | Unclear | None:
    """Which name of the texts is asked for under one of its forms; None where none is, or the word is an ordinary one."""
    found = await carried.named(generation, asked)
    if not found or await _is_ordinary(generation, found):
        return None
    names = meant(found)
    if len(names) > 1:
        return Unclear(tuple(dict.fromkeys(row.canonical for row in names)))
    root = names[0].root
    forms = await carried.forms_of(generation, root)
    keys = {row.key for row in forms}
    others = [
        row for row in forms if _tells_more(row, names[0].key) and row.key.removesuffix("s") not in keys - {row.key}
    ]
    through = tuple(MatchedThrough(asked, row.form, "variant") for row in others[:TOLD])
    return CarriedName(Scope(carried=(root,)), names[0].canonical, through)


def _tells_more(row: CarriedRow, asked: str) -> bool:
    """Whether a form is another one than the asked, and not its plural or a part of a sentence around it."""
    if row.key in (asked, f"{asked}s", f"{asked}es") or asked in (f"{row.key}s", f"{row.key}es"):
        return False
    return row.key == row.root or not row.key.endswith(f" {asked}")


async def _is_ordinary(generation: Generation, found: Sequence[CarriedRow]) -> bool:
    """Whether a single word mostly stands where it is no name ("contract", where one text writes "the Contract")."""
    key = found[0].key
    if not key.isalpha():
        return False
    return await searching.holding(generation, key) > RARE * sum(row.mentions for row in found)
