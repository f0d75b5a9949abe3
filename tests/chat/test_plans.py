"""Plans in the chat: what a reload would do, applied, cancelled, confirmed by typing, taken away, and taken back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from kzbot.channel.identity import MEMBER, MODERATOR
from kzbot.channel.server import LocalChannel
from kzbot.chat.escape import unescape

pytestmark = pytest.mark.usefixtures("judged")


@pytest.fixture
async def kept(start: Any, kept_corpus: Any, tmp_path: Path) -> AsyncIterator[Any]:
    async with kept_corpus(start, tmp_path, {}) as opened:
        yield opened


async def ask(channel: LocalChannel, look: Any, name: str) -> Any:
    return look((await (await channel.command(name, {}, by=MODERATOR)).filled()).message)


async def test_a_reload_says_what_it_would_do_and_does_it_when_told(
    channel: LocalChannel, kept: Any, look: Any
) -> None:
    served = kept.services.shelf.id
    await channel.command("search", {"query": "harbour"}, by=MEMBER)
    kept.add(9, "The *zeppelin* flew over town9 on 9 May 2012 during Zeppelin Days.\n", "A <@1> new\\n report")
    kept.add(1, "The ministers left the harbour of town1 on 1 March 2010 and signed paper1.\n")
    (kept.folder / "bad.md").write_text("---\ntitle: [\n---\nWords.\n", encoding="utf-8")
    (kept.folder / "twice.md").write_bytes((kept.folder / "a02.md").read_bytes())
    seen = await ask(channel, look, "corpus reload")
    said = unescape(seen.text)
    print(seen.text)
    assert seen.private and said.startswith("## Plan of a reload")
    assert kept.services.shelf.id == served
    assert seen.labels == ["Apply", "Cancel", "As a file"]
