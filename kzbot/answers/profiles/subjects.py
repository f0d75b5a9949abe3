"""Who or what a profile is asked of: a name, or a role."""

from collections.abc import Sequence
from dataclasses import dataclass

from kzbot.answers.model import MatchedThrough
from kzbot.answers.naming.carried import CarriedName
from kzbot.answers.naming.resolving import resolve
from kzbot.answers.naming.topics import Unclear, in_book
from kzbot.index import roles
from kzbot.index.generation import Generation
from kzbot.index.mentioning import Subject
from kzbot.index.rows import RoleRow
from kzbot.language.roles.asked import office_of


@dataclass(frozen=True, slots=True)
class Person:
    """A name that is asked about, of whatever kind; `kind` is empty where the book does not list it."""

    subject: Subject
    canonical: str
    kind: str = ""
    through: tuple[MatchedThrough, ...] = ()
    edition: str | None = None


@dataclass(frozen=True, slots=True)
class Office:
    """A role that is asked about, and who is said to have held it, the earliest first."""

    office: str
    owner: str | None
    held: Sequence[RoleRow]


async def subject_of(generation: Generation, asked: str) -> Person | Office | Unclear | None:
    """What is asked for: a name spelled so, else a role that somebody is said to hold, else a name in a near spelling."""
    if not in_book(generation, asked):
        office = office_of(asked, generation.gazetteer)
        held = await roles.of_office(generation, office.office, office.owner) if office else []
        if office and held:
            return Office(office.office, office.owner, held)
    found = await resolve(generation, asked)
    if found is None or isinstance(found, Unclear):
        return found
    if isinstance(found, CarriedName):
        return Person(Subject(roots=(found.root,)), found.canonical, found.kind or "", found.through, found.edition)
    name = generation.names[found.ids[0]]
    return Person(Subject(ids=found.ids), name.canonical, name.kind, found.through, found.edition)
