"""What people ask and press, and what an operator does beside the bot: for the stories of the log."""

from __future__ import annotations

import asyncio
import json
import re
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from kzbot.channel.identity import (
    DIRECT,
    ELSEWHERE,
    HOME,
    MEMBER,
    MODERATOR,
    STRANGER,
    Person,
    Place,
    direct_with,
)
from tests.terminal import call_bot

SPELLINGS = ("Steppen Adler", "ADLER, steppen!", "«steppen adler»")


FORMULA = "=peacekeeping(zqxobsidian) battalion"


MINE, IN_DIRECT, THEIRS = "zqxobsidian", "zqxdirect", "zqxstranger"


class Said(NamedTuple):
    """What a command at the terminal came to."""

    returncode: int
    stdout: str
    stderr: str


class Desk:
    """What people do in the channel, and what an operator does beside it."""

    def __init__(self, whole: Any, look: Any, settled: Callable[[Any], Awaitable[Any]]) -> None:
        self.whole, self.look, self._settled = whole, look, settled
        self.spellings, self.formula = SPELLINGS, FORMULA
        self.kept: dict[str, Any] = {}

    async def ask(self, name: str, /, by: Person = MEMBER, where: Place = HOME, **options: Any) -> Any:
        reply = await self.whole.channel.command(name, options, by=by, where=where)
        return await self._seen(reply)

    async def moderate(self, name: str, /, **options: Any) -> Any:
        return await self.ask(name, MODERATOR, **options)

    async def unanswered(self) -> Any:
        """The list with what comes nearest, which is left out where a busy machine takes too long for it: asked again then."""
        async with asyncio.timeout(60):
            while "nearest" not in (seen := await self.moderate("log unanswered")).text:
                pass
        return seen

    async def press(self, seen: Any, label: str, by: Person = MODERATOR) -> Any:
        reply = await self.whole.channel.press(seen.id, seen.button(label), by=by)
        return reply.modal or await self._seen(reply)

    async def choose(self, seen: Any, value: str, by: Person = MODERATOR) -> Any:
        return await self._seen(await self.whole.channel.choose(seen.id, seen.selects[0]["custom_id"], [value], by=by))

    async def group(self, seen: Any, words: str) -> Any:
        """The card of the group with these words on a list."""
        options = seen.selects[0]["options"]
        return await self.choose(seen, next(one["value"] for one in options if words in one["label"]))

    async def submit(self, form: Any, values: Any, by: Person = MODERATOR) -> Any:
        return await self.look.settled(await self.whole.channel.submit(form, values, by=by))

    async def file(self, name: str, by: Person = MODERATOR, where: Place = HOME, **options: Any) -> bytes:
        """The file that a command hands over, to who asked for it alone."""
        reply = await (await self.whole.channel.command(name, options, by=by, where=where)).filled()
        (message,) = [one for one in (reply.message, *reply.followups) if one and one["attachments"]]
        assert message["flags"] & 64
        data = self.whole.channel.messages.file(message["attachments"][0]["id"])
        assert data is not None
        return bytes(data)

    def direct(self, person: Person, words: str) -> list[Any]:
        """Direct messages with these words."""
        seen = (self.look(one.body) for one in self.whole.channel.messages.visible(person, direct_with(person)))
        return [one for one in seen if words in one.text]

    async def terminal(self, *arguments: str) -> Said:
        """A command beside the bot, or while it is stopped, with its settings."""
        environ = {
            "KZBOT_DATA__FOLDER": str(self.whole.data),
            "KZBOT_CORPUS__FOLDER": str(self.whole.articles),
            **self.whole.environ,
        }
        done = await asyncio.to_thread(call_bot, *arguments, environ=environ)
        return Said(done.returncode, done.stdout.decode(), done.stderr.decode())

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """Of kzbot.db as it is on disk now."""
        with closing(sqlite3.connect(f"file:{self.whole.data / 'kzbot.db'}?mode=ro", uri=True)) as connection:
            return connection.execute(sql, values).fetchall()

    def holding(self, *words: str | int, folder: Path | None = None) -> list[str]:
        """The files of the data folder with these words, or with this number in text or as SQLite stores it."""
        sought = [form for one in words for form in forms(one)]
        files = (file for file in (folder or self.whole.data).rglob("*") if file.is_file())
        return [file.name for file in files if any(one in held_by(file) for one in sought)]

    async def until(self, met: Callable[[], bool], what: str) -> None:
        try:
            async with asyncio.timeout(60):
                while not met():  # noqa: ASYNC110 - the disk and the channel tell nobody
                    await asyncio.sleep(0.01)
        except TimeoutError:
            raise AssertionError(what) from None

    async def some_ask(self) -> None:
        """Answered, not found three times, partial; rated and wished; in a direct message; from another server."""
        await self.whole.channel.join(ELSEWHERE)
        good = await self.ask("search", query="peacekeeping battalion")
        assert "Thank you" in (await self.press(good, "Useful", MEMBER)).text
        for name in SPELLINGS:
            missing = await self.ask("exercise", name=name)
            assert "## Not found" in missing.text
        assert "I keep your wish" in (await self.press(missing, "Tell me", MEMBER)).text
        partial = await self.ask("search", query=FORMULA)
        assert "zqxobsidian" in partial.text and "Tell me" in partial.labels
        direct = await self.ask("search", where=DIRECT, query=f"military education {IN_DIRECT}")
        theirs = await self.ask("exercise", STRANGER, ELSEWHERE, name="Steppe Eagle")
        assert "Thank you" in (await self.press(theirs, "Not useful", STRANGER)).text
        unknown = await self.ask("search", STRANGER, ELSEWHERE, query=f"{THEIRS} regatta")
        self.kept |= {"good": good, "partial": partial, "direct": direct, "theirs": theirs, "unknown": unknown}

    async def _seen(self, reply: Any) -> Any:
        await reply.filled()
        seen = self.look(reply.message)
        return await self._settled(reply) if re.search(r"…$", seen.text.strip()) else seen


def held_by(file: Path) -> bytes:
    """What a file holds; nothing where the bot, which is at work, has put it away meanwhile."""
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return b""


def forms(sought: str | int) -> list[bytes]:
    if isinstance(sought, int):
        return [str(sought).encode(), sought.to_bytes(8, "big", signed=True)]
    return [sought.encode(), json.dumps(sought)[1:-1].encode()]
