"""What the chat is handed: everything that it shows comes from these, and it reaches for nothing else."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Protocol

from kzbot.answers.corrections.standing import NameStanding, names_standing
from kzbot.answers.examples import examples
from kzbot.answers.model import Answer, Choice, Question, Window
from kzbot.answers.profiles.offered import profiles
from kzbot.operations.counts import Counts, Uncounted
from kzbot.phrases import Phrases
from kzbot.querylog.log import QueryLog
from kzbot.settings import Settings

if TYPE_CHECKING:  # a start does not wait for the rooms that build
    from kzbot.operations.erasing.eraser import Eraser
    from kzbot.operations.heart import Heart
    from kzbot.operations.importing.importer import Importer
    from kzbot.operations.keeper import Keeper
    from kzbot.operations.removing import Remover
    from kzbot.operations.status import CorpusStatus


class Generations(Protocol):
    """The generations that can be asked (operations' Shelf); `Any` stands for one, which the chat only passes on."""

    @property
    def id(self) -> str | None:
        """The id of the current one."""

    def current(self) -> AbstractAsyncContextManager[Any]:
        """The current generation, held open for as long as the context lasts."""

    def kept(self, id_: str, /) -> AbstractAsyncContextManager[Any]:
        """The generation of that id, None where it is no longer kept."""

    async def swap(self, id_: str, /) -> None:
        """Answers are made from that generation from now on."""

    async def other_than(self, id_: str | None, /) -> None:
        """Returns when answers are made from another generation than this one."""


def _undated(date: str) -> None:
    """Nobody wants to know."""


@dataclass(frozen=True, slots=True)
class Services:
    """The rooms that the chat shows, as plain callables.

    `answer(question, generation, window, today)` and `complete(command, option, typed, generation, today)` are those of
    kzbot/answers; `keeper` is that of the corpus, `importer` and `remover` bring articles in and take them out; `status` that of kzbot/operations, with sources and store already in it. `clock` gives the
    time of now in UTC, whose days the log has, so that a card is turned on the day on which it was asked; `eraser` erases rows of the log for good. `examples(generation)` are questions that it answers, as
    typed; `profiles(generation)` its profile commands. `standing(generation, addresses)` are the names that stand in passages.
    `heart` is told how the connection fares, `counts` what is counted, `dated` the date of each answer of Discord over HTTP.
    """

    settings: Settings
    phrases: Phrases
    log: QueryLog
    shelf: Generations
    answer: Callable[[Question, Any, Window, date], Awaitable[Answer]]
    complete: Callable[[str, str, str, Any, date], Awaitable[tuple[Choice, ...]]]
    keeper: "Keeper"
    importer: "Importer"
    remover: "Remover"
    status: "Callable[[], Awaitable[CorpusStatus]]"
    eraser: "Eraser"
    clock: Callable[[], datetime]
    examples: Callable[[Any], Awaitable[list[str]]] = examples
    profiles: Callable[[Any], Awaitable[Sequence[str]]] = profiles
    standing: Callable[[Any, Iterable[str]], Awaitable[Mapping[str, tuple[NameStanding, ...]]]] = names_standing
    counts: Counts = field(default_factory=Uncounted)
    heart: "Heart | None" = None
    dated: Callable[[str], None] = _undated
