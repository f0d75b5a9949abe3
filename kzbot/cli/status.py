"""`python bot.py status`: the state of the corpus, with everything that is doubtful in it; the bot may be running."""

import asyncio
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict

from kzbot.cli.prepared import Prepared
from kzbot.cli.terminal import console, one_line
from kzbot.index.store import GenerationStore
from kzbot.operations.planning.files import read_plan
from kzbot.operations.planning.plan import Plan
from kzbot.operations.status import CorpusStatus, status
from kzbot.phrases import Phrases

_LISTED = 10


def show_status(prepared: Prepared, as_json: bool, full: bool) -> None:
    """Prints it; `full`: every row of every list. GenerationError where there is no generation yet."""
    store = GenerationStore(prepared.settings.data.folder)
    found = asyncio.run(status(prepared.sources(), store))
    if as_json:
        sys.stdout.write(json.dumps(asdict(found)).encode("utf-8", "backslashreplace").decode() + "\n")
        return
    plan = read_plan(store, found.waiting) if found.waiting else None
    out = console()
    for line in _Lines(prepared.phrases, found, plan, None if full else _LISTED).all():
        out.print(line)


class _Lines:
    def __init__(self, phrases: Phrases, found: CorpusStatus, plan: Plan | None, most: int | None) -> None:
        self._phrases, self._found, self._plan, self._most = phrases, found, plan, most

    def _words(self, key: str, **values: object) -> str:
        return self._phrases.say(f"cli.status.{key}", **values)

    def all(self) -> Iterator[str]:
        """The state, then what is doubtful."""
        found, number = self._found, self._phrases.number
        yield self._words("served", generation=found.generation, created=found.created[:16].replace("T", " "))
        yield self._words("articles", count=found.articles, folder=one_line(found.folder), years=found.years or "?")
        yield self._words("held", passages=number(found.passages), dated=number(found.dated), names=number(found.names))
        yield self._words("kept", count=len(found.kept))
        yield self._words("changed" if found.changed else "current")
        if found.waiting is not None:
            yield self._words("waiting", candidate=found.waiting)
            if self._plan is not None:
                values = {name: number(self._plan.count(name)) for name in ("added", "changed", "removed")}
                yield self._words("waiting_plan", **values)
        yield from self._doubtful()

    def _doubtful(self) -> Iterator[str]:
        found = self._found
        lists: tuple[tuple[str, int, Iterable[str]], ...] = (
            ("rejected", len(found.rejected), (_rejected(one.file, one.line, one.reason) for one in found.rejected)),
            ("undated", len(found.undated), map(self._titled, found.undated)),
            ("unlinked", len(found.unlinked), map(self._titled, found.unlinked)),
            (
                "near_duplicates",
                len(found.near_duplicates),
                (
                    self._words("near", article=one.article, of=one.of, share=f"{one.resemblance:.0%}")
                    for one in found.near_duplicates
                ),
            ),
            (
                "unlisted",
                found.unlisted,
                (self._words("name", name=one.canonical, count=one.mentions) for one in found.most_unlisted),
            ),
            ("withdrawn", len(found.withdrawn), (f"{one.id}: {one.title}" for one in found.withdrawn)),
            ("idle", len(found.idle), (f"{one.target} {one.words or ''}: {one.reason}" for one in found.idle)),
        )
        for name, count, rows in lists:
            if count:
                yield ""
                yield self._words(name, count=count)
                yield from self._rows(rows, count)
        if not any(count for _, count, _ in lists):
            yield self._words("nothing")

    def _titled(self, article: str) -> str:
        title = self._found.titles.get(article, article)
        return article if title == article else f"{article}: {title}"

    def _rows(self, rows: Iterable[str], count: int) -> Iterator[str]:
        shown = list(rows)[: self._most]
        yield from (f"  {one_line(row)}" for row in shown)
        if count > len(shown):
            yield self._phrases.say("cli.index.more", count=count - len(shown))


def _rejected(file: str, line: int | None, reason: str) -> str:
    return f"{file}: {reason}" if line is None else f"{file}:{line}: {reason}"
