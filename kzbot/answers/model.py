"""Question and Answer, as every room that shows or keeps answers knows them; see the answer contract."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from kzbot.language.dates.mark import DateMark

Status = Literal["answered", "partial", "ambiguous", "not_found", "bad_request"]
Option = str | int | float | bool
Verdict = Literal["exact", "exact_but_typography", "altered", "other_article", "not_in_corpus"]


@dataclass(frozen=True, slots=True)
class Question:
    """A command with its options, as typed: `options` holds only what was given."""

    command: str
    options: Mapping[str, Option] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Window:
    """Which stretch of a list is wanted; `count` None means all of it, with the undated statements.

    `undated`: a stretch of the statements without a date, and no items. `by_event`: a timeline's statements of one event,
    and a search's passages of one text, are one entry, counted once, as a screen shows them.
    """

    offset: int = 0
    count: int | None = None
    by_event: bool = False
    undated: bool = False


@dataclass(frozen=True, slots=True)
class DatedMark:
    """A date mark under a filter: `fit` is None where no filter was given. `corrected`: who said what its words mean, where
    they are not read by rule."""

    mark: DateMark
    fit: Literal["certain", "possible"] | None = None
    corrected: Literal["moderator", "metadata"] | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """An excerpt, verbatim: `excerpt == text[start:end]` (of the title where `where` is `title`), end exclusive.

    `link` opens the article's url at the excerpt, `archived` the archived copy of it. `event` is shared by the items of an
    answer that tell of one event, or print one text. `others`: in a window by event, the event's other tellings, in the order
    of the list.
    """

    excerpt: str
    start: int
    end: int
    article: str
    file: str
    title: str
    title_basis: Literal["stated", "inferred"]
    publisher: str | None
    url: str | None
    link: str | None
    published: str | None
    published_basis: Literal["stated", "inferred", "unknown"]
    address: str
    where: Literal["text", "title"] = "text"
    date: str | None = None
    dates: tuple[DatedMark, ...] = ()
    names: tuple[str, ...] = ()
    highlights: tuple[tuple[int, int], ...] = ()
    score: float = 0.0
    fit: Literal["certain", "possible"] | None = None
    event: str | None = None
    others: tuple["Evidence", ...] = ()
    archived: str | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a profile: `address` is that of an item of the same answer, `number` its place among all, from 1.

    `published`: `date` is the article's own. `count`: how often it is said, where that is counted.
    """

    value: str
    address: str
    capacity: str | None = None
    edition: str | None = None
    date: str | None = None
    number: int | None = None
    published: bool = False
    count: int = 1


@dataclass(frozen=True, slots=True)
class Profile:
    """What the corpus says of one name, or of one role; `first` and `last` are EDTF dates of dated mentions, where no mention
    is dated (`dated`) of the articles.

    `published`: the dates of the earliest and the latest article that mention it. `roles`: offices and ranks that the texts give to a
    person, in their words; of a role, who is said to have held it, as what. `called`: how the texts write the name. `beside`:
    the names that stand in the same passages; `count` says in how many. `articles`: how many mention it.
    """

    name: str
    kind: str
    variants: tuple[str, ...] = ()
    first: str | None = None
    last: str | None = None
    editions: tuple[Fact, ...] = ()
    participants: tuple[Fact, ...] = ()
    related: tuple[str, ...] = ()
    roles: tuple[Fact, ...] = ()
    called: tuple[Fact, ...] = ()
    beside: tuple[Fact, ...] = ()
    dated: bool = True
    published: tuple[str, ...] = ()
    articles: int = 0


@dataclass(frozen=True, slots=True)
class Difference:
    """A run of words of a quotation beside the source's own: `theirs` is empty where words were left out, `source` where
    they were added. The runs of a check, one behind the other, are the whole quotation and the whole excerpt.
    """

    op: Literal["same", "changed", "added", "left_out"]
    theirs: str
    source: str


@dataclass(frozen=True, slots=True)
class Check:
    """Whether a quotation stands in the corpus; `evidence` is where it stands, or what it is an altered version of.

    `evidence.others`: other articles that hold it, `holders` counts all that were looked at. `difference` is given where it is altered.
    `named`: what the message names as its source, as it names it.
    """

    quotation: str
    verdict: Verdict
    evidence: Evidence | None = None
    difference: tuple[Difference, ...] = ()
    holders: int = 0
    named: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MatchedThrough:
    """The asker's spelling and the one that was found instead."""

    asked: str
    used: str
    how: Literal["spelling", "variant", "transliteration", "prefix"]


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was tried when nothing was found."""

    generation: str
    articles: int
    years: str | None = None
    filters: Mapping[str, str] = field(default_factory=dict)
    spellings: tuple[str, ...] = ()
    nearest: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceCard:
    """What `/source` shows beside the evidence, and the article's whole body."""

    text: str
    archived_url: str | None
    author: str | None
    published_ground: str | None
    first_seen: str | None


@dataclass(frozen=True, slots=True)
class PassageState:
    """What became of the passage of an address: its wording then, and now (None where it was withdrawn).

    `generation`, `created` (UTC, ISO): the kept state of the corpus that had the old wording, None where nothing happened
    to the passage; `article` (id), `title`, `publisher`, `url`: where it stood in it. `old_marks`, `new_marks`: what
    differs, as offsets into the wordings.
    """

    state: Literal["unchanged", "changed", "moved", "withdrawn"]
    old: str | None
    new: str | None
    generation: str | None = None
    created: str | None = None
    article: str | None = None
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    old_marks: tuple[tuple[int, int], ...] = ()
    new_marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Year:
    """How many items of a timeline stand under a year, and the place of the first of them among all items."""

    year: int
    count: int
    offset: int


@dataclass(frozen=True, slots=True)
class Placed:
    """An item with its place among all items, from 0."""

    at: int
    item: Evidence


@dataclass(frozen=True, slots=True)
class Overview:
    """A timeline from afar: all its years in order, and whether it is to be opened with its overview (`leads`); then also
    its newest items, in the first window of the list.

    An item stands under the year of its earliest day, one whose start is open under that of its latest.
    """

    years: tuple[Year, ...] = ()
    newest: tuple[Placed, ...] = ()
    leads: bool = False


@dataclass(frozen=True, slots=True)
class Arrived:
    """An article (id) of a list by arrival: when it came in (UTC, ISO 8601), the place of its first item among all, how many
    dated statements it has, and its names that no article mentions which arrived before, in order of the text."""

    article: str
    first_seen: str
    at: int
    dated: int
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer made from one generation; `message` is a phrase key, rendered with `values` by who shows it.

    `total` counts all items; `items` holds those of the window, starting at `offset`. `entries`: in a window by event,
    how many entries there are in all; offsets and years are then counted in them. Undated statements are a list of their
    own: `undated` holds those of the window (of one that asks for them, and of any where there are no items),
    `undated_offset` is the place of the first among all, `undated_total` counts all (None: they are all there).
    `suggestion`: for a bad request that one tap can mend (reversed dates), the question to ask instead. `overview`: of a
    timeline. `checks`: of a text with quotations, one for each, in its order. `publishers`: whose articles a search keeps to,
    none for all. `without`: what it leaves out, as it was asked. `passage`: of a question for a passage by its address.
    `arrived`: of a list by arrival, the articles of the window.
    """

    command: str
    options: Mapping[str, Option]
    status: Status
    message: str
    generation: str
    articles: int
    values: Mapping[str, object] = field(default_factory=dict)
    items: tuple[Evidence, ...] = ()
    total: int = 0
    entries: int | None = None
    offset: int = 0
    undated: tuple[Evidence, ...] = ()
    undated_offset: int = 0
    undated_total: int | None = None
    missing: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    matched_through: tuple[MatchedThrough, ...] = ()
    receipt: Receipt | None = None
    profile: Profile | None = None
    source: SourceCard | None = None
    passage: PassageState | None = None
    read_as: Mapping[str, str] = field(default_factory=dict)
    suggestion: Question | None = None
    overview: Overview | None = None
    checks: tuple[Check, ...] = ()
    publishers: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    arrived: tuple[Arrived, ...] = ()
    took_ms: float = 0.0

    @property
    def guessed(self) -> tuple[MatchedThrough, ...]:
        """Spellings that were read as another one."""
        return tuple(one for one in self.matched_through if one.how != "variant")

    @property
    def also_sought(self) -> tuple[str, ...]:
        """Other spellings of the names that were asked for, each once; without what was typed."""
        said = {one.asked.casefold() for one in self.matched_through}
        variants = (one.used for one in self.matched_through if one.how == "variant")
        return tuple({used.casefold(): used for used in variants if used.casefold() not in said}.values())

    @property
    def listed(self) -> int:
        """How many entries the list has that offsets count in: each event once, or each item."""
        return self.total if self.entries is None else self.entries

    @property
    def undated_in_all(self) -> int:
        """How many undated statements there are, in this window or not."""
        return len(self.undated) if self.undated_total is None else self.undated_total


@dataclass(frozen=True, slots=True)
class Choice:
    """An autocomplete choice: `label` for people (at most 100 characters), `value` what is then asked (likewise)."""

    label: str
    value: str
