"""What a generation remembers, row by row, as readers get it."""

from dataclasses import dataclass
from typing import Literal

from kzbot.corpus.folders import ADDED
from kzbot.language.dates.mark import DateMark


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article without its body; `number` is its rowid, in order of file name."""

    number: int
    id: str
    file: str
    title: str
    title_basis: str
    url: str | None
    archived_url: str | None
    publisher: str | None
    author: str | None
    published: str | None
    published_basis: str
    published_ground: str | None
    published_earliest: str | None
    published_latest: str | None
    language: str
    first_seen: str
    characters: int

    @property
    def is_markdown(self) -> bool:
        """Whether its text is Markdown; what stands behind `//` is the id of an article within a file of many."""
        path = self.file.removeprefix(ADDED)
        return "//" not in path and path.lower().endswith(".md")


@dataclass(frozen=True, slots=True)
class PassageRow:
    """A passage by offsets into its article's text, end exclusive; `text` is the text between them.

    `in_title`: a heading that only the metadata holds (offsets into the title). `kind`: `heading` or `sentence`.
    `address`: `ARTICLE_ID#KEY`, KEY eight characters of a hash of its letters and digits, so that it outlives reloads.
    """

    number: int
    article: int
    start: int
    end: int
    text: str
    kind: str
    in_title: bool
    paragraph: int
    address: str


@dataclass(frozen=True, slots=True)
class MarkRow:
    """A date mark of a passage; offsets are into the article's text."""

    number: int
    passage: int
    mark: DateMark


@dataclass(frozen=True, slots=True)
class MentionRow:
    """A mention of a name in a passage; offsets are into the article's text."""

    name: str
    passage: int
    start: int
    end: int
    words: str
    by: str
    edition: str | None


@dataclass(frozen=True, slots=True)
class NameRow:
    """A name with what the generation knows of it: `mentions` counts them, `first`, `last` are days of dated ones."""

    id: str
    kind: str
    canonical: str
    variants: tuple[str, ...]
    related: tuple[str, ...]
    mentions: int
    first: str | None
    last: str | None
    adjectives: tuple[str, ...] = ()
    exact_case: bool = False


@dataclass(frozen=True, slots=True)
class RootRow:
    """A name that the texts carry, with what the generation knows of it.

    `kind` is guessed on `ground` (see `kzbot.language.names.carried.kinds`), None where nothing tells. `first`, `last`:
    EDTF of its first and last dated mention.
    """

    root: str
    canonical: str
    kind: str | None
    ground: str | None
    mentions: int
    articles: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class FormRow:
    """A spelling under which names stand in the texts; `by` as in `Mention`."""

    form: str
    by: str
    mentions: int


@dataclass(frozen=True, slots=True)
class PublisherRow:
    """A publisher, as its articles write it, and how many they are."""

    publisher: str
    articles: int


@dataclass(frozen=True, slots=True)
class RejectionRow:
    """A file that was not taken into this generation."""

    file: str
    line: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class WithdrawnRow:
    """An article that moderators withdrew though its file is there."""

    file: str
    id: str
    title: str


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """These `words` of an article mean `edtf`, None: no date; by its metadata, or `laid` over it by a moderator."""

    words: str
    edtf: str | None
    laid: bool


@dataclass(frozen=True, slots=True)
class IdleRow:
    """Something that moderators laid over the corpus and that has no effect now: `reason` is a sentence.

    `target`: the id of an article or of a name of the book. `words`: those of the date, or the spelling; None of a withdrawal.
    """

    what: Literal["withdrawal", "date", "spelling"]
    target: str
    words: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class UnlistedRow:
    """A name that the texts carry and the name book lacks: its root, how the texts write it, its kind where that is guessed."""

    root: str
    canonical: str
    kind: str | None
    mentions: int


@dataclass(frozen=True, slots=True)
class NearDuplicateRow:
    """An article (id) that is nearly the same text as one that arrived before, `of` (id).

    `resemblance`: the share of the word triples of both that stand in both in one order, up to 1.
    """

    article: str
    of: str
    resemblance: float


@dataclass(frozen=True, slots=True)
class CarriedRow:
    """A form of a name that the texts carry: `root` tells the name, `canonical` is its own form, as texts write it."""

    key: str
    root: str
    form: str
    canonical: str
    mentions: int


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A role that a passage gives to a person: `words` is the role as the article writes it, by offsets into its text (or
    title, as the passage's are), end exclusive; `holder_start`, `holder_end` where the person's name stands.

    The holder is `person`, a name of the book, or `carried`, the root of one that the texts carry. `office`: the same for all
    ways of writing one. `owner`: whose office it is, an id of the book, the key of a name, or None where the text does not
    say it. `former`: the text says that it was held before.
    """

    passage: int
    person: str | None
    carried: str | None
    start: int
    end: int
    words: str
    holder_start: int
    holder_end: int
    office: str
    owner: str | None
    former: bool


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """An office that somebody is said to hold, how often it is said, and of how many."""

    office: str
    mentions: int
    holders: int


@dataclass(frozen=True, slots=True)
class CarriedMentionRow:
    """A mention of a name that the texts carry; offsets are into the article's text. `by`: see
    `kzbot.language.names.carried.mention`."""

    root: str
    passage: int
    start: int
    end: int
    form: str
    by: str
