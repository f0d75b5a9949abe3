"""What is said of a person's office, and whom it can be said of."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Role:
    """A role that a text gives to a person: `words` is `text[start:end]`, the role as it is written there.

    Offsets are code points, end exclusive. `person`: the id in the name book; `carried`: the longest form that the article
    has of a name which the book does not list; one of the two is None. `office`: a key that is the same for all ways of
    writing one office ("defence minister"). `owner`: whose office it is, an id of the book, the key of a name, or None where
    the text does not say it. `former`: it says that the person held it before.
    """

    start: int
    end: int
    words: str
    holder_start: int
    holder_end: int
    person: str | None
    carried: str | None
    office: str
    owner: str | None
    former: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """A name where it stands: `person`, the id in the name book, or `carried`, the article's longest form of it.

    `holds`: it may be a person's; `full`: by several words; `sure`: the book says so. `owner`: what it is called where an office
    is its.
    """

    start: int
    end: int
    person: str | None = None
    carried: str | None = None
    holds: bool = False
    full: bool = False
    sure: bool = False
    owner: str | None = None
