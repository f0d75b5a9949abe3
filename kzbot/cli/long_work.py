"""How far long work on the log is: a bar at a terminal, lines elsewhere, and nothing of what ends within a second."""

import logging
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from typing import TYPE_CHECKING, Protocol

from kzbot.cli.prepared import Prepared
from kzbot.logs import mask_shapes
from kzbot.phrases import Phrases
from kzbot.querylog.working import Result, Step, Tell, interruptible

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress

_AT_FIRST, _THEN = 1.0, 10.0
"""Seconds until anything is shown, and then between two lines."""
_LOGGER = "kzbot.run"
_WAITING = "wait"
"""Is no stage of the work itself, and has no number."""
_FEW = 100
"""Of so many things, or more, a percentage is told."""
Write = Callable[[str], None]
Tick = Callable[[], None]
Pace = Callable[[Tick], AbstractContextManager[None]]
"""Calls what it is given when it is time to show something, within the block."""


def unsaid(words: str) -> None:
    """Nobody else is told."""


class View(Protocol):
    """Where it is shown; nothing is called before it is time to show something."""

    def begun(self, words: str, step: Step) -> None:
        """A stage is under way, of which nothing was shown yet."""

    def moved(self, words: str, step: Step) -> None:
        """The stage has come further; often."""

    def waited(self, words: str, step: Step) -> None:
        """Some time has gone by since something was shown of this stage."""


class LongWork:
    """Takes the steps of work in so many stages, from any thread, and shows them; `tick` is called when it is time to."""

    def __init__(self, phrases: Phrases, stages: int, view: View, also: Write) -> None:
        self._phrases, self._stages, self._view, self._also = phrases, stages, view, also
        self._lock = threading.Lock()
        self._step: Step | None = None
        self._number = 0
        self._stage = self._begun = ""
        self._open = self._news = False

    def __call__(self, step: Step) -> None:
        with self._lock:
            if step.stage not in (self._stage, _WAITING):
                self._stage = step.stage
                self._number += 1
            self._step, self._news = step, True
            if step.stage == self._begun:
                self._view.moved(self._words(step), step)
            elif self._open:
                self._begin(step)

    def tick(self) -> None:
        """It is time to show something, if there is anything new."""
        with self._lock:
            self._open = True
            news, self._news = self._news, False
            if self._step is None or not news:
                return
            if self._step.stage != self._begun:
                self._begin(self._step)
                return
            words = self._words(self._step)
            self._view.waited(words, self._step)
            self._also(words)

    def _begin(self, step: Step) -> None:
        self._begun = step.stage
        words = self._words(step)
        self._view.begun(words, step)
        self._also(words)

    def _words(self, step: Step) -> str:
        """Such as “1 of 2: Copying the log, 42 %”."""
        say = self._phrases.say
        words = say(f"cli.long_work.{step.stage}")
        if self._stages > 1 and step.stage != _WAITING:
            number = min(self._number, self._stages)
            words = say("cli.long_work.stage", number=number, stages=self._stages, what=words)
        if step.total >= _FEW:
            return say("cli.long_work.percent", what=words, percent=100 * step.done // step.total)
        if step.total > 1:
            return say("cli.long_work.counted", what=words, done=step.done, total=step.total)
        return words


class Lines:
    """A line where a stage begins, and every ten seconds while it can be told how far it is."""

    def __init__(self, write: Callable[[str], None]) -> None:
        self._write = write

    def begun(self, words: str, step: Step) -> None:
        self._write(words)

    def moved(self, words: str, step: Step) -> None:
        """The next line waits for its time."""

    def waited(self, words: str, step: Step) -> None:
        if step.total:
            self._write(words)


class Bar:
    """A bar on a terminal that goes away when the work ends; it is there from the first words on."""

    def __init__(self, out: "Console") -> None:
        self._out = out
        self._bar: Progress | None = None

    def begun(self, words: str, step: Step) -> None:
        if self._bar is None:
            from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn  # noqa: PLC0415

            columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
            self._bar = Progress(*columns, console=self._out, transient=True)
            self._bar.start()
        for former in self._bar.task_ids:
            self._bar.remove_task(former)
        self._bar.add_task(words, total=step.total or None, completed=step.done)

    def moved(self, words: str, step: Step) -> None:
        if self._bar is not None:
            for task in self._bar.task_ids:
                self._bar.update(task, description=words, completed=step.done, total=step.total or None)

    def waited(self, words: str, step: Step) -> None:
        """It is there already, and turns by itself."""

    def end(self) -> None:
        """Leaves the terminal as it was."""
        if self._bar is not None:
            self._bar.stop()


@contextmanager
def paced(tick: Tick) -> Iterator[None]:
    """After a second, and then every ten."""
    ended = threading.Event()

    def work() -> None:
        wait = _AT_FIRST
        while not ended.wait(wait):
            tick()
            wait = _THEN

    thread = threading.Thread(target=work, name="progress", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


@contextmanager
def long_work(
    phrases: Phrases, stages: int, write: Write | None, also: Write = unsaid, pace: Pace = paced
) -> Iterator[Tell]:
    """Shows how far the work in the block is: in lines by `write`, or where that is None by a bar on standard error.

    `also` is told each line besides, and every ten seconds where the work goes on and nobody can tell how far it is.
    """
    if write is not None:
        work = LongWork(phrases, stages, Lines(write), also)
        with pace(work.tick):
            yield work
        return
    from kzbot.cli.terminal import console  # noqa: PLC0415 - rich takes its time, and a start waits for nothing

    bar = Bar(console(errors=True))
    work = LongWork(phrases, stages, bar, also)
    try:
        with pace(work.tick):
            yield work
    finally:
        bar.end()


def worked(prepared: Prepared, stages: int, work: Callable[[Tell], Result]) -> Result:
    """What the work gives, shown while it takes long. Blocking; KeyboardInterrupt where Ctrl+C ended it, and all is then as it was."""
    with shown(prepared, stages) as tell:
        return interruptible(work, tell)


def shown(prepared: Prepared, stages: int) -> AbstractContextManager[Tell]:
    """Shows on standard error how far the work in the block is, as a command at the terminal does."""
    as_json = prepared.settings.logging.format == "json"
    return long_work(prepared.phrases, stages, partial(_write, as_json=True) if as_json else in_lines())


@contextmanager
def interruption(phrases: Phrases, key: str) -> Iterator[None]:
    """Says what Ctrl+C has left, before it ends the command."""
    try:
        yield
    except KeyboardInterrupt:
        sys.stderr.write(f"{phrases.say(key)}\n")
        raise


def in_lines() -> Write | None:
    """What writes lines to standard error, None where that is a terminal, which has a bar."""
    return None if sys.stderr.isatty() else _write


def _write(words: str, *, as_json: bool = False) -> None:
    if as_json:
        from kzbot.log_lines import JsonLines  # noqa: PLC0415 - see above

        record = logging.LogRecord(_LOGGER, logging.INFO, "", 0, words, (), None)
        words = JsonLines(mask_shapes).format(record)
    sys.stderr.write(f"{words}\n")
    sys.stderr.flush()
