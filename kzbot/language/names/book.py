"""The name book: what is known under which names."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of name (exercise, person ...): `nouns` are the words that may stand for one already named ("the exercise").

    `profile`: the profile command that shows it (`exercise`), or None.
    """

    name: str
    nouns: tuple[str, ...] = ()
    profile: str | None = None


@dataclass(frozen=True, slots=True)
class Name:
    """One entry: `id` is `kind:canonical` in lower case with hyphens, for example `exercise:steppe-eagle`.

    `variants`: other spellings, without the canonical form. `adjectives`: forms that speak of it without being its name
    ("American" for United States), found in text but never offered. `related`: ids of linked entries (an exercise and
    the unit that shares its name). `exact_case`: found only as spelled, for names that are also ordinary words.
    """

    id: str
    kind: str
    canonical: str
    variants: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    exact_case: bool = False


@dataclass(frozen=True, slots=True)
class NameBook:
    """All kinds and entries, in the order of the file."""

    kinds: tuple[Kind, ...] = ()
    names: tuple[Name, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a name stands in a text: offsets in code points, end exclusive; `words` is the text between them.

    `by`: `name` (canonical or variant), `adjective`, or `reference` ("the exercise", for the one named before it).
    `edition`: the year as EDTF where the mention carries one (CENTRAZBAT 97 -> 1997), with its own span inside the mention.
    """

    name: str
    start: int
    end: int
    words: str
    by: str = "name"
    edition: str | None = None
    edition_start: int | None = None
    edition_end: int | None = None
