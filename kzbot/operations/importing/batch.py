"""What was sent with one command and is not yet part of the corpus: files, the articles in them, what is known of each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal

from pydantic import TypeAdapter

from kzbot.corpus.foreign.found import Refusal
from kzbot.corpus.form import Form, form_of, read_written
from kzbot.corpus.metadata import Metadata

State = Literal["waiting", "added"]


@dataclass(frozen=True, slots=True)
class Twin:
    """An article that is there already: `same` text, `near` (much the same text), or the same `id` with another text.

    `withdrawn`: it is among the added files, and not served.
    """

    kind: Literal["same", "near", "id"]
    id: str
    title: str
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """An article that was found. `start`, `end`: the bytes of its text in the texts of its file; `suffix`: how it is read.

    `values`: its metadata in written words. `opening`: the first words of its text, `characters` how long that is.
    `typed`: a form that could not be taken, `faults` why. `line`: that of a .jsonl.
    """

    start: int
    end: int
    suffix: str
    text_hash: str
    opening: str
    characters: int
    values: Mapping[str, Any]
    typed: Form | None = None
    faults: tuple[str, ...] = ()
    twin: Twin | None = None
    line: int | None = None

    @property
    def known(self) -> Metadata:
        """The metadata that it would be added with."""
        found = read_written(self.values)
        return Metadata() if isinstance(found, list) else found

    @property
    def form(self) -> Form:
        """The form as it opens: what was typed last, else what is known."""
        return self.typed or form_of(self.known)

    @property
    def can_be_added(self) -> bool:
        """Whether it is no article that is there already."""
        return self.twin is None or self.twin.kind == "near"

    @property
    def complete(self) -> bool:
        """Whether nothing that an article must have is missing, and nothing wrong was typed."""
        return bool(str(self.values.get("title") or "").strip()) and not self.faults


@dataclass(frozen=True, slots=True)
class Sent:
    """A file or a page that was sent: its name, the name that says how it was read, how many bytes, and what is in it.

    `reason`: why it cannot be taken, with its `line` where there is one; then it holds no pieces. `refused`: lines of a
    .jsonl that were not taken. `out`: it was left out.
    """

    name: str
    file: str
    size: int
    pieces: tuple[Piece, ...] = ()
    refused: tuple[Refusal, ...] = ()
    reason: str | None = None
    line: int | None = None
    out: bool = False

    @property
    def addable(self) -> tuple[Piece, ...]:
        """The articles of it that would be added."""
        return () if self.out else tuple(piece for piece in self.pieces if piece.can_be_added)


@dataclass(frozen=True, slots=True)
class Batch:
    """What was sent with one command; `key` is the number of its row in the log of questions.

    `at`: when it came in or changed its state, with its time zone. `user`: what is kept of who sent it (see `People`), None at the terminal. `names`: the
    files that it was added as, without suffix, and `ids` those of its articles.
    """

    key: str
    at: datetime
    user: int | None
    sent: tuple[Sent, ...]
    state: State = "waiting"
    names: tuple[str, ...] = ()
    ids: tuple[str, ...] = field(default=())

    @property
    def addable(self) -> tuple[tuple[Sent, Piece], ...]:
        """The articles that would be added, with what each came in."""
        return tuple((sent, piece) for sent in self.sent for piece in sent.addable)

    @property
    def missing(self) -> tuple[Sent, ...]:
        """What was sent and lacks something before it can be added."""
        return tuple(sent for sent in self.sent if any(not piece.complete for piece in sent.addable))

    @property
    def ready(self) -> bool:
        """Whether it can be added: there is something to add, and nothing is missing."""
        return self.state == "waiting" and bool(self.addable) and not self.missing

    def with_sent(self, number: int, change: Callable[[Sent], Sent]) -> "Batch":
        """The same with one of the things sent changed."""
        sent = tuple(change(one) if at == number else one for at, one in enumerate(self.sent))
        return replace(self, sent=sent)


BATCHES = TypeAdapter(Batch)
"""Reads and writes a batch as JSON."""
