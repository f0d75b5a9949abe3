"""What the ledger knows: of a deed, an applied generation, an overlay, a report, a post."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

Place = Literal["discord", "terminal", "bot"]
OverlayKind = Literal["withdrawal", "date", "spelling"]
ReportKind = Literal["date", "name"]
ReportState = Literal["open", "mended", "dismissed"]
Action = Literal[
    "look",
    "export",
    "apply",
    "cancel",
    "lay",
    "lift",
    "report open",
    "report mended",
    "report dismissed",
    "import",
    "import taken back",
    "erase",
    "review spelling",
    "review source",
    "review tell",
    "review dismissed",
    "review undone",
    "tell",
    "restore",
]
"""What can be done; each has words of its own at `output.deeds.action` in the phrases, spaces as underscores; "lay" for each kind."""

UseResult = Literal["done", "refused", "failed"]
"""Of a command that changes nothing, or did not come to that; among its details where it was not done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who did something: `user` is Discord's id, None at the terminal and for the bot itself."""

    place: Place
    user: int | None = None


BOT = Actor(place="bot")
TERMINAL = Actor(place="terminal")


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """Something that was done. "look": a moderator's command that changed nothing, also because it was refused.

    `about`: the number of the row that it is about, in the table that the action belongs to. `details`: JSON values.
    """

    at: datetime
    actor: Actor
    action: Action
    about: int | None = None
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeedRow(Deed):
    """A deed as the ledger holds it."""

    number: int


QUESTION = "question"
"""Among the details of a deed as it is shown: a question that it is about, as it was typed. No deed keeps it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """A generation that was served from `at` on, in the place of `former`.

    `way`: how it came to that ("reload", "automatic", "start", "rollback", "import", "removal", "restore", "correction", "undo").
    `summary`: counts, by their names in the plan.
    """

    at: datetime
    actor: Actor
    way: str
    generation: str
    former: str | None
    articles: int
    summary: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationRow(Application):
    """An application as the ledger holds it."""

    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OverlayRecord:
    """Something laid over the corpus. `withdrawal`: of `article`. `date`: the `words` of `article` mean `edtf`, None: nothing.
    `spelling`: `words` are a spelling of the name with the id `name`. `report`: the report that it answers.
    """

    at: datetime
    actor: Actor
    kind: OverlayKind
    article: str | None = None
    words: str | None = None
    edtf: str | None = None
    name: str | None = None
    report: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OverlayRow(OverlayRecord):
    """An overlay as the ledger holds it; it holds until `undone_at`."""

    number: int
    undone_at: datetime | None = None
    undone_by: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A doubt about a date or a name of a passage (`address`, `excerpt` as it was shown, in `generation`).

    `words`: what is doubted, as the passage writes it. `said`: the reporter's own words, which may be none. `query`: the
    question under whose answer it was said.
    """

    at: datetime
    user: int | None
    query: int | None
    generation: str | None
    kind: ReportKind
    article: str
    address: str
    excerpt: str
    words: str
    said: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRow(Report):
    """A report as the ledger holds it."""

    number: int
    state: ReportState
    closed_at: datetime | None = None
    closed_by: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A message that the bot posted by itself; `purpose` and `about` say what it holds, such as "plan" and a generation."""

    at: datetime
    purpose: str
    about: str
    channel: int
    message: int
