"""What a run of the bot says of itself: lines for people on standard output, or log lines where only those are wanted."""

import io
import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from typing import TYPE_CHECKING

from kzbot.cli.long_work import in_lines, long_work
from kzbot.logs import as_json
from kzbot.phrases import Phrases
from kzbot.querylog.working import Tell

if TYPE_CHECKING:  # rich takes its time, and only a first start shows progress
    from kzbot.index.sources import BuildSummary, Progress, ProgressCallback

_LOGGER = logging.getLogger("kzbot.run")


class Voice:
    """`form` is the setting logging.format. With `json` all that is said is a log line; with `auto` what is for people stays
    plain on standard output, and what else would be printed on standard error is a log line where that is no terminal."""

    def __init__(self, phrases: Phrases, form: str) -> None:
        self._phrases = phrases
        self._only_lines = form == "json"
        self.errors_as_lines = as_json(form)

    def tell(self, text: str) -> None:
        """Says a line."""
        if self._only_lines:
            _LOGGER.info("%s", text)
        else:
            sys.stdout.write(f"{text}\n")
            sys.stdout.flush()

    @contextmanager
    def progress(self) -> "Iterator[ProgressCallback]":
        """Tells how far a build is."""
        if self.errors_as_lines:
            yield _Once(self._phrases.say("cli.building"))
            return
        from kzbot.cli.terminal import build_progress  # noqa: PLC0415 - see above

        with build_progress(self._phrases) as shown:
            yield shown

    def long_work(self, stages: int, also: Callable[[str], None]) -> AbstractContextManager[Tell]:
        """Tells how far work on the log is, where it takes more than a second; `also`: who is told besides."""
        write = partial(_LOGGER.info, "%s") if self.errors_as_lines else in_lines()
        return long_work(self._phrases, stages, write, also)

    def summary(self, summary: "BuildSummary") -> None:
        """What a build took in."""
        from rich.console import Console  # noqa: PLC0415 - see above

        from kzbot.cli.summary import print_summary  # noqa: PLC0415
        from kzbot.cli.terminal import console  # noqa: PLC0415

        if not self.errors_as_lines:
            print_summary(console(errors=True), self._phrases, summary)
            return
        kept = io.StringIO()
        print_summary(
            Console(file=kept, markup=False, highlight=False, emoji=False, soft_wrap=True), self._phrases, summary
        )
        for line in kept.getvalue().splitlines():
            _LOGGER.info("%s", line.strip())


class _Once:
    """Says at the first sign of work that there is some."""

    def __init__(self, said: str) -> None:
        self._said: str | None = said

    def __call__(self, step: "Progress") -> None:
        if self._said is not None:
            _LOGGER.info("%s", self._said)
            self._said = None
