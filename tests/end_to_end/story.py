"""A moderator's and a member's way through a bot over a large corpus, and what it cost: for test_corpus_at_scale.py."""

from __future__ import annotations

import asyncio
import json
import re
import sys
import time
import zlib
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from kzbot.channel.identity import MEMBER, MODERATOR, Person, Place
from kzbot.chat.escape import unescape
from kzbot.errors import ChannelError

RAW = re.compile(r"\b(?:chat|operations|answers|cli|output)(?:\.[a-z_]+){2,}|\{[a-z_]*\}")
"""A key of a phrase, or a place in one that was not filled in."""
BROKE = ("broke down", "went wrong", "This interaction failed")


PAGE = """<html lang="en"><head><title>Soldiers meet - The Post</title>
<meta property="og:site_name" content="The Post"><meta property="article:published_time" content="2014-05-04T10:00:00Z">
<link rel="canonical" href="https://example.org/soldiers"></head><body><article><h1>Soldiers meet</h1>
<p>Soldiers of two countries met near the Kelmot lake on 4 May 2014, and they stayed there for two days and a night.</p>
<p>Their officers said that another meeting was planned for the autumn of the same year, in the other country.</p>
</article></body></html>"""


PRINTED = (
    "The Vorsen observatory",
    "",
    "The Vorsen observatory was reopened on 3 April 2013 after six years of repairs.",
    "Its director said that the first night had been cloudy.",
)


def pdf(lines: tuple[str, ...]) -> bytes:
    """A page with these lines."""
    shown = b"\n".join(
        b"BT /F1 10 Tf 1 0 0 1 50 %d Tm (%s) Tj ET" % (780 - 14 * at, line.encode()) for at, line in enumerate(lines)
    )
    packed = zlib.compress(shown)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [4 0 R] >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents 5 0 R >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed),
    ]
    data, table = bytearray(b"%PDF-1.7\n"), [b"0000000000 65535 f \n"]
    for number, one in enumerate(objects, start=1):
        table.append(b"%010d 00000 n \n" % len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    start = len(data)
    data += b"xref\n0 %d\n%s" % (len(table), b"".join(table))
    data += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(table), start)
    return bytes(data)


class Story:
    """What the two do, and what they see; `patience` is how many seconds one thing may take.

    `page` and `paper` are articles that they bring in, as HTML and as PDF.
    """

    page = PAGE
    paper = pdf(PRINTED)

    def __init__(self, whole: Any, look: Any, held: Path, patience: float) -> None:
        self.whole, self.look, self.held, self.patience = whole, look, held, patience
        self.figures: list[str] = []
        self.asked: list[tuple[int, float]] = []

    async def command(self, name: str, *, by: Person = MODERATOR, files: Any = None, **options: Any) -> Any:
        """What a command ends with."""
        reply = await self.whole.channel.command(name, options, by=by, files=files)
        return await self._settled(lambda: reply.message)

    async def ask(self, name: str, **options: Any) -> Any:
        """A member's question."""
        return await self.command(name, by=MEMBER, **options)

    async def press(self, card: Any, label: str, *, by: Person = MODERATOR, beside: bool = False) -> Any:
        """What stands in the place of the card once it is another; `beside`: what was sent beside it."""
        return await self._answer(await self.whole.channel.press(card.id, card.button(label), by=by), card, beside)

    async def choose(self, card: Any, value: str, at: int = 0) -> Any:
        """The page that an entry of a select leads to."""
        custom_id = card.selects[at]["custom_id"]
        return await self._answer(await self.whole.channel.choose(card.id, custom_id, [value], by=MODERATOR), card)

    async def form(self, card: Any, label: str, values: Mapping[str, Any], *, by: Person = MODERATOR) -> Any:
        """What is said once a form that a button opens was sent in."""
        opened = await self.whole.channel.press(card.id, card.button(label), by=by)
        assert opened.modal is not None, self.look(opened.message).text
        return await self._answer(await self.whole.channel.submit(opened.modal, values, by=by), card)

    async def posted(self, words: str, place: Place) -> Any:
        """The newest message of a channel with these words."""
        try:
            body = (await self.whole.channel.wait_for_message(words, place, self.patience)).body
        except ChannelError as error:
            said = [text for message in self.whole.channel.messages.in_place(place) for text in message.texts]
            raise AssertionError(f"{error} What stands there: {said} {self.whole.bot.complained}") from error
        return await self._settled(lambda: body)

    async def pages(self, card: Any, most: int = 3) -> AsyncIterator[tuple[str, Any]]:
        """Every list of a card that its select offers, up to so many pages of each."""
        for option in list(card.selects[0]["options"]):
            card = await self.choose(card, option["value"])
            yield option["label"], card
            for _ in range(most - 1):
                if "Next" not in [one["label"] for one in card.buttons if not one.get("disabled")]:
                    break
                card = await self.press(card, "Next")
                yield option["label"], card

    @asynccontextmanager
    async def member_asks(self, *questions: tuple[str, Mapping[str, Any]]) -> AsyncIterator[list[int]]:
        """A member goes on asking meanwhile; gives the numbers of the answers in the log."""
        rows: list[int] = []
        asking = asyncio.create_task(self._go_on(questions, rows))
        try:
            yield rows
        finally:
            asking.cancel()
            await asyncio.gather(asking, return_exceptions=True)

    async def _go_on(self, questions: Sequence[tuple[str, Mapping[str, Any]]], rows: list[int]) -> None:
        while True:
            for name, options in questions:
                began = time.perf_counter()
                seen = self.look((await self.whole.channel.command(name, dict(options), by=MEMBER)).message)
                self.asked.append((seen.row, time.perf_counter() - began))
                rows.append(seen.row)
                await asyncio.sleep(self.patience / 200)  # the channel keeps 200 messages, and the card must stay

    @asynccontextmanager
    async def phase(self, name: str) -> AsyncIterator[None]:
        """Notes what this costs: seconds, the longest hold of the bot's event loop, the slowest answer to the member."""
        began, clock = time.time(), time.perf_counter()
        asked = len(self.asked)
        yield
        took = time.perf_counter() - clock
        held = list(self._held(began))
        nothing: dict[str, Any] = {"wall": 0.0, "cpu": 0.0, "what": "-"}
        longest = max(held, key=lambda one: float(one["wall"]), default=nothing)
        busiest = max((one["cpu"] for one in held), default=0.0)
        answers = [seconds for _, seconds in self.asked[asked:]]
        told = f"{len(answers)} answers, slowest {max(answers):.2f} s" if answers else "nobody asked"
        self.figures.append(
            f"{name:34} {took:7.2f} s   held {longest['wall'] * 1000:6.1f} ms (CPU {longest['cpu'] * 1000:5.1f},"
            f" most CPU {busiest * 1000:5.1f})   {told}   {longest['what'] if longest['wall'] > 0.03 else ''}"
        )

    def _held(self, since: float) -> Iterator[dict[str, Any]]:
        lines = self.held.read_text("utf-8").splitlines() if self.held.is_file() else []
        return (one for one in map(json.loads, lines) if one["at"] >= since)

    def tell(self, file: Path | None) -> None:
        """Prints what was noted, and writes it to a file where one is named."""
        text = "\n".join(["", *self.figures, ""])
        sys.stdout.write(text)
        if file is not None:
            with file.open("a", encoding="utf-8") as opened:
                opened.write(text)

    async def _answer(self, reply: Any, card: Any, beside: bool = False) -> Any:
        if beside:
            async with asyncio.timeout(self.patience):
                while not reply.followups:  # noqa: ASYNC110 - the channel tells nobody
                    await asyncio.sleep(0.02)
            return self.look(reply.followups[0])
        try:
            await reply.filled(self.patience)
        except ChannelError as error:
            said = [self.look(one).text for one in (reply.message, *reply.followups) if one]
            raise AssertionError(f"{error} What stands there: {said} {self.whole.bot.complained}") from error
        return await self._settled(lambda: reply.message)

    async def _settled(self, message: Any) -> Any:
        """What a message shows once it is neither empty nor only how far something is."""
        async with asyncio.timeout(self.patience):
            while True:
                body = message()
                seen = self.look(body) if body is not None else None
                if seen is not None and seen.text and not re.search(r"…(?: \d+ of \d+)?$", seen.text.strip()):
                    break
                await asyncio.sleep(0.02)
        said = unescape(seen.text)
        assert not RAW.search(said), said
        assert not any(words in said for words in BROKE), said
        return seen
