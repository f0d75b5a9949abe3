"""What is on disk, read: articles, and files that were rejected."""

from dataclasses import dataclass, field
from typing import Literal

PublishedBasis = Literal["stated", "inferred", "unknown"]
TitleBasis = Literal["stated", "inferred"]


@dataclass(frozen=True, slots=True)
class Correction:
    """A moderator's word on a date: these `words` mean `edtf`, or nothing when it is None."""

    words: str
    edtf: str | None


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of `Article.text` that is read as one: offsets in code points, end exclusive.

    `paragraph`: running text. `heading`: the title or a subheading as printed in the text. `list_item`: one or several
    bullets that carry one sentence each or share one. `furniture`: page furniture, never evidence. Blocks are in order,
    do not overlap, and together cover everything but white space.
    """

    start: int
    end: int
    kind: Literal["paragraph", "heading", "list_item", "furniture"]


@dataclass(frozen=True, slots=True)
class Article:
    """One source text with its metadata; `text` is the body, decoded, front matter off, line ends as \\n."""

    id: str
    file: str
    text: str
    title: str
    title_basis: TitleBasis = "stated"
    url: str | None = None
    archived_url: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: str | None = None
    published_basis: PublishedBasis = "unknown"
    published_ground: str | None = None
    language: str = "en"
    corrections: tuple[Correction, ...] = ()
    blocks: tuple[Block, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Rejection:
    """A file that was not taken: `file` below the corpus folder, `line` from 1 where there is one, `reason` a sentence.

    `of`: the file of the article that it repeats, where that is why.
    """

    file: str
    reason: str
    line: int | None = None
    of: str | None = None


@dataclass(frozen=True, slots=True)
class FileState:
    """What tells whether a file must be read again; `companion` is the metadata file beside it, where there is one."""

    file: str
    size: int
    modified_ns: int
    companion_size: int | None = None
    companion_modified_ns: int | None = None
