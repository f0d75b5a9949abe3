"""A plan: what the corpus would gain, lose and change if a candidate were applied, in articles and in answers."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, Self, TypeVar

from kzbot.corpus.article import Rejection

Danger = Literal["no_folder", "no_articles", "many_removed"]
"""Why a plan is applied only when it is confirmed by typing: the folder is missing; no article would be left; more than a
tenth of the articles would go."""

Change = Literal["lost", "gained", "changed"]
Compared = Literal["whole", "articles", "nothing"]
_Row = TypeVar("_Row")


@dataclass(frozen=True, slots=True)
class PlannedArticle:
    """An article that comes or goes; `published` as EDTF."""

    id: str
    title: str
    publisher: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True)
class WordChange:
    """A run of words that became another; `before` is empty where words came in, `after` where they went. `around`: some
    words before them, the same in both."""

    before: str
    after: str
    around: str = ""


@dataclass(frozen=True, slots=True)
class ChangedArticle:
    """An article whose words or metadata changed: `metadata` holds (key, before, after), `words` the first runs that differ
    of `runs` in all (-1: not compared, the texts that changed are too long together). Where both are empty and there is no
    run, only white space changed."""

    id: str
    title: str
    metadata: tuple[tuple[str, str | None, str | None], ...] = ()
    words: tuple[WordChange, ...] = ()
    runs: int = 0


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A file that was not taken because another article says the same or has its id; `of` is that article's file."""

    file: str
    of: str
    reason: str


@dataclass(frozen=True, slots=True)
class PlannedName:
    """A name that is mentioned in one of the two states only; `listed`: the name book has it. `kind` None: unknown."""

    name: str
    kind: str | None
    mentions: int
    listed: bool


@dataclass(frozen=True, slots=True)
class PlannedStatement:
    """A dated statement of one of the two states only: `date` is EDTF, `address` that of its passage."""

    article: str
    date: str
    excerpt: str
    address: str


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """A question whose answer would be another: `question` as typed, `asked` how often in the time looked at.

    `golden`: it stands in the golden questions; then `expected` may be the status that it must have. `before`, `after`:
    statuses, with the count of items; `lost`, `gained`: excerpts of items of one of the two answers only, the first of them.
    """

    question: str
    change: Change
    asked: int
    golden: bool
    before: str
    after: str
    items_before: int
    items_after: int
    lost: tuple[str, ...] = ()
    gained: tuple[str, ...] = ()
    expected: str | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What applying `candidate` in the place of `base` (None: there is nothing yet) would do.

    `made`: UTC, ISO 8601. `before`, `after`: articles in the two states. Lists are in order and may be cut at
    `planning.make.MOST`; `totals` counts them whole, by the name of the list. `rejected` holds all files that are not
    taken, `newly_rejected` those of them (and of `duplicates`) that are new or were taken before. `asked`, `golden`: how many
    questions of the log and how many golden ones were asked; `totals["questions"]` how many of both there were. `failing`: golden
    questions whose answer does not have the status that is expected, changed or not. `golden_fault`: why the golden questions could not be read, a sentence. `compared`: `whole`; `articles` where the base is of
    another version of the program, so that names, statements and answers are not compared; `nothing` where there is no base, or
    it cannot be read. `danger`: it must be confirmed by typing `confirmation`. `seconds`: what building and comparing took.
    """

    candidate: str
    base: str | None
    made: str
    before: int
    after: int
    added: tuple[PlannedArticle, ...] = ()
    changed: tuple[ChangedArticle, ...] = ()
    removed: tuple[PlannedArticle, ...] = ()
    rejected: tuple[Rejection, ...] = ()
    newly_rejected: tuple[str, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()
    new_names: tuple[PlannedName, ...] = ()
    vanished_names: tuple[PlannedName, ...] = ()
    statements_gained: tuple[PlannedStatement, ...] = ()
    statements_lost: tuple[PlannedStatement, ...] = ()
    answers: tuple[AnswerChange, ...] = ()
    failing: tuple[AnswerChange, ...] = ()
    totals: Mapping[str, int] = field(default_factory=dict)
    asked: int = 0
    golden: int = 0
    golden_fault: str | None = None
    compared: Compared = "whole"
    reanalysed: bool = False
    danger: Danger | None = None
    seconds: float = 0.0

    def count(self, name: str) -> int:
        """How long the list of that name is in all."""
        return self.totals.get(name, len(getattr(self, name)))

    @property
    def counted(self) -> tuple[str, ...]:
        """The names of its lists."""
        return (*_LISTS, "newly_rejected")

    def answers_with(self, change: Change) -> tuple[AnswerChange, ...]:
        """The questions whose answer would be lost, gained or changed."""
        return tuple(one for one in self.answers if one.change == change)

    @property
    def confirmation(self) -> str | None:
        """What must be typed before a dangerous plan is applied: how many articles go; None where nothing must be."""
        return str(self.count("removed")) if self.danger else None

    @property
    def only_adds(self) -> bool:
        """Whether it adds articles and does nothing else: nothing changed, gone, rejected, no answer lost, no golden question
        that fails from now on."""
        return (
            bool(self.added)
            and not (self.changed or self.removed or self.newly_rejected or self.reanalysed or self.danger)
            and not (self.statements_lost or self.vanished_names or self.answers_with("lost"))
            and all(one.before == one.after for one in self.failing)
            and self.compared == "whole"
            and self.golden_fault is None
            and self.asked + self.golden == self.totals.get("questions", self.asked + self.golden)
        )

    def as_json(self) -> dict[str, Any]:
        """The same as JSON values."""
        return asdict(self)

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        """The reverse of `as_json`."""
        plain = dict(value)
        for name, kind in _LISTS.items():
            plain[name] = tuple(_row(kind, one) for one in plain[name])
        plain["newly_rejected"] = tuple(plain["newly_rejected"])
        return cls(**plain)


_LISTS: dict[str, type[Any]] = {
    "added": PlannedArticle,
    "changed": ChangedArticle,
    "removed": PlannedArticle,
    "rejected": Rejection,
    "duplicates": Duplicate,
    "new_names": PlannedName,
    "vanished_names": PlannedName,
    "statements_gained": PlannedStatement,
    "statements_lost": PlannedStatement,
    "answers": AnswerChange,
    "failing": AnswerChange,
}


def _row(kind: type[_Row], value: Mapping[str, Any]) -> _Row:
    plain = {key: tuple(one) if isinstance(one, list) else one for key, one in value.items()}
    if kind is ChangedArticle:
        plain["metadata"] = tuple((key, before, after) for key, before, after in plain["metadata"])
        plain["words"] = tuple(WordChange(**one) for one in plain["words"])
    return kind(**plain)
