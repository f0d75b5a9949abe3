"""A bot over made-up answers: what the chat shows is tested apart from what the answers find. Also run as a process."""

from __future__ import annotations

import asyncio
import re
import signal
import sys
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any, cast

from pydantic import SecretStr

from kzbot.answers.model import (
    Answer,
    Check,
    Choice,
    DatedMark,
    Difference,
    Evidence,
    Fact,
    MatchedThrough,
    Overview,
    Profile,
    Question,
    Receipt,
    SourceCard,
    Window,
)
from kzbot.answers.profiles.offered import profiles as profiles_of
from kzbot.answers.timelines.newest import placed
from kzbot.answers.timelines.overview import years_of
from kzbot.chat.services import Services
from kzbot.errors import GenerationError
from kzbot.index.rows import NameRow
from kzbot.language.dates.mark import DateMark
from kzbot.operations.erasing.eraser import Eraser
from kzbot.operations.removing import Removed
from kzbot.phrases import DEFAULT_FOLDER, Phrases
from kzbot.querylog.log import QueryLog
from kzbot.settings import Settings, load_settings

STATEMENTS = 13
AFAR = 60
FIRST_YEAR = 1996
HOSTILE = (
    "Look @everyone <@1> [click](https://evil.test) **bold** `code` https://evil.test/x :smile: ||spoiler|| # head"
)
MADEX = NameRow("exercise:madex", "exercise", "MADEX", (), (), 3, "1996", "1999")


@dataclass(frozen=True)
class Made:
    """A state of the made-up corpus."""

    id: str
    articles: int = 5
    profiles: tuple[str, ...] = ("exercise",)
    names: Mapping[str, NameRow] = field(default_factory=lambda: {"exercise:madex": MADEX})

    async def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[Any]:
        return []


class MadeShelf:
    """Lends made-up states; the ones in `states` are kept."""

    def __init__(self, *ids: str) -> None:
        self.states = {one: Made(one) for one in ids}
        self.id: str | None = ids[-1]
        self._swapped = asyncio.Event()

    @asynccontextmanager
    async def current(self) -> AsyncIterator[Made]:
        assert self.id is not None
        yield self.states[self.id]

    @asynccontextmanager
    async def kept(self, id_: str) -> AsyncIterator[Made | None]:
        yield self.states.get(id_)

    async def swap(self, id_: str) -> None:
        self.states[id_] = self.states.get(id_) or Made(id_)
        self.id = id_
        self._swapped.set()
        self._swapped = asyncio.Event()

    async def other_than(self, id_: str | None) -> None:
        while self.id == id_:
            await self._swapped.wait()


def mark(edtf: str, words: str | None = None, **more: Any) -> DateMark:
    """A mark of a whole year or a day."""
    first = date.fromisoformat(edtf if len(edtf) == 10 else f"{edtf}-01-01")
    last = first if len(edtf) == 10 else date(first.year, 12, 31)
    return DateMark(edtf, edtf, first, last, words or edtf, 0, len(words or edtf), more.pop("basis", "stated"), **more)


def evidence(number: int, excerpt: str | None = None, **more: Any) -> Evidence:
    """Item `number` from 0: its year, a link for every other one."""
    year = FIRST_YEAR + number
    text = excerpt or f"In {year} the made-up exercise brought together {100 + number} soldiers of *two* countries."
    linked = number % 2 == 0
    given: dict[str, Any] = {
        "excerpt": text,
        "start": 10,
        "end": 10 + len(text),
        "article": f"article-{number}",
        "file": f"article-{number}.txt",
        "title": f"Soldiers & exercises no. {number}",
        "title_basis": "inferred" if number % 3 == 0 else "stated",
        "publisher": "The _Made_ Times",
        "url": f"https://example.org/{number}" if linked else None,
        "link": f"https://example.org/{number}#:~:text=In%20{year}" if linked else None,
        "published": "2013-11-14" if number % 2 else "[2009-06-24..2011-01-31]",
        "published_basis": "stated" if number % 2 else "inferred",
        "address": f"article-{number}#abcd{number:04d}",
        "date": str(year),
        "dates": (DatedMark(mark(str(year))),),
        "highlights": ((13, 17), (15, 21), (200, 900), (12, 12)),
    }
    return Evidence(**{**given, **more})


def answered(question: Question, state: Made, items: tuple[Evidence, ...], window: Window, **more: Any) -> Answer:
    """The window of these items."""
    last = None if window.count is None else window.offset + window.count
    given: dict[str, Any] = {
        "status": "answered",
        "message": "answers.search.answered",
        "values": {"asked": str(next(iter(question.options.values()), "")), "count": len(items), "name": "X"},
    }
    return Answer(
        command=question.command,
        options=question.options,
        generation=state.id,
        articles=state.articles,
        items=items[window.offset : last],
        total=len(items),
        offset=window.offset,
        **{**given, **more},
    )


def bare(question: Question, state: Made, status: str, message: str, **more: Any) -> Answer:
    """An answer without evidence."""
    return Answer(question.command, question.options, status, message, state.id, state.articles, **more)  # type: ignore[arg-type]


async def answer(question: Question, state: Made, window: Window, today: date) -> Answer:
    """By words of the question: `fail`, `slow`, `hostile`, `nothing`, `unclear`; else the made-up list."""
    about = str(next((value for value in question.options.values() if isinstance(value, str)), ""))
    if "fail" in about:
        raise RuntimeError("answering broke down")
    if "slow" in about:
        await asyncio.sleep(0.5)
    if "from" in question.options and question.options["from"] == "2013" and question.options.get("to") == "1997":
        swapped = Question(question.command, {**question.options, "from": "1997", "to": "2013"})
        values = {"from": "2013", "to": "1997"}
        return bare(question, state, "bad_request", "answers.bad_request.reversed", values=values, suggestion=swapped)
    if "nothing" in about:
        receipt = Receipt(state.id, 5, "1997-2013", {"from": "1997"}, ("nothin",), ("Something *else*",))
        message = f"answers.not_found.{'profile' if question.command == 'exercise' else question.command}"
        values = {"asked": about, "kind": question.command}
        return bare(question, state, "not_found", message, values=values, receipt=receipt)
    if "unclear" in about:
        choices = tuple(f"choice {number}" for number in range(30 if "many" in about else 3))
        return bare(question, state, "ambiguous", "answers.ambiguous.names", values={"asked": about}, choices=choices)
    return FINE.get(question.command, _exercise)(question, state, window, about)


def _timeline(question: Question, state: Made, window: Window, about: str) -> Answer:
    """About `afar` a long one that opens with its overview; about anything with two undated, about `never` with no other."""
    afar = "afar" in about
    items = tuple(evidence(number) for number in range(AFAR if afar else 0 if "never" in about else STATEMENTS))
    undated = tuple(evidence(number, date=None, dates=()) for number in (40, 41)) if about else ()
    last = placed((59, 58, 57), items[:-4:-1]) if afar and not window.offset else ()
    return answered(
        question,
        state,
        items,
        Window(count=0) if window.undated else window,
        undated=undated[window.offset :] if window.undated or window.count is None or not items else (),
        undated_offset=window.offset if window.undated else 0,
        undated_total=len(undated),
        overview=Overview(years_of(items), last, leads=afar) if items else None,
        read_as={end: str(question.options[end]) for end in ("from", "to") if end in question.options},
        message="answers.search.answered",
    )


def _search(question: Question, state: Made, window: Window, about: str) -> Answer:
    if "hostile" in about:
        titled = {"title": HOSTILE, "publisher": HOSTILE, "link": None, "url": None}
        items = tuple(
            evidence(number, HOSTILE + f" {number}\n- list\n1. one\n> quote", **titled) for number in range(9)
        )
        return answered(question, state, items, window)
    if "long" in about:
        words = " ".join(f"слово{number}" for number in range(3000))
        return answered(question, state, (evidence(1, words),), window)
    through = (MatchedThrough("centrazbatt", "CENTRAZBAT", "spelling"),)
    items = tuple(evidence(number) for number in range(3))
    return answered(
        question,
        state,
        items,
        window,
        status="partial",
        message="answers.search.partial",
        missing=("admiral",),
        values={"asked": about, "missing": "admiral"},
        matched_through=through,
    )


def _exercise(question: Question, state: Made, window: Window, about: str) -> Answer:
    items = tuple(evidence(number) for number in range(6))
    count = 90 if "crowded" in about else 3
    people = tuple(
        Fact(
            f"Country {at}",
            items[at % 6].address,
            "units" if at % 2 else None,
            str(1996 + at % 3) if at % 4 else None,
            number=at % 6 + 1,
        )
        for at in range(count)
    )
    editions = tuple(
        Fact(f"Made {1996 + at}", items[at].address, None, str(1996 + at), number=at + 1) for at in range(3)
    )
    profile = Profile("MADEX", "exercise", ("Madex", "Мадекс"), "1996", "2001", editions, people, ("MADBAT",))
    return answered(question, state, items, window, profile=profile, message="answers.exercise.answered")


def _source(question: Question, state: Made, window: Window, about: str) -> Answer:
    text = "\n\n".join(f"Paragraph {number}: *words* that are _not_ marked. " * 8 for number in range(30))
    card = SourceCard(
        text, "https://archive.example.org/1", "A. N. Author", "the page names the month", "2026-11-21T20:00:00"
    )
    return answered(
        question, state, (evidence(0),), Window(), source=card, message="answers.source.article", values={"title": "T"}
    )


def _check(question: Question, state: Made, window: Window, about: str) -> Answer:
    """A check for each text in “typographic” quotation marks, by a word of it; of a `whole` text without any, one."""
    texts = re.findall("“([^”]*)”", about) or ([about] if "whole" in about else [])
    checks = tuple(_checked(at, said) for at, said in enumerate(texts))
    good = [check.verdict in ("exact", "exact_but_typography") for check in checks]
    if not checks:
        return bare(question, state, "bad_request", "answers.bad_request.words", values={"asked": about})
    status = "answered" if all(good) else "partial" if any(check.evidence for check in checks) else "not_found"
    return bare(question, state, status, "answers.check.answered", values={"count": len(checks)}, checks=checks)


def _checked(at: int, said: str) -> Check:
    if "true" in said:
        return Check(said, "exact", evidence(2 * at, said, others=(evidence(1),)), holders=2)
    if "spaced" in said:
        return Check(said, "exact_but_typography", evidence(2 * at, said.replace(" ", "\n"), highlights=()), holders=1)
    if "elsewhere" in said:
        return Check(said, "other_article", evidence(2 * at, said), holders=1, named=("The *Other* Post",))
    if "altered" not in said:
        return Check(said, "not_in_corpus")
    before, after = said.split("altered", 1)
    runs = (
        Difference("same", before, before),
        Difference("changed", "altered", "*printed*"),
        Difference("same", after, after),
        Difference("added", " very", ""),
        Difference("left_out", "", " indeed"),
    )
    return Check(said + " very", "altered", evidence(2 * at + 1, f"{before}*printed*{after} indeed"), runs, 1)


FINE = {"timeline": _timeline, "search": _search, "source": _source, "check": _check}


async def complete(command: str, option: str, typed: str, state: Made, today: date) -> tuple[Choice, ...]:
    """Thirty choices, one of them too long to send."""
    if typed == "fail":
        raise RuntimeError("no suggestions")
    return (
        Choice("x" * 120, "short"),
        Choice("long", "y" * 101),
        *(Choice(f"{typed} {at}", f"{typed} {at}") for at in range(30)),
    )


async def examples(state: Made) -> list[str]:
    return ["/search query: soldiers"]


async def profiles(state: Any) -> tuple[str, ...]:
    """Those of a made-up state; a test may put a real corpus behind the bot."""
    return state.profiles if isinstance(state, Made) else await profiles_of(state)


class NoKeeper:
    """The keeper of a corpus that is made up: nothing can be done to it, and it has no history."""

    async def reload(self, actor: Any, *, progress: Any) -> Any:
        raise GenerationError("The made-up corpus cannot be *reloaded*.")

    async def waiting(self) -> None:
        return None

    async def plan_named(self, candidate: str) -> None:
        return None

    async def history(self, limit: int, offset: int = 0) -> tuple[list[Any], int]:
        return [], 0

    def kept(self) -> list[str]:
        return []

    def tell(self, outcome: Any, actor: Any, way: str) -> None:
        """Nobody follows."""

    def follow(self, follower: Any) -> Any:
        return lambda: None


class NoImporter:
    """Nobody sent anything."""

    async def sent_by(self, user: int) -> list[Any]:
        return []


class NoRemover:
    """Nothing was ever withdrawn from a corpus that is made up."""

    async def undo(self, number: int, actor: Any, progress: Any) -> Removed:
        return Removed("", reason="operations.removing.not_withdrawn")


async def no_status() -> Any:
    raise GenerationError("The made-up corpus has no status.")


phrases = cache(lambda: Phrases.load(DEFAULT_FOLDER, "en"))


async def made_services(
    folder: Path, environ: Mapping[str, str], *, keep: Callable[[QueryLog], Any] | None = None, **more: Any
) -> Services:
    """Services over a log in `folder`; settings from the environment. `keep` makes a keeper that writes into that log."""
    settings: Settings = load_settings(None, {"KZBOT_DISCORD__COOLDOWN": "0", **environ})
    log = await QueryLog.open(folder / "kzbot.db", settings.log.user_ids)
    services = Services(
        settings=settings,
        phrases=phrases(),
        log=log,
        shelf=MadeShelf("20261101T000000Z-00000000", "20261121T000000Z-11111111"),
        answer=answer,
        complete=complete,
        importer=cast(Any, NoImporter()),
        remover=cast(Any, NoRemover()),
        keeper=keep(log) if keep else cast(Any, NoKeeper()),
        status=no_status,
        eraser=Eraser(folder, log),
        clock=lambda: datetime.now(UTC),
        examples=examples,
        profiles=profiles,
    )
    return replace(services, **more)


def ready() -> None:
    sys.stdout.write("READY\n")
    sys.stdout.flush()


async def main(folder: Path, base_url: str) -> None:
    """A bot as a process of its own, until SIGTERM; says READY."""
    from kzbot.chat import replies, run  # noqa: PLC0415 - the process's start is measured

    replies.PATIENCE = 60.0  # no answer counts as slow because the machine is
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    services = await made_services(folder, {})
    try:
        await run.serve(services, SecretStr("made.up.token"), base_url, on_ready=lambda _: ready(), stop=stop)
    finally:
        await services.log.close()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2]))
